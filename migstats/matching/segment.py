"""Tells the cells of a header apart whose marks were lost: by capitals, else by what the words could count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from migstats.words.item import Item

LONGEST = 8
"""Words that a header cell may have."""
_SMALL = frozenset(["and", "of", "to", "versus"])
_CLOSED = frozenset(["prepositions", "determiners", "agent"])

Cells = list[list[Item]]


def cut_header(text: str, items: Sequence[Item], wide: int, worth: Callable[[Sequence[Item]], int]) -> Cells:
    """The items above each of `wide` columns; nothing where they cannot be told apart.

    `worth` says how much a run of items tells as a header.
    """
    words = [item for item in items if not item.mark]
    if not words:
        return []
    capitals = [n for n, item in enumerate(words) if n == 0 or text[item.start].isupper()]
    for label in (1, 0):
        if len(capitals) == wide + label:
            cells = _cut(words, capitals[label:])
            if any(worth(cell) > 2 for cell in cells):
                return cells
    return _search(text, words, wide, worth)


def _cut(words: Sequence[Item], starts: Sequence[int]) -> Cells:
    return [list(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]


def _search(text: str, words: Sequence[Item], wide: int, worth: Callable[[Sequence[Item]], int]) -> Cells:
    """The cut in which every cell tells something, and all together the most."""
    cased = any(text[word.start].isupper() for word in words[1:])

    def cell(start: int, stop: int) -> int:
        if _is_small(words[start]) or _is_small(words[stop - 1]) or (cased and not text[words[start].start].isupper()):
            return 0
        return worth(words[start:stop])

    @cache
    def best(start: int, left: int) -> tuple[int, int, tuple[int, ...]]:
        """The worth of the best cut of what begins at `start` into `left` cells, in how many ways, and its starts."""
        if left == 0:
            return (0, 1, ()) if start == len(words) else (-1, 0, ())
        top: tuple[int, int, tuple[int, ...]] = (-1, 0, ())
        for stop in range(start + 1, min(len(words), start + LONGEST) + 1):
            rest = best(stop, left - 1)
            here = cell(start, stop) if rest[0] >= 0 else 0
            if not here:
                continue
            total = here + rest[0]
            if total > top[0]:
                top = (total, rest[1], (start, *rest[2]))
            elif total == top[0]:
                top = (total, top[1] + rest[1], top[2])
        return top

    options = [best(start, wide) for start in range(min(3, len(words)))]
    found = max(options, key=lambda row: row[0])
    return _cut(words, found[2]) if found[0] >= 3 * wide and found[1] == 1 else []


def _is_small(item: Item) -> bool:
    return bool(item.tags.function & _SMALL or item.tags.narrows & _CLOSED)
