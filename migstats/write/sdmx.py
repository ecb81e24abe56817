"""SDMX-CSV 2.0: observations as statistical offices exchange them.

Each figure is an observation. Where the text leaves the country open, the code is that of SDMX for it, `_X`; a period
without a beginning or an end, or none, leaves TIME_PERIOD empty, and stands as written in PERIOD. A line break within a
cell, which not every reader of SDMX bears, is a space.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from migstats.caching.regex import expression
from migstats.records.record import Record
from migstats.write._delimited import write_row, write_rows
from migstats.write._row import COLUMNS, make_row

SUFFIXES = (".sdmx.csv",)

STRUCTURE = "MIGSTATS:FIGURES(1.0)"
UNKNOWN = "_X"
_LINE_BREAK = expression("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")

_NAMES = {"id": "FIGURE", "country": "REF_AREA", "value": "OBS_VALUE", "unit": "UNIT_MEASURE"}
_FIRST = ("document", "id", "indicator", "measure", "country")
DIMENSIONS = (*(_NAMES.get(key, key.upper()) for key in _FIRST), "TIME_PERIOD")
_REST = tuple(key for key in COLUMNS if key not in (*_FIRST, "value"))
ATTRIBUTES = ("OBS_STATUS", *(_NAMES.get(key, key.upper()) for key in _REST))

HEAD = write_row(["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES])


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there."""
    write_rows(records, stream, HEAD, write_line)


def write_line(record: Record) -> str:
    """Write one record: an observation to be added, or to take the place of the one it was before."""
    row = {
        key: _LINE_BREAK.sub(" ", value) if isinstance(value, str) else value for key, value in make_row(record).items()
    }
    keys = [UNKNOWN if row[key] is None else row[key] for key in _FIRST]
    cells = [*keys, write_time(record), row["value"], tell_status(record), *(row[key] for key in _REST)]
    return write_row(["dataflow", STRUCTURE, "I", *cells])


def tell_status(record: Record) -> str:
    """Give the code of SDMX for what kind of an observation it is: forecast, estimated, provisional or normal."""
    if record.modality == "planned":
        return "F"
    if record.qualifier == "approximately":
        return "E"
    return "P" if record.period_basis == "year_to_date" else "A"


def write_time(record: Record) -> str:
    """Write a period as SDMX has it: a year, month or day, or a first day and a duration."""
    if record.period is None or record.period_start is None or record.period_end is None:
        return ""
    if "/" not in record.period:
        return record.period
    return f"{record.period_start}/{write_duration(record.period_start, record.period_end)}"


def write_duration(first: date, last: date) -> str:
    """Write the time from one day to the end of another.

    >>> write_duration(date(2014, 1, 1), date(2017, 12, 31)), write_duration(date(2024, 1, 1), date(2024, 2, 29))
    ('P4Y', 'P2M')
    >>> write_duration(date(2024, 1, 10), date(2024, 1, 12))
    'P3D'
    """
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return f"P{last.toordinal() - first.toordinal() + 1}D"
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
