"""Chooses among the periods told in a sentence the one that a figure covers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from migstats.caching.regex import expression
from migstats.matching.slot import Match, Slot
from migstats.model import Period
from migstats.words.item import Item

_TELLING = frozenset(["", "stock", "anaphor"])
_APART = frozenset(["versus", "measure"])
"""Links over which a period told once at the end does not reach back."""
_LESSER = frozenset(["versus", "including", "bracket"])
"""Links of a number whose period is its own alone."""
_PARTING = frozenset(["restart", "relative", "versus"])
"""What stands between a period compared to and the number that it dates."""
_OTHER = ("same:", "previous")
"""Markers of a period with which another is compared."""
_CLOSING = frozenset([",", ")", ";", ":", "\u060c", "\u061b"])
_YEAR = expression(r"\d{4}")
_OPENERS = frozenset(["and", "versus", "restart", "total"])
"""Words before a period that begin what is told of the number behind it: "bringing the total since 2004 to N"."""
_NEAR = 3
"""Items between a period and the number that it opens the clause of."""


def tells(period: Period | None) -> bool:
    """Whether a period may be that of a figure: no baseline, and no date of saying (a stretch of days is never one)."""
    return period is not None and (period.role in _TELLING or (period.role == "reference" and "/" in period.iso))


def is_since(period: Period, published: str | None) -> bool:
    """Whether a period runs from another year on ("since 2018"): more often an aside than what a text is about."""
    start, _, end = period.iso.partition("/")
    return end == ".." or (published is not None and bool(end) and end[:7] == published[:7] and start[:4] != end[:4])


def is_past(period: Period, published: str | None) -> bool:
    """Whether a period ended before the year that precedes publication: a look back, and not what a text is about."""
    last = period.iso.rpartition("/")[2][:4]
    return published is not None and last.isdigit() and int(last) < int(published[:4]) - 1


def is_compared(match: Match, slot: Slot) -> bool:
    """Whether a number is only what another is compared to."""
    return slot.link.kind in _LESSER or _baseline(match.scene.items, slot) >= 0


def is_same_stretch(match: Match, slot: Slot, i: int) -> bool:
    """Whether a bare year dates a number that the year so far is compared to, by its change or after "the same months":
    "30,862 arrived, down 43% from 54,385 in 2024".
    """
    items = match.scene.items
    period = items[i].period
    if period is None or not _YEAR.fullmatch(period.iso) or slot.link.kind not in ("versus", "bracket"):
        return False
    same = any(item.period is not None and item.period.iso.startswith("same:") for item in items[:i])
    return same or any(s.measure == "attached" for s in match.slots)


def is_measured(match: Match, slot: Slot) -> bool:
    """Whether a multiple stands before what it is measured by: "eight times more than in the first half of 2019"."""
    after = match.scene.items[slot.at + 1 : slot.at + 1 + _NEAR]
    return slot.number.form == "multiple" and any(i.period is not None and i.period.role == "baseline" for i in after)


def choose_period(match: Match, slot: Slot) -> int:
    """Index of the item that tells the slot's period; -1 where the sentence tells none."""
    items = match.scene.items
    compared = _baseline(items, slot)
    if compared >= 0:
        return compared
    telling = [i for i, item in enumerate(items) if tells(item.period)]
    telling = [i for i in telling if not _is_now(items[i].period)] or telling
    left = [i for i in telling if i < slot.at and reaches(match, slot, i)]
    right = [i for i in telling if slot.at < i and _follows(match, slot, i)]
    if right and not _is_aside(match, slot, right[0]) and not (left and _is_parted(items, slot.at, right[0])):
        return right[0]
    if left:
        return left[-1]
    return next((i for i in telling if i > slot.at and _shares(match, slot, i)), -1)


def _is_now(period: Period | None) -> bool:
    """Whether a period says no more than "at present": all else that a sentence tells comes before it."""
    return period is not None and period.role == "stock" and (not period.iso or period.basis == "publication")


