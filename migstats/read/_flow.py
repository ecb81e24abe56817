"""Tells which lines of printed pages are one paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from migstats.caching.regex import expression
from migstats.read._sheet import Line

_ITEM = expression(r"(?:[-*•·▪◦‣●○■□►▶✓✔➢➤→◆❖\uf0b7\uf0a7\u2013\u2014]|\d{1,2}[.)]|\(?[a-z]\))\s")
_END = tuple('.!?…:;؟»"”')
_SIZE, _LEADING, _INDENT, _FEW = 0.2, 1.35, 1.5, 4
_SPACE = 0.25


class Flow:
    """The lines of a document in the order of reading, heads and feet left out."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._leading = self._measure_leading()
        self._block = self._cut_blocks()
        self._edges = self._measure_edges()

    def goes_on(self, at: int) -> bool:
        """Tell whether a line goes on in the next one: it does where the next word had no room in it."""
        line, after = self._lines[at], self._lines[at + 1]
        if line.cells or after.cells or not self._is_alike(line, after) or _ITEM.match(after.text):
            return False
        if self._block[at] != self._block[at + 1] and (line.text.endswith(_END) or not _runs_on(line, after)):
            return False
        if line.hyphen:
            return True
        indent = after.left - line.left
        if self._block[at] == self._block[at + 1] and indent > line.size and not _ITEM.match(line.text):
            return False
        return line.right + (after.first - after.left) + _SPACE * line.size >= self._edges[at] - _SPACE * line.size

    def _is_alike(self, line: Line, after: Line) -> bool:
        return abs(line.size - after.size) <= _SIZE * max(line.size, after.size)

    def _measure_leading(self) -> dict[tuple[int, int], float]:
        """Find how far lines of one size are apart on a page."""
        steps: dict[tuple[int, int], Counter[float]] = defaultdict(Counter)
        for line, after in zip(self._lines, self._lines[1:], strict=False):
            step = line.base - after.base
            if line.page == after.page and 0 < step < 3 * line.size:
                steps[line.page, round(line.size)][round(step * 2) / 2] += 1
        return {key: min(found, key=lambda step: (-found[step], step)) for key, found in steps.items()}

    def _cut_blocks(self) -> list[int]:
        """Number the blocks of lines that stand one below the other without a gap."""
        blocks = [0] * len(self._lines)
        for at, (line, after) in enumerate(zip(self._lines, self._lines[1:], strict=False)):
            leading = self._leading.get((line.page, round(line.size)), line.size)
            close = line.page == after.page and 0 < line.base - after.base <= _LEADING * min(leading, 1.9 * line.size)
            level = after.left < line.right and line.left < after.right
            blocks[at + 1] = blocks[at] + (not (close and level and self._is_alike(line, after)))
        return blocks

    def _measure_edges(self) -> list[float]:
        """Find for each line where its column ends."""
        of_block: dict[int, list[float]] = defaultdict(list)
        of_column: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for block, line in zip(self._block, self._lines, strict=True):
            of_block[block].append(line.right)
            of_column[line.page, round(line.size)].append(line)
        edges = []
        for block, line in zip(self._block, self._lines, strict=True):
            rights = of_block[block]
            if len(rights) < _FEW:
                column = of_column[line.page, round(line.size)]
                rights = [o.right for o in column if abs(o.left - line.left) <= _INDENT * line.size and not o.cells]
            edges.append(max(rights, default=line.right))
        return edges


def _runs_on(line: Line, after: Line) -> bool:
    """Tell whether a paragraph may go on in another column or on another page."""
    beside = line.page != after.page or after.base > line.base
    first = after.text[:1]
    return beside and (not first.isupper() or line.text.endswith(","))
