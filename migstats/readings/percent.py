"""Reads percentages, fractions and multiples: shares of an indicator, changes told with a count, changes alone."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.frame import CASE, Frame
from migstats.matching.candidate import BARE
from migstats.matching.change import is_change
from migstats.matching.match import Matcher
from migstats.matching.nounphrase import PARTS
from migstats.matching.scope import Chooser, find_topic, without_reach
from migstats.matching.slot import Match, Slot
from migstats.matching.topic import Memory, is_of_things
from migstats.readings.moment import is_compared, is_measured
from migstats.value import replace
from migstats.words.item import Item

PERCENT = 100
WITHIN = 10
"""Items before a share in which its whole is named."""
NEAR = 5.0
"""The farthest that an event may stand from a share's noun."""
LEADS = 6
"""Items between a change and the number that it leads to."""
OWNERLESS = frozenset(["year", "date", "duration", "ordinal", "article"])
"""Kinds of numbers beside which a change has no owner."""


def read_percentages(match: Match, matcher: Matcher, memory: Memory) -> None:
    """Settle every percentage, fraction and multiple of a sentence; `memory` is what the text has been counting."""
    for n, slot in enumerate(match.slots):
        number = slot.number
        if slot.frame is not None or slot.measure == "attached":
            continue
        if number.form not in PARTS | {"multiple"}:
            _bare_share(match, n)
            continue
        if number.form == "multiple" or is_change(match, n):
            told = is_measured(match, slot) and _count_of_change(match, n) is not None
            if (told or slot.phrase.status not in ("unknown", "claimed")) and not _of_another(match, slot):
                _change(match, matcher, n, memory)
        else:
            _share(match, matcher, n, memory)
            if slot.frame is not None and matcher.candidates.is_decided(match, slot, slot.frame):
                slot.frame = slot.whole = slot.source = None


def _of_another(match: Match, slot: Slot) -> bool:
    """Whether a change belongs to a number that is no figure: in brackets behind it ("1,290 pounds (+20 %)"), or right
    beside it.
    """
    items = match.scene.items
    at = next((i for i in range(slot.at - 1, -1, -1) if items[i].number is not None), -1)
    owner = next((s for s in match.slots if s.at == at), None)
    number, end = (items[at].number if at >= 0 else None), (owner.phrase.end if owner is not None else at + 2)
    if number is None or not (slot.item.depth or all(i.mark for i in items[end : slot.at])):
        return False
    other = bool(number.kind) and (slot.item.depth > 0 or number.kind not in OWNERLESS)
    return other or (owner is not None and owner.frame is None and owner.measure != "attached")


def _bare_share(match: Match, n: int) -> None:
    """A number in a list of shares whose percent sign is left out: "Africa 55%, Asia 20, Europe 13"."""
    slot, earlier = match.slots[n], match.slots[n - 1] if n else None
    if earlier is None or earlier.measure != "share" or earlier.frame is None or slot.link.kind != "list":
        return
    number, whole = slot.number, earlier.number
    if slot.phrase.status == "empty" and number.value <= PERCENT - whole.value:
        slot.take(earlier.frame, "group", earlier.event, earlier.classes)
        slot.measure, slot.source, slot.whole = "share", earlier, earlier.whole


def _change(match: Match, matcher: Matcher, n: int, memory: Memory) -> None:
    slot = match.slots[n]
    count = _count_of_change(match, n)
    if count is not None:
        count.change = slot.item
        slot.measure, slot.basis = "attached", "anchor"
        slot.whole = count
        return
    earlier = match.slots[n - 1] if n else None
    if (
        earlier is not None
        and earlier.measure == "change"
        and earlier.frame is not None
        and slot.link.kind in ("list", "clause")
    ):
        slot.take(earlier.frame, "group", earlier.event, earlier.classes)
        slot.measure, slot.source = "change", earlier
        return
    if _is_second(slot, earlier):
        return
    words = without_reach(match.scene.items, slot.at, matcher.grammar, matcher.frames)
    chooser = Chooser(matcher.frames, match.scene.contexts)
    topic = find_topic(words, *_clause(words, slot.at), chooser) or find_topic(words, 0, len(words), chooser)
    if topic is not None and matcher.scope.believes(match.scene, topic.frame):
        slot.take(topic.frame, "anchor", topic.at, topic.classes)
        slot.measure = "change"
    else:
        _from_memory(match, matcher, slot, memory, "change")
    _lead_to_level(match, n)


