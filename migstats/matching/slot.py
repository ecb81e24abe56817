"""The numbers of a sentence that may be figures, and what has been made of them so far."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.find import Scene
from migstats.frame import Frame
from migstats.matching.link import Link
from migstats.matching.nounphrase import NounPhrase
from migstats.matching.path import Path
from migstats.model import Number, Period
from migstats.value import dataclass, field
from migstats.words.item import Item

COUNTS = frozenset(["cardinal", "collective"])
ABOARD = 3
"""Items before a number in which "aboard" or "carrying" says that it counts those on a boat."""
YEARS = (1950, 2040)
"""A bare number in this range with no noun known is a year."""


@dataclass(slots=True)
class Slot:
    """A number that may be a figure, and what has been made of it so far."""

    at: int
    """Index of its item in the sentence."""
    item: Item
    phrase: NounPhrase
    link: Link
    frame: Frame | None = None
    classes: frozenset[str] = frozenset()
    event: int = -1
    """Index of the item that names the event."""
    basis: str = ""
    measure: str = "count"
    whole: Slot | None = None
    """The slot that it is a part of."""
    source: Slot | None = None
    """The slot that lent it its frame."""
    nearest: str = ""
    lacked: str = ""
    weak: Frame | None = None
    """What its noun alone would make of it, where nothing better is found."""
    inside: bool = False
    """In a list of parts: "among them N and M"."""
    period: Period | None = None
    """The period that its row or column names."""
    change: Item | None = None
    """A percentage of change told with it."""

    @property
    def number(self) -> Number:
        """The number itself."""
        assert self.item.number is not None
        return self.item.number

    @property
    def counts(self) -> bool:
        """Whether it counts whole things: no percentage, fraction or multiple."""
        return self.number.form in COUNTS

    def take(self, frame: Frame, basis: str, event: int = -1, classes: frozenset[str] = frozenset()) -> None:
        """Settle what the number counts."""
        self.frame, self.basis, self.event, self.classes = frame, basis, event, classes or self.phrase.classes


def is_count(item: Item) -> bool:
    """Whether an item is a number that may count something."""
    return item.candidate and item.number is not None and item.number.form in COUNTS


def is_year(item: Item) -> bool:
    """Whether a number looks like a year: four plain digits of our time."""
    number = item.number
    return (
        number is not None
        and len(item.key) == 4
        and item.key.isdigit()
        and YEARS[0] <= number.value <= YEARS[1]
        and number.qualifier == "exact"
    )


def is_revived(items: Sequence[Item], i: int) -> bool:
    """Whether "one" or "a" counts: it stands in a row with a number, by "and" or a comma."""
    number = items[i].number
    if number is None or number.kind != "article":
        return False
    if i + 1 < len(items) and "of_them" in items[i + 1].tags.function:
        return True
    before = items[i - 1] if i else None
    opens = before is not None and (before.tags.function & {"and", "including"} or before.key == ",")
    counted = any(item.candidate for item in items[max(0, i - 8) : i])
    joins = [j for j in range(i + 1, min(i + 6, len(items) - 1)) if _joins(items[j]) and items[j + 1].candidate]
    return bool((opens and counted) or joins)


def _joins(item: Item) -> bool:
    return "and" in item.tags.function or item.key == ","


@dataclass(slots=True)
class Match:
    """A sentence with the slots of its numbers."""

    scene: Scene
    slots: list[Slot] = field(default_factory=list)
    path: Path | None = None
    events: Sequence[int] = ()
    """Indices of the items that tell an event."""


def is_aboard(match: Match, slot: Slot) -> bool:
    """Whether those counted are said to be aboard the boats named before them: what happens to one happens to both."""
    return any("aboard" in item.tags.function for item in match.scene.items[max(0, slot.at - ABOARD) : slot.at])
