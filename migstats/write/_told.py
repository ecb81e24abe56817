"""What people are told of a document and of a figure, in few words."""

from __future__ import annotations

from migstats.records.record import Record
from migstats.show import show_number, show_value, squeeze

CELLS = ("indicator", "value", "unit", "period", "further", "sentence")
"""What people are told of a figure."""


def name_document(name: str, record: Record) -> str:
    """Name a document, with what is known of it."""
    return name_known(name, record.source, record.language, record.published)


def name_known(name: str, *known: str | None) -> str:
    """Write a name in one line, with what is known of it."""
    told = ", ".join(squeeze(part) for part in known if part)
    return squeeze(name) + (f"  ({told})" if told else "")


def tell_cells(record: Record) -> tuple[str, ...]:
    """Give what people are told of a figure, in the order of `CELLS`."""
    value = show_value(record.value, record.high, record.qualifier, record.unit)
    unit = "" if record.unit == "percent" else record.unit
    return record.indicator, value, unit, record.period or "", tell_further(record), squeeze(record.quote)


def tell_further(record: Record) -> str:
    """Gather what narrows a figure: place, group, change, and whatever is not as usual."""
    parts = [record.measure if record.measure != "count" else None, record.place, record.group]
    if record.change_percent is not None:
        baseline = f" on {record.change_baseline}" if record.change_baseline else ""
        sign = "+" if record.change_percent > 0 else ""
        parts.append(f"{sign}{show_number(record.change_percent)} %{baseline}")
    parts.append(record.modality if record.modality != "reported" else None)
    parts.append(record.context if record.context != "body" else None)
    return "; ".join(squeeze(part) for part in parts if part)
