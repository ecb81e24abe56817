"""Comma-separated values with a row of names, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from migstats.lines._row import find_conflicts_by_line, make_flat_row, show_interval, show_told
from migstats.lines._wide import make_wide
from migstats.records.record import Record
from migstats.series.line import Findings, Line
from migstats.show import defuse
from migstats.write._delimited import write_row
from migstats.write._row import guard

SUFFIX = ".csv"
PLAIN_CELLS = True


def write(findings: Findings, stream: TextIO, wide: bool = False, safe: bool = False) -> None:
    """Write each line as one row; what was told stands in one cell. Safe ones are no formulas to a spreadsheet."""
    if wide:
        columns, rows = make_wide(findings)
        _write_rows(columns, rows, stream, safe)
        return
    conflicts = find_conflicts_by_line(findings)
    rows = []
    for nth, line in enumerate(findings.lines):
        names = [conflict.code.name for conflict in conflicts.get(nth, ())]
        rows.append(make_flat_row(line) | _describe(line) | {"findings": "; ".join(names) or None})
    _write_rows(list(rows[0]) if rows else [], rows, stream, safe)


def _describe(line: Line) -> dict[str, Any]:
    """Write what was told and what follows, each in one cell."""
    told = [f"{show_told(one)} ({_names(one.witnesses)})" for one in line.told]
    implied = [f"{show_interval(one.low, one.high)} by {one.sum} ({_names(one.witnesses)})" for one in line.implied]
    return {"told": "; ".join(told) or None, "implied": "; ".join(implied) or None}


def _names(witnesses: Iterable[Record]) -> str:
    return ", ".join(dict.fromkeys(record.document for record in witnesses))


def _write_rows(columns: list[str], rows: Iterable[dict[str, Any]], stream: TextIO, safe: bool) -> None:
    terminal = stream.isatty()
    stream.write(write_row(columns))
    for row in rows:
        values = map(guard, row.values()) if safe else row.values()
        stream.write(write_row(defuse(value) if terminal else value for value in values))
