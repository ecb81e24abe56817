"""Compares the count of an announced list with the items listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migstats.check._case import Case
from migstats.model import Span
from migstats.value import dataclass
from migstats.words.item import Item

FEWEST, MOST = 2, 12
"""Lists that a reader counts."""
NAMED = 4
"""Items between the number and the colon."""
LONGEST = 6
"""Words of one listed thing."""
_COLON, _COMMA, _SEMICOLON = ":", ",", ";"
_OPEN = frozenset(["including", "other", "per", "attribution"])
"""Words after which a list need not be whole."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list whose count is not what was announced."""

    announced: int
    count: int
    span: Span


def count_listed(case: Case) -> Iterator[Listed]:
    """Go through the lists that a number and a colon announce."""
    for _, scene in case.scenes:
        items = scene.items
        for i, item in enumerate(items):
            if item.number is None or not _announces(item):
                continue
            colon = _colon_after(items, i)
            counts = _count(items[colon + 1 :]) if colon else set()
            value = int(item.number.value)
            if counts and value not in counts:
                yield Listed(value, max(counts), (item.number.start, item.number.end))


def _announces(item: Item) -> bool:
    """Whether a number is one that a list may bear out: whole, small, and exact."""
    number = item.number
    assert number is not None
    whole = number.value == number.value.to_integral_value() and number.qualifier == "exact" and number.high is None
    return whole and number.form == "cardinal" and FEWEST <= number.value <= MOST and number.kind != "list_marker"


def _colon_after(items: Sequence[Item], i: int) -> int:
    """The colon behind what a number counts; 0 where anything else follows."""
    for at in range(i + 2, min(i + 2 + NAMED, len(items))):
        if items[at].mark:
            return at if items[at].key == _COLON else 0
        if items[at].number is not None or items[at].tags.verbs or items[at].tags.function & _OPEN:
            return 0
    return 0


def _count(items: Sequence[Item]) -> set[int]:
    """How many things a list may hold, as a word that joins may stand inside a name too; none where it is no list."""
    things = [list[Item]()]
    joins = 0
    for item in items:
        if _tells_more(item):
            return set()
        if item.mark and item.key in (_COMMA, _SEMICOLON):
            things.append([])
        elif "and" in item.tags.function and things[-1]:
            joins += 1
            things.append([])
        elif not item.mark:
            things[-1].append(item)
    kept = [thing for thing in things if thing]
    if len(kept) < FEWEST or any(len(thing) > LONGEST for thing in kept) or not joins:
        return set()
    return set(range(len(kept) - joins + 1, len(kept) + 1))


def _tells_more(item: Item) -> bool:
    """Whether an item belongs to no plain list of names."""
    said = "saying" in item.tags.narrows or item.tags.function & _OPEN
    return item.number is not None or item.period is not None or bool(item.tags.verbs or said) or item.key == _COLON
