"""What an annotator would write of a figure, from its record."""

from __future__ import annotations

from typing import Any

from migstats.records.record import Record

USUAL = {"measure": "count", "qualifier": "exact", "modality": "reported", "context": "body"}
"""What is left out because it is so nearly always."""


def annotate(record: Record) -> dict[str, Any]:
    """Give a record with the keys of a gold figure, its number and what is as usual left out."""
    values: dict[str, Any] = {
        "indicator": record.indicator,
        "measure": record.measure,
        "value": record.value,
        "high": record.high,
        "unit": record.unit,
        "qualifier": record.qualifier,
        "period": record.period,
        "place": record.place.split("; ") if record.place else None,
        "group": record.group,
        "change": _annotate_change(record),
        "modality": record.modality,
        "context": record.context,
    }
    return {key: value for key, value in values.items() if value is not None and USUAL.get(key) != value}


def _annotate_change(record: Record) -> dict[str, Any] | None:
    """Give the change that is told with a count."""
    if record.change_percent is None:
        return None
    told = {"percent": record.change_percent, "baseline": record.change_baseline}
    return {key: value for key, value in told.items() if value is not None}
