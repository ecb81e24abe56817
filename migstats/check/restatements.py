"""One claim told twice: whether both tellings agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from migstats.check._case import COUNT, Case, Told, share_period
from migstats.check._finding import Finding

TITLE = "restatements"
NEAR = 20
"""Two tellings of one count differ by one in so many at most."""
LEAST = 20
"""Smaller counts are as like one another by chance."""

TWICE = "R01"
APART = "R02"
CODES = (TWICE, APART)


def find(case: Case) -> Iterator[Finding]:
    """Compare the counts that may be one."""
    told: set[int] = set()
    for one, other in combinations(case.told, 2):
        if id(other) in told or not _may_be_one(one, other):
            continue
        rounded, exact = sorted((one, other), key=lambda row: row.stated.step(), reverse=True)
        if rounded.stated.value == exact.stated.value and rounded.stated.qualifier == exact.stated.qualifier:
            told.add(id(other))
            yield Finding(TWICE, f"{exact.shown} is told twice", (one.span, other.span))
        elif rounded.stated.step() == exact.stated.step():
            continue
        elif rounded.stated.bounds().meets(exact.stated.bounds()):
            told.add(id(other))
            said = f"{exact.shown} and {rounded.shown} are one claim, told exactly and rounded"
            yield Finding(TWICE, said, (one.span, other.span))
        elif rounded.stated.qualifier != "exact" and exact.stated.qualifier == "exact":
            said = f"{rounded.shown} cannot be {exact.shown}"
            yield Finding(APART, said, (one.span, other.span))


def _may_be_one(one: Told, other: Told) -> bool:
    """Whether two counts are of the same thing, time and people, and nearly the same, in different sentences."""
    first, second = one.record, other.record
    if one.match is other.match or first.measure != COUNT or second.measure != COUNT:
        return False
    if (first.indicator, first.unit, first.modality) != (second.indicator, second.unit, second.modality):
        return False
    low, high = sorted((one.stated.value, other.stated.value))
    if low < LEAST or (high - low) * NEAR > high or first.high != second.high:
        return False
    return share_period(first, second) and _agree(first.place, second.place) and _agree(first.group, second.group)


def _agree(one: str | None, other: str | None) -> bool:
    """Whether the words for place or people do not tell two things apart."""
    return one is None or other is None or one == other
