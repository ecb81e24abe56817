"""Comma-separated values with a row of names."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from migstats.record import Record
from migstats.show import defuse
from migstats.write._row import COLUMNS, make_row

SUFFIX = ".csv"


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there; a cell keeps the line breaks of its text."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    terminal = stream.isatty()
    for record in records:
        row = make_row(record)
        writer.writerow({key: defuse(value) for key, value in row.items()} if terminal else row)
