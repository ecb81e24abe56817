"""A record as a row of plain values."""

from __future__ import annotations

import re
from typing import Any

from migstats.record import Record

COLUMNS = tuple(Record.model_fields)

_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029]")


def make_row(record: Record) -> dict[str, Any]:
    """Give the values of a record as JSON has them, in order."""
    return record.model_dump(mode="json")


def escape_json(text: str) -> str:
    r"""Escape what JSON allows raw, but a terminal would obey or a reader of lines would split at.

    >>> escape_json('"a\x9bb"')
    '"a\\u009bb"'
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
