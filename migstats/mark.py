"""A text with its numbers marked in place: figures with their indicators, all others with what they are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migstats.model import LedgerEntry, Number, Span
from migstats.records.record import Record
from migstats.show import defuse, squeeze

if TYPE_CHECKING:
    from rich.text import Text

FIGURE, UNCLAIMED, ARTICLE = "figure", "unclaimed", "article"
_AROUND = 26
_ELLIPSIS = "\u2026"
_ISOLATE, _RELEASE = "\u2068", "\u2069"
"""What keeps a mark from being torn apart in a text that runs from right to left."""
_COLOURS = ("green", "magenta", "cyan", "bright_blue")
_UNCOUNTED = frozenset(["money", "unclaimed", "people", "others"])


def mark_text(text: str, records: Sequence[Record], ledger: Sequence[LedgerEntry] = ()) -> Text:
    """Put each figure's number in brackets together with its indicator, each other number in braces with its kind."""
    from rich.text import Text

    marked, done = Text(), 0
    isolate, release = (_ISOLATE, _RELEASE) if runs_left(text) else ("", "")
    colours: dict[str, str] = {}
    for (start, end), label, code in _spots(records, ledger):
        if start < done:
            continue
        marked.append(defuse(text[done:start]))
        done = end
        number = squeeze(text[start:end])
        if not label:
            marked.append(number, "dim")
        elif code:
            colour = colours.setdefault(code, _COLOURS[len(colours) % len(_COLOURS)])
            marked.append(f"{isolate}[", colour).append(number, f"bold {colour}")
            marked.append(f" {label}]{release}", colour)
        else:
            marked.append(f"{isolate}{{{number} {label}}}{release}", "yellow" if label == UNCLAIMED else "dim")
    marked.append(defuse(text[done:]).rstrip())
    return marked


def runs_left(text: str) -> bool:
    """Tell whether a text holds letters that run from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def summarise(ledger: Sequence[LedgerEntry]) -> str:
    """Count all numbers, in one line: the figures first, what nothing explains last.

    >>> summarise([])
    '0 numbers: 0 figures, 0 unclaimed'
    """
    kinds = Counter(entry.kind for entry in ledger)
    figures, unclaimed = kinds.pop(FIGURE, 0), kinds.pop(UNCLAIMED, 0)
    others = sorted(kinds.items(), key=lambda row: (-row[1], row[0]))
    counts = [(figures, FIGURE), *((count, kind) for kind, count in others), (unclaimed, UNCLAIMED)]
    return f"{count_things(len(ledger), 'number')}: " + ", ".join(count_things(*row) for row in counts)


def count_things(count: int, thing: str) -> str:
    """Write a number of things.

    >>> count_things(1, "figure"), count_things(2, "country"), count_things(3, "list_marker")
    ('1 figure', '2 countries', '3 list markers')
    """
    name = thing.replace("_", " ")
    if count == 1 or name in _UNCOUNTED or name.endswith("s"):
        return f"{count} {name}"
    return f"{count} {name[:-1]}ies" if name.endswith("y") else f"{count} {name}s"


def quote_around(text: str, number: Number) -> str:
    """Quote the words around a number."""
    start, end = max(0, number.start - _AROUND), min(len(text), number.end + _AROUND)
    before, after = text[start : number.start], text[number.end : end]
    if start:
        before = _ELLIPSIS + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + _ELLIPSIS
    return squeeze(before + text[number.start : number.end] + after)


def _spots(records: Sequence[Record], ledger: Sequence[LedgerEntry]) -> Iterator[tuple[Span, str, str]]:
    """Go through the numbers in order: where each stands, its label, and the indicator of a figure."""
    spots: dict[Span, tuple[list[str], str]] = {}
    for record in records:
        spots.setdefault((record.start, record.end), ([], record.indicator))[0].append(_label(record))
    for entry in ledger:
        if entry.kind != FIGURE:
            label = "" if entry.kind == ARTICLE else entry.kind.replace("_", " ")
            spots.setdefault((entry.number.start, entry.number.end), ([label], ""))
    for span, (labels, code) in sorted(spots.items()):
        yield span, ", ".join(labels), code


def _label(record: Record) -> str:
    """Name what a figure is, with what is unusual about it."""
    unusual = (record.measure, "count"), (record.modality, "reported"), (record.context, "body")
    return " ".join([record.indicator, *(value for value, usual in unusual if value != usual)])
