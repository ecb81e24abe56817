"""Reads lists of places and peoples, each with its number: "Spain 1,115, France 755", "Afghans - 1,905"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from migstats.matching.match import Matcher
from migstats.matching.scope import Chooser, Topic, find_topic, tells_apart
from migstats.matching.slot import Match, Slot
from migstats.matching.topic import Told
from migstats.value import dataclass
from migstats.words.item import Item

FEWEST = 2
"""Entries that make a list."""
LONG = 4
"""Entries of a list that is a part of what the paragraph before it counts, without a word that says so."""
LONGEST = 7
"""Items that the name of an entry may take."""
BACK = 8
"""Sentences back in which the total of a list may stand."""
BLOCKS = 3
"""Blocks back in which it may."""
_SLACK, _EXACT = Decimal("1.02"), Decimal("0.005")
_PASSED = frozenset(["other", "of", "and", "adjective", "to", "including"])


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries that follow one another, and where the first one's name starts."""

    slots: tuple[Slot, ...]
    start: int

    @property
    def total(self) -> Decimal:
        """What its entries come to."""
        return sum((slot.number.value for slot in self.slots), Decimal(0))


def settle_lists(match: Match, before: Sequence[Match], matcher: Matcher) -> None:
    """Let the entries of lists take what their opener names, or what the total they add up to counts."""
    if match.scene.block.kind == "related" or matcher.scope.denies(match.scene):
        return
    for listing in _find(match, matcher):
        if any(slot.frame is not None for slot in listing.slots):
            continue
        told = _named(match, listing, matcher) or _closed(match, listing) or _total(match, listing, before, matcher)
        if told is None:
            continue
        for slot in listing.slots:
            slot.take(told.frame, "group", -1, told.classes)
            slot.source = slot.whole = told.slot


def _closed(match: Match, listing: Listing) -> Told | None:
    """What the last entry counts, where it alone has a noun: "Italy, with 128, and Spain, with 31 claims"."""
    after = next((slot for slot in match.slots if slot.at > listing.slots[-1].at), None)
    if after is None or after.frame is None or after.measure != "count" or len(listing.slots) < FEWEST:
        return None
    between = match.scene.items[listing.slots[-1].at + 1 : after.at]
    plain = all(i.mark or i.place is not None or not (i.tags.verbs or i.tags.counted or i.tags.claims) for i in between)
    named = any(item.place is not None for item in between)
    return Told(after.frame, after.classes, None) if plain and named else None


def _find(match: Match, matcher: Matcher) -> list[Listing]:
    """The lists of a sentence; one entry alone is a list where it is the whole sentence."""
    items, found = match.scene.items, []
    run: list[Slot] = []
    start = 0
    for slot in [*match.slots, None]:
        label = _label(items, slot, matcher) if slot is not None else None
        follows = label is not None and bool(run) and _adjoins(items, run[-1], label)
        if run and not follows:
            alone = start == 0 and run[-1].phrase.end >= len(items) - 1
            if len(run) >= FEWEST or alone:
                found.append(Listing(tuple(run), start))
            run = []
        if slot is not None and label is not None:
            start = start if run else label
            run.append(slot)
    return found


def _label(items: Sequence[Item], slot: Slot, matcher: Matcher) -> int | None:
    """Where the name of a place or people begins that stands right before a number without a noun of its own."""
    if not slot.counts or slot.phrase.status not in ("empty", "unknown") or slot.number.words:
        return None
    if slot.phrase.status == "unknown" and not _named_behind(items, slot):
        return None
    i = _before(items, slot.at, matcher)
    end, named = i, False
    while i >= 0 and end - i < LONGEST and _names(items, i, matcher):
        named = named or _is_name(items[i], matcher)
        i -= 1
    return i + 1 if named else None


def _before(items: Sequence[Item], at: int, matcher: Matcher) -> int:
    """The last item of the name before a number, past marks and a comma with its preposition ("Haiti, with 23")."""
    i = at - 1
    if i > 0 and items[i].key in matcher.grammar.prepositions and items[i - 1].key == ",":
        i -= 1
    while i >= 0 and items[i].mark and items[i].key in ",:-(\"'":
        i -= 1
    return i


def _is_name(item: Item, matcher: Matcher) -> bool:
    return item.place is not None or "other" in item.tags.function or matcher.frames.is_person(item.tags.counted)


def _named_behind(items: Sequence[Item], slot: Slot) -> bool:
    """Whether the words behind a number name the next entry's place ("Spain 12 Western Sahara 3")."""
    return any(item.place is not None for item in items[slot.at + 1 : slot.phrase.end + 1])


