"""Numbers written in digits are cut out of a run of digits and marks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from migstats.caching.regex import expression
from migstats.texts.fold import ARABIC_DECIMAL, key
from migstats.value import dataclass

_DIGITS = expression(r"\d+")
_LAST_WORD = expression(r"([^\W\d_]+)\W*\Z")
_NEXT_WORD = expression(r" ?([^\W\d_]+)")
_SURE_GROUPS = expression(r"(?<![\d.,])\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})+(?![\d])")
_SURE_DECIMALS = expression(r"(?<![\d.,])\d+([.,])(?:\d{1,2}|\d{4,})(?![\d.,])")
_PERCENT = expression(r" {0,2}%")
LIST_MARK = ", "


@dataclass(frozen=True, slots=True)
class Marks:
    """How a language writes its digits."""

    decimal: str
    group: frozenset[str]
    listing: frozenset[str]
    """Words that join the last member of a list."""
    dates: frozenset[str]
    """Words before a day of the month, after which a comma closes the date."""


class Digits(NamedTuple):
    """A number in digits, with the other value that the same characters can have."""

    start: int
    end: int
    value: Decimal
    other: Decimal | None = None
    """The value with the mark read the other way, where there is one."""
    doubt: bool = False
    """The mark is the decimal mark of the language, but stands before three digits."""
    bare: bool = True
    """Digits alone, without marks."""


def compile_marks(digits: Mapping[str, Any]) -> Marks:
    """Read the `digits` of a language pack."""
    return Marks(
        decimal=str(digits["decimal"]),
        group=frozenset(digits.get("group", ())),
        listing=frozenset(key(word) for word in digits.get("listing", ())),
        dates=frozenset(key(word) for word in digits.get("dates", ())),
    )


def survey_marks(view: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the marks that surely group thousands in a view, and those that surely stand before decimals."""
    return (
        frozenset(match[1] for match in _SURE_GROUPS.finditer(view)),
        frozenset(match[1] for match in _SURE_DECIMALS.finditer(view)),
    )


