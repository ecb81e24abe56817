"""Says which period a figure covers: its clause's, its sentence's, or the one told before."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.matching.slot import Match, Slot
from migstats.model import Period
from migstats.periods.timespan import (
    as_flow,
    as_stock,
    first_day,
    is_marker,
    last_day,
    reanchor,
    resolve_anaphor,
)
from migstats.readings.moment import (
    choose_period,
    is_compared,
    is_of_lesser,
    is_past,
    is_same_stretch,
    is_since,
    reaches,
    tells,
)
from migstats.value import dataclass, field, replace

OPENING = 2
"""Items from the start of a sentence in which a period sets the scene."""


@dataclass(slots=True)
class Clock:
    """The periods told so far while a document is read from its start to its end."""

    published: str | None
    """When the document was published: what its figures cover that nothing else dates."""
    stocks: frozenset[str]
    """Indicators that are counted at a date."""
    present: str | None = None
    """The date or year that "this year" and months without a year are told from."""
    lead: Period | None = None
    """The first period that the document tells."""
    by_block: dict[int, Period] = field(default_factory=dict)
    """The last period told in each block."""
    last: Period | None = None
    waiting: Period | None = None
    waiting_for: int = -1
    pending: Period | None = None
    pending_for: int = -1
    """A period told by a sentence without figures, and the sentence that it may serve: the next."""
    of_slot: dict[int, Period] = field(default_factory=dict)
    """The period given to each figure so far, by the identity of its slot."""

    def period_of(self, match: Match, slot: Slot, governors: Sequence[int]) -> Period | None:
        """The period of a figure; `governors` are the blocks above its own, nearest first."""
        told = slot.period or self._told(match, slot, governors)
        if told is None and self.waiting is not None and self.waiting_for == match.scene.index:
            told = replace(self.waiting, basis="inherited")
        if told is None and slot.source is not None and id(slot.source) in self.of_slot:
            told = replace(self.of_slot[id(slot.source)], basis="inherited")
        if told is None:
            told = self._inherited(match, governors)
        if told is not None:
            self.of_slot[id(slot)] = told
        if told is None or not told.iso:
            return None
        assert slot.frame is not None
        told = as_stock(told) if slot.frame.indicator in self.stocks else as_flow(told)
        whole = told.iso and not told.iso.startswith("-") and "/-" not in told.iso
        first, last = first_day(told.iso), last_day(told.iso)
        return told if whole and not (first and last and first > last) else None

    def note(self, match: Match) -> None:
        """Remember the periods that a sentence sets for what follows: in a heading, at its opening, or the first of
        the text.
        """
        block = match.scene.sentence.block
        self.waiting, self.waiting_for = self.pending, self.pending_for
        self.pending = None
        heading = match.scene.block.kind == "heading"
        for i, item in enumerate(match.scene.items):
            period = item.period
            if period is None or not tells(period) or period.role == "anaphor" or is_of_lesser(match, i):
                continue
            solved = self._solve(period, self.by_block.get(block) or self.last)
            if not solved.iso or is_marker(solved.iso) or solved.iso == self.published:
                continue
            aside = is_since(solved, self.present)
            if not aside and (heading or self.lead is None or i <= OPENING):
                self._set(block, solved)
                if heading:
                    break
            elif not (aside and solved.iso[4:5] == "/") and not any(slot.frame for slot in match.slots):
                self.pending = solved
        self.pending_for = match.scene.index + 1

    def _set(self, block: int, period: Period) -> None:
        self.by_block[block] = self.last = period
        if self.lead is None:
            self.lead = period

    def _solve(self, period: Period, before: Period | None, of_part: bool = False) -> Period:
        """What a period comes to that is told by another, or without its year."""
        if period.role == "anaphor" or is_marker(period.iso):
            return resolve_anaphor(period, before)
        year = before.iso[:4] if before is not None else ""
        within = self.present is None or (of_part and before is not None and before.iso == year)
        return reanchor(period, int(year)) if within and year.isdigit() else period

    def _told(self, match: Match, slot: Slot, governors: Sequence[int]) -> Period | None:
        """The period told in the figure's own sentence, which then holds for what follows in the paragraph."""
        items = match.scene.items
        found = choose_period(match, slot)
        if found < 0:
            return None
        period = items[found].period
        assert period is not None
        before = self._before(match, slot, found, governors)
        if before is not None and before.basis == "year_to_date" and is_same_stretch(match, slot, found):
            period = replace(period, iso=f"same:{period.iso}", role="anaphor")
        solved = self._solve(period, before, slot.link.kind == "including")
        if not solved.iso or is_marker(solved.iso):
            return before
        if not is_marker(period.iso) and not is_compared(match, slot):
            self._set(match.scene.sentence.block, solved)
        return solved

    def _before(self, match: Match, slot: Slot, found: int, governors: Sequence[int]) -> Period | None:
        """The period by which another is told: one before it, that of the figure before, the paragraph's."""
        items = match.scene.items
        for i in range(found - 1, -1, -1):
            period = items[i].period
            if period and tells(period) and not is_marker(period.iso) and reaches(match, slot, i):
                return period
        for other in reversed(match.slots):
            if other.at < slot.at and id(other) in self.of_slot:
                return self.of_slot[id(other)]
        return self.by_block.get(match.scene.sentence.block) or self.last or self._inherited(match, governors)

    def _inherited(self, match: Match, governors: Sequence[int]) -> Period | None:
        """The period that the paragraph, the heading or the lead has set."""
        for block in (match.scene.sentence.block, *governors):
            if block in self.by_block:
                return replace(self.by_block[block], basis="inherited")
        if self.lead is not None and not is_past(self.lead, self.present):
            return replace(self.lead, basis="inherited")
        return Period(0, 0, self.published, "publication") if self.published else None
