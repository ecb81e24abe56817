"""Says what it costs to join an event to a number: by distance, by the form of its word, by what stands between."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.language import Grammar
from migstats.matching.path import FAR, weigh
from migstats.matching.slot import Match, Slot
from migstats.words.item import Item

AIMED = 9.0
"""What it costs that an event is only meant, not told."""
GOVERNED = 4.0
"""What it costs that a noun behind a preposition tells the event behind those counted."""
BUSY = 5.0
"""What it costs that those counted do something else first."""


ASIDE, NEAREST = 5, 2.0
"""Items before a number, and the cost, within which an event that makes no figure keeps all others off."""
ABOARD = 5
"""Items before a number in which the boat that carries those counted is named."""
SPARED = 0.6
"""The part of its weight that a word of such a subject is forgiven."""


class Reach:
    """Measures the ties of events to numbers in one language."""

    def __init__(self, grammar: Grammar, told: frozenset[str]) -> None:
        """`told` are the events that some frame is made of: any other only says that something else happened."""
        self.grammar = grammar
        self.told = told

    def cost(self, match: Match, slot: Slot, k: int) -> float:
        """The distance between a number and the item at `k`; brackets are passed over for free from outside them."""
        assert match.path is not None
        depth = slot.item.depth
        if match.scene.items[k].depth > depth:
            return FAR
        if k < slot.at:
            return match.path.between(k, slot.at, depth) - self._subject(match.scene.items, k, slot.at)
        return match.path.between(slot.phrase.end - 1, k, depth)

    def _subject(self, items: Sequence[Item], k: int, end: int) -> float:
        """What the words of a subject behind its verb are to be forgiven ("foiled the forces of order N")."""
        if not self.grammar.subject_after_verb or not items[k].tags.verbs:
            return 0.0
        spared = 0.0
        for item in items[k + 1 : end]:
            tags = item.tags
            if item.mark or item.number or item.period or tags.events or tags.counted:
                break
            if item.key in self.grammar.prepositions or tags.function - {"adjective", "of"}:
                break
            spared += SPARED * weigh(item, self.grammar)
        return spared

    def joined(self, items: Sequence[Item], k: int, cost: float) -> float:
        """The cost of a verb joined to one right of it ("rescued or intercepted N"): a little less than that one's."""
        j = k + 1
        while j < len(items) and j <= k + 3 and not items[j].mark and not items[j].number:
            if (
                "and" in items[j].tags.function
                and j + 1 < len(items)
                and items[j + 1].tags.verbs
                and items[k].tags.verbs
            ):
                return cost - weigh(items[j], self.grammar) - weigh(items[j + 1], self.grammar) - 0.1
            j += 1
        return cost

    def crosses(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether another number stands between a number and an event, so that the event is that one's."""
        if k > slot.at:
            passed = any(slot.at < s.at < k and not (s.link.close and s.link.kind == "list") for s in match.slots)
            return passed or self.leads_on(match, slot, k)
        return slot.link.kind in ("versus", "including", "bracket", "measure") and any(
            k < s.at < slot.at for s in match.slots
        )

    def is_of_part(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether an event right of a number is told of a part of it: "of whom the team rescued 20", or "of whom 20 had
        arrived" without the comma that would end the aside.
        """
        items = match.scene.items
        later = [s for s in match.slots if s.at > slot.at and s.at != k]
        if not later or later[0].link.kind != "including":
            return False
        if slot.phrase.end <= k < later[0].at:
            return any("including" in item.tags.function for item in items[slot.phrase.end : k])
        last = next((s for s in reversed(later) if s.at < k), None)
        aside = last is not None and any(items[i].key == "," for i in range(slot.phrase.end, later[0].at))
        return aside and last is not None and not any(item.mark for item in items[last.phrase.end : k])

    def leads_on(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether the event, behind "and" or a comma, stands as near to the number after it."""
        assert match.path is not None
        joins = any("and" in item.tags.function or item.key == "," for item in match.scene.items[slot.at + 1 : k])
        after = next((s.at for s in match.slots if s.at > k), None)
        if not joins or after is None:
            return False
        return match.path.between(k, after, slot.item.depth) <= match.path.between(slot.at, k, slot.item.depth)

    def follows_boat(self, items: Sequence[Item], slot: Slot) -> bool:
        """Whether the number tells who was on a boat named before it: what is told behind it happened to the boat."""
        near = items[max(0, slot.at - ABOARD) : slot.at]
        start = next((i for i, item in enumerate(near) if "aboard" in item.tags.function), len(near))
        return self.grammar.bare_relatives and start < len(near) and any(i.tags.counted for i in near[:start])

    def other_event(self, match: Match, slot: Slot) -> int:
        """The index of an event that makes no figure and stands right before the number, so that no event farther left
        can be its own; -1 where there is none.
        """
        items = match.scene.items
        for k in range(slot.at - 1, max(-1, slot.at - ASIDE), -1):
            if items[k].mark or items[k].candidate or items[k].tags.events & self.told:
                return -1
            if items[k].tags.events and self.cost(match, slot, k) <= NEAREST:
                return k
        return -1

    def is_decided(self, match: Match, slot: Slot, closing: frozenset[str]) -> bool:
        """Whether one of these events is told right before a number or right behind its phrase ("refused N requests",
        "N requests that were refused").
        """
        items, end = match.scene.items, slot.phrase.end
        behind = (items[i] for i in range(end, min(len(items), end + ASIDE)))
        for row in (reversed(items[max(0, slot.at - ASIDE) : slot.at]), behind):
            for item in row:
                if item.mark or item.candidate or item.tags.events & self.told:
                    break
                if item.tags.events & closing:
                    return True
        return False

    def states(self, items: Sequence[Item], k: int) -> bool:
        """Whether the word at `k` only states how great a number is, though it may tell an event elsewhere ("the number
        of migrants reached N").
        """
        if "measure" not in items[k].tags.function or not items[k].tags.verbs:
            return False
        if k + 1 < len(items) and "container" in items[k + 1].tags.function:
            return True
        for item in reversed(items[:k]):
            if item.candidate or item.tags.function & {"relative", "restart", "attribution"} or item.key in ".;:":
                return False
            if "container" in item.tags.function:
                return True
        return False

    def relates(self, items: Sequence[Item], slot: Slot) -> bool:
        """Whether the verb right behind a phrase only describes those counted, as it does in a language that needs no
        "who": another verb stands before the number.
        """
        end = slot.phrase.end
        if not self.grammar.bare_relatives or end >= len(items) or not items[end].tags.verbs:
            return False
        for item in reversed(items[: slot.at]):
            if item.candidate or item.key in ",;." or "restart" in item.tags.function:
                return False
            if item.key in self.grammar.auxiliaries:
                return False
            if item.tags.verbs or "measure" in item.tags.function:
                return True
        return False

    def is_busy(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether those counted have a verb of their own before the event at `k` ("two migrants told that ...")."""
        items, i = match.scene.items, slot.phrase.end
        if i >= k or items[i].mark:
            return False
        while i < k and (items[i].key in self.grammar.auxiliaries or items[i].tags.function & {"be", "adjective"}):
            i += 1
        if i >= k or (i == slot.phrase.end and self.grammar.head_first and not self._ends_phrase(slot, items[i])):
            return False
        item = items[i]
        if item.tags.verbs and not item.tags.events & self.told:
            return True
        plain = not (
            item.mark
            or item.number
            or item.period
            or item.place
            or item.tags.events
            or item.tags.contexts
            or item.tags.counted
            or item.tags.claims
        )
        closed = (
            item.tags.function - {"attribution"}
            or item.key in self.grammar.prepositions
            or item.key in self.grammar.determiners
        )
        return plain and not closed

    def _ends_phrase(self, slot: Slot, item: Item) -> bool:
        """Whether a word right behind a number without a noun is a verb, as it is no plural."""
        ending = self.grammar.plural_ending
        return slot.phrase.status == "empty" and bool(ending) and not item.key.endswith(ending)

    def _aims(self, items: Sequence[Item], k: int) -> bool:
        """Whether the event is only meant ("trying to reach"): an infinitive marker stands before it."""
        return any(
            "infinitive" in item.tags.function
            and "of" not in item.tags.function
            and item.key not in self.grammar.auxiliaries
            for item in items[max(0, k - 2) : k]
        )

    def _behind(self, items: Sequence[Item], k: int) -> float:
        """What a noun costs that tells its event behind those counted; more as a complement of their verb ("prevented N
        from entering").
        """
        governed = self.grammar.bare_relatives and items[k - 1].key in self.grammar.prepositions
        return GOVERNED if governed else 2.0

    def voice(self, match: Match, slot: Slot, k: int, event: str) -> float:
        """What the form of the event's word adds to the cost: the number as its object, its subject, or in the
        passive.
        """
        items, tags = match.scene.items, match.scene.items[k].tags
        passive = any("be" in item.tags.function for item in items[max(0, k - 3) : k])
        aims = AIMED if self._aims(items, k) else 0.0
        if event in tags.nouns and event not in tags.verbs:
            return (0.0 if k < slot.at else self._behind(items, k)) + (aims if self.grammar.subject_after_verb else 0.0)
        if k < slot.at:
            if event in tags.intransitive and event not in tags.verbs and not self.grammar.subject_after_verb:
                return FAR
            if event in tags.agentive and event not in tags.verbs and any(i.key == "," for i in items[k : slot.at]):
                return FAR
            return aims
        if event in tags.agentive and event not in tags.verbs and not passive:
            return FAR
        busy = BUSY if not passive and self.is_busy(match, slot, k) else 0.0
        return aims + busy + (0.0 if passive or k == slot.phrase.end else 1.0)