class ClusterReader:
    """Cuts one run of digit groups and marks into numbers."""

    def __init__(self, view: str, span: tuple[int, int], marks: Marks) -> None:
        self.view = view
        self.marks = marks
        self.spans = [match.span() for match in _DIGITS.finditer(view, *span)]
        self.groups = [view[start:end] for start, end in self.spans]
        between = zip(self.spans, self.spans[1:], strict=False)
        self.seps = [self._mark(view[left[1] : right[0]]) for left, right in between]
        self.row = " " in self.seps and (
            self._is_dialled(span[0]) or any(self._starts_comma_group(n) for n in range(len(self.seps)))
        )

    def _is_dialled(self, start: int) -> bool:
        """Tell a telephone number, with its plus sign, from groups of thousands."""
        return self.view[start - 1 : start] == "+" and any(len(group) != 3 for group in self.groups[1:])

    @staticmethod
    def _mark(text: str) -> str:
        """Give the mark without repeated spaces."""
        return LIST_MARK if text[0] == "," and len(text) > 1 else text[0]

    def _starts_comma_group(self, at: int) -> bool:
        """Tell whether a full group of thousands follows group `at` after a comma or dot, beside a spaced cell."""
        if self.seps[at] not in ",." or len(self.groups[at]) > 3 or len(self.groups[at + 1]) != 3:
            return False
        before = self.seps[at - 1] if at else ""
        after = self.seps[at + 1] if at + 1 < len(self.seps) else ""
        return after == " " or (before == " " and len(self.groups[at]) < 3)

    def read(self) -> list[Digits]:
        """Give the numbers of the run, from left to right."""
        numbers = []
        at = 0
        while at < len(self.groups):
            stop = self._end_of_groups(at)
            number, at = self._finish(at, stop)
            numbers.append(number)
        return numbers

    def _end_of_groups(self, at: int) -> int:
        """Give the index after the last group of thousands of the number that starts at group `at`."""
        if at >= len(self.seps) or len(self.groups[at]) > 3 or self.groups[at][0] == "0":
            return at + 1
        mark = self.seps[at]
        if mark == LIST_MARK:
            return at + 2 if self._is_spaced_comma(at) else at + 1
        if mark == ARABIC_DECIMAL or (mark == " " and self.row):
            return at + 1
        return self._end_of_indian(at) or self._end_of_millions(at) or self._end_of_uniform(at, mark)

    def _end_of_millions(self, at: int) -> int:
        """Follow groups of three digits behind millions and an apostrophe ("1'711.204"); 0 where there are none."""
        if self.seps[at] != "'" or len(self.groups[at + 1]) != 3 or at + 1 >= len(self.seps):
            return 0
        stop = self._end_of_uniform(at + 1, self.seps[at + 1]) if self.seps[at + 1] in ".," else 0
        return stop if stop > at + 2 else 0

    def _end_of_uniform(self, at: int, mark: str) -> int:
        """Follow groups of three digits after one and the same mark."""
        stop = at + 1
        while stop < len(self.groups) and self.seps[stop - 1] == mark and len(self.groups[stop]) == 3:
            stop += 1
        if mark != " " and stop < len(self.groups) and self.seps[stop - 1] == mark:
            return at + 1
        return stop

    def _end_of_indian(self, at: int) -> int:
        """Follow groups of two digits before a last group of three; 0 where there are none."""
        stop = at + 1
        while stop < len(self.groups) and self.seps[stop - 1] == "," and len(self.groups[stop]) == 2:
            stop += 1
        ends = stop < len(self.groups) and self.seps[stop - 1] == "," and len(self.groups[stop]) == 3
        goes_on = stop < len(self.seps) and self.seps[stop] == ","
        return stop + 1 if ends and not goes_on and stop > at + 1 and len(self.groups[at]) < 3 else 0

    def _is_spaced_comma(self, at: int) -> bool:
        """Tell a stray space after a comma of thousands from a list of numbers."""
        if len(self.groups[at + 1]) != 3:
            return False
        if at + 1 < len(self.seps) and self.seps[at + 1] != ".":
            return False
        if at and self.seps[at - 1] == LIST_MARK:
            return False
        if self.groups[at + 1][0] == "0":
            return True
        following = _NEXT_WORD.match(self.view, self.spans[at + 1][1])
        start = self.spans[at][0]
        before = _LAST_WORD.search(self.view, max(0, start - 30), start)
        dated = before is not None and before[1] in self.marks.dates
        listed = following is None or following[1] in self.marks.listing
        return "," in self.marks.group and not dated and not listed

    def _is_spaced_decimal(self, at: int, stop: int) -> bool:
        """Tell a stray space after the decimal comma of a percentage ("87, 5 %") from a list."""
        alone = stop == at + 1 and (at == 0 or self.seps[at - 1] == " ") and stop == len(self.groups) - 1
        short = len(self.groups[at]) <= 3 and len(self.groups[stop]) <= 2
        return alone and short and self.marks.decimal == "," and bool(_PERCENT.match(self.view, self.spans[stop][1]))

    def _finish(self, at: int, stop: int) -> tuple[Digits, int]:
        """Add the decimals to the groups `at` to `stop`; give the number and the next group."""
        start, whole = self.spans[at][0], "".join(self.groups[at:stop])
        grouped = stop > at + 1
        if self._has_decimals(at, stop):
            value = Decimal(f"{whole}.{self.groups[stop]}")
            return Digits(start, self.spans[stop][1], value, bare=False), stop + 1
        end = self.spans[stop - 1][1]
        if not grouped:
            if self._lacks_zero(at):
                return Digits(start - 1, end, Decimal(f"0.{whole}"), bare=False), stop
            return Digits(start, end, Decimal(whole)), stop
        if stop == at + 2 and self.seps[at] in (".", ","):
            other = Decimal(f"{self.groups[at]}.{self.groups[at + 1]}")
            doubt = self.seps[at] == self.marks.decimal
            return Digits(start, end, Decimal(whole), other, doubt, bare=False), stop
        return Digits(start, end, Decimal(whole), bare=False), stop

    def _lacks_zero(self, at: int) -> bool:
        """Tell whether a decimal mark stands before the first group with no digit before it."""
        start = self.spans[at][0]
        marked = at == 0 and start > 0 and self.view[start - 1] == self.marks.decimal
        free = start < 2 or self.view[start - 2] in " \n("
        return marked and free and (self.groups[at][0] == "0" or len(self.groups[at]) > 3)

    def _has_decimals(self, at: int, stop: int) -> bool:
        """Tell whether the group at `stop` holds the decimals of the number before it."""
        if stop >= len(self.groups):
            return False
        sep = self.seps[stop - 1]
        if sep == LIST_MARK:
            return self._is_spaced_decimal(at, stop)
        chained = sep in (*self.seps[max(at - 1, 0) : at], *self.seps[stop : stop + 1])
        if sep not in (".", ",") or chained:
            return sep == ARABIC_DECIMAL
        whole, decimals = self.groups[at], self.groups[stop]
        if stop > at + 1:
            return sep != self.seps[at] and (sep == self.marks.decimal or len(decimals) != 3)
        if len(whole) == 4 and whole[:2] in ("19", "20") and decimals[0] != "0":
            return False
        return sep == self.marks.decimal or whole == "0" or len(decimals) <= 3
