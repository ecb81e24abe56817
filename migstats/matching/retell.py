"""Settles numbers by their value: those that tell a figure again, and those that together make one up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from migstats.matching.heads import can_count
from migstats.matching.match import Matcher
from migstats.matching.slot import Match, Slot

TELLING = 100
"""From this value on, equal numbers of one text are the same figure however far apart they stand."""
NEAR = 2
"""Sentences over which a smaller figure may be shared out."""
PARTS = 16
"""The most parts that a figure is shared out to."""
_SURE = frozenset(["anchor", "pattern"])


class Values:
    """What each number of a text counted where it first was a figure."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.told: dict[Decimal, Slot] = {}

    def note(self, match: Match) -> None:
        """Remember the figures of a sentence."""
        for slot in match.slots:
            if slot.frame is not None and slot.measure == "count" and slot.number.value >= TELLING:
                self.told.setdefault(slot.number.value, slot)

    def retell(self, match: Match) -> None:
        """Settle the numbers of a sentence that have no reading and the value of a figure."""
        if self.matcher.scope.denies(match.scene):
            return
        for slot in match.slots:
            lender = self.told.get(slot.number.value)
            if (
                lender is not None
                and slot.frame is None
                and slot.counts
                and can_count(slot, lender, self.matcher.frames)
            ):
                _lend(slot, lender, "anaphor")


def share_out(matches: Sequence[Match], matcher: Matcher) -> None:
    """Settle the parts that stand in a row and make up a sure figure told before them: "162 people: 98 women, 28 men,
    36 children".
    """
    told: dict[Decimal, tuple[int, Slot]] = {}
    for n, match in enumerate(matches):
        told.update((slot.number.value, (n, slot)) for slot in match.slots if _is_sure(slot))
        if matcher.scope.denies(match.scene):
            continue
        for total, row in _rows([slot for slot in match.slots if slot.counts]):
            at, lender = told.get(total, (n, row[0]))
            if lender in row or (total < TELLING and n - at > NEAR):
                continue
            if all(slot.frame is lender.frame or can_count(slot, lender, matcher.frames) for slot in row):
                for slot in row:
                    if slot.frame is None or slot.basis == "anaphor" or _is_misread(slot, lender):
                        _lend(slot, lender, "group")
                        slot.whole = lender


def _is_misread(slot: Slot, lender: Slot) -> bool:
    """Whether a part was read by the event of its total as something else: it counts what that one does."""
    one, two = slot.frame, lender.frame
    return one is not None and two is not None and one.event == two.event and one.indicator != two.indicator


def _is_sure(slot: Slot) -> bool:
    return slot.frame is not None and slot.measure == "count" and slot.basis in _SURE


def _rows(slots: Sequence[Slot]) -> Iterator[tuple[Decimal, Sequence[Slot]]]:
    """Every run of two or more numbers of a sentence with its sum, the longest of each start first."""
    for start in range(len(slots) - 1):
        for end in range(min(len(slots), start + PARTS), start + 1, -1):
            row = slots[start:end]
            yield sum((slot.number.value for slot in row), Decimal()), row


def _lend(slot: Slot, lender: Slot, basis: str) -> None:
    assert lender.frame is not None
    slot.take(lender.frame, basis, -1, lender.classes)
    slot.source = lender
