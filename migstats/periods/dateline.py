"""Tells from a text itself when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from migstats.caching.regex import Regex, expression
from migstats.model import Period, Span
from migstats.periods.period import Phrases, date_phrases, find_periods
from migstats.periods.period_rule import PeriodReader
from migstats.periods.timespan import Moment
from migstats.texts.fold import fold
from migstats.texts.sentence import Layout, cut_blocks
from migstats.value import dataclass

HEAD = 4000
"""Code points in which a day of saying is looked for."""
OPENING, LINES, LAST, SPARE, HARDLY = 900, 8, 3, 60, 24
"""Code points and lines at the start, lines at the end, in which a date line may stand, what else it may hold, and what
else one that is hardly more than its date.
"""
LABELLED = 160
"""The longest line that is one of publication for its first words alone."""
WORDS = 5
"""Words that may stand before the date in the line that a text opens with: places, an agency."""
_LINE = expression(r"[^\n]+")
_DATE = expression(r"\d{4}-\d\d(?:-\d\d)?")
_BEFORE = expression(r"[^\d.!?\n]{0,44}[,/(|\-\u2013\u2014:\u060c] ?(?:[^\W\d]+\.? ){0,2}|\W*(?:[^\W\d]+ )?")
_AFTER = expression(r"\s*(?:[\-\u2013\u2014|(]|$)|\s*\.(?!\d)")
_YEAR = expression(r"(?:19|20)\d\d")
_SAME = expression(r"same:\d{4}")
_SEPARATOR = r"[ ./,\-\u060c]{0,3}"
_SMALL = r"(?:[^\W\d]{1,3} )?"
_TOUCHED = r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date that may be that of publication, where it stands, and how surely it is."""

    start: int
    end: int
    moment: Moment
    rank: int
    alone: bool = False
    """Whether the line holds hardly anything else."""

    @property
    def iso(self) -> str:
        """The date in ISO 8601."""
        return self.moment.iso

    @property
    def key(self) -> tuple[bool, bool, int]:
        """What makes one date better than another: no date of a stock, a day, how it is written."""
        return (self.rank > 0, self.moment.day > 0, self.rank)


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads dates as headers write them: in any language whose months are known, without their sentence."""

    months: Mapping[str, int]
    patterns: tuple[Regex, ...]

    def find(self, line: str) -> Iterator[tuple[int, int, Moment]]:
        """The dates of a line that name at least a month of a year."""
        end = 0
        if not _YEAR.search(line):
            return
        found = sorted((m for p in self.patterns for m in p.finditer(line)), key=lambda m: (m.start(), -m.end()))
        for match in found:
            moment = self._read(match)
            if match.start() >= end and moment is not None:
                end = match.end()
                yield match.start(), end, moment

    def _read(self, match: re.Match[str]) -> Moment | None:
        parts = match.groupdict()
        name = parts.get("name")
        month = self.months[" ".join(name.split())] if name else int(parts["month"])
        day = int(parts.get("day") or 0)
        if not name and month > 12:
            day, month = month, day
        moment = Moment(int(parts["year"]), month, day)
        return moment if moment.valid else None


def make_date_reader(months: Mapping[str, int]) -> DateReader:
    """A reader of dates in figures, and with these names of months."""
    names = "|".join(re.escape(n).replace(r"\ ", r"\s") for n in sorted(months, key=lambda n: (-len(n), n)))
    name = rf"(?P<name>{names})\.?{_TOUCHED}(?:[/ (]{{1,2}}(?:{names})\.?{_TOUCHED}\)?)?"
    year, start = rf"(?P<year>(?:19|20)\d\d)[^\W\d_]?{_TOUCHED}", r"(?<![\w.,])"
    day = r"(?P<day>3[01]|[12]\d|0?[1-9])"
    shapes = [
        rf"{start}{day}(?:[^\W\d_]{{1,2}}\b)?{_SEPARATOR}{_SMALL}{name}{_SEPARATOR}{_SMALL}{year}",
        rf"{start}{name} ?{day}(?:[^\W\d_]{{1,2}})?,? {year}",
        rf"{start}{name}{_SEPARATOR}{_SMALL}{year}",
        rf"{start}{day}(?P<cut>[./-])(?P<month>\d\d?)(?P=cut){year}",
        rf"{start}{year}(?P<cut>[./-])(?P<month>\d\d?)(?P=cut){day}{_TOUCHED}",
    ]
    return DateReader(months, tuple(map(Regex, shapes)))


def find_dateline(text: str, dates: DateReader, periods: PeriodReader, layout: Layout) -> Dateline | None:
    """The date of publication that a line near the start or the end gives: a full date, or a month of a year.

    It opens its line after a place or an agency, stands in brackets, or nearly fills the line; of several lines filled
    by a date the earliest, as the page around a text may show the day on which it was called up.
    """
    view = fold(text)
    found: list[Dateline] = []
    for block in cut_blocks(view[: _end_of_opening(view)], layout)[:LINES]:
        rows = _in_line(view, (block.start, block.end), dates, periods)
        found += [row for row in rows if row.moment.day or (block.kind != "item" and _is_last(view, row, block.end))]
    best = max(found, key=lambda row: row.key, default=None)
    if best is not None and best.alone:
        best = min((row for row in found if row.alone and row.key == best.key), key=lambda row: row.moment)
    if best is None and len(view) > OPENING:
        lines = [m.span() for m in _LINE.finditer(view) if not m.group().isspace()][-LAST:]
        lines = [(max(start, end - HEAD), end) for start, end in lines]
        ends = [
            row for line in lines for row in _in_line(view, line, dates, periods) if row.moment.day and row.rank > 1
        ]
        best = ends[-1] if ends else None
    return best


def _end_of_opening(view: str) -> int:
    """Where the opening ends: a long line that is cut there must not look like a short one."""
    end = view.find("\n", OPENING, OPENING + LABELLED)
    return end if end >= 0 else OPENING + LABELLED


def _in_line(view: str, span: Span, dates: DateReader, periods: PeriodReader) -> Iterator[Dateline]:
    """The date that a line gives; of two the earlier, as what was published may have been changed since."""
    line = view[slice(*span)]
    found = list(dates.find(line))
    told = find_periods(line, periods, None) if found else []
    plain = [row for row in found if not _is_covered(told, row)]
    spare = len(line.strip()) - sum(end - start for start, end, _ in found)
    if plain and len(found) <= 2 and spare <= SPARE and all(moment.day for _, _, moment in found[1:]):
        best = min(plain, key=lambda row: row[2])
        yield Dateline(
            span[0] + found[0][0], span[0] + found[-1][1], best[2], 3, alone=spare <= HARDLY and span[1] < OPENING
        )
    elif found and (_opens(line, found[0]) or _is_labelled(line, found[0], told)):
        yield _place(span, found[0], 3)
    elif found and _closes(line, found[-1]):
        yield _place(span, found[-1], 2)
    elif len(found) == 1 and spare <= SPARE:
        yield _place(span, found[0], 0)
    for row in plain:
        if _is_bracketed(line, row[0], row[1]):
            yield _place(span, row, 1)


def _is_last(view: str, row: Dateline, end: int) -> bool:
    """Whether no number follows a date in its line."""
    return not any(char.isdigit() for char in view[row.end : end])


def _place(span: Span, found: tuple[int, int, Moment], rank: int) -> Dateline:
    return Dateline(span[0] + found[0], span[0] + found[1], found[2], rank)


def _opens(line: str, found: tuple[int, int, Moment]) -> bool:
    """Whether a full date opens a line, alone or after a place, and a mark parts it from the text."""
    start, end, moment = found
    before, after = _BEFORE.fullmatch(line, 0, start), _AFTER.match(line, end)
    if not moment.day or before is None or after is None or len(before[0].split()) > WORDS:
        return False
    return bool(before[0].strip()) or "." not in after[0]


def _is_labelled(line: str, found: tuple[int, int, Moment], told: list[Period]) -> bool:
    """Whether a short line opens with the words of publishing and a full date."""
    start, end, moment = found
    said = any(p.role == "reference" and p.start < end and start < p.end for p in told)
    return bool(moment.day) and said and len(line) <= LABELLED and len(line[:start].split()) <= WORDS


def _closes(line: str, found: tuple[int, int, Moment]) -> bool:
    """Whether a full date stands at the end of a line, behind its last sentence."""
    start, end, moment = found
    return bool(moment.day) and not line[end:].strip(" .") and line[:start].rstrip()[-1:] in (".", "!", "?", "|")


def _is_bracketed(line: str, start: int, end: int) -> bool:
    """Whether a date ends a bracket that holds no other digits."""
    opening = line.rfind("(", 0, start)
    inside = line[opening + 1 : start]
    return opening >= 0 and line[end : end + 1] == ")" and not re.search(r"[\d)]", inside)


def _is_covered(told: list[Period], found: tuple[int, int, Moment]) -> bool:
    """Whether what is read as a date is part of a stretch of time, or the day at which a total stood."""
    start, end, _ = found
    return any(p.start < end and start < p.end and (p.role == "stock" or "/" in p.iso) for p in told)


def find_saying(phrases: Phrases) -> str | None:
    """The first full date on which something is said to be said: what "yesterday" is counted from in a text undated."""
    for period in date_phrases(phrases.until(HEAD), None):
        if period.role == "reference" and _DATE.fullmatch(period.iso):
            return period.iso
    return None


def find_year(periods: Iterable[Period]) -> str | None:
    """The year that a text without a date was written in, where its own words tell: "so far in 2021", "than in the same
    months of 2020"; None where they do not, or where it also names a later one.
    """
    running, compared, named = set(), set(), set()
    for period in periods:
        years = set(_YEAR.findall(period.iso))
        named |= years
        if period.basis == "year_to_date" and len(years) == 1 and not period.iso[7:].strip("/."):
            running |= years
        elif _SAME.match(period.iso):
            compared |= years
    told = max(running, default=None) or (str(int(max(compared)) + 1) if compared else None)
    return told if told and told >= max(named) else None
