"""Remembers what a text is counting, and lends it to numbers whose own sentence does not say."""

from __future__ import annotations

from migstats.find import Findings
from migstats.frame import PERSON, Frame, Frames
from migstats.matching.clause import clause_start, ends_clause, says_more
from migstats.matching.heads import is_described, is_headless, is_whole_of
from migstats.matching.match import Matcher
from migstats.matching.scope import OPENING, Chooser, Scope, find_topic
from migstats.matching.slot import Match, Slot
from migstats.value import dataclass, field

_NONE: frozenset[str] = frozenset()
_PERSON = frozenset([PERSON])
BESIDE = 3
"""Items beside a number, or behind its noun, in which a verb is its own."""
CLEAR = 4.0
"""A verb of another event nearer than this tells that something else happened to those counted."""


@dataclass(slots=True)
class Told:
    """What was counted last: the frame, and the classes of its noun."""

    frame: Frame
    classes: frozenset[str]
    slot: Slot | None
    """None where a heading names it without a number."""


@dataclass(slots=True)
class Memory:
    """What has been counted so far, by block, since the last heading, and in the document."""

    by_block: dict[int, Told | None] = field(default_factory=dict)
    section: Told | None = None
    lead: Told | None = None
    flow: Told | None = None
    """The directed event that the text is about, if it is about one: people brought home, expelled, helped to return.
    """
    begun: bool = False
    """Whether any figure was found yet."""
    last: Slot | None = None
    """The last number before this sentence that could have been a figure."""

    def note(self, match: Match) -> None:
        """Remember the sentence's surest reading."""
        if match.scene.block.kind == "related":
            return
        told = next(
            (s for s in match.slots if s.frame and s.measure == "count" and s.basis in ("anchor", "pattern")), None
        )
        if told is None or told.frame is None or self._is_part(match, told):
            return
        first = self.lead is None or self.lead.frame.indicator == told.frame.indicator
        if told.frame.lends == "never" or (told.frame.lends == "first" and not first):
            if told.frame.counts_people:
                self.by_block[match.scene.sentence.block] = None
            return
        row = Told(told.frame, told.classes, told)
        self.by_block[match.scene.sentence.block] = row
        self.section = row
        if self.lead is None:
            self.lead = row

    def _is_part(self, match: Match, slot: Slot) -> bool:
        """Whether something else is told of a part of what is being counted ("of those returned, N went freely")."""
        opens = bool(match.scene.items[0].tags.function & {"of", "of_them"})
        before = self.topic(match)
        return opens and before is not None and slot.frame is not None and before.frame.event != slot.frame.event

    def enter(self, match: Match) -> None:
        """A new sentence begins; a heading opens a new section."""
        if match.scene.block.kind == "heading":
            self.section = None

    def leave(self, match: Match, frames: Frames, scope: Scope) -> None:
        """A sentence ends; a heading may have named what is counted below it."""
        for slot in match.slots:
            if slot.counts:
                self.last = slot
        if self.lead is None and not self.begun:
            self._note_change(match)
        self.begun = self.begun or any(s.frame is not None for s in match.slots)
        if match.scene.block.kind != "heading" or self.section is not None:
            return
        items = match.scene.items
        topic = find_topic(items, 0, len(items), Chooser(frames, match.scene.contexts))
        if topic is None or topic.frame.lends == "never" or not scope.believes(match.scene, topic.frame):
            return
        self.section = Told(topic.frame, topic.classes, None)
        if self.lead is None:
            self.lead = self.section

    def _note_change(self, match: Match) -> None:
        """A text may open with a rise or fall: it tells what is counted, as a number would."""
        told = next((s for s in match.slots if s.frame and s.measure == "change" and s.basis == "anchor"), None)
        if told is None or told.frame is None or told.frame.lends == "never" or match.scene.block.kind == "related":
            return
        self.lead = self.section = Told(told.frame, told.classes, None)

    def topic(self, match: Match) -> Told | None:
        """What the numbers of this sentence may be counting."""
        block = match.scene.sentence.block
        return self.by_block.get(block, self.section or self.lead)


def carry_topic(match: Match, memory: Memory, matcher: Matcher) -> None:
    """Lend what is being counted to the numbers of people of a sentence that tells no event of its own for them."""
    frames, scope = matcher.frames, matcher.scope
    told = memory.topic(match)
    if told is None or match.scene.block.kind == "related" or scope.denies(match.scene):
        return
    before = memory.last
    for slot in match.slots:
        before, previous = (slot if slot.counts else before), before
        if slot.frame is not None or not slot.counts or is_whole_of(match, slot, told.slot) or is_headless(match, slot):
            continue
        if slot.weak is not None and told.frame.event not in frames.directed:
            continue
        described = is_described(match, slot, frames)
        labelled = described or _labelled(match, slot) or _parted(match, slot, matcher)
        refers = described or _refers_back(match, slot)
        how = (labelled, _stated(match, slot, matcher.grammar.determiners), refers)
        if not _open(slot, previous, told, frames, how) or _happens_otherwise(match, slot, told, matcher):
            continue
        slot.take(told.frame, "anaphor", -1, told.classes)
        slot.source = told.slot


