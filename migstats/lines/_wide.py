"""Lines laid out with a year a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migstats.lines._row import SERIES, make_series_row, show_line
from migstats.series.line import Findings, Line

HEAD = (*SERIES, "months", "derived")
_FULL = "01-12"


def make_wide(findings: Findings) -> tuple[list[str], list[dict[str, Any]]]:
    """Give the columns and the rows: one a series and stretch of the year, derived values on rows of their own."""
    rows: dict[tuple[object, ...], dict[str, Any]] = {}
    years = set()
    for line in findings.lines:
        for year, months in find_years(line):
            key = (line.key.series, months, line.derived)
            row = rows.setdefault(key, make_series_row(line) | {"months": months, "derived": line.derived})
            row[year] = _make_cell(line)
            years.add(year)
    columns = [*HEAD, *sorted(years)]
    return columns, [{column: row.get(column) for column in columns} for row in rows.values()]


def find_years(line: Line) -> Iterator[tuple[str, str]]:
    """Give the year and the months of a line that can stand in a row with others."""
    start, end = line.key.days
    if line.key.apart or start is None or end is None:
        return
    if line.key.kind == "year":
        yield str(start.year), _FULL
    elif line.key.kind == "year_to_date":
        yield str(start.year), f"01-{end.month:02}"
    elif line.key.series.stock and line.key.kind in ("month", "day"):
        yield str(end.year), f"{end.month:02}"


def _make_cell(line: Line) -> object:
    """Give the number of a line, or its ends as words."""
    return show_line(line) if line.value is None or line.high is not None else line.value
