"""Places the years and months that label rows and columns in time: by their titles, their notes and the date of
publication.
"""

from __future__ import annotations

from collections.abc import Sequence

from migstats.model import Span
from migstats.periods.timespan import parse_moment
from migstats.tables.cell import Timeline

_YEAR, _MONTH = 4, 7
"""Characters of a year and of a month in ISO 8601."""


class Almanac:
    """What the words around a table say of the time that it covers."""

    def __init__(self, timeline: Timeline, spans: Sequence[Span]) -> None:
        """`spans` are the stretches around the table, the nearest first."""
        self.published = timeline.published or ""
        told = [dated.iso for span in spans for dated in reversed(timeline.find(*span))]
        self.across = next((iso for iso in told if _is_across(iso)), "")
        years = [iso[:_YEAR] for iso in told if iso[:_YEAR].isdigit()]
        self.year = self.across.partition("/")[2][:_YEAR] or next(iter(years), "")
        self.partial = {iso[:_YEAR]: _from_january(iso) for iso in reversed(told) if _is_partial(iso)}
        if self.published:
            self.partial.setdefault(self.published[:_YEAR], f"{self.published[:_YEAR]}-01/{self.published[:_MONTH]}")

    def place(self, iso: str) -> str:
        """A bare month with its year, a year that is not over as far as it is told."""
        if not iso.startswith("--"):
            return self.partial.get(iso, iso)
        if self.across and iso[2:] >= self.across[_YEAR + 1 : _MONTH]:
            return f"{self.across[:_YEAR]}-{iso[2:]}"
        if self.year:
            return f"{self.year}-{iso[2:]}"
        if not self.published:
            return ""
        ahead = len(self.published) > _YEAR and iso[2:4] > self.published[_YEAR + 1 : _MONTH]
        return f"{int(self.published[:_YEAR]) - ahead}-{iso[2:]}"


def _is_partial(iso: str) -> bool:
    """Whether a period ends within the year that it begins with, or is a day up to which was counted."""
    start, slash, end = iso.partition("/")
    if not slash:
        return len(iso) > _MONTH and iso[:_YEAR].isdigit()
    return start[:_YEAR] == end[:_YEAR] and start[_YEAR + 1 : _MONTH] in ("", "01") and len(end) >= _MONTH


def _is_across(iso: str) -> bool:
    """Whether a period is twelve months of two years, as a fiscal year is."""
    start, _, end = (parse_moment(part) for part in iso.partition("/"))
    return bool(start and end and start.month > 1 and start.shifted(11)[:2] == end[:2])


def _from_january(iso: str) -> str:
    end = iso.partition("/")[2] or iso
    moment = parse_moment(end)
    whole = moment is not None and moment == moment.last_of_month()
    return f"{iso[:_YEAR]}-01/{end[:_MONTH] if whole else end}"
