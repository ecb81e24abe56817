"""One document as the checks see it: its figures, each with the number and the sentence that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from migstats.bounds import Stated
from migstats.find import Scene
from migstats.frame import Frames
from migstats.loading.load import Book, Packs
from migstats.matching.slot import Match, Slot
from migstats.model import Analysis, Document, Span
from migstats.periods.period import find_periods
from migstats.periods.timespan import first_day, last_day
from migstats.records.record import Record
from migstats.show import show_value
from migstats.study import Part
from migstats.value import dataclass

COUNT, SHARE, CHANGE = "count", "share", "change"
"""The measures of a record."""


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of the text."""

    record: Record
    slot: Slot
    match: Match
    stated: Stated
    part: Part
    """The passages in its language."""

    @property
    def span(self) -> Span:
        """Where its number stands."""
        return self.record.start, self.record.end

    @property
    def shown(self) -> str:
        """Its value as a reader is told it."""
        record = self.record
        return show_value(record.value, record.high, record.qualifier, record.unit)


@dataclass(frozen=True)
class Case:
    """One document with all that is known of it."""

    analysis: Analysis
    records: Sequence[Record]
    parts: Sequence[Part]
    frames: Frames | None
    packs: Packs

    @property
    def document(self) -> Document:
        """The document."""
        return self.analysis.document

    @property
    def codebook(self) -> Book:
        """What can be counted."""
        return self.packs.book

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The figures of the text's own body, in its order; those of other articles are left out."""
        return tuple(one for one in self.every if one.record.context == "body")

    @cached_property
    def every(self) -> tuple[Told, ...]:
        """All figures, in the order of the text."""
        matches = [(match, part) for part in self.parts for match in part.matches]
        at = {slot.number.start: (slot, match, part) for match, part in matches for slot in match.slots}
        rows = [(record, *at[record.start]) for record in self.records if record.start in at]
        return tuple(Told(record, slot, match, _state(record, slot), part) for record, slot, match, part in rows)

    @cached_property
    def by_id(self) -> Mapping[str, Told]:
        """The figures by the ids of their records."""
        return {one.record.id: one for one in self.told}

    @cached_property
    def rows(self) -> Sequence[Sequence[Told]]:
        """The figures of each sentence that has any."""
        rows: dict[int, list[Told]] = {}
        for one in self.told:
            rows.setdefault(id(one.match), []).append(one)
        return list(rows.values())

    @property
    def scenes(self) -> Iterator[tuple[Part, Scene]]:
        """The sentences of the text, language by language."""
        return ((part, scene) for part in self.parts for scene in part.findings.scenes)

    def kin(self, one: Record, other: Record) -> bool:
        """Whether a text may add up what two figures count."""
        if one.unit != other.unit:
            return False
        return one.indicator == other.indicator or any(
            one.indicator in row and other.indicator in row for row in self.codebook.together
        )


def reads_year(part: Part, span: Span) -> bool:
    """Whether the words of a period name a whole year, and nothing of when it was told."""
    told = find_periods(part.findings.view[slice(*span)], part.findings.language.periods, None)
    return bool(told) and len(told[0].iso) == 4


def share_period(one: Record, other: Record) -> bool:
    """Whether two figures may be of one period, so far as the text tells."""
    return one.period is None or other.period is None or one.period == other.period


def same_place(one: Record, other: Record) -> bool:
    """Whether two figures are told of the same place and people."""
    return (one.place, one.group, one.modality) == (other.place, other.group, other.modality)


def is_year(period: str | None) -> bool:
    """Whether a period is one whole year."""
    if not period:
        return False
    first, last = first_day(period), last_day(period)
    return bool(first and last) and (str(first)[4:], str(last)[4:], first.year) == ("-01-01", "-12-31", last.year)  # type: ignore[union-attr]


def _state(record: Record, slot: Slot) -> Stated:
    number = slot.number
    return Stated(
        value=-number.value if record.value < 0 < number.value else number.value,
        high=number.high,
        qualifier=number.qualifier,
        written=record.number,
        form=number.form,
        percent=record.unit == "percent",
    )
