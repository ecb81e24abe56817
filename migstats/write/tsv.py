"""Tab-separated values with a row of names; a cell with a tab or a line break stands in quotation marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from migstats.records.record import Record
from migstats.write._delimited import write_row, write_rows
from migstats.write._row import COLUMNS, make_row

SUFFIXES = (".tsv", ".tab")
PLAIN_CELLS = True
HEAD = write_row(COLUMNS, "\t")


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there."""
    write_rows(records, stream, HEAD, write_line)


def write_line(record: Record) -> str:
    """Write one record."""
    return write_row(make_row(record).values(), "\t")
