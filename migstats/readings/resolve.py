"""Turns the matches of a document into readings, each with its period, place, group and change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from migstats.find import Findings
from migstats.matching.change import falls
from migstats.matching.slot import Match, Slot
from migstats.model import Period, Reading
from migstats.readings.narrow import country_of, group_of, places_of
from migstats.readings.telling import attribution_of, modality_of
from migstats.readings.timing import Clock
from migstats.value import replace

_ROUNDED = Decimal("0.03")
"""How far a figure in a heading may be rounded."""


def resolve(matches: Sequence[Match], findings: Findings, clock: Clock, subject: str | None) -> list[Reading]:
    """The readings of all settled slots, in the order of the text."""
    readings: list[Reading] = []
    for match in matches:
        clock.note(match)
        governors = findings.governors(match.scene.sentence.block)
        for slot in match.slots:
            if slot.frame is not None and slot.measure != "attached":
                readings.append(_reading(match, slot, clock.period_of(match, slot, governors), subject, findings))
    return _date_headings(_date_titles(readings), findings)


def _date_titles(readings: Sequence[Reading]) -> list[Reading]:
    """The readings; one that only the publication dates, as a title, takes the period of its figure told later."""
    dated: dict[tuple[str, str, Decimal], Period] = {}
    settled: list[Reading] = []
    for reading in reversed(readings):
        said = (reading.indicator, reading.measure, abs(reading.value))
        told = reading.period
        if told is not None and told.basis != "publication":
            dated[said] = told
        elif said in dated:
            told = replace(dated[said], basis="inherited")
        settled.append(replace(reading, period=told))
    return settled[::-1]


def _date_headings(readings: Sequence[Reading], findings: Findings) -> list[Reading]:
    """The readings; one in a heading without a time has that of the figure below of which it may be the rounding."""
    dated: list[Reading] = []
    for at, reading in enumerate(readings):
        told = reading.period is not None and reading.period.basis != "publication"
        below = None if told or not _is_heading(reading, findings) else _told_again(reading, readings[at + 1 :])
        dated.append(reading if below is None else replace(reading, period=below))
    return dated


def _is_heading(reading: Reading, findings: Findings) -> bool:
    at = bisect_right(findings.blocks, reading.number.start, key=lambda block: block.start) - 1
    return findings.blocks[at].kind == "heading"


def _told_again(reading: Reading, below: Sequence[Reading]) -> Period | None:
    """The period of the first figure among those below that tells the same, as it is or before it was rounded."""
    for other in below:
        period = other.period
        if period is None or period.basis == "publication" or not _is_same(reading, other):
            continue
        return replace(period, basis="inherited")
    return None


def _is_same(reading: Reading, other: Reading) -> bool:
    same = (reading.indicator, reading.measure) == (other.indicator, other.measure)
    return same and abs(reading.value - other.value) <= _ROUNDED * abs(other.value)


def _reading(match: Match, slot: Slot, period: Period | None, subject: str | None, findings: Findings) -> Reading:
    frame, number = slot.frame, slot.number
    assert frame is not None
    value, high = number.value, number.high
    if slot.measure == "change" and falls(match.scene.items, slot) and value > 0:
        value = -value
    places = places_of(match, slot, subject)
    percent, baseline = _change(match, slot)
    sentence = match.scene.sentence
    block = findings.blocks[sentence.block]
    return Reading(
        number=number,
        indicator=frame.indicator,
        measure=slot.measure,
        unit=frame.unit if slot.measure == "count" else "percent",
        value=value,
        high=high,
        basis=slot.basis,
        rule=frame.rule,
        pack=frame.own.partition("/")[0] or findings.language.id,
        sentence=(sentence.start, max(sentence.end, number.end)),  # a number may go on in the next line
        period=period,
        places=places,
        country=country_of(match, places, subject),
        group=group_of(match, slot),
        change_percent=percent,
        change_baseline=baseline,
        modality=modality_of(match, slot),
        context="related" if block.kind == "related" else "body",
        attribution=attribution_of(match),
        part_of=_whole(slot),
    )


def _whole(slot: Slot) -> int | None:
    if slot.whole is None or slot.whole.frame is None or slot.whole.measure == "attached":
        return None
    return slot.whole.number.start


def _change(match: Match, slot: Slot) -> tuple[Decimal | None, str | None]:
    """The percentage of change told with a count, a fall negative, and the period it is measured from."""
    if slot.change is None or slot.change.number is None:
        return None, None
    change = next(s for s in match.slots if s.item is slot.change)
    value = slot.change.number.value
    percent = -abs(value) if falls(match.scene.items, change) else value
    for item in match.scene.items[change.at : change.at + 8]:
        if item.period is not None and item.period.role == "baseline":
            return percent, item.period.iso
    return percent, None
