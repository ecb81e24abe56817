"""Finds the stretches of time that a text names.

What a period's fields say beyond plain ISO 8601:

- `role`: `baseline` (compared to), `reference` (a date of saying or publishing), `anaphor` (told by another period: its
  ISO is a marker such as `same` or `previous-year`, see `resolve_anaphor`), `stock` (a date at which a total stood, see
  `as_stock` and `as_flow`), `duration` (a length of time that dates nothing; its ISO is empty).
- `iso`: a baseline may hold a marker as well ("from a year earlier" is `previous`). It is empty where only an unknown
  date of publication could tell it, and truncated (`--07`, `--01/--05`) where only the year is lacking.
- `basis`: `stated`, `year_to_date`, or `publication` where the date of publication itself stands in for the phrase.
- a `YearlessPeriod` is a period told without its year: see `reanchor`.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from migstats.caching.regex import expression
from migstats.model import Period
from migstats.periods.dating import Dated
from migstats.periods.period_rule import PeriodReader, PeriodRule, Surroundings
from migstats.periods.template import ANY, TOKEN, WORD, digit_class
from migstats.periods.timespan import (
    Moment,
    YearlessPeriod,
    is_marker,
    parse_moment,
)
from migstats.texts.fold import FILLER
from migstats.value import dataclass, replace

Candidate = tuple[int, int, PeriodRule, dict[str, int]]
_DIGITS = expression(r"\d+")
_NEXT_WORD = expression(r" ?([^\W\d_]+)")
_NO_YEAR = expression(r" ?[%€$£]|-\d{3}")
_OPENING = expression(r"(?:^|[\n(\[|])[ \-*#•|]*\Z")
_COLON = expression(r" ?:(?!\d)")
_COUNTED = expression(r" ?\((?!(?:19|20)\d\d\))\d[\d., ]*\)")
_CLAUSE_END = expression(r"[.;:!?\n()]")
_COUNTS = expression(r"\((?!(?:19|20)\d\d\))\d[\d., ]{0,12}\)")
_AGENCY = expression(r" ?\([^()\d\n]{2,24}\) ?-")
_LEFT = 48
_LINE = 200


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a text that may tell a period, the longest first, whenever it was published."""

    view: str
    """Without fillers."""
    reader: PeriodReader
    candidates: tuple[Candidate, ...]
    kept: tuple[int, ...] = ()
    """Where each of its characters stands in the view that it was made of, if that had fillers."""

    def until(self, end: int) -> Phrases:
        """Those that end before a place of the view that this was made of."""
        end = bisect_left(self.kept, end) if self.kept else end
        return replace(self, candidates=tuple(row for row in self.candidates if row[1] <= end))


def find_periods(view: str, reader: PeriodReader, published: str | None) -> list[Period]:
    """The periods named in a folded text, in order, none overlapping another."""
    return date_phrases(find_phrases(view, reader), published)


def match_periods(view: str, reader: PeriodReader, published: str | None) -> list[tuple[Period, PeriodRule]]:
    """The periods, each with the phrase that told it."""
    return _match(find_phrases(view, reader), parse_moment(published))


def find_phrases(view: str, reader: PeriodReader) -> Phrases:
    """What may tell a period, found once for all the dates that a text may be thought to have."""
    kept: tuple[int, ...] = ()
    if FILLER in view:
        kept = (*(at for at, char in enumerate(view) if char != FILLER), len(view))
        view = view.replace(FILLER, "")
    candidates = sorted(_find_candidates(view, reader), key=lambda found: (found[0] - found[1], found[2].order))
    return Phrases(view, reader, tuple(candidates), kept)


def date_phrases(phrases: Phrases, published: str | None) -> list[Period]:
    """The periods that phrases tell in a text published then, in order, none overlapping another."""
    return [period for period, _ in _match(phrases, parse_moment(published))]


def _move(period: Period, kept: Sequence[int]) -> Period:
    """Put a period of the squeezed view back to its place; marks on its last letter belong to it."""
    kind = type(period)
    return kind(kept[period.start], kept[period.end - 1] + 1, period.iso, period.basis, period.role)


def _match(phrases: Phrases, published: Moment | None) -> list[tuple[Period, PeriodRule]]:
    view, reader = phrases.view, phrases.reader
    taken = bytearray(len(view))
    periods: list[tuple[Period, PeriodRule]] = []
    for start, end, rule, slots in phrases.candidates:
        if taken.find(1, start, end) >= 0 or not _is_time(view, (start, end), rule, reader.around):
            continue
        dated = rule.dating.date(slots, published)
        if dated is None:
            continue
        taken[start:end] = b"\1" * (end - start)
        periods.append((_make_period(view, (start, end), (rule, dated), reader.around), rule))
    periods.sort(key=lambda found: found[0].start)
    return [(_move(period, phrases.kept), rule) for period, rule in periods] if phrases.kept else periods


def _find_candidates(view: str, reader: PeriodReader) -> Iterator[Candidate]:
    starts = [found.start() for found in TOKEN.finditer(view)]
    words = TOKEN.findall(view)
    words.append("")
    index, attached = reader.index, reader.attached
    for at, start in enumerate(starts):
        word = words[at]
        seconds = index.get(word if word[0] > "9" else digit_class(word))
        if seconds is not None:
            yield from _try_rules(view, start, (seconds, words[at + 1]), reader)
        if word[0] in attached and len(word) > 2:
            for cut in (1, 2) if word[1] in attached else (1,):
                seconds = index.get(word[cut:])
                if seconds is not None:
                    yield from _try_rules(view, start + cut, (seconds, words[at + 1]), reader)


