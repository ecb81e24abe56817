"""Joins numbers to frames: which indicator each number of a sentence counts, and by which tie."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migstats.find import Findings, Item, Scene
from migstats.frame import CASE, PERSON, Frame, Frames
from migstats.link import Link, link_numbers
from migstats.path import FAR, Path
from migstats.path import weigh as path_weight
from migstats.nounphrase import NounPhrase, read_phrase, share_nouns
from migstats.scope import Scope, Topic, find_topic

ANCHOR = 10.0
"""The farthest that an event may stand from its number."""
BARE = 3.0
"""The same where no noun is named."""
WEAK = 2
"""From this cost on a noun alone gives way to what the text is counting."""
ANCHORED = 14
"""Items between a word that states a number and the number."""
BRACKETED = 5
"""Items before a bracket in which what it counts is named."""
AIMED = 4.0
"""What it costs that an event is only meant, not told."""
BUSY = 5.0
"""What it costs that those counted do something else first."""
NAMING = 6
"""Items behind a noun phrase in which "as" or "to be" may give those counted another name."""
GOVERNED = 0.6
"""A noun that heads another number's phrase is an event for this one only as near as "of"."""
NAMED = 1.5
"""The cost of an event that the counted noun itself names: a verb beside it may still tell another."""
TAKEN = 6.0
"""What it costs to use an event that another group has."""
_NO_EVENTS: frozenset[str] = frozenset()
_DEFAULT = frozenset([PERSON])
_CASE = frozenset([CASE])
YEARS = (1950, 2040)
"""A bare number in this range with no noun known is a year."""
COUNTS = frozenset(["cardinal", "collective"])


@dataclass(slots=True)
class Slot:
    """A number that may be a figure, and what has been made of it so far."""

    at: int
    """Index of its item in the sentence."""
    item: Item
    phrase: NounPhrase
    link: Link
    frame: Frame | None = None
    classes: frozenset[str] = frozenset()
    event: int = -1
    """Index of the item that names the event."""
    basis: str = ""
    measure: str = "count"
    whole: Slot | None = None
    """The slot that it is a part of."""
    source: Slot | None = None
    """The slot that lent it its frame."""
    nearest: str = ""
    lacked: str = ""
    weak: Frame | None = None
    """What its noun alone would make of it, where nothing better is found."""
    inside: bool = False
    """In a list of parts: "among them N and M"."""
    change: Item | None = None
    """A percentage of change told with it."""

    def take(self, frame: Frame, basis: str, event: int = -1, classes: frozenset[str] = frozenset()) -> None:
        """Settle what the number counts."""
        self.frame, self.basis, self.event, self.classes = frame, basis, event, classes or self.phrase.classes


def _counts(item: Item) -> bool:
    return item.candidate and item.number is not None and item.number.form in COUNTS


def _like_year(item: Item) -> bool:
    """Whether a number looks like a year: four plain digits of our time."""
    number = item.number
    return number is not None and len(item.key) == 4 and item.key.isdigit() and YEARS[0] <= number.value <= YEARS[1] and number.qualifier == "exact"


def _revived(items: Sequence[Item], i: int) -> bool:
    """Whether "one" or "a" counts: it stands in a row with a number, by "and" or a comma."""
    number = items[i].number
    if number is None or number.kind != "article":
        return False
    before = items[i - 1] if i else None
    opens = before is not None and (before.tags.function & {"and", "including"} or before.key == ",")
    counted = any(item.candidate for item in items[max(0, i - 8) : i])
    joins = [j for j in range(i + 1, min(i + 6, len(items) - 1)) if _joins(items[j]) and items[j + 1].candidate]
    return bool((opens and counted) or joins)


def _joins(item: Item) -> bool:
    return "and" in item.tags.function or item.key == ","


@dataclass(slots=True)
class Match:
    """A sentence with the slots of its numbers."""

    scene: Scene
    slots: list[Slot] = field(default_factory=list)
    path: Path | None = None

    def anchor_before(self, index: int) -> Slot | None:
        """The nearest slot before `index` that counts something."""
        return next((s for s in reversed(self.slots[:index]) if s.frame and s.measure == "count"), None)


