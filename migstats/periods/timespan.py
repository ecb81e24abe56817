"""Dates as precise as they are known, joined to ISO 8601 intervals."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from migstats.caching.regex import expression
from migstats.model import Period
from migstats.value import dataclass, replace

_MOMENT = expression(r"(?:(\d{4})|-)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_MARKER = expression(r"(same|previous|next)(?:-(year|month|week|day|\d))?(?::(\d{4}))?\Z")


class Moment(NamedTuple):
    """A year, a month or a day; 0 stands for what is not known or not said."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """The moment in ISO 8601; without its year in the truncated form `--07` or `--07-14`."""
        year = f"{self.year:04}" if self.year else "-"
        return year + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")

    @property
    def valid(self) -> bool:
        """Whether there is such a day in the calendar."""
        if not 0 <= self.month <= 12 or not (self.year or self.month) or not 0 <= self.year <= 9998:
            return False
        if not self.day:
            return True
        return bool(self.month) and 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    def shifted(self, months: int) -> Moment:
        """The moment so many months later; a day that the month lacks becomes its last."""
        if not self.month:
            return Moment(self.year + months // 12)
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        day = min(self.day, monthrange(year, month + 1)[1]) if self.day and 1 <= year <= 9999 else 0
        return Moment(year, month + 1, day)

    def last_of_month(self) -> Moment:
        """The last day of its month."""
        return self._replace(day=monthrange(self.year or 2000, self.month)[1]) if self.month else self

    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """Its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class YearlessPeriod(Period):
    """A period told without its year: the one it has is taken from the publication, and `reanchor` may set another."""


def parse_moment(text: str | None) -> Moment | None:
    """Read `2018`, `2018-09`, `2018-09-14` (what follows a day is ignored), `--09` or `--09-14`; None for all else."""
    found = _MOMENT.match(text or "")
    if not found:
        return None
    moment = Moment(*(int(part or 0) for part in found.groups()))
    return moment if moment.valid else None


def split_interval(iso: str) -> tuple[Moment | None, Moment | None]:
    """Both ends of an ISO date or interval; None for an end that is open or not understood."""
    start, slash, end = iso.partition("/")
    return parse_moment(start), parse_moment(end if slash else start)


def join_interval(start: Moment | None, end: Moment | None) -> str:
    """Write an interval; None is an open end, and two equal ends are one date."""
    if start is None and end is None:
        return ""
    if start == end and start is not None:
        return start.iso
    return f"{start.iso if start else '..'}/{end.iso if end else '..'}"


def first_day(iso: str) -> date | None:
    """The first day of an ISO date or interval; None where that end is open or unknown."""
    start, _ = split_interval(iso)
    return start.first() if start and start.year else None


def last_day(iso: str) -> date | None:
    """The last day of an ISO date or interval; None where that end is open or unknown."""
    _, end = split_interval(iso)
    return end.last() if end and end.year else None


def shift_interval(iso: str, months: int) -> str:
    """Move both ends of an interval by so many months; open ends stay open."""
    start, end = (part and part.shifted(months) for part in split_interval(iso))
    return join_interval(start, end) if all(part is None or part.valid for part in (start, end)) else ""


def reanchor(period: Period, year: int) -> Period:
    """Set the year of a period told without one; any other period is returned as it is."""
    if not isinstance(period, YearlessPeriod) or not period.iso:
        return period
    start, end = split_interval(period.iso)
    back = bool(start and end and (start.year < end.year or start[1:] > end[1:]))
    iso = join_interval(_with_year(start, year - back), _with_year(end, year))
    return Period(period.start, period.end, iso, period.basis, period.role)


def _with_year(moment: Moment | None, year: int) -> Moment | None:
    if moment is None:
        return None
    placed = moment._replace(year=year)
    return placed if placed.valid else placed._replace(day=0)


def is_marker(iso: str) -> bool:
    """Whether this stands for a period told before: `same`, `previous`, `next`, of a `-year`, or of `-3` months."""
    return _MARKER.match(iso) is not None


def resolve_anaphor(period: Period, before: Period | None) -> Period:
    """Solve a period told by another ("the same year", "a year earlier") with the period told before it.

    Its ISO is then that period's: `same` unchanged, `previous` and `next` a year away, `same:2022` in that year;
    with `-year`, `-month` or `-day` the whole year, month or day. Without a period before it is left empty.
    """
    marker = _MARKER.match(period.iso)
    if not marker:
        return period
    way, unit, year = marker.groups()
    start, end = split_interval(before.iso) if before else (None, None)
    if before is None or (start is None and end is None):
        iso = year or ""
    elif year:
        iso = _in_year(before.iso, int(year))
    else:
        iso = _away(before.iso, {"same": 0, "previous": -1, "next": 1}[way], unit)
    role = "" if period.role == "anaphor" else period.role
    return replace(period, iso=iso, role=role, basis="inherited")


def _in_year(iso: str, year: int) -> str:
    start, end = split_interval(iso)
    anchor = end or start
    if anchor is None or not anchor.year:
        return str(year)
    return shift_interval(iso, 12 * (year - anchor.year))


def _away(iso: str, step: int, unit: str | None) -> str:
    start, end = split_interval(iso)
    anchor = end or start
    if anchor is None or not anchor.year:
        return "" if step or unit else iso
    if unit == "year":
        return Moment(anchor.year + step).iso
    if unit == "month" and anchor.month:
        return anchor._replace(day=0).shifted(step).iso
    if unit == "day" and anchor.day and not step:
        return anchor.iso
    if unit == "week":
        return _shift_days(start, end, 7 * step)
    return shift_interval(iso, (int(unit) if unit and unit.isdigit() else 12) * step)


def _shift_days(start: Moment | None, end: Moment | None, days: int) -> str:
    """Move an interval of days; empty where it is not told to the day."""
    if start is None or end is None or not start.day or not end.day:
        return ""
    moved = [side.first() + timedelta(days=days) for side in (start, end)]
    return join_interval(*(Moment(day.year, day.month, day.day) for day in moved))


def as_stock(period: Period) -> Period:
    """The period as a stock is dated: the day up to which a running period is told."""
    if period.role == "stock":
        return replace(period, role="")
    if period.basis != "year_to_date" or "/" not in period.iso:
        return period
    _, end = split_interval(period.iso)
    return replace(period, iso=end.iso if end else "", basis="stated")


def as_flow(period: Period) -> Period:
    """The period as events are counted: from January to a date at which a total stood.

    A bare "currently" says nothing of when the events took place: its ISO is emptied.
    """
    if period.role != "stock":
        return period
    _, end = split_interval(period.iso)
    if end is None or period.basis == "publication":
        return replace(period, iso="", role="")
    if end.year and end.month in (0, 12) and end.day in (0, 31):
        return replace(period, iso=Moment(end.year).iso, role="")
    iso = join_interval(Moment(end.year, 1), end)
    return replace(period, iso=iso, role="", basis="year_to_date")
