"""A database with a table for lines, what was told, what is implied, and what does not fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from migstats.lines._row import describe_conflict, find_conflicts_by_line, make_row
from migstats.lines._wide import make_wide
from migstats.series.line import Findings

SUFFIX = ".sqlite"


def write_file(findings: Findings, path: Path, wide: bool = False) -> None:
    """Make the database in an empty file; what SQLite cannot do is told as what the system cannot."""
    try:
        with closing(sqlite3.connect(path)) as base, base:
            _write(base, findings, wide)
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from None


def _write(base: sqlite3.Connection, findings: Findings, wide: bool) -> None:
    """Write all tables."""
    if wide:
        columns, rows = make_wide(findings)
        _fill(base, "wide", columns, rows)
        return
    by_line = find_conflicts_by_line(findings)
    tables: dict[str, list[dict[str, Any]]] = {"lines": [], "told": [], "implied": []}
    for nth, line in enumerate(findings.lines):
        row = make_row(line, ()) | {"line": nth}
        for name in ("told", "implied"):
            for told in row.pop(name):
                witnesses = told.pop("witnesses")
                tables[name].extend({"line": nth} | told | _name(witness) for witness in witnesses)
        row.pop("findings")
        tables["lines"].append({"line": nth} | row)
    for name, found in tables.items():
        _fill(base, name, list(found[0]) if found else ["line"], found)
    conflicts = [{"finding": at} | describe_conflict(one) for at, one in enumerate(findings.conflicts)]
    _fill(base, "findings", ["finding", "code", "name", "level", "message"], conflicts)
    places = {id(one): at for at, one in enumerate(findings.conflicts)}
    links = [{"finding": places[id(one)], "line": nth} for nth, found in by_line.items() for one in found]
    _fill(base, "findings_lines", ["finding", "line"], links)


def _name(witness: dict[str, Any]) -> dict[str, Any]:
    """Tell the attributes of a witness from those of its line."""
    return {
        "place_told" if key == "place" else "group_told" if key == "group" else key: v for key, v in witness.items()
    }


def _fill(base: sqlite3.Connection, name: str, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    """Make a table and fill it."""
    listed = ", ".join(f'"{column}"' for column in columns)
    base.execute(f'CREATE TABLE "{name}" ({listed})')
    marks = ", ".join("?" for _ in columns)
    base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', ([row[column] for column in columns] for row in rows))
