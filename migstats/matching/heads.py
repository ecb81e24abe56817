"""Says how the numbers of a sentence stand as wholes and parts, where that forbids to lend one a reading."""

from __future__ import annotations

from migstats.frame import Frames
from migstats.matching.slot import Match, Slot


def counts_people(slot: Slot, frames: Frames) -> bool:
    """Whether a figure counts people, by its noun or by what it is."""
    return slot.frame is not None and (not slot.classes or frames.is_person(slot.classes) or slot.frame.counts_people)


def is_alike(slot: Slot, lender: Slot, frames: Frames) -> bool:
    """Whether the noun of a number counts what a figure counts: the same, or people as it does."""
    classes = slot.phrase.classes
    return bool(classes & lender.classes) or (frames.is_person(classes) and counts_people(lender, frames))


def can_count(slot: Slot, lender: Slot, frames: Frames) -> bool:
    """Whether a number may count what a figure counts: it has no noun, or one that is alike."""
    if slot.phrase.status == "known":
        return is_alike(slot, lender, frames)
    return slot.phrase.status == "empty"


def is_whole_of(match: Match, slot: Slot, told: Slot | None) -> bool:
    """Whether what is being counted was told of a part of this very number: "40,000 people, of whom 230 were held"."""
    later = [s for s in match.slots if s.at > slot.at]
    return bool(later) and told is later[0] and later[0].link.kind == "including"


def is_headless(match: Match, slot: Slot) -> bool:
    """Whether a number lists the parts of one that is no figure: "161 were given beds: 53 of them ..."."""
    items = match.scene.items
    earlier = [s for s in match.slots if s.at < slot.at and s.counts and not s.inside]
    head = next((s for s in reversed(earlier) if s.link.kind not in ("including", "list")), None)
    if head is None or head.frame is not None or head.phrase.status not in ("known", "claimed"):
        return False
    return any(item.mark and item.key == ":" for item in items[head.phrase.end : slot.at])


def is_described(match: Match, slot: Slot, frames: Frames) -> bool:
    """Whether those counted without a noun are said to be people of a kind: "N are Guatemalans"."""
    row = match.scene.items[slot.phrase.end : slot.phrase.end + 2]
    if slot.phrase.status != "empty" or len(row) < 2 or "be" not in row[0].tags.function:
        return False
    return frames.is_person(row[1].tags.counted) or (row[1].place is not None and row[1].place.kind == "people")
