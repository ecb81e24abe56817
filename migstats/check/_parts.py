"""Finds the numbers of a text that are parts of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from migstats.check._case import COUNT, Case, Told, share_period
from migstats.value import dataclass

LARGE = 100
"""From this value on, parts may stand anywhere in the text of their total; smaller ones near it."""
NEAR = 2
"""Sentences between a small total and its parts."""
ROW, MANY = 2, 3
"""Members of a row that equals a total told; of one that is taken for a breakdown without that."""
HALF = 2
REST = 6
"""Words behind the last part in which the rest is named without a number: "the others from ..."."""
_JOINED = frozenset(["list", "clause", "versus"])


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with numbers that may be all of its parts."""

    total: Told
    parts: tuple[Told, ...]
    complete: bool
    """Whether the text tells them as if they were all."""
    disjoint: bool
    """Whether nobody can be in two of them."""


def find_subtotals(case: Case) -> Iterator[tuple[Told, Told]]:
    """Each count with the total that the text says it is a part of."""
    for part in case.told:
        total = case.by_id.get(part.record.part_of or "")
        if total is not None and _comparable(part, total) and _lies_within(part, total):
            yield total, part


def exceeds(total: Told, part: Told) -> bool:
    """Whether a part is greater than its total, where the words between them leave no doubt that it is its part."""
    slots = part.match.slots
    at = next(n for n, slot in enumerate(slots) if slot is part.slot)
    between = part.match.scene.items[total.slot.at : part.slot.at]
    said = any("including" in item.tags.function for item in between)
    plain = not any({"versus", "compared", "and"} & item.tags.function for item in between)
    whole = not _is_torn(total) and not _is_torn(part)
    sure = whole and at > 0 and slots[at - 1] is total.slot and said and plain and part.slot.link.kind == "including"
    return sure and share_period(total.record, part.record) and total.stated.bounds().is_below(part.stated.bounds())


def _is_torn(one: Told) -> bool:
    """Whether digits stand right before a number, parted from it by a mark alone: it may be the end of a longer one."""
    view, start = one.part.findings.view, one.record.start
    return start > 1 and view[start - 1] in "'.," and view[start - 2].isdigit()


def find_breakdowns(case: Case) -> Iterator[Breakdown]:
    """Totals with two or more parts told by words, and rows of numbers that stand for a total told elsewhere."""
    tied: set[int] = set()
    groups: dict[str, list[Told]] = {}
    for total, part in find_subtotals(case):
        groups.setdefault(total.record.id, []).append(part)
    for name, parts in groups.items():
        level = [part for part in parts if part.match is parts[0].match]
        if len(level) >= ROW:
            tied.update(id(part) for part in level)
            yield _by_words(case.by_id[name], level)
    for row in case.rows:
        for members in _runs([one for one in row if id(one) not in tied]):
            breakdown = _by_value(case, members)
            if breakdown is not None:
                yield breakdown


def _by_words(total: Told, parts: Sequence[Told]) -> Breakdown:
    """Parts that hang on their total by words: all of them behind a colon or in brackets, some behind "including"."""
    first = parts[0]
    items = first.match.scene.items
    colon = first.match is total.match and any(
        item.mark and item.key == ":" for item in items[total.slot.phrase.end : first.slot.at]
    )
    marks = {role for part in parts for item in items[total.slot.at : part.slot.at] for role in item.tags.function}
    behind = [item for item in items[parts[-1].slot.phrase.end :] if not item.mark][:REST]
    rest = any("other" in item.tags.function or (" " in item.key and item.tags.function) for item in behind)
    complete = colon and not rest and not marks & {"including", "of_them"}
    return Breakdown(total, tuple(parts), complete, complete and _differ(parts))


def _differ(parts: Sequence[Told]) -> bool:
    """Whether parts are told apart by one thing: each by places, or each by words of its own for people."""
    placed = [bool(_places(part)) for part in parts]
    return all(placed) or not any(placed)


def _places(part: Told) -> list[int]:
    """Where the words of a part name places."""
    items, slots = part.match.scene.items, part.match.slots
    stop = next((slot.at for slot in slots if slot.at > part.slot.at), len(items))
    return [i for i in range(part.slot.at + 1, stop) if items[i].place is not None]


def _runs(row: Sequence[Told]) -> Iterator[list[Told]]:
    """The runs of counts of one unit that stand in a row, the longest alone."""
    run: list[Told] = []
    for one in row:
        joined = run and one.record.unit == run[-1].record.unit and one.slot.link.kind in _JOINED
        if one.record.measure != COUNT or one.record.part_of or not joined:
            if len(run) >= ROW:
                yield run
            run = []
        if one.record.measure == COUNT and not one.record.part_of:
            run.append(one)
    if len(run) >= ROW:
        yield run


def _by_value(case: Case, members: Sequence[Told]) -> Breakdown | None:
    """A row whose sum is a number told, or that is told as the rest of one that went before."""
    summed = sum((one.stated.value for one in members), Decimal())
    totals = [one for one in case.told if one not in members and _totals(case, one, members)]
    equal = [one for one in totals if one.stated.value == summed and _is_near(one, members[0])]
    if equal:
        return Breakdown(equal[0], tuple(members), complete=True, disjoint=True)
    others = [one for one in members if one.slot.phrase.other]
    listed = all(one.slot.link.kind == "list" or one.slot.phrase.other for one in members[1:])
    if len(members) < MANY or not others or not listed:
        return None
    greater = [
        one for one in totals
        if one.span < members[0].span and summed < one.stated.value <= summed * HALF
        and one.match.scene.sentence.block == members[0].match.scene.sentence.block
        and not any(other.stated.value == one.stated.value - summed for other in case.told)
    ]  # fmt: skip
    total = min(greater, key=lambda one: one.stated.value, default=None)
    return Breakdown(total, tuple(members), complete=True, disjoint=False) if total is not None else None


def _totals(case: Case, total: Told, members: Sequence[Told]) -> bool:
    """Whether a figure may be the total of others: of their kind and time, and no part of them."""
    ids = {one.record.id for one in members}
    return total.record.measure == COUNT and all(
        case.kin(total.record, one.record)
        and share_period(total.record, one.record)
        and total.record.modality == one.record.modality
        and total.record.part_of not in ids
        for one in members
    )


def _is_near(total: Told, part: Told) -> bool:
    distance = abs(total.match.scene.index - part.match.scene.index)
    return total.stated.value >= LARGE or distance <= NEAR


def _lies_within(part: Told, total: Told) -> bool:
    """Whether the time of a part is not told to be another than its total's."""
    one, other = part.record, total.record
    early = one.period_start and other.period_start and one.period_start < other.period_start
    late = one.period_end and other.period_end and one.period_end > other.period_end
    return not (early or late)


def _comparable(part: Told, total: Told) -> bool:
    one, other = part.record, total.record
    return one.measure == other.measure == COUNT and one.unit == other.unit and part is not total
