"""A record as a row of plain values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from migstats.record import COLUMNS, Record

__all__ = ["COLUMNS", "escape_json", "make_row"]

_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029]")


def make_row(record: Record) -> dict[str, Any]:
    """Give the values of a record as JSON has them, in order."""
    values = {name: getattr(record, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def escape_json(text: str) -> str:
    r"""Escape what JSON allows raw, but a terminal would obey or a reader of lines would split at.

    >>> escape_json('"a\x9bb"')
    '"a\\u009bb"'
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
