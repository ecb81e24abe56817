"""Reads what narrows a figure: where it happened, and who is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migstats.frame import NATIONAL
from migstats.matching.slot import Match, Slot
from migstats.model import Place, Span
from migstats.readings.complement import (
    KINDS,
    OF,
    OPEN,
    Complement,
    cut_span,
    joins_places,
    names_place,
    read_complements,
)
from migstats.words.item import Item

_PARTS = frozenset(["including", "bracket"])


def places_of(match: Match, slot: Slot, subject: str | None) -> tuple[Span, ...]:
    """The places of a figure: from its own clause, from what opens the sentence, or from the figure it hangs on.

    The country that the document is about goes without saying.
    """
    said = _whereabouts(slot) != "abroad"
    return tuple(
        (place.start, place.end)
        for place in _places(match, slot)
        if not (said and place.kind == "country" and place.country == subject)
    )


def country_of(match: Match, spans: Sequence[Span], subject: str | None) -> str | None:
    """The country of the first place that has one, else the document's subject."""
    named = {(item.place.start, item.place.end): item.place.country for item in match.scene.items if item.place}
    return next((country for span in spans if (country := named.get(span))), subject)


def group_of(match: Match, slot: Slot) -> Span | None:
    """The words that narrow who is counted: of the number's own noun, of where they come from or go to, or of how."""
    items = match.scene.items
    complements = list(_own(match, slot))
    if slot.measure == "share":
        named = (c for c in complements if c.kind != "place" and c.narrows(items) and not _is_agent(items, c))
        return next((cut_span(items, c.start, c.end) for c in named), None)
    own, plain = _noun_group(items, slot)
    if own is not None and not plain:
        return own
    for complement in complements:
        span = _group_in(items, slot, complement)
        if span is not None:
            return span
    return own


# -- places -----------------------------------------------------------------------------------------------------


def _places(match: Match, slot: Slot) -> list[Place]:
    """The places of a figure, the document's subject among them."""
    items = match.scene.items
    elsewhere = False
    for complement in _own(match, slot):
        if _tells_place(items, slot, complement):
            found = complement.places(items)
            if found:
                return found
            elsewhere = elsewhere or (slot.link.kind != "measure" and _is_elsewhere(items, complement))
    return _opening(items, slot.at) or ([] if elsewhere else _lent(match, slot))


def _own(match: Match, slot: Slot) -> Iterator[Complement]:
    """The phrases that hang on a figure: those right of its noun, those right of its event, those behind its parts."""
    items, slots = match.scene.items, match.slots
    later = [s for s in slots if s.at > slot.at and s.item.depth <= slot.item.depth and s.measure != "attached"]
    after = later[0].at if later else len(items)
    yield from read_complements(items, _behind_noun(items, slot, after), after)
    if slot.event >= 0 and slot.source is None:
        if slot.phrase.end < slot.event < after:
            yield from read_complements(items, slot.event + 1, after)
        elif slot.event < slot.at and not any(slot.event < s.at < slot.at for s in slots):
            yield from read_complements(items, slot.event + 1, slot.at)
    parts = [n for n, s in enumerate(later) if s.link.kind in _PARTS or s.inside]
    if parts and parts == list(range(len(parts))) and slot.link.kind not in _PARTS:
        yield from _behind(items, later[parts[-1]], later[len(parts)].at if len(parts) < len(later) else len(items))


def _behind_noun(items: Sequence[Item], slot: Slot, stop: int) -> int:
    """Where the phrases behind a number's noun begin; words that a noun phrase took for adjectives may open one."""
    if slot.measure != "count":
        return slot.at + 1
    start = slot.phrase.end
    if slot.phrase.head >= 0:
        start = next((i for i in range(slot.phrase.head + 1, start) if items[i].tags.narrows & set(KINDS)), start)
    while start < stop and "other" in items[start].tags.function:
        start += 1
    return start


def _behind(items: Sequence[Item], part: Slot, stop: int) -> Iterator[Complement]:
    """The phrases behind the parts of a total: ", among them 30 children, off Sfax"."""
    at = part.phrase.end
    if at + 1 < stop and items[at].key in (",", ")", "-") and "place" in items[at + 1].tags.narrows:
        yield from read_complements(items, at + 1, stop)


