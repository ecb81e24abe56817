"""Markdown for people: one table a document, each figure with the sentence that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from migstats.caching.regex import expression
from migstats.records.record import Record
from migstats.show import defuse
from migstats.write._told import CELLS, name_document, tell_cells

SUFFIXES = (".md", ".markdown")

_RULER = "| --- | ---: | --- | --- | --- | --- |\n"
_ACTIVE = expression(r"([\\`*\[\]<>|~#$&]|(?<!\w)_|_(?!\w))")


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write one table a document, as soon as the document is done."""
    before = ""
    for name, rows in groupby(records, key=lambda record: record.document):
        found = list(rows)
        stream.write(f"{before}## {_escape(name_document(name, found[0]))}\n\n{_row(CELLS)}{_RULER}")
        stream.writelines(_row(_escape(cell) for cell in tell_cells(record)) for record in found)
        before = "\n"


def _row(cells: Iterable[str]) -> str:
    """Write a row."""
    return f"| {' | '.join(cells)} |\n"


def _escape(text: str) -> str:
    """Have all signs stand for themselves."""
    return _ACTIVE.sub(r"\\\1", defuse(text))