def _stated(match: Match, slot: Slot, determiners: frozenset[str]) -> bool:
    """Whether "there are" or a word that states a number stands before it, an article between them or not."""
    items, i = match.scene.items, slot.at - 1
    while i > 0 and items[i].key in determiners:
        i -= 1
    return i >= 0 and bool(items[i].tags.function & {"be", "measure", "container"})


def _states_other(match: Match, slot: Slot, told: Told) -> bool:
    """Whether the subject of the word that states the number names another event than the one being counted."""
    for item in reversed(match.scene.items[: slot.at - 1]):
        if ends_clause(item):
            return False
        if item.tags.events and "measure" not in item.tags.function:
            return told.frame.event not in item.tags.events
    return False


def _refers_back(match: Match, slot: Slot) -> bool:
    """Whether "of the total" or the like opens the sentence of a number."""
    return any("of_them" in item.tags.function for item in match.scene.items[: slot.at])


def _labelled(match: Match, slot: Slot) -> bool:
    """Whether the number stands behind the label of a list item or row: "- Eastern route: N"."""
    items = match.scene.items
    return (
        match.scene.block.kind in ("item", "row")
        and slot.link.kind == "none"
        and slot.at > 0
        and items[slot.at - 1].key in (":", "-")
    )


def _parted(match: Match, slot: Slot, matcher: Matcher) -> bool:
    """Whether "of the Hondurans" or "among the minors" opens the number's clause."""
    before = match.scene.items[clause_start(match, slot) : slot.at]
    while before and "and" in before[0].tags.function:
        before = before[1:]
    if not before or not before[0].tags.function & {"of", "of_them", "including"}:
        return False
    people = any(matcher.frames.is_person(i.tags.counted) or (i.place and i.place.kind == "people") for i in before)
    return people or "of_them" in before[0].tags.function


def _open(slot: Slot, before: Slot | None, told: Told, frames: Frames, how: tuple[bool, bool, bool]) -> bool:
    """Whether the number's own phrase lets it count what is being counted; one without a noun must follow a figure."""
    phrase, (listed, stated, refers_back) = slot.phrase, how
    if phrase.status == "known":
        return bool(phrase.classes & told.classes) or (frames.is_anyone(phrase.classes) and told.frame.counts_people)
    if phrase.status != "empty":
        return False
    if slot.link.kind == "none" and before is not None and before.frame is not None and refers_back:
        return True
    if stated and before is not None and before.frame is not None and before.frame.indicator == told.frame.indicator:
        return True
    if stated and before is None:
        return True
    if before is None or before.frame is None:
        things = before is not None and slot.link.kind in ("bracket", "list") and is_of_things(before, frames)
        return listed or (slot.item.depth > 0 and slot.link.kind in ("bracket", "list") and not things)
    return phrase.other or slot.item.depth > 0 or slot.link.kind in ("list", "clause", "including", "versus", "measure")


def is_of_things(slot: Slot, frames: Frames) -> bool:
    """Whether a number that is no figure counts something else than people."""
    known = slot.phrase.status == "known" and not frames.is_person(slot.phrase.classes)
    return slot.frame is None and (known or slot.phrase.status == "claimed")


def find_flow(findings: Findings, frames: Frames) -> Told | None:
    """The directed event that a text speaks of most, where it does so at its start or more than once, and more than of
    arrivals.
    """
    counts: dict[str, int] = {}
    for scene in findings.scenes:
        weight = 2 if scene.sentence.block <= findings.scenes[0].sentence.block + OPENING else 1
        for item in scene.items:
            for event in item.tags.events & frames.directed:
                counts[event] = counts.get(event, 0) + weight
            for event in item.tags.nouns & frames.motions:
                counts[event] = counts.get(event, 0) + weight
    event = max(sorted(counts), key=lambda name: counts[name], default="")
    if event not in frames.homeward or counts[event] <= OPENING:
        return None
    frame = frames.choose(event, _PERSON, _NONE)
    return Told(frame, _PERSON, None) if frame is not None else None


def settle_weak(match: Match, matcher: Matcher) -> None:
    """Give the numbers that nothing else explains what their noun alone says, where nothing is told of them that makes
    no figure.
    """
    items, told = match.scene.items, matcher.frames.told
    for slot in match.slots:
        if slot.frame is not None or slot.weak is None or not matcher.scope.believes(match.scene, slot.weak):
            continue
        around = items[max(0, slot.at - BESIDE) : slot.at], items[slot.phrase.end : slot.phrase.end + BESIDE]
        if not any(item.tags.verbs - told for row in around for item in row):
            slot.take(slot.weak, "anchor")


def _happens_otherwise(match: Match, slot: Slot, told: Told, matcher: Matcher) -> bool:
    """Whether another event stands right beside the number, or those counted have a verb of their own."""
    assert match.path is not None
    if slot.phrase.status == "known" and (
        matcher.reach.is_busy(match, slot, len(match.scene.items)) or says_more(match, slot, matcher.grammar)
    ):
        return True
    if _stated(match, slot, matcher.grammar.determiners) and _states_other(match, slot, told):
        return True
    for k, item in enumerate(match.scene.items):
        events = item.tags.events
        if not events or slot.at < k < slot.phrase.end or told.frame.event in events:
            continue
        cost = (
            match.path.between(k, slot.at, slot.item.depth)
            if k < slot.at
            else match.path.between(slot.phrase.end - 1, k, slot.item.depth)
        )
        if cost <= CLEAR:
            return True
    return False