def _follows(match: Match, slot: Slot, i: int) -> bool:
    """Whether a period stands between a number and the next."""
    following = _next_at(match, slot.at)
    return i < following and not _leads(match.scene.items, i, following)


def _next_at(match: Match, at: int) -> int:
    """Where the next number stands behind an item."""
    return next((s.at for s in match.slots if s.at > at and s.measure != "attached"), len(match.scene.items))


def _is_aside(match: Match, slot: Slot, i: int) -> bool:
    """Whether a period right of a number is likely what it is compared to: behind a change, or told by another."""
    period = match.scene.items[i].period
    changed = any(s.measure == "attached" and slot.at < s.at < i for s in match.slots)
    return changed or (period is not None and period.iso.startswith(_OTHER) and slot.link.kind in ("none", "clause"))


def _baseline(items: Sequence[Item], slot: Slot) -> int:
    """The period compared to that a number is told for: "fewer than in 2022 (300)", "up on 2022, when 300 ..."."""
    parted = False
    for i in range(slot.at - 1, max(-1, slot.at - _NEAR - 1), -1):
        item = items[i]
        if item.period is not None:
            return i if (parted or i == slot.at - 1) and item.period.role == "baseline" else -1
        if item.number is not None:
            return -1
        parted = parted or item.key == "(" or bool(item.tags.function & _PARTING)
    return -1


def reaches(match: Match, slot: Slot, i: int) -> bool:
    """Whether a period left of a number may be its own: not that of a lesser number, nor one in a bracket."""
    items = match.scene.items
    if items[i].depth > slot.item.depth and _is_with_number(items, i):
        return False
    owner = _lesser_owner(match, i)
    return owner is None or owner.at >= slot.at or owner.link.kind == slot.link.kind


def is_of_lesser(match: Match, i: int) -> bool:
    """Whether a period dates a number compared to, a part or what stands in a bracket."""
    return _lesser_owner(match, i) is not None


def _lesser_owner(match: Match, i: int) -> Slot | None:
    """The number compared to, or the part, that a period behind it dates."""
    owner = next((s for s in reversed(match.slots) if s.at < i and s.measure != "attached"), None)
    if owner is None or owner.link.kind not in _LESSER or not _follows(match, owner, i):
        return None
    parted = owner.link.kind != "versus" and _is_parted(match.scene.items, owner.at, i)
    return None if parted else owner


def _is_parted(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether a comma or the end of a bracket stands between two items."""
    return any(item.key in _CLOSING for item in items[first + 1 : last])


def _is_with_number(items: Sequence[Item], i: int) -> bool:
    """Whether a period stands in a bracket that also holds a number."""
    for step in (-1, 1):
        at = i + step
        while 0 <= at < len(items) and items[at].depth >= items[i].depth:
            if items[at].candidate:
                return True
            at += step
    return False


def _shares(match: Match, slot: Slot, i: int) -> bool:
    """Whether a period right of a later number is told for both: not that of a number compared to, nor of a part."""
    items = match.scene.items
    between = [s for s in match.slots if slot.at < s.at < i]
    if items[i].depth > slot.item.depth or any(s.link.kind in _APART for s in between):
        return False
    if _leads(items, i, _next_at(match, i)):
        return False
    if any(one.measure == "attached" and two.measure != "attached" for one, two in itertools.pairwise(between)):
        return False
    parts = any(s.link.kind in ("including", "bracket") for s in between if s.measure != "attached")
    return not parts or _is_parted(items, between[-1].at, i)


def _leads(items: Sequence[Item], i: int, following: int) -> bool:
    """Whether a period opens the clause of the number that follows it ("..., in 2022 M")."""
    if following >= len(items) or following - i > _NEAR:
        return False
    between = items[i + 1 : following]
    if any(item.key == ":" for item in between) or (between and all(item.key == "(" for item in between)):
        return True
    if any((item.mark and item.key not in "\"',") or "and" in item.tags.function for item in between):
        return False
    before = items[i - 1] if i else None
    return before is not None and ((before.mark and before.key in ",;:") or bool(before.tags.function & _OPENERS))
