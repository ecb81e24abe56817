"""What a word may be: the names of its classes."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from migstats.value import dataclass, fields

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tags:
    """What a word may be: the names of its classes, by layer of the language pack."""

    counted: frozenset[str] = _NONE
    verbs: frozenset[str] = _NONE
    nouns: frozenset[str] = _NONE
    agentive: frozenset[str] = _NONE
    intransitive: frozenset[str] = _NONE
    function: frozenset[str] = _NONE
    contexts: frozenset[str] = _NONE
    claims: frozenset[str] = _NONE
    duals: frozenset[str] = _NONE
    narrows: frozenset[str] = _NONE
    """What it says of the words behind it (`place`, `origin`, `goal`...), or that it is a small word of the grammar."""

    @property
    def events(self) -> frozenset[str]:
        """Every event that the word may tell, in whatever form."""
        return self.verbs | self.nouns | self.agentive | self.intransitive

    def __or__(self, other: Tags) -> Tags:
        if self is EMPTY or other is EMPTY:
            return self if other is EMPTY else other
        return Tags(
            *[one | two if one and two else one or two for one, two in zip(_layers(self), _layers(other), strict=True)]
        )


_layers = attrgetter(*(f.name for f in fields(Tags)))
EMPTY = Tags()


class Hit(NamedTuple):
    """An entry that stands in the tokens: which of them it takes (its gaps left out), and what they are."""

    tokens: tuple[int, ...]
    tags: Tags
