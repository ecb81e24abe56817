"""What tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from chromium import start_browser
from network import add_offline, forbid_network, take_attempts

from migstats.loading.load import Packs, load_packs
from migstats.model import Analysis, Document, LedgerEntry, Number, Period, Reading
from migstats.records.record import Record, make_records

CACHE = TemporaryDirectory(prefix="migstats-cache-")
os.environ["MIGSTATS_CACHE_DIR"] = CACHE.name
"""What packs are compiled into is kept for this run alone."""

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # a run in the background is deaf to Ctrl-C, and so would be all programs that it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)

OUTSIDE = Path(CACHE.name, "outside")
NETWORK = forbid_network(OUTSIDE)
"""How tests and all that they start are kept from the network."""

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold" / "seeds"

TEXT = "In 2023 the navy rescued 1,200 people off Sebta, including 15 women. Two boats sank.\nRead also: 30 rescued"


MINISTRY = """\
name: A ministry
recognise: {wording: [ministry of boats]}
language: en
rules:
  - id: boats-stopped
    says: boats stopped
    indicator: boats_seized
    unit: boats
    pattern: '$number boats were stopped'
    examples:
      - text: "In 2023, 1.200 boats were stopped."
        figures:
          - {number: "1.200", value: 1200, period: "2023"}
      - text: "12 boats were painted."
        because: no verb of stopping
"""
"""A source pack as a user writes one."""


PATHS = add_offline(str(ROOT))
"""PYTHONPATH for a program that is to be of this copy."""


def pytest_report_header() -> str:
    """Say how much the run proves."""
    return f"network: {NETWORK}"


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that tried to reach the network, even where the error was hidden."""
    yield
    assert take_attempts(OUTSIDE) == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real browser."""
    yield from start_browser()


@pytest.fixture(scope="session")
def packs() -> Packs:
    """The packs of the program."""
    return load_packs()


@pytest.fixture
def document() -> Document:
    """A short text in two lines."""
    return Document("news/a.txt", TEXT, language="en", published="2024-01", source=None)


@pytest.fixture
def analysis(document: Document) -> Analysis:
    """What an engine could find in that text: a total, a part of it, and a figure in a link."""
    total = _read(document, "1,200", 1200)
    period = Period(3, 7, "2023")
    sentence = (0, TEXT.index(" Two"))
    place = TEXT.index("Sebta")
    total = replace(total, period=period, sentence=sentence, places=((place, place + 5),), country="ESP")
    women = TEXT.index("women")
    part = _read(document, "15", 15)
    part = replace(part, period=period, sentence=sentence, basis="group", group=(women, women + 5))
    part = replace(part, part_of=total.number.start)
    related = replace(_read(document, "30", 30), context="related", sentence=(TEXT.index("Read"), len(TEXT)))
    year = Number(3, 7, Decimal(2023), kind="year")
    two = Number(TEXT.index("Two"), TEXT.index("Two") + 3, Decimal(2), words=True)
    ledger = (
        LedgerEntry(year, "year"),
        LedgerEntry(total.number, "figure"),
        LedgerEntry(part.number, "figure"),
        LedgerEntry(two, "unclaimed", nearest="seize/boat", lacked="seize"),
        LedgerEntry(related.number, "figure"),
    )
    return Analysis(document, (total, part, related), ledger)


@pytest.fixture
def records(analysis: Analysis, packs: Packs) -> list[Record]:
    """The records of that text."""
    return make_records(analysis, packs)


def _read(document: Document, written: str, value: int) -> Reading:
    """Read a number as people rescued."""
    start = document.text.index(written)
    number = Number(start, start + len(written), Decimal(value))
    return Reading(
        number=number, indicator="rescues", measure="count", unit="persons", value=number.value, high=None,
        basis="anchor", rule="rescue/person", pack="en", sentence=(0, len(document.text)),
    )  # fmt: skip
