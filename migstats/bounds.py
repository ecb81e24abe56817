"""The values that a number may stand for: what rounding and qualifiers allow, and arithmetic with that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

from migstats.value import dataclass

_ZERO, _ONE, _TEN, _HUNDRED = Decimal(0), Decimal(1), Decimal(10), Decimal(100)
_SIGNIFICANT = 2
"""Digits that a count is taken to keep when it is rounded, so far as nothing shows that it keeps fewer."""
_SCALED = 1000
"""From this factor on, a word ("million") and not a zero stands behind the digits."""
_LOOSE, _LOOSEST = Decimal("0.05"), Decimal("0.2")
"""How far "about" may be from the truth, and "a hundred or so"."""

Verdict = Literal["holds", "short", "over"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """All values from `low` to `high`; without an upper end where `high` is None."""

    low: Decimal
    high: Decimal | None

    def meets(self, other: Bounds) -> bool:
        """Whether some value lies in both."""
        return not (self.is_below(other) or other.is_below(self))

    def is_below(self, other: Bounds) -> bool:
        """Whether every value is smaller than every value of the other."""
        return self.high is not None and self.high < other.low

    def plus(self, other: Bounds) -> Bounds:
        """The sums of a value of each.

        >>> Bounds(Decimal(1), Decimal(2)).plus(Bounds(Decimal(5), None))
        Bounds(low=Decimal('6'), high=None)
        """
        return Bounds(self.low + other.low, _both(self.high, other.high, lambda one, two: one + two))

    def changed(self, percent: Bounds) -> Bounds:
        """What the values come to when they change by some percentage."""
        low = self.low * (_HUNDRED + percent.low) / _HUNDRED
        return Bounds(low, _both(self.high, percent.high, lambda one, two: one * (_HUNDRED + two) / _HUNDRED))

    def share_of(self, whole: Bounds) -> Bounds:
        """Which percentages of the whole the values may be."""
        low = _ZERO if whole.high is None or whole.high <= 0 else self.low * _HUNDRED / whole.high
        return Bounds(low, None if self.high is None or whole.low <= 0 else self.high * _HUNDRED / whole.low)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a text states it."""

    value: Decimal
    high: Decimal | None = None
    """The upper end of a range."""
    qualifier: str = "exact"
    written: str = ""
    """As it stands in the text, which shows to what it is rounded."""
    form: str = "cardinal"
    percent: bool = False

    def step(self) -> Decimal:
        """The unit that the number is rounded to, as far as its own digits show it.

        >>> Stated(Decimal(16000)).step(), Stated(Decimal(42071)).step(), Stated(Decimal("12.5"), percent=True).step()
        (Decimal('1000'), Decimal('1'), Decimal('0.1'))
        """
        if self.percent or self.value != self.value.to_integral_value():
            return _TEN ** min(0, int(self.value.as_tuple().exponent))
        zeros, length = _zeros(self.value), len(str(abs(int(self.value))))
        step = _TEN ** max(0, min(zeros, length - _SIGNIFICANT))
        digits = "".join(char for char in self.written if char.isdigit())
        if digits and int(digits) and abs(self.value) / int(digits) >= _SCALED:
            return max(step, abs(self.value) / int(digits))
        spelled = bool(self.written) and not digits
        return _TEN**zeros if spelled and abs(self.value) >= _SCALED else step

    def bounds(self, least: Decimal = _ZERO) -> Bounds:
        """The values that it may stand for; `least` is a unit that it is rounded to at least."""
        low, high = self.value, self.value if self.high is None else self.high
        half = self._half(max(self.step(), least))
        if self.qualifier == "at_least":
            return Bounds(low, None)
        if self.qualifier == "at_most":
            return Bounds(min(_ZERO, low), high)
        return Bounds(low - half, high + half)

    def _half(self, step: Decimal) -> Decimal:
        """How far the truth may be away on either side."""
        if self.qualifier == "approximately" or self.form == "collective":
            loose = _LOOSEST if self.form == "collective" else _LOOSE
            return max(step, abs(self.value) * loose)
        if self.form in ("fraction", "multiple"):
            return abs(self.value) * _LOOSE
        if self.percent:
            return step / 2
        return step / 2 if step > _ONE else _ZERO


def add_up(total: Stated, parts: Sequence[Stated]) -> Verdict:
    """Tell whether parts add up to a total, all of them rounded by themselves or to the same unit.

    >>> thousands = [Stated(Decimal(12000)), Stated(Decimal(4000))]
    >>> add_up(Stated(Decimal(16000), qualifier="approximately"), thousands)
    'holds'
    >>> add_up(Stated(Decimal(20000)), thousands)
    'short'
    """
    least = common_step([total, *parts])
    whole = total.bounds(least)
    summed = sum_of(parts, least)
    if summed.is_below(whole):
        return "short"
    return "over" if whole.is_below(summed) else "holds"


def sum_of(parts: Sequence[Stated], least: Decimal = _ZERO) -> Bounds:
    """The sums that numbers may have."""
    summed = Bounds(_ZERO, _ZERO)
    for part in parts:
        summed = summed.plus(part.bounds(least))
    return summed


def common_step(stated: Sequence[Stated]) -> Decimal:
    """The unit that all of some counts are rounded to: the greatest power of ten that divides each of them."""
    if any(one.value != one.value.to_integral_value() for one in stated):
        return _ZERO
    return _TEN ** min((_zeros(one.value) for one in stated), default=0)


def _zeros(value: Decimal) -> int:
    """Count the zeros at a number's end."""
    digits = str(abs(int(value)))
    return len(digits) - len(digits.rstrip("0")) if int(value) else 0


def _both(one: Decimal | None, two: Decimal | None, join: Callable[[Decimal, Decimal], Decimal]) -> Decimal | None:
    """Join two upper ends; there is none where either lacks."""
    return None if one is None or two is None else join(one, two)
