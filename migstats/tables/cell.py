"""Reads a line of a table: its label, and the cells behind it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from migstats.caching.regex import expression
from migstats.model import Number, Period, Span
from migstats.periods.period_rule import PeriodReader
from migstats.value import dataclass

YEARS = range(1900, 2100)
LABEL = 70
"""Characters that the label of a row may have."""
_SEPARATOR = expression(r" *[\t|] *| {2,}")
_LETTER = expression(r"[^\W\d_]")
_BRACKET = expression(r"\([^()]{0,24}\)")
_EMPTY = expression(r"[-.]+(?=\s|$)")
_NOTES = expression(r"[*†‡]+")
_RULE = expression(r"[\s|:+=-]+")
_YEAR = expression(r"(?:19|20)\d\d(?![\d.,/'-]*\d)")
_FRAME = expression(r"[\s|]*")
_SIGNS = "+-~<>=▲▼△▽↑↓↗↘"


class Cell(NamedTuple):
    """One cell, and where the number in it starts; -1 where it holds none."""

    start: int
    end: int
    number: int = -1


class Dated(NamedTuple):
    """A stretch of a line that names a period; `--02` is February of a year told elsewhere."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is about, and its cells."""

    label: Span
    cells: tuple[Cell, ...]
    iso: str = ""
    """The period that its label names."""
    lead: int = 1
    """How many columns its label takes."""


class Timeline:
    """Finds the periods that stand as labels in one view, bare months and years among them."""

    def __init__(self, view: str, reader: PeriodReader, published: str | None, periods: Sequence[Period]) -> None:
        """`periods` are those of the view."""
        self.view, self.reader, self.published = view, reader, published
        self.periods = [period for period in periods if period.iso and not _LETTER.match(period.iso)]
        self.starts = [period.start for period in self.periods]
        self.labels = _label_pattern(tuple(sorted(reader.values.get("month", {}))))

    def find(self, start: int, end: int) -> list[Dated]:
        """The periods of a stretch, in order."""
        inside = self.periods[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        rows = [Dated(p.start, p.end, p.iso) for p in inside if p.end <= end]
        starts = [row.start for row in rows]
        for label in self.bare(start, end):
            before = bisect_left(starts, label.end) - 1
            if before < 0 or rows[before].end <= label.start:
                rows.append(label)
        return sorted(rows)

    def bare(self, start: int, end: int) -> list[Dated]:
        """The months and years of a stretch, whatever numbers stand beside them."""
        found = self.labels.finditer(self.view, start, end)
        return [Dated(m.start(), m.end(), self._iso(m.group())) for m in found]

    def month(self, word: str) -> int:
        """The number of the month that a word names; 0 where it names none."""
        return self.reader.values.get("month", {}).get(word, 0)

    def _iso(self, word: str) -> str:
        return word if word.isdigit() else f"--{self.month(word):02}"

    def opening(self, start: int, end: int) -> Dated | None:
        """The period that a stretch opens with."""
        at = start + len(self.view[start:end]) - len(self.view[start:end].lstrip(" \t|*"))
        year = _YEAR.match(self.view, at, end)
        if year:
            return Dated(year.start(), year.end(), year.group())
        found = self.labels.match(self.view, at, end)
        if found:
            return Dated(found.start(), found.end(), self._iso(found.group()))
        first = next(iter(self.find(at, min(end, at + LABEL))), None)
        return first if first is not None and first.start == at else None


@lru_cache(maxsize=8)
def _label_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(months, key=len, reverse=True))
    return re.compile(rf"(?<![\w.,])(?:(?:19|20)\d\d(?![\w/'-]|[.,]\d)|(?:{words})(?![^\W\d_]))")