def _is_second(slot: Slot, earlier: Slot | None) -> bool:
    """Settle the second change of a count: "12,900, a fall of 21.5 % on September and of 14.2 % on August"."""
    count = earlier.whole if earlier is not None and earlier.measure == "attached" else None
    if count is None or count.frame is None or slot.link.kind not in ("list", "clause"):
        return False
    slot.take(count.frame, "group", count.event, count.classes)
    slot.measure, slot.source, slot.whole = "change", count, count
    return True


def _lead_to_level(match: Match, n: int) -> None:
    """Let the number that a change leads to ("fell by 64 % in a year, to 11,700") count the same, with the change its
    own.
    """
    slot, level = match.slots[n], (match.slots[n + 1] if n + 1 < len(match.slots) else None)
    if level is None or slot.frame is None or slot.measure != "change" or level.frame is not None:
        return
    between = match.scene.items[slot.at + 1 : level.at]
    reached = len(between) == 1 and between[0].key == "," and level.number.qualifier == "at_most"
    led = reached or any("to" in item.tags.function for item in between)
    if (
        led
        and level.phrase.status == "empty"
        and level.counts
        and len(between) <= LEADS
        and all(map(_is_passed, between))
    ):
        level.take(slot.frame, slot.basis, slot.event, slot.classes)
        level.source, level.change = slot.source, slot.item
        if reached:  # the word for "at most" is also that for "as far as": a change that ends there tells which
            level.item = replace(level.item, number=replace(level.number, qualifier="exact"))
        slot.frame, slot.measure, slot.whole = None, "attached", level


def _is_passed(item: Item) -> bool:
    tags = item.tags
    return not (item.candidate or tags.events or tags.counted or tags.claims or "restart" in tags.function)


def _clause(items: Sequence[Item], at: int) -> tuple[int, int]:
    """The stretch around an item in which no word opens a new clause."""
    parts = [i for i, item in enumerate(items) if "restart" in item.tags.function or item.key == ";"]
    return max((i for i in parts if i < at), default=0), min((i for i in parts if i > at), default=len(items))


def _from_memory(match: Match, matcher: Matcher, slot: Slot, memory: Memory, measure: str) -> None:
    """A share or change of what the text has been counting."""
    told = memory.topic(match)
    n = match.slots.index(slot)
    elsewhere = n > 0 and is_of_things(match.slots[n - 1], matcher.frames)
    if told is not None and not elsewhere and not matcher.scope.denies(match.scene):
        slot.take(told.frame, "anaphor", -1, told.classes)
        slot.measure, slot.source = measure, told.slot


def _count_of_change(match: Match, n: int) -> Slot | None:
    """The count of the same sentence that a change belongs to: the one before it, else the one it leads to."""
    slot = match.slots[n]
    if n + 1 < len(match.slots):
        leads = match.scene.items[slot.at + 1 : match.slots[n + 1].at]
        owner = match.slots[n + 1]
        if (
            len(leads) == 1
            and not leads[0].mark
            and owner.frame is not None
            and owner.measure == "count"
            and "and" not in leads[0].tags.function
        ):
            return owner
    for other in reversed(match.slots[:n]):
        if other.link.kind == "versus" or other.item.depth > slot.item.depth:
            continue
        if other.number.form in PARTS:
            break
        if other.frame is not None and other.measure == "count" and other.change is None:
            return other
    if slot.item.depth:
        return None
    for other in match.slots[n + 1 : n + 2]:
        if (
            other.frame is not None
            and other.measure == "count"
            and other.change is None
            and other.link.kind not in ("break", "bracket")
            and not is_compared(match, other)
        ):
            return other
    return None


