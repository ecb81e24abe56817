"""Comma-separated values with a row of names."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import TextIO

from migstats.record import Record
from migstats.show import defuse
from migstats.write._row import COLUMNS, make_row

SUFFIX = ".csv"
HEAD = ",".join(COLUMNS) + "\n"


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there; a cell keeps the line breaks of its text."""
    stream.write(HEAD)
    terminal = stream.isatty()
    for record in records:
        stream.write(_write_row([defuse(value) if terminal else value for value in make_row(record).values()]))


def write_line(record: Record) -> str:
    """Write one record."""
    return _write_row(list(make_row(record).values()))


def _write_row(values: list[object]) -> str:
    """Write one row."""
    row = StringIO()
    csv.writer(row, lineterminator="\n").writerow(values)
    return row.getvalue()
