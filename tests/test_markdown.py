"""Markdown: signs stay in the text and out of the reading, paragraphs run over line ends."""

from __future__ import annotations

from io import BytesIO

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.read._source import Source
from migstats.read.markdown import read
from migstats.runs.extract import Wanted, extract_one

REPORT = """\
---
title: At sea
date: 2024-02-01
source: no-such-pack
---
# Rescues **in** 2023

In 2023, the [navy](https://example.org/450-migrants-rescued "of 12") rescued **1,200** migrants at
sea and *14* boats were seized.

- 12 networks were
  dismantled in 2023

| Year | Rescued |
|------|--------:|
| 2022 | **1,100** |

![900 migrants rescued in 2023](a-70.png)
"""


def make(text: str) -> Document:
    """Read a text."""
    (document,) = read(Source(BytesIO(text.encode()), "a.md", print))
    return document


def test_signs_and_line_ends_do_not_part_a_sentence(packs: Packs) -> None:
    """A number in bold is a number, one in an address is none, the caption of a picture is no part of the text."""
    document = make(REPORT)
    analysis, records = extract_one(document, packs, Wanted(related=True))
    found = [(r.number, r.indicator, r.context) for r in records]
    assert found == [
        ("1,200", "rescues", "body"),
        ("14", "boats_seized", "body"),
        ("12", "networks_dismantled", "body"),
        ("1,100", "rescues", "body"),
        ("900", "rescues", "related"),
    ]
    assert (document.text, document.published, document.title) == (REPORT, "2024-02-01", "At sea")
    assert all(document.text[r.start : r.end] == r.number for r in records)
    assert analysis.document.source is None
    hidden = [REPORT[e.number.start : e.number.end] for e in analysis.ledger if e.kind == "markup"]
    assert hidden == ["450", "12"]


@pytest.mark.parametrize(
    ("text", "wraps"),
    [
        ("one two\nthree", 1),
        ("one\ntwo three four five", 0),
        ("one two\n\nthree", 0),
        ("one two  \nthree", 0),
        ("one two\n- three", 0),
        ("one two\n# three", 0),
        ("| one two |\n| three |", 0),
        ("- one\n  two", 1),
        ("- one\n- two", 0),
        ("> one two\n> three", 0),
        ("word " * 40 + "\nthree", 0),
    ],
)
def test_only_filled_lines_are_wrapped(text: str, wraps: int) -> None:
    """A line that had room for the next word is a line of its own."""
    assert sum(mark.kind == "wrap" for mark in make(text).marks) == wraps


@pytest.mark.parametrize("text", ["30_000 people", "a * b", "2 * 3 * 4", "C:\\temp", "snake_case_name", "[12] said"])
def test_what_is_no_sign_is_none(text: str) -> None:
    """Signs inside words and formulas stay."""
    assert make(text).marks == ()
