"""Tells how each number of a sentence hangs on the number before it."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.language import Grammar
from migstats.matching.nounphrase import NounPhrase
from migstats.value import dataclass
from migstats.words.item import Item

_COMMAS = frozenset(",;")
_NAME = 3
"""Words that a name in a list may have."""
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
    for before, after, phrase, following in zip(places, places[1:], phrases, phrases[1:], strict=False):
        link = _link(items, before, after, min(phrase.end, after), grammar)
        if following.status == "empty" and "be" in items[after - 1].tags.function and link.kind == "break":
            link = Link("measure", False)
        links.append(link)
    return links


def _link(items: Sequence[Item], before: int, after: int, start: int, grammar: Grammar) -> Link:
    between = [item for item in items[start:after] if item.depth <= items[after].depth]
    roles = {role for item in between for role in item.tags.function}
    if "including" in roles and _is_closed(between):
        roles.remove("including")
    told = between[1:] if grammar.bare_relatives else between  # a verb right behind its noun describes it
    verbs = any(item.tags.verbs or item.tags.agentive or item.tags.intransitive for item in told)
    broken = bool(roles & _BREAKS) or "measure" in roles
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


def _is_closed(between: Sequence[Item]) -> bool:
    """Whether the aside that "among them" opens tells no number, and is over: ", among them minors, were ..."."""
    at = max(i for i, item in enumerate(between) if "including" in item.tags.function)
    named = False
    for i, item in enumerate(between[at + 1 :], at + 1):
        named = named or bool(item.tags.counted)
        if item.key == "," and named:
            return any(later.tags.verbs for later in between[i + 1 :])
    return False


def _measured(items: Sequence[Item], after: int, start: int, grammar: Grammar) -> bool:
    """Whether a word that states a number ("before falling to") stands right before it."""
    for item in reversed(items[start:after]):
        if "measure" in item.tags.function:
            return not any("restart" in i.tags.function or i.key == ";" for i in items[start:after])
        if not (
            item.key in grammar.determiners | grammar.postposing
            or item.key in grammar.prepositions
            or item.tags.function & {"of", "adjective", "total", "container", "to"}
            or item.period is not None
        ):
            return False
    return False


def _opening(items: Sequence[Item], after: int, start: int, grammar: Grammar) -> Item | None:
    """What stands before a number once its determiners and prepositions are passed; None at the phrase before."""
    named = _first_of_name(items, start, after, grammar)
    if named >= 0 and items[named].key.startswith(grammar.joined) and not items[named - 1].tags.function & {"and"}:
        return None
    for i in range(after - 1, start - 1, -1):
        item = items[i]
        if named >= 0 and i >= named:
            continue
        small = _is_small(item, grammar) or _is_container(items, i, after) or _is_named(items, i, grammar)
        passes = small or (item.mark and item.key in "\"'()[]")
        inside = any(p.place is not None and p.start <= item.start < p.place.end for p in items[start:i])
        if not (passes or inside or item.period is not None or item.place is not None):
            return item
    return None


def _first_of_name(items: Sequence[Item], start: int, after: int, grammar: Grammar) -> int:
    """Where a name of no class begins that a preposition ties to a number in a list ("then Muscat with 53"), or -1."""
    if items[after - 1].key not in grammar.naming:
        return -1
    first = after - 1
    while first > start and after - 1 - first < _NAME and _is_plain(items[first - 1]):
        first -= 1
    before = items[first - 1] if first > 0 else None
    led = before is not None and ((before.mark and before.key in _COMMAS) or "and" in before.tags.function)
    behind = items[after + 1] if after + 1 < len(items) else None
    alone = behind is None or behind.mark or "and" in behind.tags.function or behind.key.startswith(grammar.joined)
    return first if led and alone and first < after - 1 else -1


def _is_plain(item: Item) -> bool:
    tags = item.tags
    told = item.mark or item.number is not None or item.period is not None
    return not (told or tags.function or tags.events or tags.counted or tags.claims)


def _is_container(items: Sequence[Item], i: int, after: int) -> bool:
    """Whether "a number of" stands right before the number."""
    return i + 1 == after and "container" in items[i].tags.function


def _is_small(item: Item, grammar: Grammar) -> bool:
    """Whether an item is a determiner, preposition or adverb."""
    small = item.key in grammar.determiners | grammar.postposing or item.key in grammar.prepositions
    return small or bool(item.tags.function & {"of", "adjective", "other", "total"})


def _is_named(items: Sequence[Item], i: int, grammar: Grammar) -> bool:
    """Whether a word of no class is a place or the like, behind a preposition and right before a number: "in the
    strait N".
    """
    item = items[i]
    plain = not (item.mark or item.number or item.tags.function or item.tags.events or item.tags.counted)
    behind = items[i - 1] if i and items[i - 1].key not in grammar.determiners else items[i - 2] if i > 1 else None
    return plain and not item.tags.claims and behind is not None and behind.key in grammar.prepositions
