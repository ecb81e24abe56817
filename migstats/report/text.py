"""A text cut into what is a figure, what is another number, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from migstats.model import Analysis
from migstats.records.record import Record
from migstats.show import defuse
from migstats.value import dataclass

FIGURE, UNCLAIMED = "figure", "unclaimed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    text: str
    records: tuple[Record, ...] = ()
    """The figures that it is; several where one number is read in two ways."""
    kind: str = ""
    """What a number that is no figure is."""


def cut_text(text: str, records: Sequence[Record], others: Sequence[tuple[int, int, str]] = ()) -> Iterator[Piece]:
    """Cut a text at its numbers; nothing of it is lost."""
    rows = sorted(records, key=lambda record: (record.start, record.end, record.indicator))
    spots = [(span, tuple(same), "") for span, same in groupby(rows, key=lambda record: (record.start, record.end))]
    spots += [((start, end), (), kind) for start, end, kind in others]
    done = 0
    for (start, end), found, kind in sorted(spots, key=lambda spot: (spot[0][0], not spot[1], spot[0][1])):
        if start < done and not found:
            continue
        at = max(start, done)
        if at > done:
            yield Piece(show(text[done:at]))
        yield Piece(show(text[at:end]), found, kind)
        done = max(done, end)
    if done < len(text):
        yield Piece(show(text[done:]))


def list_others(analysis: Analysis) -> list[tuple[int, int, str]]:
    """List the numbers that are no figures, each with its kind."""
    return [(e.number.start, e.number.end, e.kind) for e in analysis.ledger if e.kind != FIGURE]


def list_kinds(text: str, others: Sequence[tuple[int, int, str]]) -> list[tuple[str, list[str]]]:
    """Give the numbers of each kind, the unclaimed first, then the most frequent kinds."""
    kinds: dict[str, list[str]] = {}
    for start, end, kind in others:
        kinds.setdefault(kind, []).append(show(text[start:end]))
    return sorted(kinds.items(), key=lambda row: (row[0] != UNCLAIMED, -len(row[1]), row[0]))


def show(text: str) -> str:
    """Make a text fit for a page: control characters are seen, half a character is a mark."""
    return str(defuse(text)).encode("utf-8", "replace").decode("utf-8")
