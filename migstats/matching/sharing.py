"""Gives one noun to the several numbers that it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.matching.nounphrase import NounPhrase
from migstats.value import replace
from migstats.words.item import Item

_SMALL = frozenset(["of", "between", "adjective"])


def share_nouns(items: Sequence[Item], places: Sequence[int], phrases: Sequence[NounPhrase]) -> list[NounPhrase]:
    """The phrases of the numbers at `places`, where one noun serves a row of numbers ("164, 133 and 187 migrants")
    given to each.
    """
    shared = list(phrases)
    for n in range(len(places) - 2, -1, -1):
        here, following = shared[n], shared[n + 1]
        between = items[places[n] + 1 : places[n + 1]]
        row = between and all((i.mark and i.key == ",") or "and" in i.tags.function for i in between)
        if here.status == "empty" and following.status in ("known", "claimed") and _takes_of(between):
            shared[n] = replace(following, end=places[n] + 1)
            continue
        if row and here.status == "empty" and following.claims & {"difference", "rate"}:
            continue
        if row and here.status == "empty" and following.status in ("known", "claimed") and not following.within:
            shared[n] = replace(following, end=places[n] + 1)
    for n in range(2, len(places) - 1):
        shared[n] = _match_pair(items, places, shared, n)
    return shared


def _match_pair(items: Sequence[Item], places: Sequence[int], phrases: Sequence[NounPhrase], n: int) -> NounPhrase:
    """The phrase of the first number of a pair whose noun the pair before it names: "11 flights with 372 Colombians, 3
    with 102 Ecuadorians".
    """
    here, model = phrases[n], phrases[n - 2]
    joins = places[n] + 2 == places[n + 1] and model.end + 1 == places[n - 1]
    if here.status != "empty" or model.status not in ("known", "claimed") or not joins:
        return here
    word = items[places[n] + 1]
    alike = word.key == items[model.end].key and not word.mark and "and" not in word.tags.function
    return replace(model, end=places[n] + 1) if alike else here


def _takes_of(between: Sequence[Item]) -> bool:
    """Whether "of the" alone stands between two numbers: "four of the five boats"."""
    plain = 0 < len(between) <= 2 and not any(item.mark or item.tags.function - _SMALL for item in between)
    return plain and "of" in between[0].tags.function
