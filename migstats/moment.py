"""Chooses among the periods told in a sentence the one that a figure covers."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.item import Item
from migstats.model import Period
from migstats.slot import Match, Slot

_TELLING = frozenset(["", "stock", "anaphor"])
_APART = frozenset(["versus", "measure"])
"""Links over which a period told once at the end does not reach back."""
_NEAR = 3
"""Items between a period and the number that it opens the clause of."""


def tells(period: Period | None) -> bool:
    """Whether a period may be that of a figure: no baseline, and no date of saying (a stretch of days is never one)."""
    return period is not None and (period.role in _TELLING or (period.role == "reference" and "/" in period.iso))


def is_compared(match: Match, slot: Slot) -> bool:
    """Whether a number is only what another is compared to."""
    return slot.link.kind == "versus" or _baseline(match.scene.items, slot) >= 0


def choose_period(match: Match, slot: Slot) -> int:
    """Index of the item that tells the slot's period; -1 where the sentence tells none."""
    items = match.scene.items
    compared = _baseline(items, slot)
    if compared >= 0:
        return compared
    telling = [i for i, item in enumerate(items) if tells(item.period)]
    if not telling:
        return -1
    following = next((s.at for s in match.slots if s.at > slot.at and s.measure != "attached"), len(items))
    right = [i for i in telling if slot.at < i < following and not _leads(items, i, following)]
    if right:
        return right[0]
    left = [i for i in telling if i < slot.at and _reaches(match, slot, i)]
    if left:
        return left[-1]
    return next((i for i in telling if i > slot.at and _shares(match, slot, i)), -1)


def _baseline(items: Sequence[Item], slot: Slot) -> int:
    """The period compared to that a number is told for: "fewer than in 2022 (300)", "up on 2022, when 300 ..."."""
    parted = False
    for i in range(slot.at - 1, max(-1, slot.at - _NEAR - 1), -1):
        item = items[i]
        if item.period is not None:
            return i if parted and item.period.role == "baseline" else -1
        if item.number is not None:
            return -1
        parted = parted or item.key == "(" or bool(item.tags.function & {"restart", "relative"})
    return -1


def _reaches(match: Match, slot: Slot, i: int) -> bool:
    """Whether a period left of a number may be its own: not one that dates what another is compared to, or a bracket."""
    items = match.scene.items
    if items[i].depth > slot.item.depth and _is_with_number(items, i):
        return False
    owner = next((s for s in reversed(match.slots) if s.at < i and s.measure != "attached"), None)
    if owner is None or owner.at >= slot.at or owner.link.kind != "versus":
        return True
    following = next(s.at for s in match.slots if s.at > owner.at and s.measure != "attached")
    return _leads(items, i, following)


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
    """Whether a period right of a later number is told for both."""
    between = [s for s in match.slots if slot.at < s.at < i and s.measure != "attached"]
    return match.scene.items[i].depth <= slot.item.depth and not any(s.link.kind in _APART for s in between)


def _leads(items: Sequence[Item], i: int, following: int) -> bool:
    """Whether a period opens the clause of the number that follows it ("..., in 2022 M")."""
    if following >= len(items) or following - i > _NEAR:
        return False
    between = items[i + 1 : following]
    if any((item.mark and item.key not in "\"',") or "and" in item.tags.function for item in between):
        return False
    before = items[i - 1] if i else None
    return before is not None and (
        (before.mark and before.key in ",;:") or bool(before.tags.function & {"and", "versus", "restart"})
    )