class Matcher:
    """Matches the sentences of one document."""

    def __init__(self, findings: Findings, frames: Frames, own: Mapping[int, Frame]) -> None:
        """`own` are the numbers (by their start) that a pattern of the source has claimed, with what they count."""
        self.own = own
        self.findings = findings
        self.frames = frames
        self.scope = Scope(findings, frames)
        self.grammar = findings.language.grammar

    def match(self, scene: Scene) -> Match:
        """The slots of a sentence, those settled that have noun and event in their own clause."""
        items = scene.items
        places = [i for i, item in enumerate(items) if item.candidate or _revived(items, i)]
        phrases = share_nouns(items, places, [read_phrase(items, i, self.grammar, self.frames.people) for i in places])
        kept = [(p, f) for p, f in zip(places, phrases, strict=True) if (f.status == "known" and f.classes - _CASE) or not (items[p].number.kind or _like_year(items[p]))]  # type: ignore[union-attr]
        places, phrases = [p for p, _ in kept], [f for _, f in kept]
        links = link_numbers(items, places, phrases, self.grammar)
        linked = frozenset(p for p, link in zip(places, links, strict=True) if link.close and link.kind not in ("none", "break"))
        match = Match(scene, path=Path(items, self.grammar, linked))
        match.slots = [Slot(p, items[p], f, k) for p, f, k in zip(places, phrases, links, strict=True)]
        for before, slot in zip(match.slots, match.slots[1:], strict=False):
            slot.inside = slot.link.kind == "list" and (before.inside or before.link.kind in ("including", "bracket"))
        for slot in match.slots:
            frame = self.own.get(slot.item.number.start) if slot.item.number else None
            if frame is not None:
                slot.take(frame, "pattern")
        self._anchor(match)
        for slot in match.slots:
            if slot.frame is None and slot.item.number.form in COUNTS:  # type: ignore[union-attr]
                self._measured(match, slot)
        return match

    # -- anchors: noun and event in the clause ------------------------------------------------------------------

    def _anchor(self, match: Match) -> None:
        """Give each number the nearest event that makes a frame with its noun; an event serves one group."""
        heap: list[tuple[float, int, int, str, int]] = []
        options: dict[tuple[int, int, str], Frame] = {}
        for n, slot in enumerate(match.slots):
            if slot.item.number is None or slot.item.number.form not in COUNTS:
                continue
            for cost, k, event, frame in self._candidates(match, slot):
                options[n, k, event] = frame
                heapq.heappush(heap, (cost, n, k, event, 0))
        taken = self._claimed_events(match)
        while heap:
            cost, n, k, event, retry = heapq.heappop(heap)
            slot = match.slots[n]
            if slot.frame is not None:
                continue
            owner = taken.get(k)
            if owner is not None and not retry and not self._same_group(match, owner, n):
                if cost + TAKEN <= ANCHOR:
                    heapq.heappush(heap, (cost + TAKEN, n, k, event, 1))
                continue
            frame = options[n, k, event]
            if not self.scope.believes(match.scene, frame):
                slot.nearest, slot.lacked = frame.rule, "migration"
                continue
            slot.take(frame, "anchor", k)
            if k >= 0 and k not in taken:
                taken[k] = n

    def _claimed_events(self, match: Match) -> dict[int, int]:
        """The events that happened to what another kind of number counts ("12 demonstrators were arrested")."""
        taken: dict[int, int] = {}
        for n, slot in enumerate(match.slots):
            if slot.phrase.status != "claimed":
                continue
            near = [(self._cost(match, slot, k), k) for k, item in enumerate(match.scene.items) if item.tags.verbs and not slot.at < k < slot.phrase.end]
            cost, k = min(near, default=(FAR, -1))
            if cost <= BARE:
                taken[k] = n
        return taken

    def _same_group(self, match: Match, one: int, two: int) -> bool:
        low, high = sorted((one, two))
        return all(s.link.close or s.link.kind in ("bracket", "including", "versus") for s in match.slots[low + 1 : high + 1])

    def _candidates(self, match: Match, slot: Slot) -> list[tuple[float, int, str, Frame]]:
        """The frames that the number could make: (cost, item of the event, event, frame)."""
        phrase, about = slot.phrase, match.scene.contexts
        around = self.scope.block(match.scene)
        rows: list[tuple[float, int, str, Frame]] = []
        if phrase.status == "unknown":
            slot.lacked = phrase.word
            return rows
        classes = phrase.classes or phrase.claims or _DEFAULT
        for event in sorted(phrase.events | phrase.within):
            frame = self.frames.choose(event, classes & _CASE or classes if event in phrase.events else classes, about, around)
            if frame is not None:
                rows.append((NAMED, phrase.head, event, frame))
        heads = {s.phrase.head for s in match.slots if s is not slot}
        limit = ANCHOR if phrase.status != "empty" else BARE * (2 if phrase.other else 1)
        if slot.link.kind in ("including", "bracket") or slot.inside:
            limit = BARE
        for k, item in enumerate(match.scene.items):
            if not item.tags.events or slot.at < k < phrase.end:
                continue
            cost = self._cost(match, slot, k)
            if cost > limit or (phrase.status == "empty" and self._crosses(match, slot, k)):
                continue
            if k < slot.at:
                cost = self._first_named(match.scene.items, k, cost)
            for event in sorted(item.tags.events - (self.frames.motions if limit == BARE and (slot.inside or slot.link.kind in ("including", "bracket")) else _NO_EVENTS)):
                voice = self._voice(match, slot, k, event)
                frame = self.frames.choose(event, classes - _CASE, about, around) if cost + voice <= limit else None
                if frame is not None:
                    rows.append((cost + voice + frame.cost, k, event, frame))
        bare = self.frames.choose("", phrase.classes, about) if phrase.classes else None
        if bare is not None and bare.cost >= WEAK:
            slot.weak = bare
        elif bare is not None:
            rows.append((4.0 + bare.cost, -1, "", bare))
        named = self._named_as(match, slot)
        if named is not None:
            rows.append((1.2, -1, "", named))
        governing = self._governing(match, slot)
        if governing is not None:
            rows.append((-0.5, -1, "of", governing))
        return rows

    def _named_as(self, match: Match, slot: Slot) -> Frame | None:
        """The frame of a noun that tells what the people counted are: "N people believed to be victims of trafficking"."""
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
        items = match.scene.items
        i = slot.at - 1
        while i >= 0 and items[i].key in self.grammar.determiners and not items[i].tags.function & {"of"}:
            i -= 1
        if i < 1 or "of" not in items[i].tags.function:
            return None
        while i > 1 and not items[i - 1].tags.counted and items[i - 1].tags.contexts and not items[i - 1].mark:
            i -= 1
        if not items[i - 1].tags.counted:
            return None
        if not self.frames.is_person(slot.phrase.classes):
            return None
        noun = items[i - 1].tags.counted
        return self.frames.choose("", noun, match.scene.contexts) or self._done_to(match, i - 1, noun, slot.phrase.classes)

    def _done_to(self, match: Match, at: int, noun: frozenset[str], classes: frozenset[str]) -> Frame | None:
        """The frame of people whose act something happened to: "foiled the attempts of N people"."""
        assert match.path is not None
        items = match.scene.items
        order = sorted((match.path.between(min(k, at), max(k, at)), k) for k, item in enumerate(items) if item.tags.events and k != at)
        for cost, k in order:
            for event in sorted(items[k].tags.events):
                if cost <= ANCHOR and self.frames.choose(event, noun, match.scene.contexts):
                    return self.frames.choose(event, classes, match.scene.contexts)
        return None

    def _first_named(self, items: Sequence[Item], k: int, cost: float) -> float:
        """The cost of a verb joined to one right of it ("rescued or intercepted N"): a little less than that one's."""
        j = k + 1
        while j < len(items) and j <= k + 3 and not items[j].mark and not items[j].number:
            if "and" in items[j].tags.function and j + 1 < len(items) and items[j + 1].tags.verbs and items[k].tags.verbs:
                return cost - path_weight(items[j], self.grammar) - path_weight(items[j + 1], self.grammar) - 0.1
            j += 1
        return cost

    def _cost(self, match: Match, slot: Slot, k: int) -> float:
        assert match.path is not None
        depth = slot.item.depth
        if match.scene.items[k].depth > depth:
            return FAR
        if k < slot.at:
            return match.path.between(k, slot.at, depth)
        return match.path.between(slot.phrase.end - 1, k, depth)

    def _crosses(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether another number stands between a number and an event, so that the event is that one's."""
        if k > slot.at:
            return any(slot.at < s.at < k and not (s.link.close and s.link.kind == "list") for s in match.slots)
        return slot.link.kind in ("versus", "including", "bracket", "measure") and any(k < s.at < slot.at for s in match.slots)

    def is_busy(self, match: Match, slot: Slot, k: int) -> bool:
        """Whether those counted have another verb of their own before the event at `k` ("two migrants told that ...")."""
        items, i = match.scene.items, slot.phrase.end
        if i >= k or items[i].mark:
            return False
        while i < k and (items[i].key in self.grammar.auxiliaries or items[i].tags.function & {"be", "adjective"}):
            i += 1
        if i >= k or (i == slot.phrase.end and self.grammar.head_first):
            return False
        item = items[i]
        plain = not (item.mark or item.number or item.period or item.place or item.tags.events or item.tags.contexts or item.tags.counted or item.tags.claims)
        closed = item.tags.function - {"attribution"} or item.key in self.grammar.prepositions or item.key in self.grammar.determiners
        return plain and not closed

    def _aims(self, items: Sequence[Item], k: int) -> bool:
        """Whether the event is only meant ("trying to reach"): an infinitive marker stands before it."""
        return any(
            "infinitive" in item.tags.function and "of" not in item.tags.function and item.key not in self.grammar.auxiliaries
            for item in items[max(0, k - 2) : k]
        )

    def _voice(self, match: Match, slot: Slot, k: int, event: str) -> float:
        """What the form of the event's word adds to the cost: the number as its object, its subject, or in the passive."""
        items, tags = match.scene.items, match.scene.items[k].tags
        passive = any("be" in item.tags.function for item in items[max(0, k - 3) : k])
        if event in tags.nouns and event not in tags.verbs:
            return 0.0 if k < slot.at else 2.0
        aims = AIMED if self._aims(items, k) else 0.0
        if k < slot.at:
            if event in tags.intransitive and event not in tags.verbs and not self.grammar.subject_after_verb:
                return FAR
            return aims
        if event in tags.agentive and event not in tags.verbs and not passive:
            return FAR
        busy = BUSY if not passive and self.is_busy(match, slot, k) else 0.0
        return aims + busy + (0.0 if passive or k == slot.phrase.end else 1.0)

    # -- numbers right of a measuring word: "arrivals reached N", "arrivals: N", "(N)" ---------------------------

    def _measured(self, match: Match, slot: Slot) -> None:
        if slot.weak is not None or slot.phrase.status not in ("empty", "known") or (slot.phrase.classes and not self.frames.is_person(slot.phrase.classes)):
            return
        items = match.scene.items
        if self._counted_behind(match, slot):
            return
        i = self._passed(items, slot.at - 1)
        if 0 < i < slot.at - 1 and items[i].key == "," and self._moves(items[i - 1]):
            i -= 1
        if i < slot.at - 1 and self._put_at(match, slot):
            return
        if i < 0 or not (self._measures(items, i) or (i < slot.at - 1 and self._moves(items[i]))):
            return
        topic = self._subject(match, i)
        if topic is not None and self.scope.believes(match.scene, topic.frame):
            slot.take(topic.frame, "anchor", topic.at, topic.classes)

    def _put_at(self, match: Match, slot: Slot) -> bool:
        """Settle a number put at the end of "put the number of those drowned at N"."""
        items = match.scene.items
        for m in range(slot.at - 1, max(-1, slot.at - ANCHORED), -1):
            if _counts(items[m]) or items[m].key in ";:":
                return False
            if "measure" in items[m].tags.function:
                topic = find_topic(items, m + 1, slot.at, self.frames, match.scene.contexts, around=self.scope.block(match.scene))
                if topic is None or not self.scope.believes(match.scene, topic.frame):
                    return False
                slot.take(topic.frame, "anchor", topic.at, topic.classes)
                return True
        return False

    def _passed(self, items: Sequence[Item], i: int) -> int:
        """The first item at `i` or left of it that is no determiner, preposition or adverb."""
        while i >= 0 and not items[i].tags.function & {"measure", "container", "be"} and (
            items[i].key in self.grammar.determiners
            or items[i].key in self.grammar.prepositions
            or items[i].tags.function & {"adjective", "of", "total", "to"}
        ):
            i -= 1
        return i

    def _moves(self, item: Item) -> bool:
        """Whether a rise or fall stands before "to N": in a word, a percentage or a multiple."""
        return bool(item.tags.function & {"up", "down"}) or (item.number is not None and item.number.form not in COUNTS and not item.number.kind)

    def _counted_behind(self, match: Match, slot: Slot) -> bool:
        """Settle a number whose container stands behind it: "brings to N the number of those returned"."""
        items = match.scene.items
        i = slot.at + 1
        while i < len(items) and items[i].key in self.grammar.determiners:
            i += 1
        if i >= len(items) or i == slot.at + 1 or "container" not in items[i].tags.function:
            return False
        following = next((s.at for s in match.slots if s.at > slot.at), len(items))
        topic = find_topic(items, i + 1, following, self.frames, match.scene.contexts, around=self.scope.block(match.scene))
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
        while start > 0 and not (_counts(items[start - 1]) or "restart" in items[start - 1].tags.function or items[start - 1].key == ";"):
            start -= 1
        nearest = items[end].mark and items[end].key in "(["
        if nearest:
            start = max(start, end - BRACKETED)
        return find_topic(items, start, end, self.frames, match.scene.contexts, nearest, self.scope.block(match.scene))
