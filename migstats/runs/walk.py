"""From paths given to documents read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, cast

from migstats.errors import MigstatsError, NoDocument, ReadError
from migstats.formats import Listener, find_format, formats, read_source
from migstats.model import Document
from migstats.read._size import LIMIT
from migstats.read._source import Fields, Source
from migstats.value import dataclass, field

__all__ = ["Listener", "formats"]

STDIN = "-"
GOLD = ".gold.yaml"
_MAGIC = frozenset("*?[")


STUMBLES = (ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read."""

    name: str
    given: bool = True
    """Named by the caller; else found in a folder."""


class Meter:
    """How much has been read of all that is to be read, in bytes as they are on the disk."""

    def __init__(self) -> None:
        self._past = 0
        self._open: BinaryIO | None = None

    @property
    def position(self) -> int:
        """Count the bytes read so far."""
        try:
            return self._past + (self._open.tell() if self._open else 0)
        except (OSError, ValueError):
            return self._past

    @contextmanager
    def follow(self, stream: BinaryIO) -> Iterator[None]:
        """Follow one more file as it is read."""
        self._open = stream
        try:
            yield
        finally:
            self._past, self._open = self.position, None


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are read."""

    stdin_name: str = STDIN
    fields: Fields = field(default_factory=Fields)
    limit: int = LIMIT
    """Bytes that one document may have, unpacked."""
    meter: Meter = field(default_factory=Meter)


def read_paths(paths: Iterable[str], listener: Listener, manner: Manner | None = None) -> Iterator[Document]:
    """Read the documents of files, folders, globs and standard input, in sorted order, each file once."""
    manner = manner or Manner()
    seen: set[str] = set()
    for path in paths:
        try:
            for entry in find_files(path, listener):
                if entry.name not in seen:
                    seen.add(entry.name)
                    yield from _read_entry(entry, listener, manner)
        except MigstatsError as error:
            listener.fail(error)


def find_files(path: str, listener: Listener) -> Iterator[Entry]:
    """List the files that a path, a folder or a glob stands for."""
    if path == STDIN:
        yield Entry(STDIN)
    elif os.path.isdir(path):
        yield from _find_in_folder(path, listener)
    elif os.path.lexists(path):
        yield Entry(_name(path))
    elif _MAGIC & set(path):
        import glob

        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            raise ReadError("no file matches this", path=path)
        for match in matches:
            if not match.endswith(GOLD):
                yield from find_files(match, listener)
    else:
        raise ReadError("no such file or folder", path=path)


def measure_paths(paths: Iterable[str]) -> int:
    """Count the bytes of all files that are to be read; what cannot be counted counts nothing."""
    silent = Listener(lambda _: None, lambda _: None)
    total = 0
    for path in paths:
        try:
            for entry in find_files(path, silent):
                total += os.fstat(sys.stdin.fileno()).st_size if entry.name == STDIN else os.stat(entry.name).st_size
        except (MigstatsError, OSError):
            continue
    return total


def _find_in_folder(folder: str, listener: Listener) -> Iterator[Entry]:
    """List the documents below a folder; an empty one is an error."""
    empty = True
    for name in _walk(folder, listener):
        empty = False
        yield Entry(_name(name), given=False)
    if empty:
        known = ", ".join(sorted(formats()))
        raise ReadError("no documents in this folder", path=folder, remedy=f"documents are files in {known}")


def _walk(folder: str, listener: Listener) -> Iterator[str]:
    """Go through a folder in sorted order, hidden files and folders left out."""
    for entry in _list(folder):
        path = os.path.join(folder, entry.name)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from _walk(path, listener)
            except ReadError as error:
                listener.fail(error)
        elif find_format(entry.name) and not entry.name.endswith(GOLD):
            yield path


def _list(folder: str) -> list[os.DirEntry[str]]:
    """List what is in a folder, sorted."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(error, folder) from None


def _read_entry(entry: Entry, listener: Listener, manner: Manner) -> Iterator[Document]:
    """Read one file; what cannot be read is told, and the rest goes on."""
    name = manner.stdin_name if entry.name == STDIN else entry.name
    try:
        if name.endswith(GOLD):
            raise ReadError("annotations, no document", path=name)
        with _open(entry.name) as stream, manner.meter.follow(stream):
            yield from read_source(Source(stream, name, listener.warn, manner.fields, manner.limit), listener)
    except NoDocument as error:
        if entry.given:
            listener.fail(error)
        else:
            listener.warn(f"{name}: skipped, {error.message}")
    except MigstatsError as error:
        listener.fail(error)
    except OSError as error:
        listener.fail(_unreadable(error, name))
    except STUMBLES as error:  # a parser, over a file that is none of its kind; not who listens, to end the run
        said = f"could not be read: {type(error).__name__}: {error}"
        listener.fail(ReadError(said, path=name, remedy="this is a mistake of the program"))


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    """Open a file, or standard input."""
    return nullcontext(cast(BinaryIO, sys.stdin.buffer)) if name == STDIN else Path(name).open("rb")


def _name(path: str) -> str:
    """Write a path with `/`."""
    return path.replace(os.sep, "/")


def _unreadable(error: OSError, path: str) -> ReadError:
    """Say in words what the system says."""
    if isinstance(error, PermissionError):
        return ReadError("no permission to read this", path=path)
    return ReadError((error.strerror or str(error)).lower(), path=path)
