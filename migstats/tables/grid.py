"""What the tables of a text are, and what the numbers, periods and lines in them are for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from migstats.model import Number, Period, Span
from migstats.tables.cell import YEARS, Line
from migstats.texts.sentence import Block, govern
from migstats.value import dataclass, field, replace

_TIMES = frozenset(["year", "date"])
_REVIVED = frozenset(["year", "date", "reference", "list_marker", "time"])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the same number of cells."""

    lines: tuple[Line, ...]
    header: tuple[Span, ...] = ()
    """The cells above the columns, where marks or lines keep them apart."""
    flat: tuple[Span, ...] = ()
    """Else the lines above the rows, the nearest first, in which they must be told apart."""
    periods: tuple[str, ...] = ()
    """What period each column is of, where the header says so."""
    titles: tuple[Span, ...] = ()
    """Stretches that may name what the whole table counts, the nearest first."""
    told: Period | None = None
    """The period that they tell."""
    months: bool = False
    """Whether bare months label its rows or columns, so that the year may stand on the other side."""
    inline: bool = False
    """Whether all of it stands in one line."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands: its table, row and column."""

    table: Table
    row: int
    column: int


@dataclass(slots=True)
class Grid:
    """The tables of a text."""

    tables: list[Table] = field(default_factory=list)
    cells: dict[int, Spot] = field(default_factory=dict)
    """By the start of a number, its cell."""
    cut: dict[int, list[Number]] = field(default_factory=dict)
    """The numbers that others were cut into, by where these start."""
    unsure: set[int] = field(default_factory=set)
    """Where numbers start that may be several cells."""
    labels: list[Span] = field(default_factory=list)
    """Where periods stand as labels."""

    def enter(self, table: Table) -> None:
        """Take a table in."""
        self.tables.append(table)
        for row, line in enumerate(table.lines):
            if line.iso:
                self.labels.append(line.label)
            for column, cell in enumerate(line.cells):
                if cell.number >= 0:
                    self.cells[cell.number] = Spot(table, row, column)


def settle_blocks(view: str, blocks: Sequence[Block], numbers: Sequence[Number], grid: Grid) -> list[Block]:
    """The blocks, those that hold a row told as such, and no row the heading of what follows; a line whose only
    numbers tell the time is no row.
    """
    starts = sorted((line.label[0], table.inline) for table in grid.tables for line in table.lines)
    counted = sorted(number.start for number in numbers if number.kind not in _TIMES)
    settled: list[Block] = []
    for block in blocks:
        n = bisect_left(starts, (block.start, False))
        kind = block.kind
        if n < len(starts) and starts[n][0] < block.end and kind != "related":
            kind = "row" if not starts[n][1] else "paragraph" if kind == "heading" else kind
        elif kind == "row" and bisect_left(counted, block.start) == bisect_left(counted, block.end):
            kind = "heading"
        settled.append(replace(block, kind=kind))
    return govern(view, settled)


def settle_numbers(view: str, numbers: Sequence[Number], grid: Grid) -> list[Number]:
    """The numbers, those in cells cleared of what they only look like, those in labels told as years."""
    numbers = [part for number in numbers for part in grid.cut.get(number.start, (number,))]
    columns: dict[tuple[int, int], list[Number]] = {}
    for number in numbers:
        place = grid.cells.get(number.start)
        if place is not None:
            columns.setdefault((id(place.table), place.column), []).append(number)
    dated = {key for key, column in columns.items() if all(n.value in YEARS for n in column)}
    return [_settled(view, number, grid, dated) for number in numbers]


def _settled(view: str, number: Number, grid: Grid, dated: set[tuple[int, int]]) -> Number:
    if number.start in grid.unsure:
        return replace(number, kind=number.kind or "cells")
    spot = grid.cells.get(number.start)
    if spot is not None and (id(spot.table), spot.column) not in dated:
        percent = "%" in view[number.start : max(number.end, number.tail)]
        form = "cardinal" if number.form == "percent" and not percent else number.form
        return replace(number, kind="" if number.kind in _REVIVED else number.kind, form=form)
    labelled = any(start <= number.start < end for start, end in grid.labels)
    return replace(number, kind="year") if labelled and number.value in YEARS else number


def settle_periods(periods: Sequence[Period], grid: Grid) -> list[Period]:
    """The periods without those that a count in a cell was taken for."""
    return [p for p in periods if not any(n in grid.cells for n in range(p.start, p.end))]