def _try_rules(
    view: str, start: int, opening: tuple[Mapping[str, tuple[PeriodRule, ...]], str], reader: PeriodReader
) -> Iterator[Candidate]:
    seconds, second = opening
    if second and second[0] <= "9":
        second = digit_class(second)
    for name in (ANY, second, *reader.classes.get(second, ())):
        for rule in seconds.get(name, ()):
            found = rule.match(view, start)
            if found:
                yield rule.find_start(view, start), found.end(), rule, _read_slots(rule, found, reader)


def _read_slots(rule: PeriodRule, found: re.Match[str], reader: PeriodReader) -> dict[str, int]:
    slots: dict[str, int] = {}
    for name, text in zip(rule.slots, found.groups(), strict=True):
        if text is None or name == "gap":
            continue
        words = reader.values.get(name.rstrip("0123456789"), {})
        value = words.get(" ".join(text.split()))
        digits = _DIGITS.match(text)
        slots[name] = value if value is not None else int(digits[0]) if digits else 0
    return slots


def _is_time(view: str, span: tuple[int, int], rule: PeriodRule, around: Surroundings) -> bool:
    """Tell a year that stands alone, or a range of years, from a count."""
    if not rule.where:
        return True
    start, end = span
    label = bool(_COLON.match(view, end) or _COUNTED.match(view, end))
    if rule.where == "label":
        return label
    if _NO_YEAR.match(view, end):
        return False
    follower = _NEXT_WORD.match(view, end)
    if rule.where == "uncounted" or (follower and follower[1] not in around.follow):
        return rule.where == "uncounted" and not (follower and follower[1] in around.counted)
    left = view[max(0, start - _LEFT) : start]
    before = _words_before(left)
    if rule.where == "followed":
        return not _is_told(before, TOKEN.findall(view, start, end), around.amounts)
    if label or (before and before[-1] in around.alone) or _is_header(view, start, end):
        return True
    opens = _OPENING.search(left) is not None and (start <= _LEFT or not left.isspace())
    return opens and not _COUNTS.search(view, max(0, start - 2 * _LEFT), end + 2 * _LEFT)


def _make_period(view: str, span: tuple[int, int], told: tuple[PeriodRule, Dated], around: Surroundings) -> Period:
    rule, dated = told
    role = rule.role or ("anaphor" if is_marker(dated.iso) else "duration" if not rule.dating.text else "")
    if role in ("", "anaphor"):
        role = _find_role(view, span, rule, around) or role
    kind = YearlessPeriod if dated.yearless else Period
    basis = dated.basis if dated.basis == "publication" or not rule.basis else rule.basis
    return kind(span[0], span[1], dated.iso, basis, role)


def _find_role(view: str, span: tuple[int, int], rule: PeriodRule, around: Surroundings) -> str:
    """What the words around a period make of it: something compared to, a date of saying, or nothing."""
    start = span[0]
    before = _words_before(_CLAUSE_END.split(view[max(0, start - _LEFT) : start])[-1])
    compared = _is_told(before, TOKEN.findall(view, *span), around.baseline)
    while before and before[-1] in around.skip:
        before.pop()
    if compared or _ends_with(before, around.baseline):
        return "baseline"
    if _ends_with(before, around.published) or (rule.dating.fine and _is_saying(view, span, before, around)):
        return "reference"
    return ""


def _is_saying(view: str, span: tuple[int, int], before: list[str], around: Surroundings) -> bool:
    """Whether a day is the one on which something was said."""
    start, end = span
    if (around.after and around.after.match(view, end)) or _is_dateline(view, start, end):
        return True
    for word in reversed(before[-4:]):
        if word in around.said:
            return True
        if word in around.breaks or word[0].isdigit():
            break
    return False


def _is_dateline(view: str, start: int, end: int) -> bool:
    """Whether a date stands before the name of an agency in brackets, close to the start of its line."""
    near = max(0, start - _LEFT)
    return _AGENCY.match(view, end) is not None and (near == 0 or "\n" in view[near:start])


def _is_header(view: str, start: int, end: int) -> bool:
    """Whether a line holds no digits but those of at least two years, each next to the one before it."""
    before = view[max(0, start - _LINE) : start].rpartition("\n")[2]
    line = before + view[start : end + _LINE].partition("\n")[0]
    years = [int(digits) for digits in _DIGITS.findall(line)]
    return len(years) > 1 and all(abs(one - two) == 1 for one, two in itertools.pairwise(years))


def _words_before(text: str) -> list[str]:
    return WORD.findall(text)[-6:]


def _is_told(before: list[str], inside: list[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the phrases ends right before a period, or opens it."""
    return any(_ends_with(before + inside[:count], phrases, count) for count in range(min(3, len(inside)) + 1))


def _ends_with(words: list[str], phrases: frozenset[tuple[str, ...]], least: int = 1) -> bool:
    return any(tuple(words[-length:]) in phrases for length in range(max(1, least), min(4, len(words)) + 1))
