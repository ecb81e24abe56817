"""Reads the numbers that a word states of what was named before: "arrivals reached N", "arrivals: N", "put the toll at
N".
"""

from __future__ import annotations

from collections.abc import Sequence

from migstats.frame import Frames
from migstats.language import Grammar
from migstats.matching.scope import Chooser, Scope, Topic, find_topic, tells_apart
from migstats.matching.slot import COUNTS, Match, Slot, is_count
from migstats.value import replace
from migstats.words.item import MEASURE, Item

LIMIT = "at_most"
"""The qualifier of "up to N", which behind a rise or fall tells what was reached."""
ANCHORED = 14
"""Items between a word that states a number and the number."""
BRACKETED = 5
"""Items before a bracket in which what it counts is named."""


class Measured:
    """Settles the measured numbers of one document."""

    def __init__(self, frames: Frames, scope: Scope, grammar: Grammar) -> None:
        self.frames, self.scope, self.grammar = frames, scope, grammar

    def _chooser(self, match: Match) -> Chooser:
        return Chooser(self.frames, match.scene.contexts, self.scope.around(match.scene))

    def settle(self, match: Match, slot: Slot) -> None:
        """Take the frame of what is named left of the word that states the number, or behind the number in its
        container.
        """
        if (
            slot.weak is not None
            or slot.phrase.status not in ("empty", "known")
            or (slot.phrase.classes and not self.frames.is_person(slot.phrase.classes))
        ):
            return
        items = match.scene.items
        if self._counted_behind(match, slot):
            return
        i = slot.at if MEASURE in items[slot.at].tags.function else self._passed(items, slot.at - 1)
        limit = slot.number.qualifier == LIMIT and slot.number.lead >= 0
        reached = i < slot.at - 1 or limit
        if i > 0 and reached and items[i].key == "," and self._moves(items[i - 1]):
            i -= 1
        if i < slot.at - 1 and self._put_at(match, slot):
            return
        parts = i >= 0 and slot.link.kind == "none" and "including" in items[i].tags.function
        if i < 0 or not (parts or self._measures(items, i) or (reached and self._moves(items[i]))):
            return
        topic = self._subject(match, i)
        if topic is not None and self.scope.believes(match.scene, topic.frame):
            slot.take(topic.frame, "anchor", topic.at, topic.classes)
            if limit and self._moves(items[i]):
                slot.item = replace(slot.item, number=replace(slot.number, qualifier="exact"))

    def _put_at(self, match: Match, slot: Slot) -> bool:
        """Settle a number put at the end of "put the number of those drowned at N"."""
        items = match.scene.items
        for m in range(slot.at - 1, max(-1, slot.at - ANCHORED), -1):
            if is_count(items[m]) or items[m].key in ";:":
                return False
            if "measure" in items[m].tags.function:
                topic = find_topic(items, m + 1, slot.at, self._chooser(match))
                if topic is None or not self.scope.believes(match.scene, topic.frame):
                    return False
                slot.take(topic.frame, "anchor", topic.at, topic.classes)
                return True
        return False

    def _passed(self, items: Sequence[Item], i: int) -> int:
        """The first item at `i` or left of it that is no determiner, preposition or adverb."""
        while (
            i >= 0
            and not items[i].tags.function & {"measure", "container", "be"}
            and (
                items[i].key in self.grammar.determiners
                or items[i].key in self.grammar.prepositions
                or items[i].tags.function & {"adjective", "of", "total", "to"}
            )
        ):
            i -= 1
        return i

    def _moves(self, item: Item) -> bool:
        """Whether a rise or fall stands before "to N": in a word, a percentage or a multiple."""
        return bool(item.tags.function & {"up", "down"}) or (
            item.number is not None and item.number.form not in COUNTS and not item.number.kind
        )

    def _counted_behind(self, match: Match, slot: Slot) -> bool:
        """Settle a number whose container stands behind it: "brings to N the number of those returned"."""
        items = match.scene.items
        i = slot.at + 1
        while i < len(items) and items[i].key in self.grammar.determiners:
            i += 1
        if i >= len(items) or i == slot.at + 1 or "container" not in items[i].tags.function:
            return False
        following = next((s.at for s in match.slots if s.at > slot.at), len(items))
        topic = find_topic(items, i + 1, following, self._chooser(match))
        if topic is None or not self.scope.believes(match.scene, topic.frame):
            return False
        slot.take(topic.frame, "anchor", topic.at, topic.classes)
        return True

    def _measures(self, items: Sequence[Item], i: int) -> bool:
        item = items[i]
        if item.tags.function & {"measure", "container", "be"}:
            return True
        return item.mark and (item.key == ":" or item.key in "([" or (item.key == "-" and item.spaced))

    def _subject(self, match: Match, end: int) -> Topic | None:
        """The indicator named left of a measuring word, in the same clause."""
        items = match.scene.items
        start = end
        while start > 0 and not (
            is_count(items[start - 1]) or "restart" in items[start - 1].tags.function or items[start - 1].key == ";"
        ):
            start -= 1
        nearest = items[end].mark and items[end].key in "(["
        if nearest:
            start = max(start, end - BRACKETED)
        topic = find_topic(items, start, end, self._chooser(match), nearest)
        return None if topic is not None and tells_apart(items[start : topic.at], self.frames) else topic
