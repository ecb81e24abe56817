"""Parts and totals: whether what a text adds up does add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from migstats.bounds import add_up
from migstats.check._case import COUNT, Case, Told
from migstats.check._finding import Finding
from migstats.check._listing import count_listed
from migstats.check._parts import Breakdown, exceeds, find_breakdowns, find_subtotals
from migstats.records.record import plain
from migstats.show import show_number

TITLE = "sums"

HOLDS = "S01"
PARTIAL = "S02"
OVER = "S03"
GREATER = "S04"
LISTED = "S05"
SUBTOTAL = "S06"
CODES = (HOLDS, PARTIAL, OVER, GREATER, LISTED, SUBTOTAL)


def find(case: Case) -> Iterator[Finding]:
    """Look at totals with their parts, at rows that may be parts, and at announced lists."""
    whole: set[str] = set()
    for breakdown in find_breakdowns(case):
        verdict = _judge(breakdown)
        if verdict is not None:
            yield verdict
            whole.update(part.record.id for part in breakdown.parts)
    for total, part in find_subtotals(case):
        if exceeds(total, part):
            said = f"{part.shown} is told as a part of {total.shown}, which is less"
            yield Finding(GREATER, said, (part.span, total.span))
        elif part.record.id not in whole and part.stated.value <= total.stated.value:
            yield Finding(SUBTOTAL, _say_share(part, total), (part.span, total.span))
    for listed in count_listed(case):
        said = f"{listed.announced} are announced and {listed.count} are listed"
        yield Finding(LISTED, said, (listed.span,))


def _judge(breakdown: Breakdown) -> Finding | None:
    """Compare parts with their total."""
    total, parts = breakdown.total, breakdown.parts
    summed = sum((part.stated.value for part in parts), Decimal())
    verdict = add_up(total.stated, [part.stated for part in parts])
    added = f"{_add(parts)} = {show_number(plain(summed))}"
    spans = (total.span, *(part.span for part in parts))
    if verdict == "holds":
        return Finding(HOLDS, f"{added}: the total told, {total.shown}, holds", spans)
    gap = abs(total.stated.value - summed)
    if verdict == "short" and breakdown.complete:
        said = f"{added} of {total.shown}: {show_number(plain(gap))} are not told"
        return Finding(PARTIAL, said, spans)
    if verdict == "over" and breakdown.disjoint:
        said = f"{added}: {show_number(plain(gap))} more than the total told, {total.shown}"
        return Finding(OVER, said, spans)
    return None


def _add(parts: Sequence[Told]) -> str:
    return " + ".join(show_number(part.record.value) for part in parts)


def _say_share(part: Told, total: Told) -> str:
    """Say what share of its total a part comes to."""
    if part.record.measure != COUNT or not total.stated.value:
        return f"{part.shown} is a part of {total.shown}"
    share = round(part.stated.value * 100 / total.stated.value, 1)
    return f"{part.shown} is a part of {total.shown}: {show_number(plain(share))} %"
