"""Lends readings to the numbers that lack one: inside a group from its head, over a sentence by an anaphor, under a
heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from migstats.frame import PERSON, Frames
from migstats.matching.heads import can_count, counts_people, is_alike
from migstats.matching.match import Matcher
from migstats.matching.scope import Chooser, Scope, Topic, find_topic
from migstats.matching.slot import Match, Slot, is_aboard
from migstats.words.item import Item

_NONE: frozenset[str] = frozenset()
_PERSON = frozenset([PERSON])
_PARTS = frozenset(["including", "bracket"])
_RESUME = 8
"""Items right of a number in which "this operation" belongs to it."""
_STEM = 4
"""Letters that two forms of one noun share at their start."""
_REACH = 3
"""Items from the start of a sentence in which an anaphor opens it."""


def carry_groups(match: Match, matcher: Matcher) -> None:
    """Let the members of a group that have no reading take it from the group's head."""
    for n, slot in enumerate(match.slots):
        if slot.frame is not None or n == 0 or not slot.counts:
            continue
        lender = _lender(match, n, matcher)
        if lender is None or lender.frame is None or not _may_take(match.scene.items, slot, lender, matcher.frames):
            continue
        if (
            slot.phrase.status == "empty"
            and not slot.phrase.other
            and slot.link.kind != "including"
            and matcher.reach.is_busy(match, slot, len(match.scene.items))
        ):
            continue
        _lend(slot, lender, "group", matcher.frames)


def tie_parts(match: Match) -> None:
    """Say of each part that was read by itself what it is a part of: the count of the same thing before it."""
    for n, slot in enumerate(match.slots):
        if slot.frame is None or slot.whole is not None or not (slot.inside or slot.link.kind in _PARTS):
            continue
        earlier = (s for s in reversed(match.slots[:n]) if s.measure == "count" and not s.inside)
        whole = next((s for s in earlier if s.frame and s.frame.indicator == slot.frame.indicator), None)
        if whole is not None and slot.measure in ("count", "share"):
            slot.whole = whole


def _lend(slot: Slot, lender: Slot, basis: str, frames: Frames | None = None) -> None:
    assert lender.frame is not None
    own = (
        frames.choose(lender.frame.event, slot.phrase.classes, _NONE)
        if frames and lender.frame.event and slot.phrase.classes
        else None
    )
    slot.take(
        own if own is not None and own.unit != lender.frame.unit else lender.frame, basis, lender.event, lender.classes
    )
    slot.source = lender
    if slot.link.kind in _PARTS and basis == "group" and lender.measure == "count":
        slot.whole = lender
    elif slot.link.close and slot.link.kind == "list" and lender.whole is not None:
        slot.whole = lender.whole


def _lender(match: Match, n: int, matcher: Matcher) -> Slot | None:
    """The slot from which the slot `n` may borrow: the one before it, as far as the ties hold."""
    slot = match.slots[n]
    before = next((s for s in reversed(match.slots[:n]) if s.counts and not _is_aside(match, s, slot, matcher)), None)
    before = before or match.slots[n - 1]
    if slot.link.kind == "including" and before.phrase.status == "claimed":
        before = next((s for s in reversed(match.slots[:n]) if s.counts and s.phrase.status != "claimed"), before)
    if slot.link.kind == "versus" and slot.phrase.status == "known":
        before = next((s for s in reversed(match.slots[:n]) if _named_alike(match, slot, s)), before)
    if slot.link.kind == "measure":
        return before if before.frame is not None else None
    if slot.link.kind == "break" and not slot.phrase.other:
        return None
    if before.frame is not None:
        return before
    return None


def _is_aside(match: Match, other: Slot, slot: Slot, matcher: Matcher) -> bool:
    """Whether a number before another is no member of its row: it stands in brackets, or counts what people use ("in
    12 boats").
    """
    if other.item.depth > slot.item.depth:
        return True
    named = other.phrase.status in ("known", "claimed") and not matcher.frames.is_person(other.phrase.classes)
    before = match.scene.items[other.at - 1] if other.at else None
    governed = before is not None and (before.key in matcher.grammar.prepositions or "aboard" in before.tags.function)
    return other.frame is None and named and governed and slot.phrase.status == "empty" and not slot.item.depth


def _named_alike(match: Match, slot: Slot, other: Slot) -> bool:
    """Whether two numbers count the same noun, in singular or plural."""
    if other.phrase.status != "known" or slot.phrase.status != "known":
        return False
    one, two = (match.scene.items[s.phrase.head].key.split()[0] for s in (slot, other))
    return one == two or one[:_STEM] == two[:_STEM]


def _is_carried(items: Sequence[Item], slot: Slot) -> bool:
    """Whether "aboard" stands right behind a number's phrase: those counted are the ones a boat carried."""
    return any("aboard" in item.tags.function for item in items[slot.phrase.end : slot.phrase.end + 1])


def _may_take(items: Sequence[Item], slot: Slot, lender: Slot, frames: Frames) -> bool:
    """Whether the number's own phrase allows it to be more, or a part, of what the lender counts."""
    phrase, kind = slot.phrase, slot.link.kind
    if phrase.status == "unknown":
        return slot.link.close and (kind == "including" or (slot.inside and kind == "list"))
    if phrase.status == "claimed" or (lender.frame and lender.frame.lends == "never" and _is_carried(items, slot)):
        return False
    if phrase.status == "empty":
        return phrase.other or slot.link.close or kind in ("including", "versus", "measure", "clause")
    if kind == "versus" and not frames.is_person(phrase.classes) and not counts_people(lender, frames):
        return True
    return is_alike(slot, lender, frames) and (phrase.other or slot.link.close or kind in ("including", "versus"))


