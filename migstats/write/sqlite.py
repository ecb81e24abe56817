"""SQLite database: figures, documents and issues with keys, and a full-text search over the sentences.

A run adds to what is there. What it says of a document takes the place of what an earlier run said of it, so that
doing it again doubles nothing. A document is in the file with all its figures or not at all, whenever the run ends.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migstats.errors import MigstatsError
from migstats.interrupt import holding_interrupts
from migstats.records.columns import column_types, storable
from migstats.records.record import Found
from migstats.write._row import COLUMNS, DOCUMENT_COLUMNS, make_code_rows, make_document_row, make_row

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES = (".sqlite", ".sqlite3", ".db")
WITH_ISSUES = True

_EVERY = 1.0
"""Seconds after which what was done is safe."""
_PATIENCE = 10.0
"""Seconds to wait for another program that writes to the file."""
_AFFINITY = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "date": "TEXT"}

ISSUE_COLUMNS = ("document", "sha256", "code", "level", "message", "start", "end", "figure")
_ISSUES = ", ".join(f'"{name}"' for name in ISSUE_COLUMNS)


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:
    """Write documents and figures; what was done is kept when the run breaks off."""
    with _telling(path), closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("BEGIN IMMEDIATE")
        _make_tables(base, path)
        _write_codebook(base, codebook)
        base.execute("COMMIT")
        run = base.execute("SELECT coalesce(max(run), 0) + 1 FROM documents").fetchone()[0]
        safe_at = time.monotonic()
        try:
            for one in found:
                with holding_interrupts():
                    if not base.in_transaction:
                        base.execute("BEGIN IMMEDIATE")
                    _write_document(base, one, run)
                if time.monotonic() - safe_at > _EVERY:
                    base.execute("COMMIT")
                    safe_at = time.monotonic()
        finally:
            if base.in_transaction:
                base.execute("COMMIT")


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Say in words why a database cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        raise MigstatsError(f"cannot be written: {error}", path=str(path)) from None


def _make_tables(base: sqlite3.Connection, path: Path) -> None:
    """Make the tables that are not there yet; a file with other tables of these names is refused."""
    types = column_types()
    document = [_column(name, "INTEGER" if name in ("characters", "figures") else "TEXT") for name in DOCUMENT_COLUMNS]
    figure = [_column(name, _AFFINITY[types[name]]) for name in COLUMNS]
    issue = [_column(name, "INTEGER" if name in ("start", "end") else "TEXT") for name in ISSUE_COLUMNS]
    of_document = 'FOREIGN KEY ("document", "sha256") REFERENCES documents ("document", "sha256") ON DELETE CASCADE'
    tables: dict[str, list[str]] = {
        "documents": [*document, '"run" INTEGER NOT NULL', 'UNIQUE ("document", "sha256")'],
        "figures": [*figure, 'UNIQUE ("document", "id")', of_document],
        "issues": [*issue, of_document],
        "codebook": ['"indicator" TEXT UNIQUE', '"counts" TEXT', '"units" TEXT'],
    }
    for name, parts in tables.items():
        base.execute(f'CREATE TABLE IF NOT EXISTS {name} ("key" INTEGER PRIMARY KEY, {", ".join(parts)})')
        there = {row[1] for row in base.execute(f"PRAGMA table_info({name})")}
        if not all(part.split('"')[1] in there for part in parts if part.startswith('"')):
            raise MigstatsError(f"has another table '{name}'", path=str(path), remedy="name a new file")
    for name in ("indicator", "country", "period_start"):
        base.execute(f'CREATE INDEX IF NOT EXISTS figures_{name} ON figures ("{name}")')
    base.execute('CREATE INDEX IF NOT EXISTS issues_document ON issues ("document", "sha256")')
    _make_search(base)


def _make_search(base: sqlite3.Connection) -> None:
    """Make the full-text search over the sentences, which follows the figures by itself."""
    base.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS figures_fts USING fts5"
        '(quote, content="figures", content_rowid="key", tokenize="unicode61 remove_diacritics 2")'
    )
    enter = "INSERT INTO figures_fts (rowid, quote) VALUES (new.key, new.quote);"
    leave = "INSERT INTO figures_fts (figures_fts, rowid, quote) VALUES ('delete', old.key, old.quote);"
    for when, what in (("INSERT", enter), ("DELETE", leave), ("UPDATE", leave + enter)):
        name = f"figures_fts_{when.lower()}"
        base.execute(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {when} ON figures BEGIN {what} END")


def _write_codebook(base: sqlite3.Connection, codebook: Codebook) -> None:
    """Write the codes and what they count."""
    base.execute("DELETE FROM codebook")
    rows = make_code_rows(codebook)
    base.executemany("INSERT INTO codebook (indicator, counts, units) VALUES (?, ?, ?)", rows)


def _write_document(base: sqlite3.Connection, found: Found, run: int) -> None:
    """Write a document and its figures in place of what earlier runs said of it."""
    row = {name: storable(value) for name, value in make_document_row(found).items()}
    which = (row["document"], row["sha256"])
    base.execute("DELETE FROM documents WHERE document = ? AND sha256 <> ? AND run < ?", (*which, run))
    _put(base, "documents", {**row, "run": run}, ("document", "sha256"))
    kept = dumps([record.id for record in found.records])
    stale = "DELETE FROM figures WHERE document = ? AND sha256 = ? AND id NOT IN (SELECT value FROM json_each(?))"
    base.execute(stale, (*which, kept))
    for record in found.records:
        _put(base, "figures", make_row(record), ("document", "id"))
    _write_issues(base, found, which)


def _write_issues(base: sqlite3.Connection, found: Found, which: tuple[str, str]) -> None:
    """Write what the checks say of a document, each with the figure that it is shown at, if it is at one."""
    figures = {record.start: record.id for record in found.records}
    base.execute("DELETE FROM issues WHERE document = ? AND sha256 = ?", which)
    for issue in found.issues:
        start, end = issue.span or (None, None)
        figure = None if start is None else figures.get(start)
        row = (*which, issue.code, issue.level, storable(issue.message), start, end, figure)
        base.execute(f"INSERT INTO issues ({_ISSUES}) VALUES ({', '.join('?' * len(row))})", row)


def _put(base: sqlite3.Connection, table: str, row: Mapping[str, Any], key: tuple[str, ...]) -> None:
    """Add a row, or bring the one of the same key up to date."""
    names = [f'"{name}"' for name in row]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names)
    places = ", ".join("?" * len(names))
    says = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}) ON CONFLICT ({', '.join(key)})"
    base.execute(f"{says} DO UPDATE SET {changes}", [storable(value) for value in row.values()])


def _column(name: str, affinity: str) -> str:
    """Write a column."""
    return f'"{name}" {affinity}'
