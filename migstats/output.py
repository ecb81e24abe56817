"""Where records go: a format by its name or a file's suffix, a file made whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import NamedTemporaryFile
from typing import Protocol, TextIO, cast, runtime_checkable

from migstats.errors import MigstatsError, UnknownName
from migstats.record import Record


class Format(Protocol):
    """What a module of `write/` offers."""

    SUFFIX: str

    def write(self, records: Iterable[Record], stream: TextIO) -> None:
        """Write records."""


@runtime_checkable
class Lines(Protocol):
    """What a module of `write/` offers where each record can be written by itself, without the others."""

    HEAD: str

    def write_line(self, record: Record) -> str:
        """Write one record."""


def find_lines(name: str) -> Lines | None:
    """Find a format that writes each record by itself; another is none."""
    form = find_format(name)
    return form if isinstance(form, Lines) else None


def find_format(name: str) -> Format:
    """Find a format by its name."""
    known = format_names()
    if name not in known:
        raise UnknownName("format", name, known)
    return cast(Format, import_module(f"migstats.write.{name}"))


def format_names() -> list[str]:
    """List the formats of `write/`."""
    package = import_module("migstats.write")
    return sorted(module.name for module in iter_modules(package.__path__) if not module.name.startswith("_"))


def format_of(path: Path) -> str:
    """Tell the format of a file from its suffix."""
    suffixes = {find_format(name).SUFFIX: name for name in format_names()}
    if path.suffix.lower() not in suffixes:
        raise UnknownName("suffix", path.suffix, suffixes)
    return suffixes[path.suffix.lower()]


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """Open a file that takes its name only when all of it is written; a device or a pipe is written to as it is."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        with telling(path), path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    with telling(path):
        made = NamedTemporaryFile(  # noqa: SIM115 (closed below, before it takes its name)
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        )
    try:
        with made:
            yield cast(TextIO, made)
        with telling(path):
            os.chmod(made.name, mode_of(path))
            os.replace(made.name, path)
    finally:
        Path(made.name).unlink(missing_ok=True)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Say in words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise MigstatsError(f"cannot be written: {(error.strerror or '').lower()}", path=str(path)) from None


def mode_of(path: Path) -> int:
    """Give a new file the rights it would have had, an old one those it has."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
