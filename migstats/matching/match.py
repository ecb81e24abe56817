"""Joins numbers to frames: which indicator each number of a sentence counts, and by which tie."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from migstats.find import Findings, Scene
from migstats.frame import CASE, Frame, Frames
from migstats.matching.candidate import ANCHOR, BARE, Candidates
from migstats.matching.link import Link, link_numbers
from migstats.matching.measured import Measured
from migstats.matching.nounphrase import NounPhrase, read_phrase
from migstats.matching.path import FAR, Path
from migstats.matching.reach import Reach
from migstats.matching.scope import Scope
from migstats.matching.sharing import share_nouns
from migstats.matching.slot import Match, Slot, is_aboard, is_revived, is_year
from migstats.matching.wording import OwnRule
from migstats.value import replace
from migstats.words.item import Item

TAKEN = 6.0
"""What it costs to use an event that another group has."""
PERCENT = 100
_CASE = frozenset([CASE])
_NONE: frozenset[str] = frozenset()


class Matcher:
    """Matches the sentences of one document."""

    def __init__(self, findings: Findings, frames: Frames, own: Mapping[int, OwnRule]) -> None:
        """`own` are the numbers (by their start) that a pattern of the source has claimed, each with its rule."""
        self.own = own
        self.findings = findings
        self.frames = frames
        self.scope = Scope(findings, frames)
        self.grammar = findings.language.grammar
        self.reach = Reach(self.grammar, frames.told)
        self.candidates = Candidates(frames, self.scope, self.reach)
        self.measured = Measured(frames, self.scope, self.grammar)

    def match(self, scene: Scene) -> Match:
        """The slots of a sentence, those settled that have noun and event in their own clause."""
        match = self._lay_out(scene)
        self._take_own(match)
        self._anchor(match)
        for slot in match.slots:
            if slot.frame is None and slot.counts:
                self.measured.settle(match, slot)
        return match

    def _take_own(self, match: Match) -> None:
        """Settle what the source's patterns claim; what they tell of one event hangs together, as a group does."""
        before: Slot | None = None
        for slot in match.slots:
            rule = self.own.get(slot.number.start)
            if rule is None:
                continue
            slot.take(rule.frame, "pattern")
            slot.measure = rule.measure
            if before is not None and before.frame is not None and before.frame.event == rule.frame.event:
                slot.source = before
            before = slot

    def _lay_out(self, scene: Scene) -> Match:
        """The numbers of a sentence as slots, each with its noun phrase and its link to the one before."""
        items = scene.items
        places = [i for i, item in enumerate(items) if item.candidate or is_revived(items, i)]
        phrases = share_nouns(items, places, [read_phrase(items, i, self.grammar, self.frames.people) for i in places])
        kept = [(p, f) for p, f in zip(places, phrases, strict=True) if self._counts_here(items[p], f)]
        places, phrases = [p for p, _ in kept], [f for _, f in kept]
        links = link_numbers(items, places, phrases, self.grammar)
        linked = frozenset(
            p for p, link in zip(places, links, strict=True) if link.close and link.kind not in ("none", "break")
        )
        match = Match(scene, path=Path(items, self.grammar, linked))
        match.events = [i for i, item in enumerate(items) if item.tags.events] if places else ()
        match.slots = [Slot(p, items[p], f, k) for p, f, k in zip(places, phrases, links, strict=True)]
        for slot in match.slots[1:]:
            told = items[slot.at + 1].tags.function if slot.at + 1 < len(items) else _NONE
            if "of_them" in told and slot.link.kind in ("list", "clause"):
                slot.link = Link("including", slot.link.close)
        _share_signs(match)
        for before, slot in zip(match.slots, match.slots[1:], strict=False):
            slot.inside = slot.link.kind == "list" and (before.inside or before.link.kind in ("including", "bracket"))
        self._open_parts(match)
        return match

    def _open_parts(self, match: Match) -> None:
        """In a sentence that opens with "of" or "among", what follows the first number are its parts."""
        items, slots = match.scene.items, match.slots
        if not slots or not items[0].tags.function & {"of", "of_them", "including", "between"}:
            return
        opened = all(item.key in self.grammar.determiners for item in items[1 : slots[0].at])
        if items[0].tags.function & {"of", "of_them"} or opened:
            for slot in slots[1:]:
                if slot.phrase.status == "empty" and slot.link.kind in ("list", "clause"):
                    slot.link = Link("including", slot.link.close)
        if opened and len(slots) > 1 and slots[1].link.kind == "break":
            slots[1].link = Link("including", False)

    def _counts_here(self, item: Item, phrase: NounPhrase) -> bool:
        in_cell = item.number is not None and item.number.start in self.findings.grid.cells
        return in_cell or _counts_here(item, phrase)

    def _anchor(self, match: Match) -> None:
        """Give each number the nearest event that makes a frame with its noun, of two senses of one word the one that
        fits more closely; an event serves one group.
        """
        options = {
            (n, self.frames.looseness(frame, slot.phrase.classes), k, event): (cost, frame)
            for n, slot in enumerate(match.slots)
            if slot.counts
            for cost, k, event, frame in self.candidates.of(match, slot)
        }
        heap = [(cost, *key, 0) for key, (cost, _) in options.items()]
        heapq.heapify(heap)
        taken = self._claimed_events(match)
        while heap:
            cost, n, loose, k, event, retry = heapq.heappop(heap)
            slot = match.slots[n]
            if slot.frame is not None:
                continue
            owner = taken.get(k)
            if owner is not None and not retry and not self._same_group(match, owner, n):
                if cost + TAKEN <= ANCHOR:
                    heapq.heappush(heap, (cost + TAKEN, n, loose, k, event, 1))
            elif owner is None or k < 0 or not self._told_otherwise(match.slots[owner], event):
                self._settle(match, slot, k, options[n, loose, k, event][1])
                if k >= 0 and slot.frame is not None:
                    taken.setdefault(k, n)

    def _settle(self, match: Match, slot: Slot, k: int, frame: Frame) -> None:
        """Let a number take a frame, where the text around it speaks of migration."""
        if self.scope.believes(match.scene, frame):
            slot.take(frame, "anchor", k)
        else:
            slot.nearest, slot.lacked = frame.rule, "migration"

    def _told_otherwise(self, owner: Slot, event: str) -> bool:
        """Whether the number that has a word took another event of its meanings ("returned": went, or sent, back)."""
        return owner.frame is not None and bool(owner.frame.event) and owner.frame.event != event

    def _claimed_events(self, match: Match) -> dict[int, int]:
        """The events that happened to what another kind of number counts ("12 demonstrators were arrested")."""
        taken: dict[int, int] = {}
        for n, slot in enumerate(match.slots):
            before = match.scene.items[slot.at - 1].key if slot.at else ""
            if slot.phrase.status != "claimed" or before in self.grammar.prepositions:
                continue
            near = [
                (self.reach.cost(match, slot, k), k)
                for k, item in enumerate(match.scene.items)
                if item.tags.verbs and not slot.at < k < slot.phrase.end
            ]
            cost, k = min(near, default=(FAR, -1))
            if cost <= BARE:
                taken[k] = n
        return taken

    def _same_group(self, match: Match, one: int, two: int) -> bool:
        low, high = sorted((one, two))
        return all(
            s.link.close or s.link.kind in ("bracket", "including", "versus") or is_aboard(match, s)
            for s in match.slots[low + 1 : high + 1]
        )


def _share_signs(match: Match) -> None:
    """Give the percent sign of the first share in a list of places to those behind it: "Africa 55%, Asia 20"."""
    left = Decimal(PERCENT)
    for before, slot in pairwise(match.slots):
        one, two = before.number, slot.number
        left -= one.value if one.form == "percent" else 0
        between = match.scene.items[before.at + 1 : slot.at]
        listed = slot.link.kind == "list" and slot.phrase.status == "empty" and any(item.place for item in between)
        if one.form == "percent" and not one.sign and two.form == "cardinal" and listed and two.value <= left:
            slot.item = replace(slot.item, number=replace(two, form="percent"))


def _counts_here(item: Item, phrase: NounPhrase) -> bool:
    """Whether a number counts something: an article only with a noun or "of them", what looks like a year only with a
    noun.
    """
    if phrase.status == "known" and phrase.classes - _CASE:
        return True
    article = item.number is not None and bool(item.number.kind)
    return phrase.other if article else not is_year(item)
