"""Reads what narrows a figure: where it happened, who is counted, who says so, and whether it is so."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.find import Item
from migstats.match import Match, Slot
from migstats.model import Span

_REACH = 12


def places_of(match: Match, slot: Slot, subject: str | None) -> tuple[Span, ...]:
    """The places that stand right of a number, before the next one; else those right of its event. The document's own country is left out."""
    items = match.scene.items
    following = next((s.at for s in match.slots if s.at > slot.at and s.measure != "attached"), len(items))
    found = _run(items, slot.phrase.end, min(following, slot.phrase.end + _REACH), subject)
    if not found and slot.link.kind in ("list", "including", "bracket") and slot.source is None:
        return ()
    return found


def _run(items: Sequence[Item], start: int, end: int, subject: str | None) -> tuple[Span, ...]:
    """The first places in a stretch, those joined to one another taken together."""
    spans: list[Span] = []
    gap = 0
    for item in items[start:end]:
        if item.place is not None and item.place.kind != "people":
            if not (item.place.kind == "country" and item.place.country == subject):
                spans.append((item.place.start, item.place.end))
            gap = 0
        elif spans:
            gap += 1
            if gap > 2 or item.tags.verbs:
                break
    return tuple(spans)


def country_of(match: Match, spans: Sequence[Span], subject: str | None) -> str | None:
    """The country of the first place that has one, else the document's subject."""
    for span in spans:
        for item in match.scene.items:
            if item.place is not None and (item.place.start, item.place.end) == span and item.place.country:
                return item.place.country
    return subject


def group_of(match: Match, slot: Slot) -> Span | None:
    """The words that narrow who is counted: a nationality, sex or age in the number's own phrase, or the origin told of a share."""
    items = match.scene.items
    if slot.phrase.status == "known" and slot.phrase.head >= 0:
        first, last = slot.at + 1, slot.phrase.end
        inside = items[first:last]
        if any(item.place is not None and item.place.kind == "people" for item in inside):
            named = [item for item in inside if item.place is not None or item.tags.counted]
            return (named[0].start, named[-1].end)
    if slot.measure == "share":
        return _origin(items, slot.at + 1)
    return None


def _origin(items: Sequence[Item], start: int) -> Span | None:
    """The first place name right of a share, with the words that introduce it."""
    for i in range(start, min(start + 8, len(items))):
        if items[i].mark and items[i].key in ",;(":
            return None
        if items[i].place is not None:
            last = i
            while last + 1 < len(items) and not items[last + 1].mark and (items[last + 1].place or items[last + 1].tags.function & {"and", "adjective"}):
                last += 1
            return (items[i].start, items[last].end)
    return None


def attribution_of(match: Match) -> Span | None:
    """Who is said to say so: the words after "according to", up to the next mark."""
    items = match.scene.items
    for i, item in enumerate(items):
        if "attribution" in item.tags.function and not item.tags.verbs:
            end = i + 1
            while end < len(items) and end - i < 10 and not items[end].mark and items[end].number is None and not items[end].period:
                end += 1
            if end > i + 1:
                return (items[i + 1].start, items[end - 1].end)
    return None


def modality_of(match: Match, slot: Slot) -> str:
    """`planned` where a word of the future stands between number and event or beside them, `denied` where a negation does."""
    items = match.scene.items
    event = slot.event if slot.event >= 0 and slot.source is None else slot.at
    start, end = min(slot.at, event), max(slot.phrase.end, event + 1)
    low, high = max(0, start - 4), min(len(items), end + (4 if slot.event < 0 or slot.source else 1))
    window = _within_clause(items, low, start, end, high)
    if any("planned" in item.tags.function for item in window):
        return "planned"
    return "reported"


def _within_clause(items: Sequence[Item], low: int, start: int, end: int, high: int) -> list[Item]:
    """The items around a stretch, up to the next mark or number on either side."""
    left: list[Item] = []
    for item in reversed(items[low:start]):
        if item.mark or item.number is not None:
            break
        left.append(item)
    right: list[Item] = []
    for item in items[end:high]:
        if item.mark or item.number is not None:
            break
        right.append(item)
    return [*reversed(left), *items[start:end], *right]
