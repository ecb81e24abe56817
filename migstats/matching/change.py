"""Tells changes from shares: signs and words of rise, fall and comparison around a percentage."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.matching.slot import Match, Slot
from migstats.words.item import Item

_WINDOW = 6
"""Items around a percentage in which a word of change is its own."""
_CHANGES = frozenset(["up", "down", "compared"])


def is_change(match: Match, n: int) -> bool:
    """Whether a sign, or a word of rise, fall or comparison beside it, makes the percentage a change, as the one
    before it is.
    """
    items, slot = match.scene.items, match.slots[n]
    if slot.number.sign:
        return True
    if (slot.number.form == "fraction" and slot.phrase.status == "known") or _is_level(match, n):
        return False
    left = _near(items, slot.at, -1)
    right = _near(items, slot.at, 1)
    if slot.phrase.status == "known" and _roles(items[slot.phrase.end : slot.phrase.end + 2]) & {"up", "down"}:
        return True
    if _roles(left[:5]) & _CHANGES or "compared" in _roles(right) or _roles(right[:2]) & {"up", "down"}:
        return True
    if _is_listed(match, n):
        return match.slots[n - 1].number.form == slot.number.form
    if slot.item.depth:
        return _is_bracketed_change(match, n)
    start = next((s.at + 1 for s in reversed(match.slots[:n]) if s.phrase.status != "claimed"), 0)
    alone = slot.phrase.status == "empty" and not _roles(items[slot.at + 1 : slot.at + 2]) & {"of"}
    return alone and bool(_roles(items[start : slot.at]) & {"up", "down"})


def _is_listed(match: Match, n: int) -> bool:
    """Whether the percentage stands behind a change in a list, and tells nothing of its own."""
    slot = match.slots[n]
    changes = n > 0 and match.slots[n - 1].measure in ("change", "attached")
    return changes and slot.link.kind == "list" and slot.phrase.status == "empty"


def _is_bracketed_change(match: Match, n: int) -> bool:
    """Whether the percentage's bracket stands behind a word of rise or fall, or in a row of such brackets."""
    items, slot, before = match.scene.items, match.slots[n], match.slots[n - 1] if n else None
    if slot.phrase.status != "empty":
        return False
    if before is not None and before.item.depth and before.measure == "change":
        return before.number.form == slot.number.form
    opening = next((i for i in range(slot.at - 1, -1, -1) if items[i].key in "(["), 0)
    return bool(_roles(_near(items, opening, -1)) & {"up", "down"})


def _is_level(match: Match, n: int) -> bool:
    """Whether the percentage is one end of "from 38 % in 2016 to 36 %": a level, not a change."""
    for one, two in ((n, n + 1), (n - 1, n)):
        if one < 0 or two >= len(match.slots):
            continue
        first, second = match.slots[one], match.slots[two]
        between = match.scene.items[first.at + 1 : second.at]
        small = all(i.period or i.tags.function & {"to", "of"} or len(i.key) <= 2 for i in between)
        if small and between and first.number.form == second.number.form == "percent":
            return "to" in _roles(between) and "and" not in _roles(between)
    return False


def _near(items: Sequence[Item], at: int, step: int) -> list[Item]:
    """The items beside `at` up to the next number or stop."""
    row: list[Item] = []
    i = at + step
    while 0 <= i < len(items) and len(row) < _WINDOW:
        item = items[i]
        if item.candidate or (item.mark and item.key in ";:") or (item.mark and item.key in "()[]"):
            break
        row.append(item)
        i += step
    return row


def _roles(items: Sequence[Item]) -> set[str]:
    return {role for item in items for role in item.tags.function}


def falls(items: Sequence[Item], slot: Slot) -> bool:
    """Whether the change is a fall: by its sign, else by the nearest word of rise or fall."""
    if slot.number.sign:
        return slot.number.sign < 0
    for left, right in zip(
        [*_near(items, slot.at, -1), *[None] * _WINDOW], [*_near(items, slot.at, 1), *[None] * _WINDOW], strict=False
    ):
        for item in (left, right):
            if item is not None and item.tags.function & {"up", "down"}:
                return "down" in item.tags.function
    for item in reversed(items[: slot.at]):
        if (item.mark and item.key in ";:") or "restart" in item.tags.function:
            break
        if item.tags.function & {"up", "down"}:
            return "down" in item.tags.function
    return False
