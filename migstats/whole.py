"""Files and folders that take their name only when all of them is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory, mkdtemp
from typing import IO, TextIO, cast

from migstats.errors import MigstatsError
from migstats.interrupt import holding_interrupts

_HERE, _EXCHANGE = -100, 2
"""Of Linux: names are relative to where the program is; two names are exchanged."""


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """Open a file that takes its name only when all of it is written; a device or a pipe is written to as it is."""
    if path.exists() and not path.is_file():
        with telling(path), open_text(path) as stream:
            yield stream
        return
    with make_file(path) as made, open_text(made) as stream:
        yield stream


def open_text(path: Path) -> TextIO:
    """Open a text whose lines end as they are written; what UTF-8 cannot say is escaped."""
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def make_file(path: Path, lasting: bool = True) -> Iterator[Path]:
    """Give a name to write to, from which a file takes its own at the end, and only when it is safe on the disk."""
    path = path.resolve()
    with telling(path):
        if path.exists() and not path.is_file():
            raise IsADirectoryError(0, "is no file")
        made = path
        try:
            with holding_interrupts(), _open_beside(path) as stream:
                made = Path(stream.name)
            yield made
            os.chmod(made, mode_of(path))
            if lasting:
                with made.open("rb+") as stream:
                    os.fsync(stream.fileno())
            os.replace(made, path)
        finally:
            if made != path:
                made.unlink(missing_ok=True)


@contextmanager
def make_folder(path: Path, ours: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Give a folder to write to, which takes its name at the end.

    One that is there already is replaced if nothing but files of the names `ours` is in it.
    """
    path = path.resolve()
    _check_replaceable(path, ours)
    with telling(path):
        made = path
        try:
            with holding_interrupts():
                made = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}."))
            yield made
            os.chmod(made, 0o777 & ~_umask() if not path.exists() else path.stat().st_mode & 0o777)
            if path.exists():
                _check_replaceable(path, ours)
                _exchange(made, path)
            else:
                os.replace(made, path)
        finally:
            if made != path:
                with holding_interrupts():
                    shutil.rmtree(made, ignore_errors=True)


def _open_beside(path: Path) -> IO[bytes]:
    """Open a file of no other's name where another is to be."""
    return cast(
        "IO[bytes]", NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix, delete=False)
    )


def _exchange(one: Path, other: Path) -> None:
    """Give two folders each other's name: in one step where the system can, so that there is always one of a name."""
    if _exchange_at_once(one, other):
        return
    with TemporaryDirectory(dir=other.parent, prefix=f".{other.name}.") as aside:
        os.replace(other, Path(aside, "old"))
        os.replace(one, other)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Ask the system to exchange two names, where it knows how."""
    if not sys.platform.startswith("linux"):
        return False
    from ctypes import CDLL, c_char_p, c_int, c_uint

    rename = getattr(CDLL(None), "renameat2", None)
    if rename is None:
        return False
    rename.argtypes = (c_int, c_char_p, c_int, c_char_p, c_uint)
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _check_replaceable(path: Path, ours: frozenset[str]) -> None:
    """Refuse to take away what somebody else has put into a folder."""
    if not os.path.lexists(path):
        return
    with telling(path):
        foreign = sorted(entry.name for entry in path.iterdir() if entry.name not in ours or not entry.is_file())
    if foreign:
        raise MigstatsError(f"has {foreign[0]} in it, which would be lost", path=str(path), remedy="name a new folder")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Say in words why a file cannot be written; that nobody reads any more is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        said = (os.strerror(error.errno) if error.errno else error.strerror or str(error)).lower()
        raise MigstatsError(f"cannot be written: {said}", path=str(path)) from None


def mode_of(path: Path) -> int:
    """Give a new file the rights it would have had, an old one those it has."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    """Tell which rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
