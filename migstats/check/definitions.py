"""What is counted: whether a text counts what it says it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from migstats.check._case import COUNT, Case, Told
from migstats.check._finding import Finding
from migstats.find import Scene
from migstats.matching.scope import Chooser, find_topic
from migstats.model import Span

TITLE = "definitions"
TAGS = 2
"""Marks of a tag that make a line one of tags."""
TAG = "#"
LEAST = 20
"""Smaller numbers are equal by chance."""

ANNOUNCED = "D01"
ACTS = "D02"
MIXED = "D03"
CODES = (ANNOUNCED, ACTS, MIXED)


def find(case: Case) -> Iterator[Finding]:
    """Look at tags, at acts and people, and at what excludes one another."""
    yield from _find_announced(case)
    yield from _find_acts(case)
    yield from _find_mixed(case)


def _find_announced(case: Case) -> Iterator[Finding]:
    """The indicator that a line of tags names, and no figure has."""
    if case.frames is None or not case.told:
        return
    for _, scene in case.scenes:
        start, end = scene.sentence.start, scene.sentence.end
        if case.document.text.count(TAG, start, end) < TAGS:
            continue
        items = [item for item in scene.items if item.key != TAG]
        topic = find_topic(items, 0, len(items), Chooser(case.frames, scene.contexts), nearest=True)
        if topic is None or any(one.record.indicator == topic.frame.indicator for one in case.told):
            continue
        said = f"the tags announce {topic.frame.indicator}, and no figure of the text is one"
        yield Finding(ANNOUNCED, said, (_tags(case.document.text, scene),))
        return


def _tags(text: str, scene: Scene) -> Span:
    """Where the tags of a sentence stand."""
    start, end = scene.sentence.start, scene.sentence.end
    first, last = text.index(TAG, start), text.rindex(TAG, start, end)
    stop = text.find(" ", last, end)
    return first, stop if stop > 0 else end


def _find_acts(case: Case) -> Iterator[Finding]:
    """Counts of acts, and the same number told of people."""
    acts = frozenset(case.codebook.acts)
    counted = [one for one in case.told if one.record.measure == COUNT and one.stated.value >= LEAST]
    done: set[tuple[int | float, str]] = set()
    for one in counted:
        if not _is_act(one, acts) or (one.record.value, one.record.indicator) in done:
            continue
        people = [other for other in counted if _same(one, other) and _is_people(case, other, acts)]
        if people:
            done.add((one.record.value, one.record.indicator))
            said = f"{one.shown} is told of acts, and of people"
            yield Finding(ACTS, said, (people[0].span, one.span))


def _is_act(one: Told, acts: frozenset[str]) -> bool:
    classes = one.slot.phrase.classes
    return bool(classes) and classes <= acts


def _is_people(case: Case, one: Told, acts: frozenset[str]) -> bool:
    classes = one.slot.phrase.classes
    return case.frames is not None and case.frames.is_person(classes) and not classes & acts


def _same(one: Told, other: Told) -> bool:
    """Whether two counts tell one number of one indicator."""
    return (one.record.value, one.record.indicator) == (other.record.value, other.record.indicator)


def _find_mixed(case: Case) -> Iterator[Finding]:
    """One number under two codes that exclude one another, and one whose clause tells both."""
    counted = [one for one in case.told if one.record.measure == COUNT]
    done: set[int] = set()
    for one, other in permutations(counted, 2):
        if one.span < other.span and other.record.start not in done and _exclude(case, one, other):
            equal = one.stated.value == other.stated.value and one.stated.value >= LEAST
            if equal and _agree(one, other):
                done.add(other.record.start)
                said = f"{one.shown} is told as {one.record.indicator} and as {other.record.indicator}"
                yield Finding(MIXED, said, (other.span, one.span))


def _exclude(case: Case, one: Told, other: Told) -> bool:
    """Whether the codebook keeps the indicators of two counts apart."""
    rows: Sequence[Sequence[str]] = case.codebook.apart
    pair = {one.record.indicator, other.record.indicator}
    return len(pair) > 1 and any(pair <= set(row) for row in rows)


def _agree(one: Told, other: Told) -> bool:
    first, second = one.record, other.record
    return first.period is None or second.period is None or first.period == second.period
