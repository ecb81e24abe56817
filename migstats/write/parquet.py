"""Parquet: the columns of the records, each of one type, for whatever reads Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from migstats.extras import need
from migstats.records.arrow import make_schema, to_arrow
from migstats.records.record import Found
from migstats.whole import make_file

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES = (".parquet",)
_GROUP = 20_000
"""Records that are written, and held in memory, together."""


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:  # noqa: ARG001 (the signature is the format's)
    """Write the records, some thousands at a time."""
    parquet = need("pyarrow.parquet", "parquet")
    records = chain.from_iterable(one.records for one in found)
    with make_file(path) as made, parquet.ParquetWriter(made, make_schema(), compression="zstd") as writer:
        while group := list(islice(records, _GROUP)):
            writer.write_table(to_arrow(group))
