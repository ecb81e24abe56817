"""How large a document may be, as people write sizes."""

from __future__ import annotations

from migstats.caching.regex import expression
from migstats.errors import MigstatsError

LIMIT = 1 << 26
"""Bytes of one document, unpacked, that are read unless told otherwise."""

_WRITTEN = expression(r"(?i)(\d{1,12}) ?([kmgt]?)i?b?")
_UNITS = ("", "k", "m", "g", "t")
_STEP = 1024


def read_size(written: str) -> int:
    """Read a size as it is written on the command line.

    >>> read_size("64M"), read_size("1 GB"), read_size("500")
    (67108864, 1073741824, 500)
    """
    found = _WRITTEN.fullmatch(written.strip())
    size = int(found[1]) * _STEP ** _UNITS.index(found[2].lower()) if found else 0
    if not size:
        raise MigstatsError(f"'{written}' is no size", remedy="write it as 500K, 64M or 2G")
    return size


def show_size(size: int) -> str:
    """Write a size in short.

    >>> show_size(1 << 26), show_size(1536), show_size(500)
    ('64 MB', '1.5 KB', '500 bytes')
    """
    value, unit = float(size), 0
    while value >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    return f"{value:.3g} {_UNITS[unit].upper()}B" if unit else f"{size} bytes"
