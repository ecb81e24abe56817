"""What must be the same for two figures to be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from migstats.alike import Alike, load_alike
from migstats.loading.load import Packs
from migstats.model import Period
from migstats.periods.timespan import first_day, is_marker, last_day, resolve_anaphor
from migstats.records.record import Record
from migstats.value import dataclass, replace

PeriodKind = Literal["year", "year_to_date", "month", "day", "span", "open", "none"]

ISO_MONTH, ISO_DAY = len("2018-09"), len("2018-09-14")
_PART = "part of a total that the text does not name"
_NO_GROUP = "share without a group"
_NO_BASELINE = "change without a baseline"
_UNNAMED = (_PART, _NO_GROUP, _NO_BASELINE)
"""Why a figure is not even compared with others of its text."""
_NO_PERIOD = "no period told"
_NO_PLACE = "no country or place told"


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What figures of one series share, whatever their period."""

    indicator: str
    measure: str
    unit: str
    stock: bool
    country: str | None
    place: str | None
    group: str | None
    modality: str
    baseline: str | None
    """What a change without its count is measured against."""


@dataclass(frozen=True, slots=True)
class Key:
    """What figures of one line share."""

    series: SeriesKey
    period: str | None
    kind: PeriodKind
    apart: str | None = None
    """Why the figures of this line are compared with no others."""
    alone: str = ""
    """The text that they stand in, where they are not compared across documents; the figure, where it stands alone."""

    def sort_key(self) -> tuple[str, ...]:
        """Order lines: by series, then by time."""
        start, end = (day.isoformat() if day else "" for day in self.days)
        return (*sort_series(self.series), start or "0", end or "9", self.kind, self.apart or "", self.alone)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and last day."""
        return (first_day(self.period), last_day(self.period)) if self.period else (None, None)


def sort_series(key: SeriesKey) -> tuple[str, ...]:
    """Order series by what they count, where, and whom."""
    rows = (key.indicator, key.country, key.place, key.group, key.measure, key.unit, key.modality, key.baseline)
    return tuple(part or "" for part in rows)


class Keys:
    """Finds the keys of records."""

    def __init__(self, records: Sequence[Record], packs: Packs, alike: Alike | None = None) -> None:
        self.alike = alike or load_alike()
        self.indicators = packs.codebook.indicators
        self._by_id: Mapping[str, Record] = {record.id: record for record in records}

    def of(self, record: Record) -> Key:
        """Give the key of a record."""
        series = self._series(record)
        period, kind = describe_period(record.period, record.period_basis)
        apart = self._apart(record, series, period)
        alone = record.sha256 + (record.id if apart in _UNNAMED else "") if apart else ""
        return Key(series, period, kind, apart, alone)

    def _series(self, record: Record) -> SeriesKey:
        entry = self.indicators.get(record.indicator)
        return SeriesKey(
            record.indicator,
            record.measure,
            record.unit,
            entry.stock if entry else False,
            record.country,
            self.alike.place(record.place, record.country),
            self.alike.group(record.group),
            record.modality,
            resolve_baseline(record) if record.measure == "change" else None,
        )

    def _apart(self, record: Record, series: SeriesKey, period: str | None) -> str | None:
        """Say why a figure cannot be compared with those of other documents."""
        if period is None:
            return _NO_PERIOD
        if series.country is None and series.place is None:
            return _NO_PLACE
        if record.measure == "share" and series.group is None:
            return _NO_GROUP
        if record.measure == "change" and series.baseline is None:
            return _NO_BASELINE
        return _PART if self._is_unnamed_part(record, series) else None

    def _is_unnamed_part(self, record: Record, series: SeriesKey) -> bool:
        """Tell a part of which is not told how it differs from its total."""
        if record.part_of is None or record.measure != "count":
            return False
        total = self._by_id.get(record.part_of)
        if total is None or total.indicator != record.indicator:
            return series.group is None and series.place is None
        same_period = total.period == record.period
        return same_period and replace(self._series(total), unit=series.unit, modality=series.modality) == series


def describe_period(iso: str | None, basis: str | None) -> tuple[str | None, PeriodKind]:
    """Give a period with what kind it is; whole years and months are written as such.

    >>> describe_period("2021-01/2021-11", "inherited"), describe_period("2023-01-01/2023-12-31", "stated")
    (('2021-01/2021-11', 'year_to_date'), ('2023', 'year'))
    """
    start, end = (first_day(iso), last_day(iso)) if iso else (None, None)
    if iso is None or (start is None and end is None):
        return None, "none"
    if start is None or end is None:
        return iso, "open"
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
    if whole and basis != "year_to_date":
        return str(start.year), "year"
    if "/" not in iso:
        return iso, "month" if len(iso) == ISO_MONTH else "day"
    if (start.month, start.day) == (1, 1) and start.year == end.year and end.month > 1:
        return iso, "year_to_date"
    return iso, "span"


def resolve_baseline(record: Record) -> str | None:
    """Give the period that a change is measured against, as told or reckoned from the figure's own."""
    told = record.change_baseline
    if told is None or not is_marker(told):
        return told
    own = Period(0, 0, record.period) if record.period else None
    return resolve_anaphor(Period(0, 0, told), own).iso or None
