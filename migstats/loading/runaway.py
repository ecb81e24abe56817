"""Tells how far a regular expression can run away, before it is ever run.

An expression that can match in several ways is tried in all of them where it does not match: nested repeats double
their ways with each character. What is counted here is the most steps that one search can take; it may be more than
there are, never less. `re` cannot be stopped, so an expression that could take too long is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from importlib import import_module
from itertools import islice
from operator import or_
from typing import Any, NamedTuple

from migstats.caching.regex import WIDTH
from migstats.errors import MigstatsError

STEPS = 2_000_000_000
"""Steps of one search, at most: a few seconds, ten at the worst."""

_LATIN = 0x100
_WORD, _DIGIT, _SPACE, _REST = (1 << (_LATIN + n) for n in range(4))
"""What stands for all characters behind Latin-1 that are not named."""
_OTHERS = _WORD | _DIGIT | _SPACE | _REST
_KINDS = {
    "DIGIT": (re.compile(r"\d"), _DIGIT),
    "SPACE": (re.compile(r"\s"), _SPACE),
    "WORD": (re.compile(r"\w"), _WORD | _DIGIT),
}
_BITS = _LATIN + 4
_REPEATS, _SINGLE = ("MAX_REPEAT", "MIN_REPEAT"), ("LITERAL", "NOT_LITERAL", "ANY", "IN")
_MANY = 24
"""Characters of a branch that are compared with another's."""
_REMEDY = "give its repeats an end as in {0,20}, or let them not go back, as in ++ and *+"

Item = tuple[Any, Any]


class Cost(NamedTuple):
    """What trying a part at one place may take."""

    ways: int
    """In how many ways it may match there."""
    steps: int
    """What it takes to try them all."""


class Start(NamedTuple):
    """How a part, or what follows it, may begin."""

    letters: int
    """With which characters."""
    tries: int
    """How many single characters are tried there before all is given up."""
    empty: bool = False
    """Whether it may be nothing."""

    def before(self, other: Start) -> Start:
        """How this begins with another behind it."""
        if not self.empty:
            return self
        return Start(self.letters | other.letters, min(self.tries + other.tries, STEPS + 1), other.empty)


_END = Start(0, 1)
"""Nothing comes behind, so that no way is tried twice."""


def check_runaway(pattern: str, width: int = WIDTH) -> None:
    r"""Raise an error for an expression that holds but can run away.

    >>> check_runaway(r"\d+ (?:boats|ships) (?:\w+ )*seized")
    >>> check_runaway(r"(?:\w+ ?)*seized")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    migstats.errors.MigstatsError: the pattern can run away...
    """
    try:
        steps = width * _Counter(import_module("re._parser").parse(pattern), width).cost.steps
    except RecursionError:
        steps = STEPS + 1
    if steps > STEPS:
        raise MigstatsError("the pattern can run away: it can match in too many ways", remedy=_REMEDY)