class LineReader:
    """Reads the lines of one view."""

    def __init__(self, view: str, numbers: Sequence[Number], timeline: Timeline, empty: Sequence[str]) -> None:
        """`empty` are the words that a language writes in a cell without a value."""
        self.view, self.timeline = view, timeline
        self.numbers = [n for n in numbers if not n.words]
        self.starts = [n.start for n in self.numbers]
        self.empty = re.compile(rf"(?:{'|'.join(map(re.escape, empty))})(?!\w)" if empty else r"(?!)")

    def read(self, start: int, end: int) -> Line | None:
        """The line as a row; None where it is none."""
        start = _FRAME.match(self.view, start, end).end()  # type: ignore[union-attr]
        body = self.view[start:end].rstrip(" |")
        end = start + len(body)
        pieces = self.split(start, end)
        line = self._separate(pieces) if len(pieces) > 1 else self._flat(start, end)
        if line is None or (len(line.cells) == 1 and self._is_year(line.cells[0])):
            return None
        return line

    def _is_year(self, cell: Cell) -> bool:
        """Whether a cell holds nothing but what looks like a year."""
        body = self.view[cell.start : cell.end]
        return len(body) == 4 and body.isdigit() and int(body) in YEARS

    def is_rule(self, start: int, end: int) -> bool:
        """Whether a line only draws a line between rows."""
        return _RULE.fullmatch(self.view, start, end) is not None

    def split(self, start: int, end: int) -> list[Span]:
        """The pieces of a line that marks of a table stand between."""
        start = _FRAME.match(self.view, start, end).end()  # type: ignore[union-attr]
        end = start + len(self.view[start:end].rstrip(" |"))
        pieces, at = [], start
        for found in _SEPARATOR.finditer(self.view, start, end):
            pieces.append((at, found.start()))
            at = found.end()
        return [*pieces, (at, end)]

    def read_cell(self, start: int, end: int) -> Cell | None:
        """A stretch that holds one number or stands for none; None where it says something else."""
        cells = self._cells(start, end)
        if cells is None or len(cells) > 1:
            return None
        return cells[0] if cells else Cell(start, end)

    def _separate(self, pieces: Sequence[Span]) -> Line | None:
        read = [self.read_cell(*piece) for piece in pieces]
        lead = 1
        while lead < len(pieces) and read[lead] is None:
            lead += 1
        cells = [cell or Cell(*piece) for cell, piece in zip(read[lead:], pieces[lead:], strict=True)]
        label = (pieces[0][0], pieces[lead - 1][1])
        if not any(cell.number >= 0 for cell in cells):
            return None
        dated = self.timeline.opening(*label)
        if dated is None and not _LETTER.search(self.view, *label):
            return None
        return Line(label, tuple(cells), dated.iso if dated is not None and self._ends(dated, label[1]) else "", lead)

    def _flat(self, start: int, end: int) -> Line | None:
        dated = self.timeline.opening(start, end)
        if dated is not None:
            cells = self._cells(dated.end, end)
            if cells and any(cell.number >= 0 for cell in cells):
                return Line((dated.start, dated.end), tuple(cells), dated.iso)
        first = self._first_number(start, end)
        if first is None or first - start > LABEL or not _LETTER.search(self.view, start, first):
            return None
        empty = self.empty.search(self.view, start, first)
        first = empty.start() if empty and self.view[empty.start() - 1 : empty.start()] == " " else first
        cells = self._cells(first, end)
        return Line((start, first), tuple(cells)) if cells else None

    def _first_number(self, start: int, end: int) -> int | None:
        """Where the first cell of a line without marks between its cells starts, its sign before it."""
        n = bisect_left(self.starts, start)
        if n >= len(self.numbers) or self.starts[n] >= end:
            return None
        first = self.numbers[n].start
        return first - 1 if self.view[first - 1] in _SIGNS else first

    def _ends(self, dated: Dated, end: int) -> bool:
        return not _LETTER.search(self.view, dated.end, end)

    def _cells(self, at: int, end: int) -> list[Cell] | None:
        """The cells of a stretch; None where it holds anything else."""
        cells: list[Cell] = []
        while at < end:
            char = self.view[at]
            n = bisect_left(self.starts, at)
            number = self.numbers[n] if n < len(self.starts) and self.starts[n] == at else None
            marked = _BRACKET.match(self.view, at, end) or _NOTES.match(self.view, at, end)
            empty = self.empty.match(self.view, at, end) or _EMPTY.match(self.view, at, end)
            if number is not None and number.end <= end:
                stop = max(number.end, min(number.tail, end))
                cells.append(Cell(at, stop, at))
                at = stop
            elif empty and (at == 0 or self.view[at - 1].isspace()):
                cells.append(Cell(at, empty.end()))
                at = empty.end()
            elif marked and cells:
                at = marked.end()
            elif char.isspace() or char in _SIGNS or (char == "%" and cells) or (char == ":" and not cells):
                at += 1
            else:
                return None
        return cells
