"""Tells how each number of a sentence hangs on the number before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migstats.item import Item
from migstats.language import Grammar
from migstats.nounphrase import NounPhrase

_COMMAS = frozenset(",;")
_BREAKS = frozenset(["restart", "relative"])


@dataclass(frozen=True, slots=True)
class Link:
    """The tie of a number to the number before it in the sentence."""

    kind: str
    """`none` (first of its sentence), `list`, `bracket`, `including`, `versus`, `clause` (after a comma or "and", with
    a verb between), `measure` (after "falling to") or `break`.
    """
    close: bool = False
    """Nothing but the first number's own phrase and its complements stands between."""


def link_numbers(
    items: Sequence[Item], places: Sequence[int], phrases: Sequence[NounPhrase], grammar: Grammar
) -> list[Link]:
    """For the numbers at `places` (indices of items) the link of each to the one before."""
    links = [Link("none")] if places else []
    for before, after, phrase in zip(places, places[1:], phrases, strict=False):
        links.append(_link(items, before, after, min(phrase.end, after), grammar))
    return links


def _link(items: Sequence[Item], before: int, after: int, start: int, grammar: Grammar) -> Link:
    between = [item for item in items[start:after] if item.depth <= items[after].depth]
    roles = {role for item in between for role in item.tags.function}
    verbs = any(item.tags.verbs or item.tags.agentive or item.tags.intransitive for item in between)
    broken = bool(roles & _BREAKS) or "measure" in roles or any(item.mark and item.key == ";" for item in between)
    close = not verbs and not broken
    if _measured(items, after, start, grammar):
        return Link("measure", False)
    if items[after].depth > items[before].depth:
        return Link("bracket", close)
    for role in ("including", "versus"):
        if role in roles:
            return Link(role, close)
    opening = _opening(items, after, start, grammar)
    if opening is None:
        return Link("list", close)
    if opening.mark and opening.key == ":":
        return Link("including", close)
    if (
        (opening.mark and opening.key in _COMMAS)
        or "and" in opening.tags.function
        or items[after].depth < items[before].depth
    ):
        return Link("list" if close else "clause", close)
    if (opening.mark and opening.key == "-") or "restart" in opening.tags.function:
        return Link("clause", False)
    return Link("break", False)


def _measured(items: Sequence[Item], after: int, start: int, grammar: Grammar) -> bool:
    """Whether a word that states a number ("before falling to") stands right before it."""
    for item in reversed(items[start:after]):
        if "measure" in item.tags.function:
            return not any("restart" in i.tags.function or i.key == ";" for i in items[start:after])
        if not (
            item.key in grammar.determiners
            or item.key in grammar.prepositions
            or item.tags.function & {"of", "adjective", "total"}
        ):
            return False
    return False


def _opening(items: Sequence[Item], after: int, start: int, grammar: Grammar) -> Item | None:
    """What stands before a number once its determiners and prepositions are passed; None at the phrase before."""
    for item in reversed(items[start:after]):
        passes = (
            item.key in grammar.determiners
            or item.key in grammar.prepositions
            or item.tags.function & {"of", "adjective", "other", "total"}
        )
        if not (passes or (item.mark and item.key in "\"'()[]") or item.period is not None or item.place is not None):
            return item
    return None
