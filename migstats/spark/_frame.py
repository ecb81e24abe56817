"""From a DataFrame of texts to one of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from migstats.records.columns import column_types
from migstats.spark._shipment import pack_up

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

_DDL = {"string": "STRING", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}


class Columns(TypedDict, total=False):
    """Further columns of the texts."""

    date: str
    url: str
    title: str
    language: str


def extract(
    df: DataFrame,
    text: str = "text",
    id: str = "id",  # noqa: A002 (what the column is called nearly everywhere)
    packs: Sequence[Path] = (),
    **columns: Unpack[Columns],
) -> DataFrame:
    """Extract the records of the texts in a DataFrame, one row a figure.

    The keys of a record are the columns, and `error` is one more: a text that could not be read has one row, with its
    id as `document` and what went wrong. `packs` are folders of the driver; what is in them is shipped to the workers.
    Further columns of the texts are named with `date`, `url`, `title` and `language`.
    """
    shipment = pack_up(packs)
    named = {"text": text, "id": id, **columns}
    unknown = set(named) - {"text", "id", *Columns.__annotations__}
    if unknown:
        raise TypeError(f"extract() has no column {', '.join(sorted(unknown))}")

    def map_batches(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        from migstats.spark._rows import extract_batches

        return extract_batches(batches, shipment)

    texts = df.select(*(df[column].cast("string").alias(name) for name, column in named.items()))
    return texts.mapInArrow(map_batches, schema_ddl())


def schema_ddl() -> str:
    """Write the schema of the records as Spark reads it."""
    columns = [f"`{name}` {_DDL[kind]}" for name, kind in column_types().items()]
    return ", ".join([*columns, "`error` STRING"])
