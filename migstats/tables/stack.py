"""Finds the tables whose cells stand in a line each."""

from __future__ import annotations

from migstats.tables.caption import Captions
from migstats.tables.cell import Cell, Line
from migstats.tables.grid import Grid

SHORT = 60
"""Characters of a line that may be a single cell."""
COLUMNS = range(2, 10)


class StackReader:
    """Finds the tables of one text whose cells stand in a line each."""

    def __init__(self, captions: Captions) -> None:
        self.captions, self.view = captions, captions.view
        self.blocks, self.rows, self.lines = captions.blocks, captions.rows, captions.lines

    def read(self, at: int, grid: Grid) -> int:
        """Take in the table whose header starts at the block `at`, each cell in a line of its own."""
        for wide in COLUMNS:
            stop = at + wide
            if stop + 2 * wide > len(self.blocks) or not self._is_head(stop - 1):
                return 0
            if not self._is_cell(stop + 1):
                continue
            lines: list[Line] = []
            while (line := self._stacked(stop, wide)) is not None:
                lines.append(line)
                stop += wide
            if len(lines) > 1 and not self._is_cell(stop):
                header = tuple((b.start, b.end) for b in self.blocks[at : at + wide])
                periods = tuple(self.captions.covered(*span) for span in header[1:])
                grid.enter(self.captions.make(lines, at, header=header, periods=periods))
                return stop
        return 0

    def _is_head(self, at: int) -> bool:
        """Whether a line may be a cell of a header: words, or a period."""
        block = self.blocks[at]
        worded = any(c.isalpha() for c in self.view[block.start : block.end])
        return self._is_word(at) and (worded or bool(self.captions.covered(block.start, block.end)))

    def _is_word(self, at: int) -> bool:
        block = self.blocks[at]
        words = self.view[block.start : block.end]
        return len(words) <= SHORT and self.rows[at] is None and not words.rstrip().endswith((".", ";"))

    def _is_cell(self, at: int) -> bool:
        return at < len(self.blocks) and self._cell(at) is not None

    def _cell(self, at: int) -> Cell | None:
        block = self.blocks[at]
        return self.lines.read_cell(block.start, block.end) if block.end - block.start <= SHORT else None

    def _stacked(self, at: int, wide: int) -> Line | None:
        """The row whose label is the block `at`."""
        if at + wide > len(self.blocks):
            return None
        label = (self.blocks[at].start, self.blocks[at].end)
        cells = [self._cell(n) for n in range(at + 1, at + wide)]
        kept = [cell for cell in cells if cell is not None]
        iso = self.captions.covered(*label)
        if len(kept) < len(cells) or (not iso and not self._is_word(at)) or label[1] - label[0] > SHORT:
            return None
        if not iso and not any(c.isalpha() for c in self.view[slice(*label)]):
            return None
        return Line(label, tuple(kept), iso) if any(cell.number >= 0 for cell in kept) else None
