"""What does not fit between documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from migstats.records.record import Record
from migstats.series.codes import (
    DRIFT,
    IMPLIED_DIFFERS,
    OTHER_PERIOD,
    SOURCE_DIFFERS,
    SOURCE_REVISED,
    TEXTS_DIFFER,
    load_codes,
)  # fmt: skip
from migstats.series.judge import Cluster, cluster, is_revised
from migstats.series.key import SeriesKey
from migstats.series.line import Conflict, Line, describe_key, find_words
from migstats.series.told import Told
from migstats.show import show_number, show_value

_DRIFT = 0.05
"""How far a restatement may be off and still be one of the same number."""
_YEAR = 366
"""Days of the longest year: periods of which the dates may be mistaken are longer."""
_MONTH = len("2018-09")


def find_conflicts(lines: Sequence[Line]) -> Iterator[Conflict]:
    """List what does not fit, in the order of the lines."""
    spans: dict[SeriesKey, list[Line]] = {}
    for line in lines:
        yield from _find_in_line(line)
        if _is_long(line):
            spans.setdefault(line.key.series, []).append(line)
    for found in spans.values():
        for pair in combinations(found, 2):
            if _is_one_claim(*pair):
                yield _tell_periods(*pair)


def describe_told(told: Told) -> str:
    """Write a value with the documents that tell it."""
    documents = dict.fromkeys(record.document for record in told.witnesses)
    return f"{show_value(told.value, told.high, told.qualifier, told.unit)} ({', '.join(documents)})"


def _find_in_line(line: Line) -> Iterator[Conflict]:
    """List what does not fit inside one line."""
    told = line.told
    if line.state in ("revised", "contradicting"):
        clusters = cluster(told)
        code = SOURCE_REVISED if line.state == "revised" else _choose_code(clusters)
        yield _make(code, [line], f"{line.key.period}: {' against '.join(map(describe_told, told))}")
    for implied in line.implied:
        if implied.holds is False:
            said = f"{line.key.period}: {show_number(implied.low)} to {show_number(implied.high)} by {implied.sum}"
            against = ", ".join(map(describe_told, told))
            yield Conflict(
                load_codes()[IMPLIED_DIFFERS],
                f"{describe_key(line.key.series, find_words([line]))}, {said}, against {against}",
                (line.key,),
                (*implied.witnesses, *_witnesses(told)),
            )


def _make(code: str, lines: Sequence[Line], message: str) -> Conflict:
    """Make a conflict between values told."""
    told = [one for line in lines for one in line.told]
    name = describe_key(lines[0].key.series, find_words(lines))
    return Conflict(load_codes()[code], f"{name}, {message}", tuple(line.key for line in lines), _witnesses(told))


def _witnesses(told: Iterable[Told]) -> tuple[Record, ...]:
    return tuple(record for one in told for record in one.witnesses)


def _choose_code(clusters: Sequence[Cluster]) -> str:
    """Say what kind of contradiction it is, by the gravest pair."""
    pairs = [pair for pair in combinations(clusters, 2) if not is_revised(*pair)]
    if all(_drifts(*pair) for pair in pairs):
        return DRIFT
    speakers = [{speaker for told in group for speaker in told.speakers} for group in clusters]
    shared = any(one & other for one, other in combinations(speakers, 2))
    return SOURCE_DIFFERS if shared else TEXTS_DIFFER


def _drifts(one: Cluster, other: Cluster) -> bool:
    """Tell a restatement that is off by little from another number: one is exact, the other is not."""
    exact, loose = sorted((one[0], other[0]), key=Told.sort_key)
    vaguer = loose.exactness > exact.exactness or loose.sort_key()[1] > exact.sort_key()[1]
    return vaguer and abs(exact.value - loose.value) <= _DRIFT * abs(exact.value)


def _is_long(line: Line) -> bool:
    """Tell a value told for a closed stretch of several years, that was not simply counted up to the publication."""
    start, end = line.key.days
    if line.key.kind != "span" or line.key.apart or not line.told or start is None or end is None:
        return False
    running = any(
        record.published and record.published[:_MONTH] == end.isoformat()[: len(record.published[:_MONTH])]
        for told in line.told
        for record in told.witnesses
    )
    return (end - start).days > _YEAR and not running


def _is_one_claim(one: Line, other: Line) -> bool:
    """Tell whether two lines give one count with its dates told differently: they share a beginning or an end."""
    shares = one.key.days[0] == other.key.days[0] or one.key.days[1] == other.key.days[1]
    apart = not {t for told in one.told for t in told.texts} & {t for told in other.told for t in told.texts}
    return shares and apart and any(a.agrees(b) for a in one.told for b in other.told)


def _tell_periods(one: Line, other: Line) -> Conflict:
    """Say that two lines give one count for different periods."""
    sides = [f"{', '.join(map(describe_told, line.told))} in {line.key.period}" for line in (one, other)]
    return _make(OTHER_PERIOD, [one, other], " against ".join(sides))
