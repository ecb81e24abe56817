"""Cuts the cells of rows anew where spaces part both cells and thousands: "31 480 611 902" above "23 207 514 838"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from migstats.model import Number
from migstats.tables.cell import Cell, Line

Cells = tuple[Cell, ...]
Cuttings = Mapping[int, Sequence[Cells]]
_GROUP = 3
_MOST = 10
"""Groups of digits that are cut in all ways; a longer row is left as it is."""
_WAYS = 4096
"""Ways to cut one row, at most; a row of more is left as it is."""
_MODELS = 64
"""Rows that the others are compared with: a table of thousands is like its first ones."""


def cuttings(view: str, line: Line) -> Cuttings:
    """The ways to cut a row, by how many cells they make; as it was read first among its like."""
    ways = [list(_ways(view, cell)) for cell in line.cells]
    if prod(map(len, ways)) > _WAYS:
        ways = [options[:1] for options in ways]
    found: dict[int, list[Cells]] = {}
    for choice in product(*ways):
        cells = tuple(cell for part in choice for cell in part)
        found.setdefault(len(cells), []).append(cells)
    return found


def _ways(view: str, cell: Cell) -> Iterator[Cells]:
    """The ways to cut one cell, whole first."""
    yield (cell,)
    body = view[cell.start : cell.end]
    groups = body.split(" ")
    if cell.number < 0 or not 1 < len(groups) <= _MOST or not all(group.isdigit() for group in groups):
        return
    for mask in range(1, 2 ** (len(groups) - 1)):
        cells, start, at = [], cell.start, cell.start
        for n, group in enumerate(groups):
            if n and mask >> (n - 1) & 1:
                cells.append(Cell(start, at - 1, start))
                start = at
            at += len(group) + 1
        cells.append(Cell(start, at - 1, start))
        if not any(view[part.start] == "0" and part.end - part.start > 1 for part in cells):
            yield tuple(cells)


def align(rows: Sequence[Sequence[Cells]]) -> list[Cells]:
    """One cutting for each row, so that numbers in a column are about as long as one another; nothing where two ways
    would do as well.
    """
    sure = [options[0] for options in rows if len(options) == 1]
    models = (sure or [cells for options in rows[:_MODELS] for cells in options])[:_MODELS]
    ranked = sorted((_misfit(model, rows), n) for n, model in enumerate(models))
    best = models[ranked[0][1]]
    chosen = [min(options, key=lambda cells: _strain(best, cells)) for options in rows]
    if sure:
        return chosen
    ties = [models[n] for misfit, n in ranked if misfit == ranked[0][0]]
    shapes = {tuple(min(options, key=lambda cells: _strain(tie, cells)) for options in rows) for tie in ties}
    return chosen if len(shapes) == 1 else []


def _misfit(model: Cells, rows: Sequence[Sequence[Cells]]) -> int:
    """How much the numbers of all rows differ from those of one, each row cut as it suits best."""
    return sum(min(_strain(model, cells) for cells in options) for options in rows)


def _strain(one: Cells, two: Cells) -> int:
    """How much the lengths of the numbers in two rows differ, in all columns."""
    return sum(
        abs((a.end - a.start) - (b.end - b.start)) for a, b in zip(one, two, strict=True) if a.number >= 0 <= b.number
    )


def new_numbers(view: str, old: Sequence[Cell], cells: Cells) -> dict[int, list[Number]]:
    """The numbers of the cells that were cut out of others, by the start of the number that they were cut from."""
    cut: dict[int, list[Number]] = {}
    starts = [cell.start for cell in cells]
    for whole in old:
        within = cells[bisect_left(starts, whole.start) : bisect_left(starts, whole.end)]
        inner = [cell for cell in within if cell.number >= 0]
        if len(inner) > 1:
            cut[whole.start] = [Number(c.start, c.end, Decimal(view[c.start : c.end].replace(" ", ""))) for c in inner]
    return cut
