"""A table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from migstats.records.record import Record
from migstats.show import make_console, show_value
from migstats.write._told import name_document, tell_further

if TYPE_CHECKING:
    from rich.table import Table

SUFFIXES = (".txt",)

_WIDTHS = {"indicator": 25, "value": 9, "unit": 10, "period": 15}


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write one table a document, as soon as the document is done."""
    from rich.padding import Padding

    console = make_console(stream)
    for name, rows in groupby(records, key=lambda record: record.document):
        found = list(rows)
        console.print(name_document(name, found[0]), style="bold", overflow="fold")
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
        row = (record.indicator, value, unit, record.period or "", tell_further(record))
        table.add_row(*(() if places is None else (str(places[record.start]),)), *row)
    return table
