"""Settles the numbers in the cells of tables: each counts what its column and its row name together."""

from __future__ import annotations

from migstats.find import Findings
from migstats.frame import Frame, Frames
from migstats.matching.column import OTHER, PART, UNKNOWN, Columns, Head
from migstats.matching.scope import Scope
from migstats.matching.slot import Match, Slot
from migstats.matching.topic import Memory, Told
from migstats.model import Period
from migstats.tables.grid import Spot, Table
from migstats.value import replace

ABOVE = 4
"""Lines above a table in which may be told what it breaks down."""
YEAR, MONTH = 4, 7
"""Characters of a year and of a month in ISO 8601."""
_NONE: frozenset[str] = frozenset()


class Tables:
    """Settles the cells of one document."""

    def __init__(self, findings: Findings, frames: Frames, scope: Scope) -> None:
        self.findings, self.frames, self.scope = findings, frames, scope
        self.columns = Columns(findings, frames, scope)

    def settle(self, match: Match, memory: Memory) -> None:
        """Give the numbers of a sentence that stand in cells their frames and periods."""
        for slot in match.slots:
            spot = self.findings.grid.cells.get(slot.number.start)
            if spot is None:
                continue
            line = spot.table.lines[spot.row]
            if slot.frame is not None and len(line.cells) == 1:
                slot.period = self._period(spot)
                continue
            heads = self.columns.of(spot.table)
            if not heads:
                continue
            head, label = heads[spot.column], PART if line.iso else self.columns.head(spot.table, line.label)
            told = self._title(spot.table, match, memory)
            frame = self._frame(spot, head, label, told) if slot.counts else None
            if frame is not None and not self.scope.denies(match.scene):
                slot.take(frame, "group", -1, label.classes | head.classes)
                slot.source = told.slot if told is not None and head.frame is None and label.frame is None else None
            elif slot.number.sign and self._attach(match, slot):
                continue
            elif slot.counts or not self._has_count(match, slot):
                self._silence(slot)
            slot.period = self._period(spot)

    def _has_count(self, match: Match, slot: Slot) -> bool:
        """Whether a count that was read stands left of a percentage."""
        return any(s.frame is not None and s.counts for s in match.slots if s.at < slot.at)

    def _attach(self, match: Match, slot: Slot) -> bool:
        """Give a change to the count of its row whose period is the last."""
        counts = [s for s in match.slots if s.frame is not None and s.counts and s.at < slot.at and s.change is None]
        if slot.counts or not counts:
            return False
        owner = max(counts, key=lambda s: s.period.iso if s.period is not None else "")
        owner.change, slot.measure = slot.item, "attached"
        return True

    def _silence(self, slot: Slot) -> None:
        """Keep a cell whose column says nothing from being read otherwise."""
        slot.frame = None
        slot.phrase = replace(slot.phrase, status="claimed", claims=slot.phrase.claims or frozenset([OTHER.kind]))

    def _period(self, spot: Spot) -> Period | None:
        table, line = spot.table, spot.table.lines[spot.row]
        column = table.periods[spot.column] if table.periods else ""
        iso = line.iso or column
        for year, month in ((column, line.iso), (line.iso, column)):
            if len(year) == YEAR and len(month) == MONTH and table.months:
                iso = year + month[YEAR:]
        return Period(*line.label, iso) if iso else table.told

    def _frame(self, spot: Spot, head: Head, label: Head, told: Told | None) -> Frame | None:
        """What a cell counts, by its column, else by its row, else by the title with what they narrow it to."""
        if head.kind == OTHER.kind or (label.kind == OTHER.kind and not self.columns.by_place(spot.table)):
            return None
        for one, two in ((head, label), (label, head)):
            if one.frame is not None:
                agree = two.frame is None or two.frame.indicator == one.frame.indicator or not two.frame.event
                if two.kind == UNKNOWN.kind and one is label:
                    return None
                return self._narrowed(one.frame, two) if agree else None
        if head.inside:
            return self._before(spot, label, told)
        if UNKNOWN.kind in (head.kind, label.kind):
            return None
        frame = told.frame if told is not None else None
        for part in (head, label):
            frame = self._narrowed(frame, part) if frame is not None else None
        return frame

    def _before(self, spot: Spot, label: Head, told: Told | None) -> Frame | None:
        """The frame of a column that is a part of the one before it."""
        if not spot.column:
            return None
        heads = self.columns.of(spot.table)
        left = Spot(spot.table, spot.row, spot.column - 1)
        return self._frame(left, heads[left.column], label, told)

    def _narrowed(self, frame: Frame, part: Head) -> Frame | None:
        """The frame with the nouns of a part; none where they could not be counted by it."""
        classes = part.classes
        if part.kind != PART.kind or not classes:
            return frame
        own = self.frames.choose(frame.event, classes, _NONE) if frame.event else None
        if own is not None:
            return own
        return frame if self.frames.is_person(classes) and frame.counts_people else None

    def _title(self, table: Table, match: Match, memory: Memory) -> Told | None:
        """What the whole table counts: by its title, else by the paragraph above its breakdown."""
        topic = self.columns.title(table)
        if topic is not None:
            return Told(topic.frame, topic.classes, None)
        if not self.columns.breaks_down(table):
            return None
        rows = (memory.by_block.get(match.scene.sentence.block - n) for n in range(1, len(table.lines) + ABOVE))
        return next((row for row in rows if row is not None), None)
