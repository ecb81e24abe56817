"""Periods: whether they can be what they seem, and whether they can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.check._case import COUNT, Case, Told, is_year, reads_year
from migstats.check._finding import Finding
from migstats.model import Span
from migstats.periods.timespan import first_day, last_day, parse_moment

TITLE = "periods"

FUTURE = "P01"
RUNNING = "P02"
BESIDE = "P03"
JANUARY, DECEMBER = 1, 12
DURATION = "duration"
CODES = (FUTURE, RUNNING, BESIDE)


def find(case: Case) -> Iterator[Finding]:
    """Look at the period of each figure."""
    published = last_day(case.document.published or "")
    running: dict[Span, list[Told]] = {}
    for one in case.told:
        record = one.record
        own = record.period_basis in ("stated", "year_to_date")
        begins = record.period_start
        if published and begins and begins > published and own and record.modality == "reported":
            said = f"the period of {one.shown}, {record.period}, begins after {case.document.published}"
            yield Finding(FUTURE, said, (one.span,))
        words = _year_words(case, one) if record.modality == "reported" else None
        if words is not None:
            running.setdefault(words, []).append(one)
    text = case.document.text
    for span, figures in sorted(running.items()):
        first = figures[0]
        counts = ", ".join(one.shown for one in figures)
        said = f"'{text[slice(*span)]}' is told of {counts}, and ends with {case.document.published}: year to date"
        yield Finding(RUNNING, said, (first.span, span))
    yield from _find_beside(case)


def _year_words(case: Case, one: Told) -> Span | None:
    """The words that name a whole year for a figure of the year so far.

    In January such a figure is a plan, in December the year is as good as over, and a length of time told beside it
    ("in ten months of 2022") says what is meant.
    """
    items, published = one.match.scene.items, parse_moment(case.document.published)
    headings = one.part.findings.governors(one.match.scene.sentence.block)
    above = [item for _, scene in case.scenes if scene.sentence.block in headings for item in scene.items]
    planned = any("planned" in item.tags.function for item in (*items, *above))
    early = published is None or published.month in (JANUARY, DECEMBER)
    if one.record.period_basis != "year_to_date" or planned or early:
        return None
    lasting = any(item.period is not None and item.period.role == DURATION for item in items)
    if lasting or any(item.number is not None and item.number.kind == DURATION for item in items):
        return None
    for item in items:
        period = item.period
        if period is not None and period.iso == one.record.period and reads_year(one.part, (period.start, period.end)):
            return period.start, period.end
    return None


def _find_beside(case: Case) -> Iterator[Finding]:
    """Counts of the year so far, each with the nearest of a full year before it."""
    done: set[tuple[str, str]] = set()
    for one in case.told:
        record = one.record
        if record.measure != COUNT or record.period_basis != "year_to_date" or record.place or record.group:
            continue
        years = [other for other in case.told if _is_year_of(other, one)]
        if not years or (record.indicator, record.unit) in done:
            continue
        year = min(years, key=lambda other: abs(other.record.start - record.start))
        if (record.indicator, record.unit) not in done:
            done.add((record.indicator, record.unit))
            said = f"{one.shown} ({record.period}) stands beside {year.shown} ({year.record.period})"
            yield Finding(BESIDE, said, (one.span, year.span))


def _is_year_of(other: Told, one: Told) -> bool:
    """Whether a count is one of the same thing in the full year before."""
    record = other.record
    same = (record.indicator, record.unit, record.measure) == (one.record.indicator, one.record.unit, COUNT)
    if not same or record.place or record.group or not is_year(record.period) or record.period_basis != "stated":
        return False
    started, ended = first_day(one.record.period or ""), last_day(record.period or "")
    return bool(started and ended and ended.year == started.year - 1)
