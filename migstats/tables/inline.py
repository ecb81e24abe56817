"""Finds tables that were written on into one line: "Arrivals: 2021: 1,510; 2022: 1,733", "Bodies: Jan 12 Feb 31"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from migstats.caching.regex import expression
from migstats.model import Span
from migstats.tables.caption import Captions
from migstats.tables.cell import Cell, Dated, Line
from migstats.tables.grid import Grid, Table
from migstats.value import replace

MONTH = 31
"""Above this a number is no day of a month."""
_FEWEST = {True: 3, False: 2}
"""Entries that make a table, by whether their labels are months."""
_DIGIT = expression(r"\d")
_LEADS = expression(r"(?:, [^\W\d_]+)?[ .]*[:=(-]?[ ]*")
_ENDS = expression(r"[%*)]*(?: *\([^()]{0,24}\))?[ ,;./|-]*")
_STOP = expression(r"[.;!?] ")


class InlineReader:
    """Finds the tables of one text that stand in a single line."""

    def __init__(self, captions: Captions) -> None:
        self.captions, self.view, self.blocks = captions, captions.view, captions.blocks
        self.lines, self.timeline = captions.lines, captions.timeline

    def read(self, at: int, grid: Grid) -> None:
        """Take in the tables of the block `at`."""
        block = self.blocks[at]
        if block.kind == "related" or len(_DIGIT.findall(self.view, block.start, block.end)) < 2:
            return
        span = (block.start, block.end)
        for labels in (self.timeline.find(*span), self.timeline.bare(*span)):
            entries = [self._entry(labels, n, block.end) for n in range(len(labels))]
            if self._read_runs(labels, entries, at, grid):
                return

    def _entry(self, labels: Sequence[Dated], n: int, end: int) -> Cell | None:
        """The only number between a label and the next one."""
        label, stop = labels[n], labels[n + 1].start if n + 1 < len(labels) else end
        lead = _LEADS.match(self.view, label.end, stop)
        start = lead.end() if lead else label.end
        k = bisect_left(self.lines.starts, start)
        if k >= len(self.lines.starts) or self.lines.starts[k] != start:
            return None
        number = self.lines.numbers[k]
        rest = _ENDS.match(self.view, number.end, stop)
        last = n + 1 == len(labels)
        whole = rest is not None and (rest.end() == stop or last)
        return Cell(start, number.end, start) if whole and number.end <= stop else None

    def _read_runs(self, labels: Sequence[Dated], entries: Sequence[Cell | None], at: int, grid: Grid) -> bool:
        """Take in every run of entries whose labels follow one another."""
        found, first = False, 0
        for n in range(1, len(labels) + 1):
            if n < len(labels) and entries[n] and entries[n - 1] and self._follows(labels[n - 1], labels[n]):
                continue
            cells = [cell for cell in entries[first:n] if cell is not None]
            if len(cells) == n - first and self._counts(labels[first:n], cells):
                lines = [Line((d.start, d.end), (cell,), d.iso) for d, cell in zip(labels[first:n], cells, strict=True)]
                grid.enter(self._make(lines, at))
                found = True
            first = n
        return found

    def _make(self, lines: Sequence[Line], at: int) -> Table:
        opener = self._opener(lines[0].label[0], self.blocks[at].start)
        table = self.captions.make(lines, at, flat=(opener,) if opener else ())
        return replace(table, inline=True)

    def _opener(self, end: int, start: int) -> Span | None:
        """What stands before the first label in its sentence."""
        stops = [found.end() for found in _STOP.finditer(self.view, start, end)]
        start = stops[-1] if stops else start
        return (start, end) if any(c.isalpha() for c in self.view[start:end]) else None

    def _follows(self, one: Dated, two: Dated) -> bool:
        """Whether a label may stand next to another: the next month, or another year."""
        if len(one.iso) != len(two.iso) or "/" in one.iso + two.iso:
            return False
        if one.iso.startswith("--"):
            return int(two.iso[2:]) == int(one.iso[2:]) % 12 + 1
        return one.iso != two.iso

    def _counts(self, labels: Sequence[Dated], cells: Sequence[Cell]) -> bool:
        """Whether the numbers behind the labels count something: they are no days of months, and no years."""
        months = labels[0].iso.startswith("--")
        if len(labels) < _FEWEST[months]:
            return False
        values = [self.lines.numbers[bisect_left(self.lines.starts, cell.start)].value for cell in cells]
        if not months:
            return len(labels[0].iso) in (4, 7)
        led = self.view[: labels[0].start].rstrip().endswith(":")
        return led or any(value > MONTH for value in values)
