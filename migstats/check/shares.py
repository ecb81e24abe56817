"""Shares and changes: whether they fit one another, and the counts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from migstats.bounds import Bounds, Stated, sum_of
from migstats.check._case import CHANGE, COUNT, SHARE, Case, Told, is_year, same_place
from migstats.check._finding import Finding
from migstats.records.record import plain
from migstats.show import show_number

TITLE = "shares and changes"
WHOLE = Decimal(100)
MANY = 3
"""Shares that look like all of a whole."""

SHORT = "C01"
OVER = "C02"
CONTRADICTED = "C03"
FITS = "C04"
SHARE_WRONG = "C05"
SHARE_FITS = "C06"
CODES = (SHORT, OVER, CONTRADICTED, FITS, SHARE_WRONG, SHARE_FITS)


def find(case: Case) -> Iterator[Finding]:
    """Look at rows of shares, at changes, and at shares beside counts."""
    for row in case.rows:
        for shares in _runs(row):
            yield from _judge_shares(shares)
        for part, share in pairwise(row):
            yield from _judge_share(case, part, share)
    for one in case.told:
        base = _base(case, one)
        if base is not None:
            yield from _judge_change(one, base)
    for row in case.rows:
        yield from _judge_standing(row)


def _runs(row: Sequence[Told]) -> Iterator[list[Told]]:
    """The shares of one whole that a sentence lists."""
    run: list[Told] = []
    for one in row:
        follows = run and _is_next(run[-1], one) and one.record.part_of == run[-1].record.part_of
        alike = run and one.record.indicator == run[-1].record.indicator
        if one.record.measure != SHARE or not (follows and alike):
            if len(run) > 1:
                yield run
            run = []
        if one.record.measure == SHARE:
            run.append(one)
    if len(run) > 1:
        yield run


def _is_next(before: Told, one: Told) -> bool:
    """Whether a share stands beside the one before it, and is no part of that."""
    between = one.match.scene.items[before.slot.at : one.slot.at]
    nested = any(item.tags.function & {"including", "of_them"} for item in between)
    return one.slot.link.kind in ("list", "clause", "including") and not nested


def _judge_shares(shares: Sequence[Told]) -> Iterator[Finding]:
    """Compare the shares of one whole with the whole, where each is told of another country or region."""
    if not all(_is_placed(one) for one in shares) or any(one.slot.phrase.other for one in shares):
        return
    summed = sum_of([one.stated for one in shares])
    told = sum((one.stated.value for one in shares), Decimal())
    whole = Bounds(WHOLE, WHOLE)
    added = f"{' + '.join(show_number(one.record.value) for one in shares)} = {show_number(plain(told))} %"
    spans = tuple(one.span for one in shares)
    if whole.is_below(summed):
        yield Finding(OVER, f"{added}: {show_number(plain(told - WHOLE))} too much", spans)
    elif summed.is_below(whole) and len(shares) >= MANY:
        yield Finding(SHORT, f"{added}: {show_number(plain(WHOLE - told))} % are not told", spans)


def _is_placed(one: Told) -> bool:
    """Whether a share is told of those of a country or region."""
    items, slots = one.match.scene.items, one.match.slots
    stop = next((slot.at for slot in slots if slot.at > one.slot.at), len(items))
    return any(items[i].place is not None for i in range(one.slot.at + 1, stop))


def _base(case: Case, one: Told) -> Told | None:
    """The count that a change told with a figure is measured from."""
    record = one.record
    if record.change_percent is None or record.measure != COUNT:
        return None
    versus = [other for other in case.told if other.match is one.match and other.slot.link.kind == "versus"]
    versus = [other for other in versus if other.slot.at > one.slot.at and _is_alike(other, one)]
    if versus and versus[0].record.period != record.period:
        return versus[0]
    if not (is_year(record.period) and is_year(record.change_baseline)):
        return None
    earlier = [other for other in case.told if other.record.period == record.change_baseline and _is_alike(other, one)]
    told = {other.stated.value for other in earlier if same_place(other.record, record)}
    return earlier[0] if len(told) == 1 and same_place(earlier[0].record, record) else None


def _is_alike(other: Told, one: Told) -> bool:
    """Whether two counts are told of the same thing."""
    record = other.record
    return record.measure == COUNT and (record.indicator, record.unit) == (one.record.indicator, one.record.unit)


def _judge_change(one: Told, base: Told) -> Iterator[Finding]:
    """Compare a change with the counts that it lies between."""
    slot = one.slot
    assert slot.change is not None
    assert slot.change.number is not None
    percent = Decimal(str(one.record.change_percent))
    written = Stated(percent, qualifier=slot.change.number.qualifier, form=slot.change.number.form, percent=True)
    span = slot.change.number.start, slot.change.number.end
    yield from _compare(one, base, written, span)


def _judge_standing(row: Sequence[Told]) -> Iterator[Finding]:
    """Compare a change that stands by itself with the only two counts of its sentence."""
    changes = [one for one in row if one.record.measure == CHANGE]
    counts = [one for one in row if one.record.measure == COUNT]
    if len(changes) != 1 or len(counts) != 2 or len(row) != 3:
        return
    change, (now, base) = changes[0], counts
    alike = _is_alike(base, now) and change.record.indicator == now.record.indicator
    apart = base.slot.link.kind == "versus" and base.record.period != now.record.period
    if alike and apart and now.record.change_percent is None:
        yield from _compare(now, base, change.stated, change.span)


def _compare(one: Told, base: Told, change: Stated, span: tuple[int, int]) -> Iterator[Finding]:
    """Say whether a change leads from one count to the other."""
    expected = base.stated.bounds().changed(change.bounds())
    code = FITS if expected.meets(one.stated.bounds()) else CONTRADICTED
    if not base.stated.value:
        return
    real = round((one.stated.value / base.stated.value - 1) * WHOLE, 1)
    told = f"{show_number(plain(change.value))} %"
    said = f"from {base.shown} to {one.shown} is a change of {show_number(plain(real))} %; told is {told}"
    yield Finding(code, said, (span, one.span, base.span))


def _judge_share(case: Case, part: Told, share: Told) -> Iterator[Finding]:
    """Compare the share in brackets behind a part with what part and total come to."""
    bracketed = share.slot.link.kind == "bracket" and share.record.part_of == part.record.id
    total = case.by_id.get(part.record.part_of or "")
    if share.record.measure != SHARE or not bracketed or total is None or not total.stated.value:
        return
    allowed = part.stated.bounds().share_of(total.stated.bounds())
    code = SHARE_FITS if allowed.meets(share.stated.bounds()) else SHARE_WRONG
    real = round(part.stated.value * WHOLE / total.stated.value, 1)
    said = f"{part.shown} of {total.shown} is {show_number(plain(real))} %; told is {share.shown}"
    yield Finding(code, said, (share.span, part.span, total.span))