def _share(match: Match, matcher: Matcher, n: int, memory: Memory) -> None:
    slot = match.slots[n]
    if slot.number.value > PERCENT or _share_of_count(match, n) or slot.phrase.status in ("unknown", "claimed"):
        return
    items, about = match.scene.items, match.scene.contexts
    frame = _share_frame(match, matcher, slot, memory)
    if frame is not None:
        slot.take(frame, "anchor")
        slot.measure = "share"
        slot.whole = _same_count(match.slots[:n], slot)
        return
    topic = find_topic(items, max(0, slot.at - WITHIN), slot.at, Chooser(matcher.frames, about), nearest=True)
    if topic is not None and matcher.scope.believes(match.scene, topic.frame) and _opened(items, slot):
        slot.take(topic.frame, "anchor", topic.at, topic.classes)
        slot.measure = "share"
        slot.whole = _same_count(match.slots[:n], slot)
    elif _narrows(match, slot):
        _from_memory(match, matcher, slot, memory, "share")


def _share_of_count(match: Match, n: int) -> bool:
    """Settle a share whose whole is a number of its sentence; true also where that number remains unread."""
    slot, source = match.slots[n], match.slots[n - 1] if n else None
    if source is None:
        return False
    if source.frame is not None and source.measure == "share" and slot.link.kind != "break":
        _share_with(slot, source)
        slot.whole = source.whole
        return True
    if source.frame is not None and source.measure == "count" and slot.link.kind in ("including", "bracket"):
        _share_with(slot, source)
        return True
    if _of_unread(slot, source):
        return True
    if not (slot.phrase.other and slot.phrase.status == "empty"):
        return False
    whole = next((s for s in reversed(match.slots[:n]) if s.frame and s.measure == "count"), None)
    if whole is not None:
        _share_with(slot, whole)
    return whole is not None


def _share_with(slot: Slot, source: Slot) -> None:
    assert source.frame is not None
    slot.take(source.frame, "group", source.event, source.classes)
    slot.measure, slot.source, slot.whole = "share", source, source


def _of_unread(slot: Slot, head: Slot) -> bool:
    """Whether the share is one of a count beside it that remains unread."""
    if head.frame is not None or not head.counts or head.phrase.status == "empty":
        return False
    listed = slot.link.kind == "list" and slot.phrase.other and head.phrase.status == "known"
    return listed or slot.link.kind in ("including", "bracket")


def _opened(items: Sequence[Item], slot: Slot) -> bool:
    """Whether the whole is named before the share: "among those intercepted, N%", "of the arrivals, N%"."""
    return any(
        item.tags.function & {"including", "of_them", "of"} for item in items[max(0, slot.at - WITHIN) : slot.at]
    )


def _narrows(match: Match, slot: Slot) -> bool:
    """Whether a share without its whole may be one of what the text counts: in brackets or a list, or of people."""
    if slot.phrase.status == "claimed":
        return False
    following = next((s for s in match.slots if s.at == slot.at + 2), None)
    bracket = following is not None and following.link.kind == "bracket" and following.counts
    listed = bracket or slot.item.depth > 0 or match.scene.block.kind in ("item", "row")
    return listed or bool(slot.phrase.classes) or any(item.tags.counted or item.place for item in match.scene.items)


def _share_frame(match: Match, matcher: Matcher, slot: Slot, memory: Memory) -> Frame | None:
    """The frame of "58 % of arrivals", "a third of those rescued"; of people alone, that of what is being counted."""
    about = match.scene.contexts
    frames = matcher.frames
    for event in sorted(slot.phrase.events):
        frame = frames.choose(event, frozenset([CASE]), about)
        if frame is not None and matcher.scope.believes(match.scene, frame):
            return frame
    if slot.phrase.status == "unknown":
        return None
    options = [row for row in matcher.candidates.of(match, slot) if row.at >= 0]
    options.sort(key=lambda row: row.cost)
    for cost, _, _, frame in options:
        if cost <= (NEAR if slot.phrase.classes else BARE) and matcher.scope.believes(match.scene, frame):
            return frame
    if not slot.phrase.classes:
        return None
    told = memory.topic(match)
    if told is not None and frames.is_person(slot.phrase.classes):
        return told.frame
    bare = frames.choose("", slot.phrase.classes, about)
    return bare if bare is not None and matcher.scope.believes(match.scene, bare) else None


def _same_count(slots: Sequence[Slot], slot: Slot) -> Slot | None:
    return next(
        (
            s
            for s in reversed(slots)
            if s.frame and slot.frame and s.frame.indicator == slot.frame.indicator and s.measure == "count"
        ),
        None,
    )
