"""Reads how a figure is told: who says so, and whether it has happened, is planned or is denied."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.matching.slot import Match, Slot
from migstats.model import Span
from migstats.readings.complement import cut_span, is_mark
from migstats.words.item import Item

_LONGEST = 18
"""Items that the name of who says so may take."""
_NEAR, _BESIDE = 4, 1
"""Items beside number and event among which a word of the future is looked for."""
_STOPS = frozenset(["relative", "restart", "attribution", "planned", "versus"])
_WEAK = frozenset(["infinitive", "to", "be", "adjective", "planned", "not"])


def attribution_of(match: Match) -> Span | None:
    """Who is said to say so, without articles: the first one named in the sentence."""
    items = match.scene.items
    for i, item in enumerate(items):
        if "attribution" in item.tags.function or "saying" in item.tags.narrows:
            span = _after(items, i) if _inverted(items, i) else _before(items, i)
            if span is not None:
                return span
    return None


def _inverted(items: Sequence[Item], i: int) -> bool:
    """Whether who says so stands behind the word: "according to X", ", said X"."""
    if "source" in items[i].tags.narrows:
        return True
    while i > 0 and _is_auxiliary(items[i - 1]):
        i -= 1
    return i == 0 or items[i - 1].mark


def _is_auxiliary(item: Item) -> bool:
    """Whether an item may stand between a subject and its verb."""
    inner = item.mark and not is_mark(item)
    return inner or bool(item.tags.narrows & {"auxiliaries", "adverb"} or item.tags.function & _WEAK)


def _after(items: Sequence[Item], i: int) -> Span | None:
    start = i + 1
    while start < len(items) and _leads(items[start]):
        start += 1
    end = start
    while end < len(items) and end - start < _LONGEST and not _stops(items, end):
        end += 1
    inner = start
    while inner < end and "container" in items[inner].tags.function:
        inner += 1
        while inner < end and _leads(items[inner]):
            inner += 1
    return _name(items, inner if inner < end else start, end)


def _before(items: Sequence[Item], i: int) -> Span | None:
    end = i
    while end > 0 and _is_auxiliary(items[end - 1]):
        end -= 1
    if any("not" in item.tags.function for item in items[end:i]):
        return None
    start = end
    while start > 0 and end - start < _LONGEST and not _stops(items, start - 1):
        start -= 1
    while start < end and _leads(items[start]):
        start += 1
    return _name(items, start, end)


def _name(items: Sequence[Item], start: int, end: int) -> Span | None:
    """The span of a name; none for a pronoun."""
    if start >= end or "pronoun" in items[start].tags.narrows or "anaphor" in items[start].tags.function:
        return None
    if items[start].tags.events:
        return None
    return cut_span(items, start, end)


def _leads(item: Item) -> bool:
    """Whether an item only introduces a name: an article, "of", an inner mark."""
    number = item.number is not None and item.number.kind == "article"
    small = item.tags.narrows & {"determiners", "agent"} or item.tags.function & {"of", "adjective"}
    return number or bool(small) or (item.mark and not is_mark(item))


def _stops(items: Sequence[Item], i: int) -> bool:
    """Whether a name cannot reach over an item."""
    item = items[i]
    if item.mark and item.key == "." and 0 < i < len(items) - 1:
        return not (items[i - 1].end == item.start and item.start - items[i - 1].start <= 3)
    if is_mark(item) or (item.number is not None and item.number.kind != "article") or item.period is not None:
        return True
    tags = item.tags
    return bool(tags.function & _STOPS) or "aside" in tags.narrows or bool(tags.verbs and not tags.nouns)


def modality_of(match: Match, slot: Slot) -> str:
    """`planned` where a word of the future stands at number or event; `denied` where a denial does."""
    items = match.scene.items
    event = slot.event if slot.event >= 0 and slot.source is None else slot.at
    start, end = min(slot.at, event), max(slot.phrase.end, event + 1)
    low = max(0, start - _NEAR)
    high = min(len(items), end + (_NEAR if slot.event < 0 or slot.source else _BESIDE))
    if any("planned" in item.tags.function for item in _around(items, low, (start, end), high)):
        return "planned"
    if _denied(items, slot, event):
        return "denied"
    return "reported"


def _denied(items: Sequence[Item], slot: Slot, event: int) -> bool:
    """Whether the event's verb is negated, or a word of denial governs the clause."""
    i = event
    if i != slot.at and items[i].tags.verbs | items[i].tags.intransitive | items[i].tags.agentive:
        while i > 0 and _is_auxiliary(items[i - 1]) and "not" not in items[i - 1].tags.function:
            i -= 1
        if i > 0 and "not" in items[i - 1].tags.function and "partial" not in items[i - 1].tags.narrows:
            return True
    for item in reversed(items[: slot.at]):
        if "denial" in item.tags.narrows:
            return True
        if item.key in (";", ".") or "restart" in item.tags.function:
            return False
    return False


def _around(items: Sequence[Item], low: int, core: tuple[int, int], high: int) -> list[Item]:
    """The items of a stretch and those beside it, up to the next mark or number on either side."""
    left: list[Item] = []
    for item in reversed(items[low : core[0]]):
        if item.mark or item.number is not None:
            break
        left.append(item)
    right: list[Item] = []
    for item in items[core[1] : high]:
        if item.mark or item.number is not None:
            break
        right.append(item)
    return [*left, *items[core[0] : core[1]], *right]