def _tells_place(items: Sequence[Item], slot: Slot, complement: Complement) -> bool:
    """Whether a phrase says where it happened, not who is counted."""
    kind, whereabouts = complement.kind, _whereabouts(slot)
    if kind == "place":
        return not any("aboard" in item.tags.function for item in items[complement.first : complement.first + 2])
    if slot.measure == "share" or kind not in ("origin", OF, OPEN):
        return False
    if kind == "origin":
        return whereabouts == "leaving"
    straight = complement.start < complement.end and names_place(items[complement.start])
    if kind == OPEN:
        site = any("site" in item.tags.narrows for item in items[complement.start : complement.end])
        return site or (straight and complement.first == complement.start == slot.event + 1)
    if complement.first <= slot.phrase.end and _counts_people(slot):
        return straight and whereabouts == "leaving" and 0 <= slot.event < slot.at
    return straight and whereabouts != "coming"


def _whereabouts(slot: Slot) -> str:
    return slot.frame.whereabouts if slot.frame is not None else ""


def _counts_people(slot: Slot) -> bool:
    return slot.frame is not None and slot.frame.counts_people


def _is_elsewhere(items: Sequence[Item], complement: Complement) -> bool:
    """Whether a phrase tells of places without their names: "via other Arab countries"."""
    return any(item.tags.claims or "other" in item.tags.function for item in items[complement.start : complement.end])


def _opening(items: Sequence[Item], at: int) -> list[Place]:
    """The places that open the clause: "In Nador, 300 ...", "Nador: 300 ..."."""
    start = 0
    for i in range(at):
        colon = items[i].key == ":" and not (i and names_place(items[i - 1]))
        if colon or items[i].key == ";" or "restart" in items[i].tags.function:
            start = i + 1
    while start < at and items[start].mark:
        start += 1
    place = items[start].place
    if place is not None and names_place(items[start]) and items[start + 1].key == ":":
        return [place]
    if "place" not in items[start].tags.narrows:
        return []
    first = next(iter(read_complements(items, start, at)), None)
    return first.places(items) if first is not None and first.kind == "place" else []


def _lent(match: Match, slot: Slot) -> list[Place]:
    """The places of the figure that this one hangs on: its group's head, its total, or the one whose clause it ends."""
    for lender in (slot.source, slot.whole):
        if lender is not None and lender.at < slot.at and any(lender is s for s in match.slots):
            return _places(match, lender)
    at = next(n for n, s in enumerate(match.slots) if s is slot)
    before = next((s for s in reversed(match.slots[:at]) if s.measure == "count" and s.frame is not None), None)
    if before is not None and _carries_on(match.scene.items, before, slot):
        return _places(match, before)
    return []


def _carries_on(items: Sequence[Item], before: Slot, slot: Slot) -> bool:
    """Whether a figure only carries on the clause of the one before ("..., involving N")."""
    if not before.phrase.end <= slot.event < slot.at:
        return False
    for i in range(before.phrase.end, slot.event):
        roles = items[i].tags.function
        if "and" in roles and not joins_places(items, i):
            return False
        if items[i].key in (";", ":") or roles & {"restart", "attribution"}:
            return False
    return True


# -- groups -----------------------------------------------------------------------------------------------------


def _noun_group(items: Sequence[Item], slot: Slot) -> tuple[Span | None, bool]:
    """The narrowing words of the number's own noun, and whether they only say that these are nationals."""
    if slot.phrase.status != "known":
        return None, False
    inside = items[slot.at + 1 : slot.phrase.end]
    if not any(item.place is not None or "group" in item.tags.narrows for item in inside):
        return None, False
    named = [item for item in inside if item.place is not None or item.tags.counted or "group" in item.tags.narrows]
    head = items[slot.phrase.head]
    return (named[0].start, named[-1].end), NATIONAL in head.tags.counted and head.place is None


def _group_in(items: Sequence[Item], slot: Slot, complement: Complement) -> Span | None:
    """The words of a phrase that say who is counted, or how it happened to them."""
    kind, narrows = complement.kind, complement.narrows(items)
    if kind == "manner" or (kind == "goal" and (narrows or slot.link.kind in _PARTS)):
        return cut_span(items, complement.first, complement.end)
    if not narrows or kind == "place" or _tells_place(items, slot, complement) or _is_agent(items, complement):
        return None
    first = items[complement.start]
    people = "group" in first.tags.narrows or (first.place is not None and first.place.kind == "people")
    if kind == "origin" or people or (kind == OF and first.place is not None):
        return cut_span(items, complement.start, complement.end)
    return None


def _is_agent(items: Sequence[Item], complement: Complement) -> bool:
    """Whether the words only follow a preposition that says nothing of place or people ("by the Moroccans")."""
    return complement.kind == OPEN and "prepositions" in items[complement.first - 1].tags.narrows
