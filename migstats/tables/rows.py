"""Finds the tables whose rows are lines, and cuts their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from migstats.model import Span
from migstats.tables.caption import Captions
from migstats.tables.cell import Cell, Line
from migstats.tables.grid import Grid
from migstats.tables.recut import align, cuttings, new_numbers
from migstats.texts.sentence import Block
from migstats.value import replace

WRAPS = 3
"""Lines that a header may be wrapped over."""
WIDEST = 240
"""Characters of a line that may be a header."""
_ABOVE = 64
"""Rows of a table that a shorter one is compared with."""
SHORT = 30
"""Characters that the words before the only period of a header may have."""


class RowReader:
    """Finds the tables of one text whose rows are lines."""

    def __init__(self, captions: Captions) -> None:
        self.captions, self.text, self.view = captions, captions.text, captions.view
        self.blocks, self.rows, self.lines = captions.blocks, captions.rows, captions.lines
        self.timeline = captions.timeline
        self.cuts = [cuttings(self.view, row) if row is not None else {} for row in self.rows]

    def read(self, at: int, grid: Grid) -> int:
        """Take in the table whose first row is the block `at`; the block behind it, or 0 where there is none."""
        first = self.rows[at]
        if first is None:
            return 0
        rows, stop = [first], at + 1
        widths = set(self.cuts[at])
        while stop < len(self.blocks):
            line = self.rows[stop]
            shared = widths & set(self.cuts[stop])
            if line is not None and (shared or self._falls_short(line, rows)):
                rows.append(line)
                widths = shared or widths
            elif not self.lines.is_rule(self.blocks[stop].start, self.blocks[stop].end):
                break
            stop += 1
        wide = min(widths) if len(widths) == 1 else self._width(at, widths)
        lines = self._cut(rows, wide, grid)
        if not lines:
            return stop
        periods = self._heads(lines[0])
        if periods and len(lines) > 1:
            grid.enter(
                self.captions.make(lines[1:], at, header=(first.label, *_spans(lines[0].cells)), periods=periods)
            )
        else:
            self._with_header(lines, at, grid)
        return stop

    def _width(self, at: int, widths: set[int]) -> int:
        """How many columns rows have that could be cut in several ways: as many as the header above has."""
        if at:
            block = self.blocks[at - 1]
            dated = len(self.timeline.find(block.start, block.end))
            capitals = sum(word[0].isupper() for word in self.text[block.start : block.end].split())
            for wide in (dated, capitals - 1, capitals):
                if wide in widths:
                    return wide
        return min(widths)

    def _cut(self, rows: Sequence[Line], wide: int, grid: Grid) -> list[Line]:
        """The rows cut into so many cells; nothing where that could be done in several ways."""
        full = [row for row in rows if wide in cuttings(self.view, row)]
        aligned = align([cuttings(self.view, row)[wide] for row in full])
        if not aligned:
            grid.unsure.update(cell.number for row in rows for cell in row.cells)
            return []
        chosen = dict(zip(map(id, full), aligned, strict=True))
        lines = []
        for row in rows:
            cells = chosen.get(id(row), row.cells)
            grid.cut.update(new_numbers(self.view, row.cells, cells))
            lines.append(replace(row, cells=cells))
        return lines

    def _falls_short(self, line: Line, lines: Sequence[Line]) -> bool:
        """Whether a row only lacks the percentages of change at the end of those above it."""
        have, wide = len(line.cells), len(lines[0].cells)
        lacking = [cell for above in lines[:_ABOVE] for cell in above.cells[have:]]
        return 0 < have < wide and bool(lacking) and all(self._is_change(cell) for cell in lacking)

    def _is_change(self, cell: Cell) -> bool:
        return cell.number < 0 or self.view[cell.start : cell.end].endswith("%")

    def _with_header(self, lines: list[Line], at: int, grid: Grid) -> None:
        """Take in rows with the header above them, if there is one."""
        above = at - 1
        while above >= 0 and self.lines.is_rule(self.blocks[above].start, self.blocks[above].end):
            above -= 1
        wide = len(lines[0].cells)
        if above < 0 or self.rows[above] is not None or self.blocks[above].kind == "related":
            return
        block = self.blocks[above]
        for over in (above, above - 1):
            header = self._parted_header(over, lines[0])
            if header:
                periods = tuple(self.captions.covered(*span) for span in header[1:])
                grid.enter(self.captions.make(lines, above + (over < above), header=header, periods=periods))
                return
        dated = self._dated_header(block, wide)
        if dated is not None:
            label, periods = dated
            grid.enter(
                self.captions.make(lines, above, header=(label, *[(block.end, block.end)] * wide), periods=periods)
            )
        elif not self.view[block.start : block.end].rstrip().endswith((".", "!", "?")):
            grid.enter(self.captions.make(lines, at, flat=self._wrapped(above)))

    def _parted_header(self, at: int, line: Line) -> tuple[Span, ...]:
        """The cells of a header between which marks stand, if the block `at` is one above such rows."""
        if at < 0 or self.rows[at] is not None or self.blocks[at].kind == "related":
            return ()
        block, wide = self.blocks[at], len(line.cells)
        pieces = self.lines.split(block.start, block.end)
        if len(pieces) < 2 or len(pieces) not in (wide, wide + line.lead):
            return ()
        first = pieces[len(pieces) - wide][0]
        return ((block.start, first), *pieces[len(pieces) - wide :])

    def _wrapped(self, above: int) -> tuple[Span, ...]:
        """The lines in which a header may be wrapped, the nearest first."""
        spans = []
        for block in reversed(self.blocks[max(0, above - WRAPS + 1) : above + 1]):
            body = self.view[block.start : block.end].rstrip()
            if block.kind in ("item", "related") or len(body) > WIDEST or body.endswith((".", "!", "?")):
                break
            spans.append((block.start, block.end))
        return tuple(spans)

    def _heads(self, line: Line) -> tuple[str, ...]:
        """The periods of the columns, where a line of bare years is the header."""
        found = [self.captions.covered(cell.start, cell.end) for cell in line.cells]
        return tuple(found) if len(found) > 1 and all(found) and not line.iso else ()

    def _dated_header(self, block: Block, wide: int) -> tuple[Span, tuple[str, ...]] | None:
        """The label column and the periods of a header whose columns are periods, one of words behind them at most."""
        found = self.timeline.find(block.start, block.end)
        if not found or any(self.view[a.end : b.start].strip(" *|,;/-\t()") for a, b in pairwise(found)):
            return None
        rest = self.view[found[-1].end : block.end].strip(" *|\t")
        if len(found) + bool(rest) != wide or (wide == 1 and found[0].start - block.start > SHORT):
            return None
        return (block.start, found[0].start), (*(d.iso for d in found), *([""] if rest else []))


def _spans(cells: Sequence[Cell]) -> list[Span]:
    return [(cell.start, cell.end) for cell in cells]
