"""From rows of texts to rows of records, on a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.read._entry import Maker
from migstats.read._source import Fields, Source
from migstats.records.arrow import make_cells, make_schema
from migstats.records.columns import column_types
from migstats.runs.extract import Wanted, extract_one
from migstats.spark._shipment import Shipment, unpack
from migstats.value import replace

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema

_TEXTS = 256
"""Texts that are held as Python values at a time."""

_NAMELESS = "-"
_FIELDS = Fields("text", "id", "date", "url")


def extract_batches(batches: Iterator[RecordBatch], shipment: Shipment) -> Iterator[RecordBatch]:
    """Extract the records of batches of texts."""
    import pyarrow

    packs = unpack(shipment)
    schema = _make_schema()
    for batch in batches:
        for at in range(0, batch.num_rows, _TEXTS):
            rows = [row for entry in batch.slice(at, _TEXTS).to_pylist() for row in extract_row(entry, packs)]
            if rows:
                yield pyarrow.RecordBatch.from_pylist(rows, schema)


def extract_row(entry: Mapping[str, Any], packs: Packs) -> list[dict[str, Any]]:
    """Extract the records of one text, or tell what is wrong with it."""
    name = entry.get("id") or _NAMELESS
    try:
        made = Maker(Source(BytesIO(), name, lambda _: None, _FIELDS)).make(entry, 0)
        _, records = extract_one(replace(made, name=name), packs, Wanted())
        return [{**make_cells(record), "error": None} for record in records]
    except MigstatsError as error:
        said = error.message + (f"; {error.remedy}" if error.remedy else "")
        return [{**dict.fromkeys(column_types()), "document": name, "error": said}]


def _make_schema() -> Schema:
    """Make the schema of the records, with what went wrong."""
    import pyarrow

    return make_schema().append(pyarrow.field("error", pyarrow.string()))
