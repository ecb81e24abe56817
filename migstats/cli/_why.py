"""The option of `check` that asks why a number is what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from migstats.cli._stream import get_stdout
from migstats.errors import MigstatsError, UnknownName
from migstats.value import dataclass

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.runs.examine import Examined

FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Target:
    """The number that is asked about."""

    paths: tuple[str, ...]
    index: int = 0
    """Its place in the ledger, from 1."""
    offset: int = -1
    """An offset in it, where it is asked for by that."""


def read_target(asked: str | None, paths: Sequence[str]) -> Target | None:
    """Read what was asked for: `12` of the one document named, or `FILE:OFFSET`."""
    if asked is None:
        if not paths:
            raise MigstatsError("no document is named", remedy="name files, folders, globs, or '-'")
        return None
    name, colon, offset = asked.rpartition(":")
    if not offset.isdecimal():
        raise MigstatsError(f"'{asked}' names no number", remedy="write its place in the list, or FILE:OFFSET")
    if colon:
        return Target((name,), offset=int(offset))
    if len(paths) != 1:
        raise MigstatsError(f"there is a number {offset} in each document", remedy="name one document, or FILE:OFFSET")
    return Target(tuple(paths), index=int(offset))


def tell_why(documents: Iterable[Examined], target: Target, packs: Packs, form: str) -> None:
    """Print why the number is what it is."""
    from migstats.why import explain_number, find_number
    from migstats.write._row import escape_json

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    for document in documents:
        index = find_number(document, target.index, target.offset)
        rows = explain_number(document, index, packs)
        if form == "json":
            values: dict[str, Any] = {"document": document.document.name, "index": index}
            values["why"] = [{"what": what, "says": says} for what, says in rows]
            get_stdout().write(escape_json(json.dumps(values, ensure_ascii=False)) + "\n")
        else:
            _print(rows)


def _print(rows: Sequence[tuple[str, str]]) -> None:
    """Lay the rows out in two columns."""
    from rich.table import Table

    from migstats.show import make_console

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(width=10, style="dim")
    table.add_column(ratio=1, overflow="fold")
    for what, says in rows:
        table.add_row(what, says)
    make_console(get_stdout()).print(table)
