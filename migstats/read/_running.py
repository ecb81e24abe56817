"""Recognises what is printed on every page: running heads, foot lines, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from migstats.caching.regex import expression
from migstats.read._sheet import Line

EDGE = 3
"""Lines at the top and at the bottom of a page that may be its head and its foot."""
_SHARE = 0.3
_FEW = 2
_DIGITS = expression(r"\d+|\b[ivxlc]+\b")
_LEAF_WORDS = 4
_STEP = 4


def find_running(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Find the heads and feet, each as its page and its place among the lines of it.

    They stand at the same height on many pages and differ in digits alone; a line with little but the number of its
    page is one on a single page, too.
    """
    found: set[tuple[int, int]] = set()
    groups: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for place in _edges(lines):
            line = lines[place]
            groups[_DIGITS.sub("#", line.text.casefold()), round(line.base / _STEP)].append((number, place))
            if place in _edges(lines, 1) and _is_leaf(line.text, number + 1):
                found.add((number, place))
    for (text, height), spots in groups.items():
        near = [spot for step in (-1, 0, 1) for spot in groups.get((text, height + step), ())]
        if len({page for page, _ in near}) >= max(_FEW, _SHARE * len(pages)):
            found.update(spots)
    return found


def _edges(lines: Sequence[Line], deep: int = EDGE) -> Iterable[int]:
    """List the highest and the lowest lines of a page."""
    order = sorted(range(len(lines)), key=lambda place: -lines[place].base)
    return {*order[:deep], *order[-deep:]}


def _is_leaf(text: str, page: int) -> bool:
    """Tell whether a line holds little but the number of its page.

    >>> _is_leaf("Page 3 of 12", 3), _is_leaf("3", 3), _is_leaf("3 boats were seized at sea", 3), _is_leaf("7", 3)
    (True, True, False, False)
    """
    numbers = re.findall(r"\d+", text)
    return 0 < len(numbers) <= 2 and numbers[0] == str(page) and len(text.split()) <= _LEAF_WORDS
