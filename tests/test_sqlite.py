"""The database: done again it doubles nothing, and whatever ends a run, each document is in it whole or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.model import Analysis, Document
from migstats.records.record import Found, Record, make_records
from migstats.runs.examine import examine_one
from migstats.write import sqlite
from migstats.write._row import COLUMNS

TEXT = "In {year} the navy rescued {people:,} migrants at sea, and {boats} boats were seized off the coast."


@pytest.fixture
def found(analysis: Analysis, records: list[Record]) -> Found:
    """A document with three figures."""
    return Found(analysis.document, records)


def ask(path: Path, question: str) -> list[Any]:
    """Ask a database."""
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def dump(path: Path) -> list[Any]:
    """Give all that a run says, in no matter what order it was told."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    return ask(path, f"SELECT {columns} FROM figures ORDER BY document, start, indicator") + ask(
        path,
        "SELECT document, source, language, published, characters, figures, sha256 FROM documents ORDER BY document",
    )


def is_sound(path: Path) -> bool:
    """Tell whether file, keys and search are as they should be, and each document has all its figures."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("INSERT INTO figures_fts (figures_fts, rank) VALUES ('integrity-check', 1)")
        there = "(SELECT count(*) FROM figures f WHERE f.document = d.document AND f.sha256 = d.sha256)"
        counted = f"SELECT count(*) FROM documents d WHERE figures <> {there}"
        return (
            base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and base.execute("PRAGMA foreign_key_check").fetchall() == []
            and base.execute(counted).fetchone() == (0,)
        )


def test_done_again_it_is_the_same(found: Found, tmp_path: Path, packs: Packs) -> None:
    """Rows keep their keys."""
    path = tmp_path / "a.sqlite"
    sqlite.save([found], path, packs.codebook)
    before = ask(path, "SELECT * FROM figures")
    sqlite.save([found, found], path, packs.codebook)
    assert ask(path, "SELECT * FROM figures") == before
    assert ask(path, "SELECT run FROM documents") == [(2,)]
    assert is_sound(path)


def test_a_changed_text_takes_the_place_of_the_old(
    found: Found, analysis: Analysis, tmp_path: Path, packs: Packs
) -> None:
    """With its figures; other documents stay, and so do two of one name in one run."""
    path = tmp_path / "a.sqlite"
    other = Found(replace(found.document, name="b"), [replace(r, document="b") for r in found.records])
    sqlite.save([found, other], path, packs.codebook)
    changed = replace(analysis, document=replace(analysis.document, text=analysis.document.text + " "))
    newer = Found(changed.document, make_records(changed, packs)[:2])
    sqlite.save([newer], path, packs.codebook)
    assert ask(path, "SELECT document, figures FROM documents ORDER BY document") == [
        ("b", 3),
        (found.document.name, 2),
    ]
    assert ask(path, "SELECT count(*) FROM figures") == [(5,)]
    assert is_sound(path)
    sqlite.save([found, newer], path, packs.codebook)
    assert ask(path, "SELECT count(*) FROM figures") == [(8,)]


def test_a_figure_that_is_no_more_goes(found: Found, tmp_path: Path, packs: Packs) -> None:
    """Also out of the search."""
    path = tmp_path / "a.sqlite"
    sqlite.save([found], path, packs.codebook)
    sqlite.save([Found(found.document, found.records[:1])], path, packs.codebook)
    assert ask(path, "SELECT number FROM figures") == [("1,200",)]
    assert ask(path, "SELECT count(*) FROM figures_fts WHERE figures_fts MATCH 'rescued'") == [(1,)]
    assert is_sound(path)


def test_what_was_done_is_kept_when_a_run_breaks_off(found: Found, tmp_path: Path, packs: Packs) -> None:
    """Every document before."""

    def break_off() -> Iterable[Found]:
        yield found
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sqlite.save(break_off(), tmp_path / "a.sqlite", packs.codebook)
    assert ask(tmp_path / "a.sqlite", "SELECT count(*) FROM figures") == [(3,)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.sqlite"]


def test_other_files_are_refused(found: Found, tmp_path: Path, packs: Packs) -> None:
    """And left as they are."""
    text, foreign = tmp_path / "a.db", tmp_path / "b.db"
    text.write_text("this is no database, but a text that is long enough to be one" * 20)
    with pytest.raises(MigstatsError, match="not a database"):
        sqlite.save([found], text, packs.codebook)
    with closing(sqlite3.connect(foreign)) as base:
        base.execute("CREATE TABLE figures (name TEXT)")
    with pytest.raises(MigstatsError, match="another table 'figures'") as caught:
        sqlite.save([found], foreign, packs.codebook)
    assert caught.value.remedy
    assert ask(foreign, "SELECT name FROM sqlite_master") == [("figures",)]
    with pytest.raises(MigstatsError, match="cannot be written"):
        sqlite.save([found], tmp_path / "no" / "c.db", packs.codebook)


def test_lone_surrogates_are_no_obstacle(found: Found, tmp_path: Path, packs: Packs) -> None:
    """Names of files may hold what is no text."""
    name = os.fsdecode(b"caf\xe9.txt")
    odd = Found(replace(found.document, name=name), [replace(r, document=name) for r in found.records])
    sqlite.save([odd], tmp_path / "a.db", packs.codebook)
    assert ask(tmp_path / "a.db", "SELECT DISTINCT document FROM figures") == [("caf?.txt",)]
    assert is_sound(tmp_path / "a.db")


def test_issues_are_what_the_checks_say(tmp_path: Path, packs: Packs) -> None:
    """Each with its document and the figure it is shown at; told anew they are not told twice."""
    path = tmp_path / "a.sqlite"
    command = [sys.executable, "-m", "migstats", "extract", *map(str, sorted(SEEDS.glob("00[01]*"))), "-o", str(path)]
    for _ in range(2):
        assert subprocess.run(command, check=False).returncode == 0
    rows = ask(path, "SELECT document, code, level, message, start, figure FROM issues ORDER BY key")
    expected = []
    for file in sorted(SEEDS.glob("00[01]*")):
        done = examine_one(Document(str(file), file.read_text(encoding="utf-8")), packs)
        for one in done.findings:
            start = one.spans[0][0] if one.spans else None
            figure = next((record.id for record in done.records if record.start == start), None)
            expected.append((str(file), one.code, one.level, one.message, start, figure))
    assert rows == expected
    assert any(row[-1] for row in rows)
    assert is_sound(path)


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from migstats.loading.load import load_packs
from migstats.runs.extract import Wanted, extract_one
from migstats.model import Document
from migstats.records.record import Found
from migstats.write import sqlite

packs = load_packs()
analysis, records = extract_one(Document("a", {text!r}, language="en"), packs, Wanted())
rows = 0
put = sqlite._put

def count(*arguments):
    global rows
    rows += 1
    if rows == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    put(*arguments)

def go():
    for number in range(60):
        name = f"d{{number}}"
        yield Found(replace(analysis.document, name=name), [replace(r, **{{"document": name}}) for r in records])

sqlite._put = count
sqlite._EVERY = 0.0
sqlite.save(go(), Path(sys.argv[1]), packs.codebook)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_a_killed_run_can_be_done_again(tmp_path: Path) -> None:
    """Wherever it is killed, the file is sound at once, and after another run as if nothing had been."""
    script = KILLED.format(text=TEXT.format(year=2023, people=1200, boats=15))

    def run(name: str, at: int) -> int:
        return subprocess.run([sys.executable, "-c", script, tmp_path / name, str(at)], check=False).returncode

    assert run("whole.sqlite", 0) == 0
    assert ask(tmp_path / "whole.sqlite", "SELECT count(*) FROM figures") == [(120,)]
    killed = tmp_path / "killed.sqlite"
    for at in (1, 100):
        assert run(killed.name, at) == -signal.SIGKILL
        assert is_sound(killed)
        assert (
            ask(killed, "SELECT count(*) FROM documents WHERE run = (SELECT max(run) FROM documents)")[0][0] <= at / 3
        )
    assert 30 <= ask(killed, "SELECT count(*) FROM documents")[0][0] < 60
    assert run(killed.name, 0) == 0
    assert is_sound(killed)
    assert dump(killed) == dump(tmp_path / "whole.sqlite")
