"""Lines and series: all that documents tell of one indicator, place, group and period, and of several periods."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from migstats.check import Code
from migstats.records.record import Plain, Record
from migstats.series.imply import Implied
from migstats.series.judge import State
from migstats.series.key import Key, SeriesKey
from migstats.series.told import Told
from migstats.value import dataclass

_USUAL = ("count", "reported")
"""What is not worth telling of a series."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator, place, group and period over all documents."""

    key: Key
    told: tuple[Told, ...]
    """Empty where the value is only implied."""
    implied: tuple[Implied, ...]
    state: State
    value: Plain | None
    """The value to take; none where nothing decides between several."""
    high: Plain | None
    qualifier: str
    why: str

    @property
    def derived(self) -> bool:
        """Whether no text tells it."""
        return not self.told

    @property
    def witnesses(self) -> tuple[Record, ...]:
        """All records that it rests on."""
        sides = [*(told.witnesses for told in self.told), *(implied.witnesses for implied in self.implied)]
        return tuple(record for side in sides for record in side)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not fit between documents."""

    code: Code
    message: str
    keys: tuple[Key, ...]
    witnesses: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The lines that differ in their period alone."""

    key: SeriesKey
    lines: tuple[Line, ...]

    @property
    def words(self) -> tuple[str | None, str | None]:
        """Its place and group as texts write them."""
        return find_words(self.lines)


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of putting documents side by side."""

    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def series(self) -> tuple[Series, ...]:
        """The lines, put together to series."""
        rows = groupby(self.lines, key=lambda line: line.key.series)
        return tuple(Series(key, tuple(lines)) for key, lines in rows)


def find_words(lines: Iterable[Line]) -> tuple[str | None, str | None]:
    """Give the place and the group of lines in the words of a text, the shortest there are."""
    records = [record for line in lines for record in line.witnesses]
    places = {record.place for record in records if record.place}
    groups = {record.group for record in records if record.group}
    return _shortest(places), _shortest(groups)


def describe_key(series: SeriesKey, words: tuple[str | None, str | None]) -> str:
    """Name a series in one line."""
    place, group = words
    parts = (series.indicator, series.country, series.place and place, series.group and group)
    return ", ".join(part for part in (*parts, series.measure, series.modality) if part and part not in _USUAL)


def _shortest(words: Iterable[str]) -> str | None:
    return min(words, key=lambda word: (len(word), word), default=None)