class _Counter:
    """Counts for one expression."""

    def __init__(self, tree: Any, width: int) -> None:
        self._tree = tree
        self._width = width
        self._letters = _Letters(tree)

    @cached_property
    def cost(self) -> Cost:
        """What the whole may take."""
        return self._row(self._tree, _END)

    def _row(self, items: Sequence[Item], behind: Start) -> Cost:
        """What parts take, one behind the other."""
        costs = []
        for item in reversed(items):
            costs.append(self._part(item, behind))
            behind = self._start(item).before(behind)
        ways = steps = 1
        for cost in reversed(costs):
            steps += ways * cost.steps
            ways *= cost.ways
        return _cap(ways, steps)

    def _part(self, item: Item, behind: Start) -> Cost:
        """What one part takes."""
        kind, value = str(item[0]), item[1]
        if kind in _REPEATS:
            return self._repeat(value, behind)
        if kind == "POSSESSIVE_REPEAT":
            return Cost(1, 1 + min(value[1], self._width) * self._row(value[2], _END).steps)
        if kind == "SUBPATTERN":
            return self._row(value[3], behind)
        if kind == "BRANCH":
            return self._branch(value[1], behind)
        if kind == "GROUPREF_EXISTS":
            costs = [self._row(side, behind) for side in value[1:] if side is not None]
            return _cap(1 + sum(cost.ways for cost in costs), 1 + sum(cost.steps for cost in costs))
        if kind in ("ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            return Cost(1, 1 + self._row(value if kind == "ATOMIC_GROUP" else value[1], _END).steps)
        return Cost(1, self._width) if kind == "GROUPREF" else Cost(1, 1)

    def _repeat(self, value: tuple[int, int, Any], behind: Start) -> Cost:
        """What a repeat takes: where it may stop, times the ways of what it repeats."""
        least, most, body = min(value[0], self._width), min(value[1], self._width), value[2]
        start = self._starts(body)
        again = Start(start.letters | behind.letters, start.tries + behind.tries)
        inner = self._row(body, again if most > 1 else behind)
        if inner.ways == 1 and not (start.empty and most > 1):
            stops = most - least + 1
            return _cap(stops if start.letters & behind.letters else 1, most * inner.steps + stops * again.tries)
        ways = steps = 0
        power = 1
        for count in range(most + 1):
            ways += power if count >= least else 0
            steps += power * (inner.steps + again.tries)
            power *= max(inner.ways, 2 if start.empty else 1)
            if steps > STEPS:
                break
        return _cap(ways, steps)

    def _branch(self, sides: Sequence[Sequence[Item]], behind: Start) -> Cost:
        """What a choice takes: of sides that begin otherwise only one can match."""
        costs = [self._row(side, behind) for side in sides]
        heads = [list(islice(self._head(side), _MANY)) for side in sides]
        alike = (
            [
                cost.ways
                for cost, other in zip(costs, heads, strict=True)
                if all(a & b for a, b in zip(head, other, strict=False))
            ]
            for head in heads
        )
        return _cap(max(map(sum, alike)), 1 + sum(cost.steps for cost in costs))

    def _starts(self, items: Sequence[Item]) -> Start:
        """How parts begin, one behind the other."""
        start = Start(0, 0, True)
        for item in items:
            start = start.before(self._start(item))
        return start

    def _start(self, item: Item) -> Start:
        """How one part begins."""
        kind, value = str(item[0]), item[1]
        if kind in _SINGLE:
            return Start(self._letters.of(item), 1)
        if kind in _REPEATS or kind == "POSSESSIVE_REPEAT":
            start = self._starts(value[2])
            return start._replace(empty=start.empty or value[0] == 0)
        if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self._starts(value[3] if kind == "SUBPATTERN" else value)
        if kind == "BRANCH":
            sides = [self._starts(side) for side in value[1]]
            letters, tries = reduce(or_, (side.letters for side in sides)), sum(side.tries for side in sides)
            return Start(letters, min(tries, STEPS + 1), any(side.empty for side in sides))
        return Start(0 if kind == "AT" else self._letters.all, 1, True)

    def _head(self, items: Sequence[Item]) -> Iterator[int]:
        """The characters that a row of parts begins with, place by place, as far as all that it matches has them."""
        for item in items:
            kind, value = str(item[0]), item[1]
            if kind in _SINGLE:
                yield self._letters.of(item)
            elif kind == "SUBPATTERN" and all(str(one[0]) in _SINGLE for one in value[3]):
                yield from self._head(value[3])
            elif kind != "AT":
                start = self._start(item)
                yield from [] if start.empty else [start.letters]
                return


class _Letters:
    """Sets of characters as bits: one for each of Latin-1, for each that is named, and for kinds of all others."""

    def __init__(self, tree: Any) -> None:
        named = sorted({point for point in _named(tree) if point >= _LATIN})
        self._high = {point: 1 << (_BITS + n) for n, point in enumerate(named)}
        self.all = (1 << (_BITS + len(named))) - 1
        self._either = bool(_flags(tree) & re.IGNORECASE)
        self._known: dict[str, int] = {}

    def of(self, item: Item) -> int:
        """The characters that a part of one character may be."""
        key = repr(item)
        if key not in self._known:
            self._known[key] = self._make(str(item[0]), item[1])
        return self._known[key]

    def _make(self, kind: str, value: Any) -> int:
        if kind == "ANY" or self._either:
            return self.all
        members = value if kind == "IN" else [(kind.removeprefix("NOT_"), value)]
        found = _join(self._member(str(name), what) for name, what in members if str(name) != "NEGATE")
        if kind != "NOT_LITERAL" and str(members[0][0]) != "NEGATE":
            return found
        ranges = any(str(name) == "RANGE" and what[1] >= _LATIN for name, what in members)
        return self.all & ~(found & ~_OTHERS if ranges else found)

    def _member(self, kind: str, value: Any) -> int:
        """The characters of one member of a class; a range takes some of those that are not named."""
        points = [*range(_LATIN), *self._high]
        if kind == "LITERAL":
            return self._bit(value)
        if kind == "RANGE":
            low, high = value
            return _join(self._bit(p) for p in points if low <= p <= high) | (_OTHERS if high >= _LATIN else 0)
        name = str(value).removeprefix("CATEGORY_")
        test, others = _KINDS[name.removeprefix("NOT_")]
        found = _join(self._bit(p) for p in points if test.match(chr(p))) | others
        return self.all & ~found if name.startswith("NOT_") else found

    def _bit(self, point: int) -> int:
        return 1 << point if point < _LATIN else self._high[point]


def _named(tree: Any) -> Iterator[int]:
    """The characters that an expression names, and the ends of its ranges."""
    for item in tree if isinstance(tree, list | tuple) or hasattr(tree, "data") else ():
        if isinstance(item, tuple) and len(item) == 2 and str(item[0]) in ("LITERAL", "NOT_LITERAL"):
            yield item[1]
        elif isinstance(item, tuple) and len(item) == 2 and str(item[0]) == "RANGE":
            yield from item[1]
        else:
            yield from _named(item)


def _flags(tree: Any) -> int:
    """The flags of an expression, and of any part of it."""
    found = int(tree.state.flags)
    parts = list(tree)
    while parts:
        part = parts.pop()
        if isinstance(part, tuple) and len(part) == 2 and str(part[0]) == "SUBPATTERN":
            found |= int(part[1][1])
        if isinstance(part, list | tuple) or hasattr(part, "data"):
            parts += part
    return found


def _cap(ways: int, steps: int) -> Cost:
    """Keep numbers small: what is too much is too much."""
    return Cost(min(ways, STEPS + 1), min(steps, STEPS + 1))


def _join(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
