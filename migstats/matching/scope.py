"""Says what a sentence is about, and whether its words of migration stand near enough to be believed."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.find import ABROAD, Findings, Scene
from migstats.frame import CASE, PERSON, Frame, Frames
from migstats.language import Grammar
from migstats.value import dataclass, replace
from migstats.vocabulary import LEVELS
from migstats.words.item import Item
from migstats.words.tag import EMPTY

_NONE: frozenset[str] = frozenset()
OPENING = 3
"""Blocks at the start of a text that say what it is about."""
LABEL = 14
"""Items that the label of a figure ("Actually returned: N") may have; in one, a verb needs no noun."""
SPOKEN, OVER, OF_ALL = 2, 3, 5
"""A text is devoted to migration where so many paragraphs speak of it: so many times those of other subjects, one in so
many of all.
"""
REACH = 6.0
"""Items between an event and the noun that it happens to."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator named by a run of words that holds no number of its own."""

    frame: Frame
    classes: frozenset[str]
    at: int
    """Index of the word that names the event, or the noun."""


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses frames in the contexts of one sentence."""

    frames: Frames
    about: frozenset[str]
    """The contexts of the sentence."""
    around: frozenset[str] | None = None
    """Those of its paragraph and headings, where they may be asked too."""

    def choose(self, event: str, classes: frozenset[str]) -> Frame | None:
        """The frame that an event (or none: "") and the classes of a noun make here."""
        return self.frames.choose(event, classes, self.about, self.around)


def find_topic(items: Sequence[Item], start: int, end: int, chooser: Chooser, nearest: bool = False) -> Topic | None:
    """The first indicator that `items[start:end]` name, by an event with its noun or by a noun alone; or the last,
    where `nearest`.
    """
    order = range(end - 1, start - 1, -1) if nearest else range(start, end)
    for i in order:
        tags = items[i].tags
        if not (tags.events or tags.counted):
            continue
        topic = (
            _done_topic(items, i, (start, end), chooser)
            or _event_topic(items, i, (start, end), chooser)
            or _noun_topic(items, i, chooser)
        )
        if topic is not None:
            return topic
    return None


def tells_apart(items: Sequence[Item], frames: Frames) -> bool:
    """Whether words say that something is told apart by places: "By country of departure:"."""
    return any(item.tags.claims & frames.breakdowns for item in items)


def _event_topic(items: Sequence[Item], i: int, within: tuple[int, int], chooser: Chooser) -> Topic | None:
    tags = items[i].tags
    for classes in _nouns_near(items, i, within):
        for event in sorted(tags.events):
            frame = chooser.choose(event, classes)
            if frame is not None:
                return Topic(frame, classes, i)
    if tags.nouns or within[1] - within[0] <= LABEL:
        for event in sorted(tags.events):
            frame = chooser.choose(event, frozenset([CASE])) or chooser.choose(event, frozenset([PERSON]))
            if frame is not None:
                return Topic(frame, frozenset([CASE]), i)
    return None


def _done_topic(items: Sequence[Item], i: int, within: tuple[int, int], chooser: Chooser) -> Topic | None:
    """The indicator of an act that something was done to: "crossings thwarted" are no crossings."""
    acts = items[i].tags.counted if items[i].tags.events else None
    for j in (i + 1, i - 1) if acts else ():
        if not within[0] <= j < within[1]:
            continue
        for event in sorted(items[j].tags.verbs):
            frame = chooser.choose(event, acts or _NONE)
            if frame is not None:
                return Topic(frame, acts or _NONE, j)
    return None


def _noun_topic(items: Sequence[Item], i: int, chooser: Chooser) -> Topic | None:
    classes = items[i].tags.counted
    frame = chooser.choose("", classes) if classes else None
    return Topic(frame, classes, i) if frame is not None else None


def _nouns_near(items: Sequence[Item], i: int, within: tuple[int, int]) -> list[frozenset[str]]:
    """The classes of the nouns around an event, nearest first."""
    start, end = within
    rows = []
    for step in range(int(REACH) + 1):
        for j in {i + step, i - step}:
            if start <= j < end and items[j].tags.counted:
                rows.append((step, j, items[j].tags.counted))
    return [classes for _, _, classes in sorted(rows, key=lambda r: (r[0], r[1]))]


def without_reach(items: Sequence[Item], at: int, grammar: Grammar, frames: Frames) -> Sequence[Item]:
    """The items of a sentence, a movement right before "to" and the number at `at` made a plain word: "it comes to
    526 %".
    """
    k = at - 1
    while k > 0 and ("to" in items[k].tags.function or items[k].key in grammar.determiners):
        k -= 1
    if k < 0 or k == at - 1 or not items[k].tags.verbs & frames.motions:
        return items
    return [*items[:k], replace(items[k], tags=EMPTY), *items[k + 1 :]]


class Scope:
    """What stands around each sentence of a document: the contexts of its paragraph, its headings and the title."""

    def __init__(self, findings: Findings, frames: Frames) -> None:
        self.evidence, self.foreign = frames.evidence, frames.foreign
        self.findings = findings
        self.by_block: dict[int, frozenset[str]] = {}
        self._around: dict[int, frozenset[str]] = {}
        for scene in findings.scenes:
            block = scene.sentence.block
            self.by_block[block] = self.by_block.get(block, _NONE) | scene.contexts
        first = findings.scenes[0].sentence.block if findings.scenes else -1
        self.first = first
        foreign = sum(bool(scene.contexts & self.foreign) for scene in findings.scenes)
        here = sum(bool(scene.contexts & self.evidence) for scene in findings.scenes)
        self.elsewhere = foreign > 1 and foreign > here
        """Whether the text speaks of another subject in more sentences than of migration."""
        spoken = sum(bool(names & self.evidence) for names in self.by_block.values())
        other = sum(bool(names & self.foreign) for names in self.by_block.values())
        told = sum(findings.blocks[block].kind != "row" for block in self.by_block)
        self.devoted = spoken >= SPOKEN and spoken > OVER * other and spoken * OF_ALL >= told
        """Whether it speaks of migration in paragraph after paragraph, and hardly of any other subject."""
        self.title = (
            frozenset(n for b in range(first, first + OPENING) for n in self.by_block.get(b, _NONE))
            if first >= 0
            else _NONE
        )

    def block(self, scene: Scene) -> frozenset[str]:
        """The contexts of the paragraph."""
        return self.by_block.get(scene.sentence.block, _NONE)

    def around(self, scene: Scene) -> frozenset[str]:
        """The contexts of the paragraph, the one before it, the headings above it and the title."""
        index = scene.sentence.block
        known = self._around.get(index)
        if known is None:
            near = self.by_block.get(index, _NONE) | self.by_block.get(index - 1, _NONE) | self.title
            known = self._around[index] = near.union(
                *(self.by_block.get(above, _NONE) for above in self.findings.governors(index))
            )
        return known

    def believes(self, scene: Scene, frame: Frame) -> bool:
        """Whether migration is spoken of near enough for the frame, and no other subject is."""
        if frame.evidence not in LEVELS:
            return frame.evidence in scene.contexts or frame.evidence in self.around(scene)
        here = bool(scene.contexts & self.evidence) and not (self.elsewhere and scene.contexts & self.foreign)
        if self.elsewhere and not here:
            return False
        if frame.evidence == "none":
            return here or not scene.contexts & self.foreign
        if here or frame.evidence == "sentence":
            return here
        if scene.contexts & self.foreign or (scene.block.kind == "heading" and scene.sentence.block > self.first):
            return False
        if frame.evidence == "abroad" and ABROAD in scene.contexts:
            return True
        block = self.by_block[scene.sentence.block]
        if block & self.evidence:
            return True
        return not block & self.foreign and (self.devoted or bool(self.around(scene) & self.evidence))

    def denies(self, scene: Scene) -> bool:
        """Whether the sentence speaks of another subject, so that nothing may be lent to it."""
        return self.elsewhere or bool(scene.contexts & self.foreign and not scene.contexts & self.evidence)
