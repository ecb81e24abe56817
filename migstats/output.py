"""Where records go: a format by its name or a file's suffix."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, cast, runtime_checkable

from migstats.errors import MigstatsError, UnknownName
from migstats.folder import list_modules
from migstats.records.record import Found, Record

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook


class Format(Protocol):
    """What every module of `write/` offers; a folder is told by an empty suffix."""

    SUFFIXES: tuple[str, ...]


@runtime_checkable
class Stream(Protocol):
    """What a module of `write/` offers whose records are a text."""

    def write(self, records: Iterable[Record], stream: TextIO) -> None:
        """Write records."""


@runtime_checkable
class Lines(Protocol):
    """What a module of `write/` offers where each record can be written by itself, without the others."""

    HEAD: str

    def write_line(self, record: Record) -> str:
        """Write one record."""


@runtime_checkable
class Store(Protocol):
    """What a module of `write/` offers whose records are no text, but a file of its own kind or a folder."""

    def save(self, found: Iterable[Found], path: Path, codebook: Codebook) -> None:
        """Write documents and records."""


def find_lines(name: str) -> Lines | None:
    """Find a format that writes each record by itself; another is none."""
    form = find_format(name)
    return form if isinstance(form, Lines) else None


def find_store(name: str) -> Store | None:
    """Find a format that makes a file or a folder of its own kind; another is none."""
    form = find_format(name)
    return form if isinstance(form, Store) else None


def find_format(name: str) -> Format:
    """Find a format by its name."""
    known = format_names()
    if name not in known:
        raise UnknownName("format", name, known)
    return cast(Format, import_module(f"migstats.write.{name}"))


def format_names() -> list[str]:
    """List the formats of `write/`."""
    return list_modules(import_module("migstats.write").__path__)


def format_of(path: Path) -> str:
    """Tell the format of a file from the longest suffix that it has; a folder has none."""
    suffixes = {suffix: name for name in format_names() for suffix in find_format(name).SUFFIXES}
    if path.is_dir() or not path.suffix:
        return suffixes[""]
    fitting = [suffix for suffix in suffixes if suffix and path.name.lower().endswith(suffix)]
    if not fitting:
        raise UnknownName("suffix", path.suffix, suffixes)
    return suffixes[max(fitting, key=len)]


def check_safe(name: str) -> None:
    """Refuse to make a format safe for spreadsheets that is not for them, or that is safe anyway."""
    fit = [form for form in format_names() if getattr(find_format(form), "PLAIN_CELLS", False)]
    if name not in fit:
        raise MigstatsError(
            f"--spreadsheet-safe does nothing for the format {name}", remedy=f"it is for {', '.join(fit)}"
        )
