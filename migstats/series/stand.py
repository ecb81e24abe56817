"""What a told value may stand for when it is held against other texts, and what a change makes of it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from migstats.bounds import Bounds, Stated
from migstats.records.record import Plain

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_ROUGH = Decimal(10)
"""Points by which a change that may have been told as a multiple ("doubled") may be off."""
_WIDE = Decimal("1e9")


def bound(value: Plain, high: Plain | None = None, qualifier: str = "exact", unit: str = "") -> Bounds:
    """Give what a stated number may stand for.

    "More than 42,000" is said of what lies below 43,000: told of more, another number would have been said.

    >>> bound(42000, None, "at_least").meets(bound(42071)), bound(42000, None, "at_least").meets(bound(43001))
    (True, False)
    """
    stated = Stated(Decimal(str(value)), _decimal(high), qualifier, percent=unit == "percent")
    if high is not None or qualifier not in ("at_least", "at_most"):
        return stated.bounds()
    exact, grain = stated.value, grain_of(value)
    reach = grain if unit == "percent" or grain < 1 else grain - 1
    return Bounds(exact, exact + reach) if qualifier == "at_least" else Bounds(exact - reach, exact)


def grain_of(value: Plain) -> Decimal:
    """Give the unit of the last digit that is not a closing zero.

    >>> [f"{grain_of(value):f}" for value in (42071, 16000, 33.5)]
    ['1', '1000', '0.1']
    """
    digits = Decimal(str(value)).normalize().as_tuple()
    return Decimal(1).scaleb(int(digits.exponent)) if any(digits.digits) else Decimal(1)


def bound_change(percent: Plain) -> Bounds:
    """Give what a change told in percent may stand for; what may be a multiple in words is rougher.

    >>> bound_change(44)
    Bounds(low=Decimal('43.5'), high=Decimal('44.5'))
    """
    exact = Decimal(str(percent))
    half = min(grain_of(percent), Decimal(1)) * _HALF
    if percent == -50 or (percent > 0 and percent % 100 == 0):
        half = _ROUGH
    return Bounds(exact - half, exact + half)


def undo_change(now: Bounds, percent: Plain) -> tuple[int, int] | None:
    """Give between which whole numbers lies what there was before a change; nothing where it was a fall to nothing.

    >>> undo_change(bound(419), 44), undo_change(bound(16818), 35)
    ((290, 292), (12412, 12504))
    """
    change = bound_change(percent)
    if change.high is None or now.high is None:
        return None
    least, most = ((_HUNDRED + end) / _HUNDRED for end in (change.low, change.high))
    if least <= 0 or now.high / least > _WIDE:
        return None
    return _round(now.low / most), _round(now.high / least)


def width_of(bounds: Bounds) -> Decimal:
    """How far the ends are apart."""
    return _WIDE if bounds.high is None else bounds.high - bounds.low


def _round(value: Decimal) -> int:
    """The nearest whole number."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def _decimal(value: Plain | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
