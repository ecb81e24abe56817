"""Reads what stands above and below the rows of a table: its titles, its notes, and the time that they tell."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.model import Period, Span
from migstats.periods.period import find_periods
from migstats.tables.almanac import Almanac
from migstats.tables.cell import Line, LineReader
from migstats.tables.grid import Table
from migstats.texts.sentence import Block
from migstats.value import replace

TITLES = 3
"""Lines above a header in which the table may be named."""
NOTES = ("*", "(", "1")
"""What a note below a table begins with."""


class Captions:
    """Makes tables of rows and headers found in one text."""

    def __init__(self, text: str, blocks: Sequence[Block], lines: LineReader) -> None:
        self.text, self.view = text, lines.view
        self.blocks, self.lines, self.timeline = blocks, lines, lines.timeline
        self.rows = [None if b.kind == "related" else lines.read(b.start, b.end) for b in blocks]

    def make(
        self, lines: Sequence[Line], above: int, *, header: tuple[Span, ...] = (), flat: tuple[Span, ...] = (),
        periods: tuple[str, ...] = (),
    ) -> Table:  # fmt: skip
        """The table whose header (or first row, where it has none) is the block `above`."""
        low = max(0, above - TITLES)
        titles = [(b.start, b.end) for n, b in enumerate(self.blocks[low:above], low) if self._is_title(n)][::-1]
        titles = [*header[: 1 if any(periods) else 0], *titles]
        almanac = Almanac(self.timeline, [*header[:1], *flat, *titles, *self._notes(lines[-1])])
        placed = tuple(replace(line, iso=almanac.place(line.iso)) for line in lines)
        dated = tuple(almanac.place(iso) for iso in periods)
        bare = any(iso.startswith("--") for iso in (*periods, *(line.iso for line in lines)))
        return Table(placed, header, flat, dated, tuple(titles), self._told(titles), bare)

    def covered(self, start: int, end: int) -> str:
        """The period that a cell names and nothing beside; empty where it names none."""
        found = self.timeline.find(start, end) if end > start else []
        dated = found[0] if len(found) == 1 else self.timeline.opening(start, end) if found else None
        dated = dated if dated is not None and not self.view[start : dated.start].strip(" *|\t(") else None
        rest = self.view[dated.end : end] if dated is not None else "x"
        return dated.iso if dated is not None and not any(c.isalnum() for c in rest) else ""

    def _told(self, titles: Sequence[Span]) -> Period | None:
        """The period that the nearest title tells, first the one at which a total stood."""
        timeline = self.timeline
        for start, end in titles:
            told = find_periods(self.view[start:end], timeline.reader, timeline.published)
            told = [p for p in told if p.iso[:1].isdigit() and p.role in ("", "stock")]
            bare = [Period(d.start, d.end, d.iso) for d in timeline.find(start, end) if len(d.iso) == 4]
            found = [*(p for p in told if p.role), *reversed(told), *bare]
            if found:
                return found[0]
        return None

    def _notes(self, line: Line) -> list[Span]:
        """The note below the last row."""
        end = max(cell.end for cell in line.cells)
        below = next((b for b in self.blocks if b.start > end), None)
        noted = below is not None and self.view[below.start : below.end].lstrip().startswith(NOTES)
        return [(below.start, below.end)] if below is not None and noted else []

    def _is_title(self, at: int) -> bool:
        block = self.blocks[at]
        body = self.view[block.start : block.end].rstrip()
        worded = any(c.isalpha() for c in body) and not body.endswith(".")
        return worded and self.rows[at] is None and block.kind != "related"
