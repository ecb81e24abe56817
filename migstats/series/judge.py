"""Which of several values to take, and whether they agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations, pairwise
from typing import Literal

from migstats.series.told import Told

State = Literal["single", "agreeing", "revised", "contradicting", "derived"]

Cluster = tuple[Told, ...]


def cluster(told: Sequence[Told]) -> list[Cluster]:
    """Put together the values that may all be one number, the most exact first."""
    clusters: list[list[Told]] = []
    for one in sorted(told, key=Told.sort_key):
        home = next((group for group in clusters if all(one.agrees(other) for other in group)), None)
        if home is None:
            clusters.append([one])
        else:
            home.append(one)
    return [tuple(group) for group in clusters]


def find_state(clusters: Sequence[Cluster]) -> State:
    """Say whether the values of a line agree."""
    told = [one for group in clusters for one in group]
    if len(clusters) == 1:
        texts = {text for one in told for text in one.texts}
        return "single" if len(told) == 1 and len(texts) == 1 else "agreeing"
    return "revised" if all(is_revised(*pair) for pair in combinations(clusters, 2)) else "contradicting"


def is_revised(one: Cluster, other: Cluster) -> bool:
    """Tell whether one source corrected itself: it told either, on dates that are known and do not overlap."""
    speakers = [{speaker for told in group for speaker in told.speakers} for group in (one, other)]
    same = len(speakers[0]) == 1 and speakers[0] == speakers[1]
    dates = [sorted(told.published for told in group) for group in (one, other)]
    if not same or not dates[0][0] or not dates[1][0]:
        return False
    return _precedes(dates[0][-1], dates[1][0]) or _precedes(dates[1][-1], dates[0][0])


def _precedes(one: str, other: str) -> bool:
    """Tell whether a date is before another for sure, where one of them is a year or a month alone."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]


def recommend(clusters: Sequence[Cluster], officials: Collection[str]) -> tuple[Told | None, str]:
    """Choose the value to take, and say why; none where nothing decides between values that differ."""
    chosen, why = (clusters[0], "") if len(clusters) == 1 else _choose_cluster(clusters, officials)
    if chosen is None:
        return None, why
    best = min(chosen, key=lambda one: (one.sort_key(), _rank(one, officials)))
    if len(chosen) > 1:
        why = "; ".join(part for part in (why, _say_exact(best, chosen)) if part)
    return best, why or ("only value told" if len(best.texts) == 1 else f"told by {len(best.texts)} texts")


def _rank(told: Told, officials: Collection[str]) -> tuple[bool, bool]:
    """Put official texts first, then those that name who says so."""
    official = any(record.source in officials for record in told.witnesses)
    return not official, not any(record.attribution for record in told.witnesses)


def _say_exact(best: Told, chosen: Cluster) -> str:
    """Say what the value was preferred to."""
    return "exact before rounded" if best.exactness == 0 else f"the most exact of {len(chosen)}"


def _choose_cluster(clusters: Sequence[Cluster], officials: Collection[str]) -> tuple[Cluster | None, str]:
    """Choose between values that differ: the later revision, the official, the more often told."""
    dates = {group: max(one.published for one in group) for group in clusters}
    latest = sorted(clusters, key=lambda group: dates[group])
    if all(dates.values()) and all(is_revised(*pair) for pair in pairwise(latest)):
        return latest[-1], "later revision before earlier"
    official = [group for group in clusters if any(not _rank(one, officials)[0] for one in group)]
    if len(official) == 1:
        return official[0], "official before relayed"
    counts = {group: len({text for one in group for text in one.texts}) for group in clusters}
    most = sorted(clusters, key=lambda group: -counts[group])
    if counts[most[0]] > counts[most[1]]:
        return most[0], f"told by {counts[most[0]]} texts, the other by {counts[most[1]]}"
    return None, "undecided: the texts differ, and nothing puts one before the other"
