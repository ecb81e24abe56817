"""A table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from migstats.record import Record
from migstats.show import defuse, make_console, show_number, show_value, squeeze

if TYPE_CHECKING:
    from rich.table import Table

SUFFIX = ".txt"

_WIDTHS = {"indicator": 25, "value": 9, "unit": 10, "period": 15}


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write one table a document, as soon as the document is done."""
    from rich.padding import Padding

    console = make_console(stream)
    for name, rows in groupby(records, key=lambda record: record.document):
        found = list(rows)
        console.print(_title(name, found[0]), style="bold", overflow="fold")
        console.print(Padding(make_table(found), (0, 0, 1, 0)))


def make_table(records: Iterable[Record], places: Mapping[int, int] | None = None) -> Table:
    """Lay records out in columns that are the same for every document; `places` are the places in the ledger of the
    numbers that start somewhere, where they are to be shown.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    if places is not None:
        table.add_column("#", justify="right", style="dim")
    table.add_column("indicator", width=_WIDTHS["indicator"], overflow="fold", style="cyan")
    table.add_column("value", width=_WIDTHS["value"], overflow="fold", justify="right", style="bold")
    table.add_column("unit", width=_WIDTHS["unit"], overflow="fold")
    table.add_column("period", width=_WIDTHS["period"], overflow="fold")
    table.add_column("further", ratio=1, overflow="fold", style="dim")
    for record in records:
        value = show_value(record.value, record.high, record.qualifier, record.unit)
        unit = "" if record.unit == "percent" else record.unit
        row = (record.indicator, value, unit, record.period or "", _further(record))
        table.add_row(*(() if places is None else (str(places[record.start]),)), *row)
    return table


def _title(name: str, record: Record) -> str:
    """Name a document, with what is known of it."""
    known = [part for part in (record.source, record.language, record.published) if part]
    return defuse(name) + (f"  ({', '.join(known)})" if known else "")


def _further(record: Record) -> str:
    """Gather what narrows a figure: place, group, change, and whatever is not as usual."""
    parts = [record.measure if record.measure != "count" else None, record.place, record.group]
    if record.change_percent is not None:
        baseline = f" on {record.change_baseline}" if record.change_baseline else ""
        sign = "+" if record.change_percent > 0 else ""
        parts.append(f"{sign}{show_number(record.change_percent)} %{baseline}")
    parts.append(record.modality if record.modality != "reported" else None)
    parts.append(record.context if record.context != "body" else None)
    return "; ".join(squeeze(part) for part in parts if part)
