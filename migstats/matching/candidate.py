"""Lists the frames that a number could make, each with what it costs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from migstats.frame import CASE, PERSON, Frame, Frames
from migstats.matching.reach import Reach
from migstats.matching.scope import Scope
from migstats.matching.slot import Match, Slot
from migstats.words.item import Item

ANCHOR = 10.0
"""The farthest that an event may stand from its number."""
BARE = 3.0
"""The same where no noun is named."""
WEAK = 2
"""From this cost on a noun alone gives way to what the text is counting."""
NAMING = 6
"""Items behind a noun phrase in which "as" or "to be" may give those counted another name."""
BESIDE = 1
"""Items behind a phrase in which an event describes those counted."""
GOVERNED = 0.6
"""A noun that heads another number's phrase is an event for this one only as near as "of"."""
NAMED = 1.5
"""The cost of an event that the counted noun itself names: a verb beside it may still tell another."""
LED = 2.0
"""What it adds that an event behind "and" stands as near to the next number."""
_NO_EVENTS: frozenset[str] = frozenset()
ALONE, RENAMED, GOVERNING = 4.0, -0.3, -0.5
"""The cost of a noun that says all by itself, of one that follows as another name, and of one that governs the number.
"""
_DEFAULT = frozenset([PERSON])
_CASE = frozenset([CASE])


class Candidate(NamedTuple):
    """A frame that a number could make."""

    cost: float
    at: int
    """Index of the item that tells the event; -1 where the noun alone does."""
    event: str
    frame: Frame


