"""Reads records back from files that were written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from migstats.check import Finding
from migstats.constraint import make_model
from migstats.errors import ReadError
from migstats.model import Analysis
from migstats.records.record import COLUMNS, Record
from migstats.value import dataclass

_SQLITE = b"SQLite format 3\0"
_MARKS = ("indicator", "measure", "sha256")
"""Keys by which a row of JSON is told to be a record, not a document."""
_TABLE = "figures"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One document with its records; records of an earlier run come without their document."""

    records: Sequence[Record]
    analysis: Analysis | None = None
    findings: tuple[Finding, ...] = ()


def holds_records(path: str) -> bool:
    """Tell whether a file holds records: JSON Lines of them, or a database with a table of figures."""
    try:
        with Path(path).open("rb") as stream:
            head = stream.read(len(_SQLITE))
            if head == _SQLITE:
                return True
            if not head.lstrip().startswith(b"{"):
                return False
            stream.seek(0)
            first = json.loads(stream.readline())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and all(key in first for key in _MARKS)


def recall(path: str) -> Iterator[Record]:
    """Read the records of one file."""
    with Path(path).open("rb") as stream:
        packed = stream.read(len(_SQLITE)) == _SQLITE
    rows = _read_sqlite(path) if packed else _read_lines(path)
    for number, row in rows:
        try:
            yield make_record(row)
        except ValidationError as error:
            first = error.errors()[0]
            said = f"no record: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}"
            raise ReadError(said, path=path, line=number) from None


def make_record(row: Mapping[str, Any]) -> Record:
    """Make a record of its values; what else there is in a row is left out."""
    model = make_model(Record).model_validate({key: value for key, value in row.items() if key in COLUMNS})
    return Record(**{name: getattr(model, name) for name in COLUMNS})


def _read_lines(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go through the objects of JSON Lines."""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                raise ReadError("no JSON", path=path, line=number) from None
            yield number, row if isinstance(row, dict) else {}


def _read_sqlite(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go through the rows of the table of figures, each with what is told of its document."""
    try:
        with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            rows = list(base.execute(f"SELECT * FROM {_TABLE}"))
    except sqlite3.Error as error:
        raise ReadError(f"no database of figures: {error}", path=path) from None
    for number, row in enumerate(rows, 1):
        yield number, dict(row)
