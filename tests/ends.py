"""Runs that are ended from outside: killed, interrupted, without room; and what they leave behind."""

from __future__ import annotations

import ctypes
import os
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from zipfile import ZipFile

from migstats.cli import main
from migstats.cli.extract import list_formats
from migstats.loading import load
from migstats.loading.load import Packs
from migstats.output import find_format as find_output
from migstats.publish import find_format as find_lines
from migstats.publish import format_names
from migstats.runs import resume
from migstats.write import sqlite

Words = Sequence[str]
Before = Callable[[], None]

_READ_PACKS = load.load_packs
_TOUCHING = frozenset(
    "write writelines writestr flush close open replace rename unlink remove chmod fsync mkdir rmdir truncate execute "
    "executemany commit write_table scandir flock".split()
)
"""Calls after or before which a file or a folder may be another."""
_TOUCHES = ("c_call", "c_return")

OUTPUTS: Mapping[str, tuple[str, Words]] = {
    **{
        f"extract {form}": ("out" + (find_output(form).SUFFIXES or ("",))[0], ("extract", "-f", form))
        for form in list_formats()
    },
    **{
        f"series {form}": ("out" + find_lines(form).SUFFIX, ("series", "--exit-zero", "-f", form))
        for form in format_names()
    },
    "report": ("out.html", ("report",)),
}
"""All that writes one file or folder: what it is called, and the words that make it."""
GROWING = [name for name in OUTPUTS if name.split()[-1] in ("jsonl", "csv", "tsv", "hxl", "sdmx") and name[0] == "e"]
"""Those of lines, which an interrupted run keeps for another that goes on."""
DATABASE = "extract sqlite"
"""The one that is added to, document by document."""
FRESH = ("extract brat", "extract labelstudio")
"""Those that take no one's place."""


@cache
def _load_once(extra: tuple[Path, ...]) -> Packs:
    return _READ_PACKS(extra)


def load_once(extra: Sequence[Any] = ()) -> Packs:
    """Load packs, once in all runs together where they were loaded before."""
    return _load_once(tuple(map(Path, extra)))


def be_program(words: Words, before: Before | None = None) -> NoReturn:
    """Be the program, in a process made for it, with the streams of that process; packs are not read anew."""
    code: object = 99
    try:
        sys.argv = ["migstats", *words]
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        load.load_packs = load_once
        resume.open_part.__wrapped__.__defaults__ = (0.0,)  # type: ignore[attr-defined]
        sqlite._EVERY = 0.0
        if before is not None:
            before()
        main()
    except SystemExit as end:
        sys.setprofile(None)
        code = end.code
        with suppress(OSError):
            sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        sys.setprofile(None)
        traceback.print_exc()
    finally:
        os._exit(code if isinstance(code, int) else 99)


def start(words: Words, before: Before | None = None, said: Path | None = None) -> int:
    """Start the program in a process of its own; what it says is kept in a file, what it writes in another."""
    process = os.fork()
    if process:
        return process
    for number, path in ((0, Path(os.devnull)), (1, said and said.with_suffix(".out")), (2, said)):
        flags = os.O_RDONLY if not number else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path or os.devnull, flags), number)
    be_program(words, before)


def finish(process: int) -> int:
    """Wait for a process: its exit code, or the signal that ended it, below zero."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def run(words: Words, before: Before | None = None, said: Path | None = None) -> int:
    """Run the program to its end."""
    return finish(start(words, before, said))


def at_touch(nth: int, do: Before) -> Before:
    """Do something before the program touches files for the nth time, or after: each time counts twice."""
    left = nth

    def count(frame: object, event: str, called: object) -> None:  # noqa: ARG001 (the signature is Python's)
        nonlocal left
        if event in _TOUCHES and getattr(called, "__name__", "") in _TOUCHING:
            left -= 1
            if left == 0:
                do()

    return lambda: sys.setprofile(count)


def count_touches(words: Words) -> int:
    """Count how many times a run touches files."""
    reading, writing = os.pipe()
    count = 0

    def add(frame: object, event: str, called: object) -> None:  # noqa: ARG001 (the signature is Python's)
        nonlocal count
        count += event in _TOUCHES and getattr(called, "__name__", "") in _TOUCHING

    def begin() -> None:
        end = os._exit
        os._exit = lambda code: (os.write(writing, str(count).encode()), end(code))  # type: ignore[assignment, return-value]
        sys.setprofile(add)

    assert run(words, begin) == 0
    os.close(writing)
    with os.fdopen(reading) as stream:
        return int(stream.read())


def send(number: signal.Signals) -> Before:
    """Send a signal to the process itself."""
    return lambda: os.kill(os.getpid(), number)


def drop_rights() -> None:
    """Let what files forbid be forbidden, even to root."""
    if os.geteuid() == 0:
        head = (ctypes.c_uint32 * 2)(0x20080522, 0)
        assert ctypes.CDLL(None).capset(head, (ctypes.c_uint32 * 6)()) == 0


def read_whole(path: Path) -> object:
    """Give what stands in an output, to be compared; one that is not whole is an error."""
    if path.is_dir():
        return {entry.name: entry.read_bytes() for entry in sorted(path.iterdir())}
    if path.suffix == ".xlsx":
        with ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    if path.suffix in (".sqlite", ".db"):
        return read_database(path)
    return path.read_bytes()


def read_database(path: Path) -> dict[str, list[Any]]:
    """Give the rows of a database that is sound, but for what tells one run from another."""
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {}
        for name in sorted(names):
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({name})") if row[1] not in ("key", "run")]
            listed = ", ".join(f'"{column}"' for column in columns)
            if "fts" not in name and columns:
                rows[name] = sorted(base.execute(f"SELECT {listed} FROM {name}").fetchall(), key=repr)
        return rows
