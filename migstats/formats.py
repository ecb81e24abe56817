"""The formats of `read/`, each chosen by what a file is called and by how it begins."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from io import BufferedReader
from typing import BinaryIO, Protocol, cast

from migstats.errors import MigstatsError, MissingExtra, NoDocument, ReadError
from migstats.folder import list_modules
from migstats.model import Document
from migstats.read._source import Source
from migstats.read._unpack import strip_packed, unpack
from migstats.value import dataclass, replace

_PLAIN = ".txt"
_HEAD = 4096

Say = Callable[[str], None]


class Format(Protocol):
    """What a module of `read/` offers.

    Every run asks all of them whether a file is theirs: what takes long to import is imported where it is needed.

    Beside it there may be `is_surely(head)`, which tells by the first bytes what no name can deny; `fits(head)`, which
    tells what a file without a known suffix looks like; and, instead of `read`, `entries(source)`, which gives the
    files that an archive holds, or what is wrong with one of them.
    """

    SUFFIXES: tuple[str, ...]

    def read(self, source: Source) -> Iterator[Document]:
        """Read the documents of one file, each as soon as it is there."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what went wrong on the way."""

    warn: Say
    fail: Callable[[MigstatsError], None]


@cache
def formats() -> Mapping[str, Format]:
    """Find the formats of `read/`, by suffix."""
    found: dict[str, Format] = {}
    for name in list_modules(import_module("migstats.read").__path__):
        reader = cast(Format, import_module(f"migstats.read.{name}"))
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def find_format(name: str) -> Format | None:
    """Tell which format reads a file, by its suffix."""
    return formats().get(os.path.splitext(strip_packed(name))[1].lower())


def read_source(source: Source, listener: Listener, *, inside: bool = False) -> Iterator[Document]:
    """Read one file, or every file in it; what cannot be read is an error, but for files inside it: they are told.

    An archive inside an archive is not opened.
    """
    plain = unpack(source.stream, source.name)
    source = replace(source, stream=cast(BinaryIO, plain))
    reader = choose_format(source, plain)
    if not hasattr(reader, "entries"):
        for document in reader.read(source):
            yield document if source.id is None else replace(document, id=source.id, url=source.url or document.url)
    elif inside:
        raise ReadError("an archive in an archive", path=source.name, remedy="unpack it first")
    else:
        yield from _read_entries(reader.entries(source), source, listener)


def choose_format(source: Source, plain: BufferedReader) -> Format:
    """Choose the format of a file: by a sure beginning, by its suffix, by what it looks like, else plain text."""
    head = plain.peek(_HEAD)
    known = _find_known(source)
    if known is not None and _passes(known, "is_surely", head):
        return known
    sure = next((form for form in formats().values() if _passes(form, "is_surely", head)), None)
    if sure is not None:
        return sure
    if known is not None and not hasattr(known, "is_surely"):
        return known
    like = next((form for form in formats().values() if _passes(form, "fits", head)), None)
    return like or known or formats()[_PLAIN]


def _find_known(source: Source) -> Format | None:
    """Tell the format by what an archive says, else by the name."""
    return formats().get(source.suffix) or find_format(source.name)


def _passes(form: Format, test: str, head: bytes) -> bool:
    """Apply a test that a format may have."""
    return bool(getattr(form, test, lambda _: False)(head))


def _read_entries(entries: Iterator[Source | ReadError], archive: Source, listener: Listener) -> Iterator[Document]:
    """Read the files of an archive that are of a known kind; what is wrong with one of them is told."""
    told = _Told(archive, listener)
    for entry in entries:
        if isinstance(entry, Source) and _find_known(entry) is None:
            continue
        told.any = True
        try:
            if isinstance(entry, ReadError):
                raise entry
            yield from read_source(entry, listener, inside=True)
        except MigstatsError as error:
            told.bad(entry, error)
    told.end()


class _Told:
    """Tells what is wrong with the files of an archive.

    Where they have ids it is a dump: nothing in it is a failure, and pages without a text are counted.
    """

    def __init__(self, archive: Source, listener: Listener) -> None:
        self.any = False
        self._archive = archive
        self._listener = listener
        self._empty = 0

    def bad(self, entry: Source | ReadError, error: MigstatsError) -> None:
        """Tell what is wrong with one of them."""
        dumped = isinstance(entry, Source) and entry.id is not None
        if isinstance(error, NoDocument) and dumped:
            self._empty += 1
        elif isinstance(error, NoDocument):
            self._listener.warn(f"{error.path}: skipped, {error.message}")
        elif dumped and not isinstance(error, MissingExtra):
            self._listener.warn(str(error))
        else:
            self._listener.fail(error)

    def end(self) -> None:
        """Tell what was counted; an archive of nothing that is known is refused."""
        if not self.any:
            raise NoDocument("no documents in this archive", path=self._archive.name)
        if self._empty:
            self._archive.warn(f"{self._empty} of its pages hold no text")