def _names(items: Sequence[Item], i: int, matcher: Matcher) -> bool:
    """Whether an item is a part of an entry's name."""
    item = items[i]
    inside = any(p.place is not None and p.start <= item.start < p.place.end for p in items[max(0, i - 4) : i])
    if item.mark:
        return inside or (item.key == "-" and not item.spaced)
    if item.number is not None or item.period is not None or item.tags.verbs:
        return False
    small = item.key in matcher.grammar.determiners or item.key in matcher.grammar.prepositions
    return _is_name(item, matcher) or inside or small or bool(item.tags.function & _PASSED)


def _adjoins(items: Sequence[Item], one: Slot, label: int) -> bool:
    """Whether nothing but marks, a bracket and "and" stands between an entry and the name of the next."""
    depth = 0
    for item in items[one.at + 1 : label]:
        depth += (item.key in "([") - (item.key in ")]") if item.mark else 0
        if not (item.mark or depth or item.depth > one.item.depth or "and" in item.tags.function):
            return False
        if item.mark and item.key == ":":
            return False
    return True


def _named(match: Match, listing: Listing, matcher: Matcher) -> Told | None:
    """What the words before the list name, behind which a colon stands."""
    items = match.scene.items
    i = listing.start - 1
    while i >= 0 and items[i].mark and items[i].key in "\"'(-":
        i -= 1
    if i < 0 or items[i].key != ":" or any(item.candidate for item in items[:i]):
        return None
    told = _told_by(match, i, matcher)
    if told is None or tells_apart(items[: told.at], matcher.frames):
        return None
    return Told(told.frame, told.classes, None)


def _told_by(match: Match, end: int, matcher: Matcher) -> Topic | None:
    """The indicator that the words of a sentence up to `end` name."""
    chooser = Chooser(matcher.frames, match.scene.contexts, matcher.scope.around(match.scene))
    topic = find_topic(match.scene.items, 0, end, chooser)
    return topic if topic is not None and matcher.scope.believes(match.scene, topic.frame) else None


def _total(match: Match, listing: Listing, before: Sequence[Match], matcher: Matcher) -> Told | None:
    """The nearest count before the list that it may be a part of; beyond its paragraph, one that it adds up to."""
    block, total = match.scene.sentence.block, listing.total
    opened = tells_apart(match.scene.items[: listing.start], matcher.frames)
    if any(_unread(slot, listing) for slot in match.slots):
        return None
    for other in [match, *reversed(before[-BACK:])]:
        back = block - other.scene.sentence.block
        if back > BLOCKS or other.scene.block.kind == "related":
            break
        told = _announced(match, other, listing, matcher)
        if told is not None:
            return told
        for slot in reversed(other.slots):
            if other is match and slot.at >= listing.slots[0].at:
                continue
            if slot.frame is None or slot.measure != "count" or (not slot.frame.counts_people and not opened):
                continue
            exact = abs(slot.number.value - total) <= _EXACT * total
            near = back == 0 or opened or (back == 1 and len(listing.slots) >= LONG)
            part = near and total <= slot.number.value * _SLACK and slot.basis in ("anchor", "pattern")
            if exact or part:
                return Told(slot.frame, slot.classes, slot)
    return None


def _unread(slot: Slot, listing: Listing) -> bool:
    """Whether a number before a list in its sentence, which could be its total, has no reading."""
    before = slot.at < listing.slots[0].at and slot not in listing.slots
    return before and slot.counts and slot.frame is None and slot.phrase.status in ("known", "unknown")


def _announced(match: Match, other: Match, listing: Listing, matcher: Matcher) -> Told | None:
    """What a sentence or heading without a number names above a list that only tells places."""
    if other is match or any(slot.counts for slot in other.slots):
        alone = other is not match and len(other.slots) == 1 and other.slots[0].whole is None
        slot = other.slots[0] if alone else None
        lone = slot is not None and slot.basis == "group" and slot.source is None and listing.start == 0
        same = other.scene.sentence.block == match.scene.sentence.block
        return Told(slot.frame, slot.classes, None) if lone and same and slot is not None and slot.frame else None
    heading = other.scene.block.kind == "heading" and tells_apart(match.scene.items[: listing.start], matcher.frames)
    if not heading and (listing.start or other.scene.sentence.block != match.scene.sentence.block):
        return None
    topic = _told_by(other, len(other.scene.items), matcher)
    return Told(topic.frame, topic.classes, None) if topic is not None else None
