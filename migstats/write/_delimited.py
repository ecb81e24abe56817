"""Rows of cells between delimiters."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import TextIO

from migstats.records.record import Record
from migstats.show import defuse

_END = "\r\n"


def write_row(values: Iterable[object], delimiter: str = ",") -> str:
    r"""Write one row; a cell keeps the line breaks of its text, and what is unknown is empty.

    >>> write_row(["a,b", None, 12])
    '"a,b",,12\n'
    >>> write_row(["a\rb"])
    '"a\rb"\n'
    """
    row = StringIO()
    csv.writer(row, delimiter=delimiter, lineterminator=_END).writerow(values)  # which quotes what has a part of it
    return row.getvalue().removesuffix(_END) + "\n"


def write_rows(records: Iterable[Record], stream: TextIO, head: str, write_line: Callable[[Record], str]) -> None:
    """Write each record as soon as it is there; a terminal is sent nothing that it would obey."""
    terminal = stream.isatty()
    stream.write(head)
    for record in records:
        line = write_line(record)
        stream.write(defuse(line) if terminal else line)
