"""Puts the records of many documents side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from migstats.loading.load import Packs
from migstats.records.record import Record
from migstats.series.doubt import find_conflicts
from migstats.series.imply import Implied, imply
from migstats.series.judge import Cluster, cluster, find_state, recommend
from migstats.series.key import Key, Keys
from migstats.series.line import Findings, Line
from migstats.series.told import gather_told
from migstats.value import replace

_SHORT = 28
"""Days below which a period may hold several events of one kind."""
_NEAR = 1.5
"""How many times greater one telling of an event may be than another."""
_FAR = 2
"""How many times greater than another a value may be, and still be told of the same thing."""
_SEVERAL = "several told for it in one text"
_EVENTS = "may be several events"
_TOO_FAR = "too far from one another to be one thing"


def build_series(records: Iterable[Record], packs: Packs) -> Findings:
    """Give one line an indicator, place, group and period, with what is implied and what does not fit."""
    wanted = list(records)
    keys = Keys(wanted, packs)
    by_key: dict[Key, list[Record]] = {}
    for record in wanted:
        by_key.setdefault(keys.of(record), []).append(record)
    officials = frozenset(name for name, source in packs.sources.items() if source.official)
    implied = imply(wanted, keys)
    lines = [line for key, found in by_key.items() for line in _make_lines(key, found, officials)]
    lines = sorted(_join(lines, implied), key=_sort_line)
    return Findings(tuple(lines), tuple(find_conflicts(lines)))


def _sort_line(line: Line) -> tuple[tuple[str, ...], tuple[int | float | str, ...]]:
    """Order lines by their keys, those of one key by what is told."""
    return line.key.sort_key(), line.told[0].sort_key() if line.told else ()


def _make_lines(key: Key, records: Sequence[Record], officials: Collection[str]) -> Iterator[Line]:
    """Make the line of a key; values that tell of different things get a line each."""
    clusters = cluster(gather_told(records))
    apart = _find_apart(key, clusters)
    for group in [[one] for one in clusters] if apart else [clusters]:
        best, why = recommend(group, officials)
        told = tuple(one for part in group for one in part)
        line = Line(replace(key, apart=key.apart or apart), told, (), find_state(group), None, None, "exact", why)
        yield replace(line, value=best.value, high=best.high, qualifier=best.qualifier) if best else line


def _find_apart(key: Key, clusters: Sequence[Cluster]) -> str | None:
    """Say why values that differ do not contradict one another, if they do not."""
    if len(clusters) < 2:
        return None
    texts = [{text for one in group for text in one.texts} for group in clusters]
    if any(one & other for at, one in enumerate(texts) for other in texts[:at]):
        return _SEVERAL
    values = [abs(one.value) for group in clusters for one in group]
    if max(values) > _FAR * min(values):
        return _TOO_FAR
    return _EVENTS if _may_be_events(key, max(values) / min(values)) else None


def _may_be_events(key: Key, ratio: float) -> bool:
    """Tell whether values for a few days may be of several events: not where one place is told, and they are near."""
    start, end = key.days
    if key.series.stock or start is None or end is None or (end - start).days >= _SHORT:
        return False
    return key.series.place is None or ratio > _NEAR


def _join(lines: Sequence[Line], implied: Sequence[Implied]) -> Iterator[Line]:
    """Put implied values beside those told for the same period, or on lines of their own."""
    waiting: dict[Key, list[Implied]] = {}
    for one in implied:
        waiting.setdefault(one.key, []).append(one)
    placed: set[Implied] = set()
    for line in lines:
        beside = () if line.key.alone else waiting.get(replace(line.key, apart=None), ())
        held = [(one, _hold(one, line)) for one in beside]
        kept = [(one, checked) for one, checked in held if checked.holds or not line.key.apart]
        placed.update(one for one, _ in kept)
        yield replace(line, implied=tuple(checked for _, checked in kept))
    for key, found in waiting.items():
        left = [one for one in found if one not in placed]
        if left:
            yield _make_derived(key, left)


def _hold(one: Implied, line: Line) -> Implied:
    """Check an implied value against those told."""
    return replace(one, holds=any(one.bounds.meets(told.bounds) for told in line.told))


def _make_derived(key: Key, implied: Sequence[Implied]) -> Line:
    """Make a line that no text tells: the values that all sums allow, else those of the narrowest."""
    best = min(implied, key=lambda one: (one.high - one.low, one.low, one.sum))
    low, high = max(one.low for one in implied), min(one.high for one in implied)
    if low > high:
        low, high = best.low, best.high
    return Line(key, (), tuple(implied), "derived", low, high if high != low else None, "exact", f"derived: {best.sum}")
