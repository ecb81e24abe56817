"""One document laid open: its figures in place, and what became of every other number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from migstats.model import Analysis, LedgerEntry, Number, Span
from migstats.record import Record, plain
from migstats.show import defuse, make_console, squeeze
from migstats.write._row import make_row
from migstats.write.table import make_table

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

FIGURE = "figure"
_AROUND = 26
_ELLIPSIS = "\u2026"


def write_check(analysis: Analysis, records: Sequence[Record], stream: TextIO) -> None:
    """Write the text with its figures marked, the table of figures, and the ledger of all other numbers."""
    console = make_console(stream)
    others = [entry for entry in analysis.ledger if entry.kind != FIGURE]
    console.print(defuse(analysis.document.name), style="bold", overflow="fold")
    console.print()
    console.print(mark_text(analysis.document.text, records))
    console.print()
    if records:
        console.print(make_table(records))
        console.print()
    if others:
        console.print(_make_ledger(analysis.document.text, others))
        console.print()
    console.print(summarise(records, others))


def mark_text(text: str, records: Sequence[Record]) -> Text:
    """Put each figure's number in brackets, together with its indicator."""
    from rich.text import Text

    marked, done = Text(), 0
    for (start, end), codes in _spots(records):
        if start < done:
            continue
        marked.append(defuse(text[done:start]))
        marked.append("[", "dim")
        marked.append(squeeze(text[start:end]), "bold green")
        marked.append(f" {', '.join(codes)}]", "dim")
        done = end
    marked.append(defuse(text[done:]).rstrip())
    return marked


def summarise(records: Sequence[Record], others: Sequence[LedgerEntry]) -> str:
    """Count figures and other numbers, in one line."""
    kinds = Counter(entry.kind for entry in others)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda row: (-row[1], row[0])))
    return f"{_count(len(records), 'figure')}, {_count(len(others), 'other number')}{': ' if listed else ''}{listed}"


def describe_check(analysis: Analysis, records: Sequence[Record]) -> dict[str, Any]:
    """Give all of it as plain values."""
    text = analysis.document.text
    ledger = [
        {
            "number": text[entry.number.start : entry.number.end],
            "start": entry.number.start,
            "end": entry.number.end,
            "value": plain(entry.number.value),
            "kind": entry.kind,
            "nearest": entry.nearest or None,
            "lacked": entry.lacked or None,
        }
        for entry in analysis.ledger
    ]
    return {"document": analysis.document.name, "figures": [make_row(record) for record in records], "numbers": ledger}


def _spots(records: Sequence[Record]) -> Iterator[tuple[Span, list[str]]]:
    """Go through the numbers that are figures, with what they are."""
    rows = sorted(records, key=lambda record: (record.start, record.end))
    for span, group in groupby(rows, key=lambda record: (record.start, record.end)):
        yield span, [_code(record) for record in group]


def _code(record: Record) -> str:
    """Name what a figure is, with what is unusual about it."""
    unusual = (record.measure, "count"), (record.modality, "reported"), (record.context, "body")
    return " ".join([record.indicator, *(value for value, usual in unusual if value != usual)])


def _make_ledger(text: str, entries: Sequence[LedgerEntry]) -> Table:
    """Lay out the numbers that are no figures, each with its kind and the words around it."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    table.add_column("other number", width=14, overflow="fold")
    table.add_column("kind", width=14, overflow="fold")
    table.add_column("where it stands", ratio=1, overflow="fold", style="dim")
    for entry in entries:
        number = entry.number
        near = f" (nearest: {entry.nearest})" if entry.nearest else ""
        lacked = f" (lacked: {entry.lacked})" if entry.lacked else ""
        table.add_row(squeeze(text[number.start : number.end]), entry.kind, _around(text, number) + near + lacked)
    return table


def _around(text: str, number: Number) -> str:
    """Quote the words around a number."""
    start, end = max(0, number.start - _AROUND), min(len(text), number.end + _AROUND)
    before, after = text[start : number.start], text[number.end : end]
    if start:
        before = _ELLIPSIS + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + _ELLIPSIS
    return squeeze(before + text[number.start : number.end] + after)


def _count(number: int, thing: str) -> str:
    """Write a number of things."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
