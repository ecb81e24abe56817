"""The words of a language for cardinal numbers, with the order in which they follow one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from migstats.texts.fold import key
from migstats.texts.phrase import Phrases
from migstats.value import dataclass

VALUE, SCALE, COUNTED, COLLECTIVE, COUNTED_COLLECTIVE, HALF = (
    "values",
    "scales",
    "counted_scales",
    "collectives",
    "counted_collectives",
    "halves",
)
GROUPS = (SCALE, COUNTED, COLLECTIVE, COUNTED_COLLECTIVE)


class Term(NamedTuple):
    """What one phrase adds to a numeral."""

    role: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language for cardinal numbers, and how they follow one another."""

    terms: Phrases[Term]
    suffixes: Phrases[Decimal]
    capitals: Phrases[Decimal]
    """Letters that stand for a scale where they are written large: a small "m" may be metres."""
    loose: Phrases[Decimal]
    """Letters that stand for a scale before a word for those who are counted ("1.2m people")."""
    counted: frozenset[str]
    """Such words."""
    articles: Phrases[bool]
    vague: Phrases[bool]
    plus_half: Phrases[bool]
    joiners: frozenset[str]
    of: frozenset[str]
    point: frozenset[str]
    follow: Mapping[tuple[Decimal, Decimal], frozenset[bool]]
    mixed: bool
    """Digits may follow a scale without a joiner ("31 mil 610")."""
    attached: bool
    """A joiner may be written on to the word after it."""
    bare: bool
    """A word may follow a scale without a joiner."""


def compile_grammar(numerals: Mapping[str, Any]) -> Grammar:
    """Read the cardinal numbers among the `numerals` of a language pack."""
    terms = [
        (entry, Term(role, Decimal(str(value))))
        for role in (VALUE, *GROUPS, HALF)
        for value, entries in (numerals.get(role) or {}).items()
        for entry in entries
    ]
    return Grammar(
        terms=Phrases(terms),
        suffixes=_by_value(numerals, "suffixes"),
        capitals=_by_value(numerals, "capitals"),
        loose=_by_value(numerals, "loose_suffixes"),
        counted=frozenset(key(word) for word in numerals.get("counted") or ()),
        articles=Phrases((entry, True) for entry in numerals.get("articles") or ()),
        vague=Phrases((entry, True) for entry in numerals.get("vague") or ()),
        plus_half=Phrases((entry, True) for entry in numerals.get("plus_half") or ()),
        joiners=frozenset(key(word) for word in numerals.get("joiners") or ()),
        of=frozenset(key(word) for word in numerals.get("of") or ()),
        point=frozenset(key(word) for word in numerals.get("point") or ()),
        follow=_compile_follow(numerals.get("follow") or ()),
        mixed=bool(numerals.get("mixed", False)),
        attached=bool(numerals.get("attached", False)),
        bare=bool(numerals.get("bare", True)),
    )


def _by_value(numerals: Mapping[str, Any], name: str) -> Phrases[Decimal]:
    """Compile a table from values to phrases."""
    table = numerals.get(name) or {}
    return Phrases((entry, Decimal(str(value))) for value, entries in table.items() for entry in entries)


def _compile_follow(rules: Sequence[Mapping[str, Any]]) -> dict[tuple[Decimal, Decimal], frozenset[bool]]:
    """Map a value and the value added to it to whether a joiner stands between them."""
    ways = {"never": {False}, "always": {True}, "either": {False, True}}
    follow: dict[tuple[Decimal, Decimal], frozenset[bool]] = {}
    for rule in rules:
        for after in rule["after"]:
            for value in rule["add"]:
                pair = (Decimal(after), Decimal(value))
                follow[pair] = follow.get(pair, frozenset()) | ways[rule["joined"]]
    return follow
