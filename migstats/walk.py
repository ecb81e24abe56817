"""From paths given to documents read."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, Protocol, cast

from migstats.errors import BinaryInput, MigstatsError, ReadError
from migstats.model import Document

STDIN = "-"
GOLD = ".gold.yaml"
_PLAIN = ".txt"
_MAGIC = frozenset("*?[")

Say = Callable[[str], None]


class Format(Protocol):
    """What a module of `read/` offers."""

    SUFFIXES: tuple[str, ...]

    def read(self, stream: BinaryIO, name: str, warn: Say) -> Iterator[Document]:
        """Read the documents of one file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read."""

    name: str
    given: bool = True
    """Named by the caller; else found in a folder."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what went wrong on the way."""

    warn: Say
    fail: Callable[[MigstatsError], None]


@cache
def formats() -> Mapping[str, Format]:
    """Find the formats of `read/`, by suffix."""
    package = import_module("migstats.read")
    found: dict[str, Format] = {}
    for module in iter_modules(package.__path__):
        if not module.name.startswith("_"):
            reader = cast(Format, import_module(f"migstats.read.{module.name}"))
            found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read_paths(paths: Iterable[str], listener: Listener, stdin_name: str = STDIN) -> Iterator[Document]:
    """Read the documents of files, folders, globs and standard input, in sorted order, each file once."""
    seen: set[str] = set()
    for path in paths:
        try:
            for entry in find_files(path, listener):
                if entry.name not in seen:
                    seen.add(entry.name)
                    yield from _read_entry(entry, listener, stdin_name)
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
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            raise ReadError("no file matches this", path=path)
        for match in matches:
            if not match.endswith(GOLD):
                yield from find_files(match, listener)
    else:
        raise ReadError("no such file or folder", path=path)


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
        elif _format(entry.name) and not entry.name.endswith(GOLD):
            yield path


def _list(folder: str) -> list[os.DirEntry[str]]:
    """List what is in a folder, sorted."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(error, folder) from None


def _read_entry(entry: Entry, listener: Listener, stdin_name: str) -> Iterator[Document]:
    """Read one file; what cannot be read is told, and the rest goes on."""
    name = stdin_name if entry.name == STDIN else entry.name

    def warn(message: str) -> None:
        listener.warn(f"{name}: {message}")

    try:
        reader = _format(name) or formats().get(_PLAIN)
        if name.endswith(GOLD) or reader is None:
            raise ReadError("annotations, no document", path=name)
        with _open(entry.name) as stream:
            yield from reader.read(stream, name, warn)
    except BinaryInput as error:
        if entry.given:
            listener.fail(error)
        else:
            listener.warn(f"{name}: skipped, {error.message}")
    except MigstatsError as error:
        listener.fail(error)
    except OSError as error:
        listener.fail(_unreadable(error, name))


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    """Open a file, or standard input."""
    return nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb")


def _format(name: str) -> Format | None:
    """Tell which format reads a file, by its suffix."""
    return formats().get(os.path.splitext(name)[1].lower())


def _name(path: str) -> str:
    """Write a path with `/`."""
    return path.replace(os.sep, "/")


def _unreadable(error: OSError, path: str) -> ReadError:
    """Say in words what the system says."""
    if isinstance(error, PermissionError):
        return ReadError("no permission to read this", path=path)
    return ReadError((error.strerror or str(error)).lower(), path=path)
