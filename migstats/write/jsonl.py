"""JSON Lines: one figure a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from migstats.records.record import Record
from migstats.write._row import escape_json, make_row

SUFFIXES = (".jsonl", ".ndjson")
HEAD = ""


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there."""
    for record in records:
        stream.write(write_line(record))


def write_line(record: Record) -> str:
    """Write one record."""
    return escape_json(json.dumps(make_row(record), ensure_ascii=False)) + "\n"
