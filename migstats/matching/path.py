"""Measures how far apart two words of a sentence are, in what lies between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from migstats.language import Grammar
from migstats.words.item import Item

FAR = 99.0
_MARKS = {",": 1.0, ";": 9.0, ":": 3.0, "(": 0.0, ")": 0.0, "[": 0.0, "]": 0.0, '"': 0.0, "'": 0.0}
_ROLES = {
    "restart": 5.0, "versus": 2.0, "relative": 1.5, "attribution": 1.0, "and": 0.8, "including": 1.0, "infinitive": 0.5,
    "of": 0.2, "be": 0.2, "adjective": 0.2, "other": 0.2, "total": 0.2, "planned": 0.3, "not": 0.5, "measure": 2.0,
}  # fmt: skip
NUMBER = 3.0
LINKED = 0.5
"""Weight of a number of the same group."""


def weigh(item: Item, grammar: Grammar) -> float:
    """What it costs to pass over an item, in words."""
    if item.mark:
        return 1.5 if item.key == "-" and item.spaced else _MARKS.get(item.key, 0.3)
    if item.number is not None:
        return NUMBER if item.candidate else LINKED
    if item.period is not None:
        return 0.3
    if item.tags.verbs or item.tags.agentive or item.tags.intransitive:
        return 2.5
    for role in item.tags.function:
        if role in _ROLES:
            return _ROLES[role]
    if item.tags.nouns:
        return 1.5
    if item.key in grammar.determiners or item.key in grammar.auxiliaries:
        return 0.1
    return 0.4 if item.key in grammar.prepositions or item.place else 1.0


class Path:
    """Distances between the items of one sentence."""

    def __init__(self, items: Sequence[Item], grammar: Grammar, linked: frozenset[int]) -> None:
        """`linked` are the indices of numbers that belong to a group with the number before them."""
        weights = [LINKED if i in linked else weigh(item, grammar) for i, item in enumerate(items)]
        self._deep = [0.0, *itertools.accumulate(weights)]
        outer = [w if item.depth == 0 else 0.0 for w, item in zip(weights, items, strict=True)]
        self._outer = [0.0, *itertools.accumulate(outer)]

    def between(self, first: int, last: int, depth: int = 0) -> float:
        """The cost of what stands after `first` and before `last`; brackets are passed over for free from outside
        them.
        """
        row = self._deep if depth else self._outer
        return row[last] - row[first + 1] if last > first else 0.0
