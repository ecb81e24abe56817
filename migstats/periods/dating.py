"""Turns the values of a period phrase into an ISO 8601 interval, by its template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from migstats.caching.regex import expression
from migstats.periods.timespan import Moment, is_marker, join_interval
from migstats.value import dataclass

Slots = Mapping[str, int]
Side = Moment | None

_TERM = expression(r"([-+*]?)(?:(\d+)|([a-z.]+\d?))")
_PART = expression(r"\{([^{}]+)\}|(\d+)")
_NOW = expression(r"\{published(?:\.(month|week|weekend|day)([-+][a-z\d]+(?:\*\d+)?)?)?\}\Z")
_FINE = expression(r"\{day2?\}|\{weekday2?\}|\.day|\.week|-day")
_LATEST = 14
"""A winter runs to the 14th month of its year."""
_DAYS = ("week", "weekend", "day")


class Undatable(Exception):
    """The values make no date."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a phrase came to."""

    iso: str
    basis: str = "stated"
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Dating:
    """Reads one `is:` template: two sides of an interval, each made of a date's parts or of the publication."""

    text: str
    when: str = ""
    """`last` or `next`, where a date without its year lies strictly before or after the publication."""

    @property
    def fine(self) -> bool:
        """Whether it dates to the day."""
        return _FINE.search(self.text) is not None

    def date(self, slots: Slots, published: Moment | None) -> Dated | None:
        """Solve the template; None where the values make no date, an empty ISO where they do not settle one."""
        marker = self.text.replace("{year}", str(slots.get("year", "")))
        if not marker or is_marker(marker):
            return Dated(marker)
        try:
            return self._solve(slots, published)
        except Undatable:
            return None

    def _solve(self, slots: Slots, published: Moment | None) -> Dated:
        first, _, second = self.text.partition("/")
        second = second or first
        if _NOW.match(first) or ".week" in first or "{weekday" in first:
            return self._relative(first, second, slots, published)
        if second in ("..", "{published}"):
            return self._since(first, second, slots, published)
        start = None if first == ".." else _read_parts(first, slots, published)
        end = _read_parts(second, slots, published)
        if (start and start.year < 0) or end.year < 0:
            return Dated("")
        return self._settle(start, end, published)

    def _relative(self, first: str, second: str, slots: Slots, published: Moment | None) -> Dated:
        if published is None:
            return Dated("")
        units = [found[1] for found in map(_NOW.match, (first, second)) if found and found[1]]
        fine = any(unit in _DAYS for unit in units) or "weekday" in first
        if (fine or "month" in units) and not published.month:
            return Dated("")
        if fine and not published.day:
            return Dated(published.iso, "publication")
        if first == second == "{published}":
            return Dated(published.iso, "publication")
        if "weekday" in first:
            start, end = _find_weekdays(first, second, slots, published, self.when)
        else:
            start = _read_now(first, slots, published)[0]
            end = published if second == "{published}" else _read_now(second, slots, published)[1]
        if not (start.valid and end.valid):
            raise Undatable
        return Dated(join_interval(start, end))

    def _since(self, first: str, second: str, slots: Slots, published: Moment | None) -> Dated:
        start = _read_parts(first, slots, published)
        if start.year < 0:
            return Dated("")
        yearless = not start.year
        start = _place(start, published, self.when)
        if not start.valid:
            raise Undatable
        if second == ".." or published is None:
            return Dated(join_interval(start, None), yearless=yearless and not start.year)
        end = published if start.day else published._replace(day=0)
        if _is_after(start, end):
            return Dated(join_interval(start, None))
        if start.year == end.year and start.month in (0, 1) and start.day in (0, 1):
            return Dated(_running(end), "year_to_date")
        return Dated(join_interval(start, end))

    def _settle(self, start: Side, end: Moment, published: Moment | None) -> Dated:
        if start is None:
            end = _place(end, published, self.when)
            return Dated(join_interval(None, end), yearless=False)
        yearless = not start.year and not end.year
        single = start == end
        start, end = _share_parts(start, end)
        if not end.year:
            end = _place(end, published, self.when)
        if single:
            start = end
        if not start.year and end.year:
            start = start._replace(year=end.year - (start[1:] > end[1:] and bool(end.month)))
        if end.year == start.year and end.month and start[1:] > end[1:] and not yearless:
            end = end._replace(year=end.year + 1)
        if start[:1] > end[:1]:
            start, end = end, start
        if end.month > _LATEST:
            raise Undatable
        start, end = _roll(start), _roll(end)
        if not (start.valid and end.valid):
            raise Undatable
        basis = "year_to_date" if _is_running(start, end) else "stated"
        return _clip(Dated(join_interval(start, end), basis, yearless), start, end, published)


def _is_after(moment: Moment, other: Moment) -> bool:
    """Whether it comes after the other, as far as both are known."""
    for one, two in zip(moment, other, strict=True):
        if not one or not two:
            return False
        if one != two:
            return one > two
    return False


def _is_running(start: Moment, end: Moment) -> bool:
    """Whether an interval runs from January into a later month of the same year."""
    same = start.year == end.year and start.month == 1 and start.day in (0, 1)
    return same and (1 < end.month < 12 or (end.month == 12 and 0 < end.day < 31))


