"""Markdown for people: one table a document, each figure with the sentence that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from migstats.record import Record
from migstats.show import defuse, show_value, squeeze
from migstats.write._told import name_document, tell_further

SUFFIXES = (".md", ".markdown")
HEAD_CELLS = ("indicator", "value", "unit", "period", "further", "sentence")

_RULER = "| --- | ---: | --- | --- | --- | --- |\n"
_ACTIVE = re.compile(r"([\\`*\[\]<>|~#$&]|(?<!\w)_|_(?!\w))")


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write one table a document, as soon as the document is done."""
    before = ""
    for name, rows in groupby(records, key=lambda record: record.document):
        found = list(rows)
        stream.write(f"{before}## {_escape(name_document(name, found[0]))}\n\n{_row(HEAD_CELLS)}{_RULER}")
        stream.writelines(_row(_escape(cell) for cell in tell(record)) for record in found)
        before = "\n"


def tell(record: Record) -> tuple[str, ...]:
    """Give the cells of a record, as a person reads them."""
    value = show_value(record.value, record.high, record.qualifier, record.unit)
    unit = "" if record.unit == "percent" else record.unit
    return record.indicator, value, unit, record.period or "", tell_further(record), squeeze(record.quote)


def _row(cells: Iterable[str]) -> str:
    """Write a row."""
    return f"| {' | '.join(cells)} |\n"


def _escape(text: str) -> str:
    """Have all signs stand for themselves."""
    return _ACTIVE.sub(r"\\\1", defuse(text))
