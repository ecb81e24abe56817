"""A line as a row of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migstats.records.record import Plain, Record
from migstats.series.imply import Implied
from migstats.series.line import Conflict, Findings, Line
from migstats.series.told import Told
from migstats.show import show_number, show_value

SERIES = ("indicator", "measure", "unit", "kind", "country", "place", "group", "modality", "baseline")
"""The columns that are the same all along a series."""
_WITNESS = (
    "document", "source", "published", "id", "number", "start", "end", "quote", "place", "group", "attribution", "url",
)  # fmt: skip


def make_series_row(line: Line) -> dict[str, Any]:
    """Give what a line shares with the others of its series."""
    key = line.key.series
    values = (
        key.indicator, key.measure, key.unit, "stock" if key.stock else "flow", key.country, key.place, key.group,
        key.modality, key.baseline,
    )  # fmt: skip
    return dict(zip(SERIES, values, strict=True))


def make_flat_row(line: Line) -> dict[str, Any]:
    """Give a line without the values that it was chosen from."""
    start, end = line.key.days
    return make_series_row(line) | {
        "period": line.key.period,
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "period_kind": line.key.kind,
        "value": line.value,
        "high": line.high,
        "qualifier": line.qualifier,
        "derived": line.derived,
        "state": line.state,
        "why": line.why,
        "apart": line.key.apart,
    }


def make_row(line: Line, conflicts: Iterable[Conflict]) -> dict[str, Any]:
    """Give all of a line."""
    return make_flat_row(line) | {
        "told": [_describe_told(told) for told in line.told],
        "implied": [_describe_implied(implied) for implied in line.implied],
        "findings": [describe_conflict(conflict) for conflict in conflicts],
    }


def describe_conflict(conflict: Conflict) -> dict[str, Any]:
    """Give a finding."""
    code = conflict.code
    return {"code": code.id, "name": code.name, "level": code.level, "message": conflict.message}


def find_conflicts_by_line(findings: Findings) -> Mapping[int, list[Conflict]]:
    """Give the findings of each line, by its place among the lines."""
    at: dict[int, list[Conflict]] = {}
    for conflict in findings.conflicts:
        for nth, line in enumerate(findings.lines):
            if line.key in conflict.keys:
                at.setdefault(nth, []).append(conflict)
    return at


def number_documents(findings: Findings) -> dict[str, int]:
    """Number the documents that tell something, in the order of their names."""
    names = {record.document for line in findings.lines for record in line.witnesses}
    return {name: nth for nth, name in enumerate(sorted(names), 1)}


def show_line(line: Line) -> str:
    """Write the value of a line for people; both values where nothing decides between them."""
    if line.value is None:
        return " | ".join(show_told(told) for told in line.told)
    return show_value(line.value, line.high, line.qualifier, line.key.series.unit)


def show_told(told: Told) -> str:
    """Write a value told for people."""
    return show_value(told.value, told.high, told.qualifier, told.unit)


def show_interval(low: Plain, high: Plain) -> str:
    """Write an interval for people."""
    return show_number(low) if low == high else f"{show_number(low)}\u2013{show_number(high)}"


def _describe_told(told: Told) -> dict[str, Any]:
    witnesses = [_describe_witness(record) for record in told.witnesses]
    return {"value": told.value, "high": told.high, "qualifier": told.qualifier, "witnesses": witnesses}


def _describe_implied(implied: Implied) -> dict[str, Any]:
    witnesses = [_describe_witness(record) for record in implied.witnesses]
    return {
        "low": implied.low,
        "high": implied.high,
        "sum": implied.sum,
        "agrees": implied.holds,
        "witnesses": witnesses,
    }


def _describe_witness(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _WITNESS}
