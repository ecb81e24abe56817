"""The day that a dump tells, however it writes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from migstats.caching.regex import expression
from migstats.read._header import is_date

_ISO = expression(r"\s*(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?=$|[T\s])")
_COMPACT = expression(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?=$|[T\s])")
_SECONDS = (10**8, 10**10)
_MILLISECONDS = 1000


def read_moment(value: object) -> str | None:
    """Read a date as precise as it is told; what could be two dates is none.

    >>> read_moment("2024-01-23T10:00:00Z"), read_moment(1706004000), read_moment("03/04/2024")
    ('2024-01-23', '2024-01-23', None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _read_epoch(value) if value >= _SECONDS[0] else _checked(str(value))
    if not isinstance(value, str):
        return None
    found = _ISO.match(value) or _COMPACT.match(value)
    if found:
        parts = [part for part in found.groups() if part and part.isdigit()]
        return _checked("-".join(part.zfill(2) for part in parts))
    return _read_mail_date(value)


def _read_epoch(value: float) -> str | None:
    """Read seconds or milliseconds since 1970."""
    seconds = value / _MILLISECONDS if value >= _SECONDS[1] else value
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def _read_mail_date(value: str) -> str | None:
    """Read a date as feeds and mails write it, which names the month."""
    from email.utils import parsedate_to_datetime

    if not re.search("[A-Za-z]{3}", value):
        return None
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _checked(text: str) -> str | None:
    """Keep a date that the calendar has."""
    return text if is_date(text) else None
