"""The arithmetic of what numbers may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migstats.bounds import Bounds, Stated, add_up, common_step, sum_of

COUNTS = st.lists(st.integers(1, 2_000_000), min_size=2, max_size=8)
QUALIFIERS = ("exact", "approximately", "at_least", "at_most")


def state(value: int, qualifier: str = "exact") -> Stated:
    """A count as a text states it."""
    return Stated(Decimal(value), qualifier=qualifier, written=str(value))


def round_to(value: int, unit: int) -> int:
    """Round half up to a multiple of a unit."""
    return (value + unit // 2) // unit * unit


def round_digits(value: int, digits: int) -> int:
    """Keep so many significant digits."""
    return round_to(value, max(1, 10 ** (len(str(value)) - digits)))


@given(COUNTS, st.integers(0, 4))
def test_parts_rounded_to_one_unit_always_add_up(parts: list[int], power: int) -> None:
    """A total is never flagged when all numbers were rounded to the same unit."""
    unit = 10**power
    parts = [part + unit for part in parts]
    rounded = [state(round_to(part, unit)) for part in parts]
    assert add_up(state(round_to(sum(parts), unit)), rounded) == "holds"


@given(COUNTS, st.integers(2, 5))
def test_parts_rounded_to_significant_digits_always_add_up(parts: list[int], digits: int) -> None:
    """Nor when each was rounded to two or more digits by itself."""
    rounded = [state(round_digits(part, digits)) for part in parts]
    assert add_up(state(round_digits(sum(parts), digits)), rounded) == "holds"


@given(COUNTS, st.integers(0, 4))
def test_a_qualified_total_always_holds(parts: list[int], power: int) -> None:
    """Cut off and told as 'more than', or rounded up and told as 'at most'."""
    total, unit = sum(parts), 10**power
    exact = [state(part) for part in parts]
    assert add_up(state(total // unit * unit, "at_least"), exact) == "holds"
    assert add_up(state(-(-total // unit) * unit, "at_most"), exact) == "holds"


@given(COUNTS, st.integers(0, 10_000), st.booleans())
def test_one_off_by_more_than_rounding_allows_is_always_flagged(parts: list[int], beyond: int, over: bool) -> None:
    """Short or over, whatever the numbers."""
    exact = [state(part * 10 + 1) for part in parts]
    summed = sum_of(exact, common_step(exact))
    assert summed.high is not None
    off = int(summed.low) - 1 - beyond if over else int(summed.high) + 1 + beyond
    off += (off % 10 == 0) * (-1 if over else 1)
    if off > 0:
        assert add_up(state(off), exact) == ("over" if over else "short")


@given(COUNTS, st.integers(1, 10_000), st.integers(0, 4))
def test_so_is_one_off_by_more_than_every_step(parts: list[int], beyond: int, power: int) -> None:
    """Rounded numbers whose intervals lie apart."""
    unit = 10**power
    rounded = [state(round_to(part + unit, unit)) for part in parts]
    slack = sum((part.bounds(Decimal(unit)).high or 0) - part.value for part in rounded)
    total = state(int(sum(part.value for part in rounded) + slack) * 2 + beyond * 1000)
    assert add_up(total, rounded) == "short"


@given(st.integers(1, 10**7), st.sampled_from(QUALIFIERS))
def test_a_number_may_be_what_it_says(value: int, qualifier: str) -> None:
    """Its own value is always among those that it may stand for."""
    bounds = state(value, qualifier).bounds()
    assert bounds.meets(Bounds(Decimal(value), Decimal(value)))


@given(st.integers(1, 10**6), st.integers(-99, 400))
def test_a_rounded_change_always_fits(base: int, percent: int) -> None:
    """A change in whole percent leads from a count to the other."""
    now = Decimal(base) * (100 + percent) / 100
    change = Stated(Decimal(percent), percent=True)
    assert state(base).bounds().changed(change.bounds()).meets(Bounds(now, now))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_rounded_share_always_fits(one: int, other: int) -> None:
    """A share in whole percent is what part and total come to."""
    part, total = sorted((one, other))
    share = Stated(Decimal(round(part * 100 / total)), percent=True)
    assert state(part).bounds().share_of(state(total).bounds()).meets(share.bounds())


@pytest.mark.parametrize(
    ("written", "value", "step"),
    [
        ("16.000", 16000, "1000"),
        ("42.071", 42071, "1"),
        ("100", 100, "10"),
        ("50", 50, "1"),
        ("1.2 million", 1_200_000, "100000"),
        ("3 million", 3_000_000, "1000000"),
        ("two million", 2_000_000, "1000000"),
        ("2 mil 408", 2408, "1"),
    ],
)
def test_what_a_number_is_rounded_to(written: str, value: int, step: str) -> None:
    """Two digits are kept, unless a word stands for the zeros."""
    assert Stated(Decimal(value), written=written).step() == Decimal(step)


@pytest.mark.parametrize(
    ("stated", "low", "high"),
    [
        (Stated(Decimal(16000), qualifier="approximately"), 15000, 17000),
        (Stated(Decimal(16000), qualifier="at_least"), 16000, None),
        (Stated(Decimal(16000), qualifier="at_most"), 0, 16000),
        (Stated(Decimal(200), Decimal(300)), 195, 305),
        (Stated(Decimal(100), form="collective"), 80, 120),
        (Stated(Decimal(58), percent=True), 57.5, 58.5),
        (Stated(Decimal("12.5"), percent=True), 12.45, 12.55),
        (Stated(Decimal(7)), 7, 7),
    ],
    ids=str,
)
def test_what_a_number_may_stand_for(stated: Stated, low: float, high: float | None) -> None:
    """Rounding and qualifiers."""
    bounds = stated.bounds()
    assert (float(bounds.low), None if bounds.high is None else float(bounds.high)) == (low, high)