class Candidates:
    """Finds the frames for the numbers of one document."""

    def __init__(self, frames: Frames, scope: Scope, reach: Reach) -> None:
        self.frames, self.scope, self.reach = frames, scope, reach
        self.grammar = reach.grammar

    def of(self, match: Match, slot: Slot) -> list[Candidate]:
        """The frames that a number could make, in no order; what its noun alone says for want of better is left in
        `slot.weak`.
        """
        phrase = slot.phrase
        if phrase.status == "unknown":
            slot.lacked = phrase.word
            return []
        rows = [*self._named_events(match, slot), *self._told_events(match, slot)]
        around = self.scope.around(match.scene)
        bare = self.frames.choose("", phrase.classes, match.scene.contexts, around) if phrase.classes else None
        if bare is not None and bare.cost >= WEAK and self.reach.relates(match.scene.items, slot):
            rows = [row for row in rows if row.at != phrase.end]
        if bare is not None and self.is_decided(match, slot, bare):
            bare = None
        if bare is not None and bare.cost >= WEAK:
            slot.weak = bare
        elif bare is not None:
            rows.append(Candidate(ALONE + bare.cost, -1, "", bare))
        named = self._named_as(match, slot)
        if named is not None:
            rows.append(Candidate(RENAMED, -1, "", named))
        governing = self._governing(match, slot)
        if governing is not None:
            rows.append(Candidate(GOVERNING, -1, "", governing))
        return rows

    def is_decided(self, match: Match, slot: Slot, frame: Frame) -> bool:
        """Whether requests are counted by what was decided on them, not as made."""
        return frame.indicator in self.frames.asking and self.reach.is_decided(match, slot, self.frames.closing)

    def _named_events(self, match: Match, slot: Slot) -> list[Candidate]:
        """Frames of the events that the counted noun itself, or a participle before it, names."""
        phrase, rows = slot.phrase, []
        classes = phrase.classes or phrase.claims or _DEFAULT
        for event in sorted(phrase.events | phrase.within):
            kind = (classes & _CASE or classes) if event in phrase.events else classes
            frame = self.frames.choose(event, kind, match.scene.contexts, self.scope.around(match.scene))
            if frame is not None:
                rows.append(Candidate(NAMED, phrase.head, event, frame))
        return rows

    def _told_events(self, match: Match, slot: Slot) -> list[Candidate]:
        """Frames of the events told around the number."""
        phrase, scene = slot.phrase, match.scene
        classes = (phrase.classes or phrase.claims or _DEFAULT) - _CASE
        heads = {s.phrase.head for s in match.slots if s is not slot}
        part = slot.inside or slot.link.kind in ("including", "bracket")
        limit = BARE if part else ANCHOR if phrase.status != "empty" else BARE * (2 if phrase.other else 1)
        passed = self.frames.motions if part else _NO_EVENTS
        labelled = phrase.status == "empty" and self._is_labelled(scene.items, slot.at)
        rows: list[Candidate] = []
        for k in self._within(match, slot):
            item, cost = scene.items[k], self.reach.cost(match, slot, k)
            if (
                cost > limit
                or self._only_reaches(match, slot, k)
                or self._is_measured(match, slot, k)
                or self.reach.is_of_part(match, slot, k)
                or (labelled and k < slot.at and scene.items[k - 1].key not in self.grammar.determiners)
                or (k in heads and cost > GOVERNED)
                or (phrase.status == "empty" and self.reach.crosses(match, slot, k))
            ):
                continue
            if k < slot.at:
                cost = self.reach.joined(scene.items, k, cost)
            elif self.reach.leads_on(match, slot, k):
                cost += LED
            for event in sorted(item.tags.events - passed):
                form = cost + self.reach.voice(match, slot, k, event)
                frame = (
                    self.frames.choose(
                        event, self._acted(match, slot, k, classes), scene.contexts, self.scope.around(scene)
                    )
                    if form <= limit
                    else None
                )
                if frame is not None and not (part and form + frame.cost > limit):
                    rows.append(Candidate(form + frame.cost, k, event, frame))
        return self._without_motions(rows, phrase.end)

    def _within(self, match: Match, slot: Slot) -> list[int]:
        """The indices of the events that may be told of a number, as far as the words right before it let them."""
        items = match.scene.items
        first = self.reach.other_event(match, slot) + 1
        last = slot.phrase.end if self.reach.follows_boat(items, slot) else len(items)
        return [
            k
            for k in match.events[bisect_left(match.events, first) : bisect_left(match.events, last)]
            if not slot.at < k < slot.phrase.end and not (k < slot.at and self.reach.states(items, k))
        ]

    def _without_motions(self, rows: list[Candidate], end: int) -> list[Candidate]:
        """The frames, less bare movements of people whom the words behind them send somewhere ("the arrival of N people
        deported from ..."), and less acts that a word before them undoes ("foiled the entry of N").
        """
        sent = any(end <= row.at <= end + BESIDE and row.event in self.frames.directed for row in rows)
        undone = min((row.at for row in rows if row.event in self.frames.undoing and 0 <= row.at < end), default=end)
        return [
            row
            for row in rows
            if not (sent and row.event in self.frames.motions)
            and not (undone < row.at < end and row.event in self.frames.undone)
        ]

    def _is_measured(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether a word right of an event states a number without a noun: its subject tells what it counts."""
        measured = any("measure" in item.tags.function for item in match.scene.items[k + 1 : slot.at])
        return measured and slot.phrase.status == "empty"

    def _acted(self, match: Match, slot: Slot, k: int, classes: frozenset[str]) -> frozenset[str]:
        """The classes of what the event at `k` happened to: a number without a noun may have it behind other words
        ("brought to N the attempts foiled").
        """
        if slot.phrase.status != "empty" or not slot.at < k:
            return classes
        between = match.scene.items[slot.phrase.end : k]
        named = [item.tags.counted - _CASE for item in between if item.tags.counted and not item.tags.verbs]
        return named[-1] if named and not self.frames.is_person(named[-1]) else classes

    def _only_reaches(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether a movement before "to" only states a number: one without a noun ("they had come to N"), or what those
        who did something else add up to ("the total of those who went home came to N people").
        """
        items = match.scene.items
        between = items[k + 1 : slot.at]
        to = bool(between) and all(
            item.tags.function & {"to"} or item.key in self.grammar.determiners for item in between
        )
        if not (to and items[k].tags.verbs & self.frames.motions):
            return False
        return slot.phrase.status == "empty" or self._is_of_sum(items, k)

    def _is_of_sum(self, items: Sequence[Item], k: int) -> bool:
        """Whether the subject of the verb at `k` is the number or sum of those to whom something happened."""
        told = False
        for item in reversed(items[:k]):
            if item.key == ";" or item.candidate or "restart" in item.tags.function:
                return False
            if item.tags.function & {"container", "total"}:
                return told
            told = told or bool(item.tags.verbs)
        return False

    def _is_labelled(self, items: Sequence[Item], at: int) -> bool:
        """Whether a number stands behind a label or a word that states it: what it counts is then named before that."""
        before = items[at - 1] if at else None
        return before is not None and (before.key == ":" or "measure" in before.tags.function)

    def _named_as(self, match: Match, slot: Slot) -> Frame | None:
        """The frame of a noun that tells what the people counted are: "N people believed to be victims of
        trafficking".
        """
        if slot.phrase.status != "known" or not self.frames.is_person(slot.phrase.classes):
            return None
        for item in match.scene.items[slot.phrase.end : slot.phrase.end + NAMING]:
            if item.mark or item.number is not None or item.tags.function & {"relative", "restart", "and"}:
                return None
            apart = frozenset(c for c in item.tags.counted & self.frames.people if c in self.frames.named)
            if apart:
                return self.frames.choose("", apart, match.scene.contexts)
        return None

    def _governing(self, match: Match, slot: Slot) -> Frame | None:
        """The frame of a noun that governs the number: "the bodies of N migrants"."""
        at = self._governor(match.scene.items, slot.at)
        rest = slot.phrase.status == "empty" and slot.phrase.other
        if at < 0 or not (rest or self.frames.is_person(slot.phrase.classes)):
            return None
        noun = match.scene.items[at].tags.counted
        frame = self.frames.choose("", noun, match.scene.contexts)
        if frame is not None and (frame.counts_people or frame.indicator in self.frames.asking):
            return frame
        return self._done_to(match, at, noun, slot.phrase.classes)

    def _governor(self, items: Sequence[Item], at: int) -> int:
        """Index of the noun that governs the number at `at`, or -1."""
        i = at - 1
        if self.grammar.construct and i >= 0 and items[i].tags.counted:
            return i
        while i >= 0 and items[i].key in self.grammar.determiners and not items[i].tags.function & {"of"}:
            i -= 1
        if i < 1 or "of" not in items[i].tags.function:
            return -1
        while i > 1 and not items[i - 1].tags.counted and items[i - 1].tags.contexts and not items[i - 1].mark:
            i -= 1
        return i - 1 if items[i - 1].tags.counted else -1

    def _done_to(self, match: Match, at: int, noun: frozenset[str], classes: frozenset[str]) -> Frame | None:
        """The frame of people whose act something happened to: "foiled the attempts of N people"."""
        assert match.path is not None
        items = match.scene.items
        order = sorted(
            (match.path.between(min(k, at), max(k, at)), k)
            for k, item in enumerate(items)
            if item.tags.events and k != at
        )
        for cost, k in order:
            for event in sorted(items[k].tags.events):
                if cost <= ANCHOR and self.frames.choose(event, noun, match.scene.contexts):
                    return self.frames.choose(event, classes, match.scene.contexts)
        return None
