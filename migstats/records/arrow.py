"""Records as columns in memory, each of one type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from migstats.extras import need
from migstats.records.columns import column_types, storable
from migstats.records.record import Record

if TYPE_CHECKING:
    from pyarrow import Schema, Table


def to_arrow(records: Iterable[Record]) -> Table:
    """Give records as a table of Arrow: the keys of a record are its columns, in order, each of one type."""
    pyarrow = need("pyarrow", "parquet")
    return pyarrow.Table.from_pylist([make_cells(record) for record in records], make_schema())


def make_cells(record: Record) -> dict[str, Any]:
    """Give the values of a record, each in the type of its column."""
    cells = {name: storable(getattr(record, name)) for name in column_types()}
    for name, kind in column_types().items():
        if kind == "number" and cells[name] is not None:
            cells[name] = float(cells[name])
    return cells


def make_schema() -> Schema:
    """Make the schema of the records."""
    pyarrow = need("pyarrow", "parquet")
    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "date": pyarrow.date32(),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in column_types().items()])
