"""CSV with a row of HXL hashtags below the names: the Humanitarian Exchange Language, version 1.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from migstats.records.record import Record
from migstats.write._delimited import write_row, write_rows
from migstats.write._row import COLUMNS, make_row

SUFFIXES = (".hxl.csv",)
PLAIN_CELLS = True

TAGS = {
    "id": "#meta+id",
    "document": "#meta+document",
    "source": "#meta+source",
    "language": "#meta+language",
    "published": "#date+published",
    "title": "#meta+title",
    "url": "#meta+url",
    "indicator": "#indicator+code",
    "measure": "#indicator+measure",
    "unit": "#indicator+unit",
    "value": "#indicator+num",
    "high": "#indicator+max+num",
    "qualifier": "#indicator+qualifier",
    "period": "#date+period",
    "period_start": "#date+start",
    "period_end": "#date+end",
    "period_basis": "#date+basis",
    "place": "#loc+name",
    "country": "#country+code+v_iso3",
    "group": "#population+group+name",
    "change_percent": "#indicator+change+pct",
    "change_baseline": "#date+baseline",
    "modality": "#status+modality",
    "context": "#meta+context",
    "attribution": "#meta+attribution",
    "part_of": "#meta+id+total",
    "number": "#meta+number",
    "start": "#meta+number+start",
    "end": "#meta+number+end",
    "quote": "#meta+quote",
    "quote_start": "#meta+quote+start",
    "quote_end": "#meta+quote+end",
    "page": "#meta+page",
    "basis": "#meta+basis",
    "rule": "#meta+rule",
    "pack": "#meta+pack",
    "version": "#meta+version",
    "sha256": "#meta+hash+sha256",
}
"""The hashtag of each key; attributes are in any order."""

HEAD = write_row(COLUMNS) + write_row(TAGS[column] for column in COLUMNS)


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write each record as soon as it is there."""
    write_rows(records, stream, HEAD, write_line)


def write_line(record: Record) -> str:
    """Write one record."""
    return write_row(make_row(record).values())
