"""Earlier values that follow from a change told with its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from migstats.bounds import Bounds
from migstats.periods.timespan import first_day, shift_interval, split_interval
from migstats.records.record import Record
from migstats.series.key import ISO_MONTH, Key, Keys, describe_period, resolve_baseline
from migstats.series.stand import bound, bound_change, undo_change
from migstats.show import show_number, show_value
from migstats.value import dataclass, replace

_YEAR = 4


@dataclass(frozen=True, slots=True)
class Implied:
    """A value that no text tells: an interval, with the sum that made it."""

    key: Key
    low: int
    high: int
    sum: str
    witnesses: tuple[Record, ...]
    holds: bool | None = None
    """Whether values told for the same line agree with it; none where there are none."""

    @property
    def bounds(self) -> Bounds:
        """The interval, reckoned to whole numbers."""
        return Bounds(Decimal(self.low), Decimal(self.high))


def imply(records: Iterable[Record], keys: Keys) -> list[Implied]:
    """Reckon the earlier value of each count that is told with its change and what that is measured against."""
    found: dict[tuple[Key, int, int, str], dict[tuple[str, str], Record]] = {}
    for record in records:
        implied = _imply_one(record, keys)
        if implied:
            said = (implied.key, implied.low, implied.high, implied.sum)
            found.setdefault(said, {})[record.document, record.id] = record
    made = [Implied(*said, tuple(by[name] for name in sorted(by))) for said, by in found.items()]
    return sorted(made, key=lambda one: (one.key.sort_key(), one.low, one.high, one.sum))


def _imply_one(record: Record, keys: Keys) -> Implied | None:
    """Reckon the earlier value of one record."""
    if record.measure != "count" or record.change_percent is None or record.modality != "reported":
        return None
    key = keys.of(record)
    period = find_earlier(record)
    if key.apart or period is None:
        return None
    before = undo_change(bound(record.value, record.high, record.qualifier, record.unit), record.change_percent)
    if before is None:
        return None
    iso, kind = describe_period(*period)
    low, high = before
    return Implied(replace(key, period=iso, kind=kind), low, high, _say_sum(record), (record,))


def find_earlier(record: Record) -> tuple[str, str | None] | None:
    """Give the earlier period, as long as the figure's own: against a year, some months are the same months of it."""
    baseline = resolve_baseline(record)
    if baseline is None or record.period is None:
        return None
    own, other = describe_period(record.period, record.period_basis)[1], describe_period(baseline, None)[1]
    if own != "year" and other == "year" and own in ("month", "year_to_date", "span", "day"):
        baseline = _same_months(record.period, int(baseline[:_YEAR]))
        other = describe_period(baseline, None)[1]
    start, before = first_day(record.period), first_day(baseline)
    if own != other or start is None or before is None or before >= start:
        return None
    return (baseline, record.period_basis if own == "year_to_date" else None) if _is_as_long(record, baseline) else None


def _same_months(iso: str, year: int) -> str:
    """The same stretch of the calendar in an earlier year."""
    _, end = split_interval(iso)
    return shift_interval(iso, 12 * (year - end.year)) if end and end.year else ""


def _is_as_long(record: Record, baseline: str) -> bool:
    """Tell whether two periods have the same months and days, or are a month each."""
    own = record.period or ""
    if len(own) == len(baseline) == ISO_MONTH:
        return True
    years = [end.year for iso in (own, baseline) if (end := split_interval(iso)[1]) is not None]
    return len(years) == 2 and shift_interval(own, 12 * (years[1] - years[0])) == baseline


def _say_sum(record: Record) -> str:
    """Write the sum: the value, the change, and how far either was rounded."""
    percent = record.change_percent or 0
    change = bound_change(percent)
    sign = "+" if percent > 0 else ""
    value = show_value(record.value, record.high, record.qualifier, record.unit)
    ends = f"{_say(change.low)} to {_say(change.high)}"
    return f"{value} in {record.period} at {sign}{show_number(percent)} % ({ends})"


def _say(percent: Decimal | None) -> str:
    """Write a percentage with no more digits than it needs."""
    return f"{float(percent or 0):g}"
