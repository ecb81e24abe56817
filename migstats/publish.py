"""Where series go: a format by its name or a file's suffix."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TextIO

from migstats.errors import MigstatsError, UnknownName
from migstats.folder import list_modules
from migstats.series.line import Findings
from migstats.whole import make_file, open_output


def find_format(name: str) -> ModuleType:
    """Find a format by its name."""
    known = format_names()
    if name not in known:
        raise UnknownName("format", name, known)
    return import_module(f"migstats.lines.{name}")


def format_names() -> list[str]:
    """List the formats of `lines/`."""
    package = import_module("migstats.lines")
    return list_modules(package.__path__)


def format_of(path: Path) -> str:
    """Tell the format of a file from its suffix."""
    suffixes = {find_format(name).SUFFIX: name for name in format_names()}
    if path.suffix.lower() not in suffixes:
        raise UnknownName("suffix", path.suffix, suffixes)
    return suffixes[path.suffix.lower()]


def check_safe(name: str) -> None:
    """Refuse to make a format safe for spreadsheets that is not for them."""
    fit = [form for form in format_names() if getattr(find_format(form), "PLAIN_CELLS", False)]
    if name not in fit:
        said = f"--spreadsheet-safe does nothing for the format {name}"
        raise MigstatsError(said, remedy=f"it is for {', '.join(fit)}")


def save(findings: Findings, name: str, target: Path | TextIO, **how: bool) -> None:
    """Write series to a file, whole or not at all, or to a stream: `wide`, or with cells `safe` in a spreadsheet."""
    form = find_format(name)
    if not isinstance(target, Path):
        form.write(findings, target, **how)
    elif hasattr(form, "write_file"):
        with make_file(target) as made:
            form.write_file(findings, made, **how)
    else:
        with open_output(target) as stream:
            form.write(findings, stream, **how)