def _clip(dated: Dated, start: Moment, end: Moment, published: Moment | None) -> Dated:
    """End the year of publication, told as a year, in the month of publication."""
    if published is None or not published.month or end != (published.year, 0, 0):
        return dated
    if start == end:
        return Dated(_running(published), "year_to_date")
    return Dated(join_interval(start, published._replace(day=0)), dated.basis)


def _running(published: Moment) -> str:
    """The year so far; its end is open where the month of publication is not known."""
    if not published.month:
        return join_interval(Moment(published.year, 1), None)
    return join_interval(Moment(published.year, 1), published._replace(day=0))


def _roll(moment: Moment) -> Moment:
    """Carry a month beyond December into the next year; a day beyond 31 is the month's last."""
    year, month, day = moment
    if month > 12 and year:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Moment(year, month, day) if day <= 31 else Moment(year, month).last_of_month()


def _share_parts(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """Give either end the month or year that only the other tells."""
    if start.day and not start.month:
        start = start._replace(month=end.month)
    if start.year and not end.year:
        end = end._replace(year=start.year + (bool(end.month) and end[1:] < start[1:]))
    return start, end


def _place(moment: Moment, published: Moment | None, when: str) -> Moment:
    """Give a date without a year, or a day without a month, the one nearest the publication."""
    if moment.year or published is None:
        return moment
    if not moment.month:
        return _place_day(moment, published)
    now = published[1 : 3 if moment.day and published.day else 2]
    then = moment[1 : 1 + len(now)]
    if not published.month:
        return moment._replace(year=published.year)
    if when == "next":
        return moment._replace(year=published.year + (then <= now))
    late = then >= now if when == "last" else moment.month > published.month
    return moment._replace(year=published.year - late)


def _place_day(moment: Moment, published: Moment) -> Moment:
    if not published.month or not moment.day:
        return moment
    month = published._replace(day=0)
    if published.day and moment.day > published.day:
        month = month.shifted(-1)
    return month._replace(day=moment.day)


def _read_parts(side: str, slots: Slots, published: Moment | None) -> Moment:
    """Read a date's parts; a year of -1 says that only an unknown publication could tell it."""
    values = [0, 0, 0]
    for at, found in enumerate(_PART.finditer(side)):
        value = _compute(found[1], slots, published) if found[1] else int(found[2])
        values[at] = value or 0
        if value is None and "published" in found[0]:
            values[at] = -1
    year, month, day = values
    if month < 0 or day < 0 or (month == 0 and "-" in side and day == 0 and not year):
        raise Undatable
    return Moment(year, month, day)


def _compute(expression: str, slots: Slots, published: Moment | None) -> int | None:
    """Work out sums and products from left to right; None where a slot is empty."""
    total = 0
    for sign, literal, name in _TERM.findall(expression):
        value = int(literal) if literal else _look_up(name, slots, published)
        if value is None:
            return None
        total = total * value if sign == "*" else total - value if sign == "-" else total + value
    return total


def _look_up(name: str, slots: Slots, published: Moment | None) -> int | None:
    if name.startswith("published."):
        return getattr(published, name.removeprefix("published.")) if published else None
    return slots.get(name)


def _read_now(side: str, slots: Slots, published: Moment) -> tuple[Moment, Moment]:
    """The first and last moment of a month, week, weekend or day reckoned from the publication."""
    found = _NOW.match(side)
    if not found:
        moment = _read_parts(side, slots, published)
        return moment, moment
    unit = found[1]
    step = _compute(found[2] or "0", slots, published)
    if step is None:
        raise Undatable
    if unit == "month":
        month = published._replace(day=0).shifted(step)
        return month, month
    try:
        return _read_days(unit or "day", step, published)
    except (OverflowError, ValueError) as error:
        raise Undatable from error


def _read_days(unit: str, step: int, published: Moment) -> tuple[Moment, Moment]:
    today = published.first()
    if unit == "day":
        day = _from_date(today + timedelta(days=step))
        return day, day
    monday = today - timedelta(days=today.weekday())
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7 - 7 * step)
        return _from_date(saturday), _from_date(saturday + timedelta(days=1))
    monday += timedelta(weeks=step)
    sunday = monday + timedelta(days=6)
    return _from_date(monday), _from_date(today if step == 0 else sunday)


def _find_weekdays(first: str, second: str, slots: Slots, published: Moment, when: str) -> tuple[Moment, Moment]:
    """The days that stand nearest before (or after) the publication; the second is reckoned first."""
    if second == "{published}":
        return _from_date(_find_weekday(_weekday(first, slots), published.first(), when)), published
    end = _find_weekday(_weekday(second, slots), published.first(), when)
    if first == second:
        return _from_date(end), _from_date(end)
    start = _find_weekday(_weekday(first, slots), end, "last")
    return _from_date(start), _from_date(end)


def _weekday(side: str, slots: Slots) -> int:
    value = slots.get(side.strip("{}"))
    if value is None:
        raise Undatable
    return value - 1


def _find_weekday(weekday: int, today: date, when: str) -> date:
    if when == "next":
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if when == "last" else 0))


def _from_date(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)
