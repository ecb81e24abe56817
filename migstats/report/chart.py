"""The points of a chart, in units of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from migstats.records.record import Record
from migstats.report.links import placed
from migstats.series.line import Line, Series
from migstats.show import show_number, show_value
from migstats.value import dataclass

WIDTH, HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 12, 10, 24
_TICKS = 9
"""Years that are named at most."""
_SHAPES = {"year": "c", "year_to_date": "t"}
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """One value in a chart."""

    x: int
    y: int
    top: int
    bottom: int
    """The ends of its interval."""
    shape: str
    """`c` for a year, `t` for a year to date, `s` for any other period."""
    look: str
    """Empty, `d` for a derived value, `r` for one that contradicts another."""
    record: Record
    """The figure that it leads to."""
    says: str

    @property
    def path(self) -> str:
        """Draw its shape and its interval."""
        x, y = self.x, self.y
        drawn = {
            "c": f"M{x - 4},{y}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0z",
            "t": f"M{x},{y - 5}l5,9h-10z",
            "s": f"M{x - 3},{y - 3}h6v6h-6z",
        }
        bar = f"M{x},{self.top}V{self.bottom}" if self.bottom - self.top > 3 else ""
        return bar + drawn[self.shape]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a series."""

    points: tuple[Point, ...]
    rows: tuple[tuple[int, str], ...]
    """The heights that are named."""
    columns: tuple[tuple[int, str], ...]
    """The times that are named."""


def draw_chart(series: Series) -> Chart:
    """Lay out the values of a series: time to the right, from zero upwards."""
    lines = placed(series.lines)
    days = [day.toordinal() for line in lines for day in line.key.days if day]
    first, last = min(days), max(days)
    ends = [end for line in lines for end in _ends(line)]
    least, most = min(0.0, *ends), max(ends) or 1.0
    step = _choose_step(most - least)

    def place_x(day: float) -> int:
        return round(_LEFT + 8 + (day - first) / max(last - first, 1) * (WIDTH - _LEFT - _RIGHT - 16))

    def place_y(value: float) -> int:
        return round(HEIGHT - _BOTTOM - (value - least) / (most - least) * (HEIGHT - _TOP - _BOTTOM))

    points = []
    for line in lines:
        start, end = line.key.days
        assert start is not None
        assert end is not None
        x = place_x((start.toordinal() + end.toordinal()) / 2)
        for value, (low, high), record, says in _values(line):
            look = "d" if line.derived else "r" if line.state == "contradicting" else ""
            shape = _SHAPES.get(line.key.kind, "s")
            points.append(Point(x, place_y(value), place_y(high), place_y(low), shape, look, record, says))
    heights = [least + n * step for n in range(int((most - least) / step) + 1)]
    rows = tuple((place_y(height), _say_height(height)) for height in heights)
    columns = tuple((place_x(day), name) for day, name in _name_times(first, last))
    return Chart(tuple(points), rows, columns)


def _values(line: Line) -> Iterator[tuple[float, tuple[float, float], Record, str]]:
    """Go through the values of a line, each with its interval, the figure behind it, and its words."""
    unit, period = line.key.series.unit, line.key.period
    for told in line.told:
        bounds = told.bounds
        ends = (float(bounds.low), float(told.value if bounds.high is None else bounds.high))
        says = f"{period}: {show_value(told.value, told.high, told.qualifier, unit)}"
        for record in told.witnesses:
            yield float(told.value), ends, record, f"{says}, {line.state}"
    for one in line.implied if line.derived else ():
        says = f"{period}: {show_number(one.low)} to {show_number(one.high)}, derived from {one.sum}"
        yield (one.low + one.high) / 2, (one.low, one.high), one.witnesses[0], says


def _ends(line: Line) -> Iterator[float]:
    """Go through the values that must fit into the picture."""
    for value, ends, _, _ in _values(line):
        yield value
        yield from ends


def _choose_step(span: float) -> float:
    """Choose how far apart heights are named: three or four of them."""
    step = Decimal(1)
    while float(step) * 4 < span:
        step *= 10
    while float(step) > span:
        step /= 10
    fitting = [float(step) / 10 * n * part for part in (1, 10) for n in _STEPS]
    return next((one for one in fitting if span / one <= 4), float(step))


def _say_height(height: float) -> str:
    """Write a height as short as it can be."""
    return show_number(int(height)) if height == int(height) else f"{height:g}"


def _name_times(first: int, last: int) -> Iterator[tuple[float, str]]:
    """Name the years in their middle; the first and last day where all is within a year or so."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    years = range(start.year, end.year + 1)
    if len(years) == 1:
        yield first, start.isoformat()
        yield last, end.isoformat()
        return
    every = -(-len(years) // _TICKS)
    for year in years[::every]:
        middle = date(year, 7, 1).toordinal()
        yield min(max(middle, first), last), str(year)


def count_points(charts: Sequence[Chart]) -> int:
    """Count the points of charts."""
    return sum(len(chart.points) for chart in charts)
