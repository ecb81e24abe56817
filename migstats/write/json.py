"""One JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from migstats.records.record import Record
from migstats.write._row import escape_json, make_row

SUFFIXES = (".json",)


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write an array, which is closed even when the records break off."""
    before = "[\n"
    try:
        for record in records:
            stream.write(before + escape_json(json.dumps(make_row(record), ensure_ascii=False, indent=2)))
            before = ",\n"
    finally:
        stream.write("[]\n" if before == "[\n" else "\n]\n")