def carry_resumed(match: Match, before: Match | None, frames: Frames, scope: Scope) -> None:
    """Let a number whose clause says "this operation" or "did so" take the event that was named before it."""
    items = match.scene.items
    for slot in match.slots:
        if slot.frame is not None or not slot.counts:
            continue
        if not _is_resumed(items, slot) or not (frames.is_person(slot.phrase.classes) or slot.phrase.status == "empty"):
            continue
        topic = here = find_topic(items, 0, slot.at, Chooser(frames, match.scene.contexts), nearest=True)
        if topic is None and before is not None and before.scene.sentence.block == match.scene.sentence.block:
            topic = find_topic(
                before.scene.items, 0, len(before.scene.items), Chooser(frames, before.scene.contexts), nearest=True
            )
        if topic is not None and scope.believes(match.scene, topic.frame):
            slot.take(topic.frame, "anaphor", topic.at if here is not None else -1, topic.classes)


def _is_resumed(items: Sequence[Item], slot: Slot) -> bool:
    """Whether a word that resumes an event stands right of the number, or left of it behind no other number."""
    if any("resume" in item.tags.function for item in items[slot.at : slot.at + _RESUME]):
        return True
    if any("resume" in item.tags.function for item in items[:2]) and not any(i.candidate for i in items[: slot.at]):
        return True
    for item in reversed(items[max(0, slot.at - _RESUME) : slot.at]):
        if "resume" in item.tags.function:
            return True
        if item.number is not None or item.mark or item.tags.verbs:
            return False
    return False


def carry_aboard(match: Match, before: Match | None, frames: Frames, scope: Scope) -> None:
    """Let the people aboard a boat share what happened to it, here or in the sentence before ("intercepted ... It
    carried N").
    """
    for slot in match.slots:
        if slot.frame is not None or not frames.is_person(slot.phrase.classes):
            continue
        if not is_aboard(match, slot):
            continue
        for told in (match, before):
            if told is None:
                continue
            topic = _boat_topic(told.scene.items, frames, told.scene.contexts)
            if topic is not None and scope.believes(match.scene, topic.frame):
                slot.take(topic.frame, "group" if told is match else "anaphor", -1, topic.classes)
                break


def _boat_topic(items: Sequence[Item], frames: Frames, about: frozenset[str]) -> Topic | None:
    """What the first event of a sentence that names a vessel would make of people."""
    vessels = frozenset(c for item in items for c in item.tags.counted) - frames.people
    for i, item in enumerate(items):
        if item.tags.events - frames.told:
            return None
        for event in sorted(item.tags.verbs):
            if frames.choose(event, vessels, about) or event in frames.motions:
                frame = frames.choose(event, _PERSON, about)
                if frame is not None:
                    return Topic(frame, _PERSON, i)
    return None


def carry_over(match: Match, before: Match | None, frames: Frames) -> None:
    """Let the first number of a sentence that an anaphor opens take its reading from the sentence before."""
    if before is None or before.scene.sentence.block != match.scene.sentence.block:
        return
    sure = ("anchor", "pattern", "anaphor")
    lenders = [s for s in before.slots if s.frame and s.basis in sure and s.measure == "count"]
    for slot in match.slots:
        if not slot.counts:
            if slot.frame is not None:
                return
            continue
        part = _opens_part(match.scene.items, slot)
        large = [s for s in lenders if not part or s.number.value >= slot.number.value]
        lender = next((s for s in large if can_count(slot, s, frames)), None)
        if lender is None or (slot.frame is not None and not _moved(match, slot, lender, frames)):
            return
        if _refers_back(match.scene.items, slot):
            _lend(slot, lender, "anaphor")
            if slot.link.kind == "none" and _opens_part(match.scene.items, slot):
                slot.whole = lender
        return


def _moved(match: Match, slot: Slot, lender: Slot, frames: Frames) -> bool:
    """Whether a part of people sent somewhere ("among them, 341 came by ...") was read as a movement of its own."""
    if slot.frame is None or lender.frame is None or lender.frame.event not in frames.directed:
        return False
    return slot.frame.event in frames.motions | frames.directed and _opens_part(match.scene.items, slot)


def _refers_back(items: Sequence[Item], slot: Slot) -> bool:
    """Whether an anaphor or "among them" stands between the sentence's start and the number."""
    before = items[: slot.at]
    if any(item.tags.verbs or item.number for item in before if "measure" not in item.tags.function):
        return False
    if slot.phrase.other and len(before) <= _REACH:
        return True
    if slot.phrase.status == "empty" and before and "measure" in before[-1].tags.function:
        return True
    return any(item.tags.function & {"anaphor", "of_them", "including"} for item in before)


def _opens_part(items: Sequence[Item], slot: Slot) -> bool:
    return any(item.tags.function & {"of_them", "including"} for item in items[: slot.at])


def carry_heading(match: Match, openers: Sequence[Match], frames: Frames, scope: Scope) -> None:
    """Let the items of a list and the rows of a table take the reading that a line above them names, the nearest
    first.
    """
    for opener in openers:
        items = opener.scene.items
        topic = find_topic(items, 0, len(items), Chooser(frames, opener.scene.contexts))
        if topic is None or not scope.believes(opener.scene, topic.frame) or scope.denies(match.scene):
            continue
        for slot in match.slots:
            if slot.frame is None and slot.counts and _under(slot, topic, frames):
                slot.take(topic.frame, "group", -1, topic.classes)
        return


def _under(slot: Slot, topic: Topic, frames: Frames) -> bool:
    phrase = slot.phrase
    if phrase.status == "empty" or phrase.classes & topic.classes:
        return True
    return frames.is_person(phrase.classes) and topic.frame.counts_people
