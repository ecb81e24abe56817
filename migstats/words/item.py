"""Cuts a sentence into items: numbers, periods, words of a class, other words, marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from migstats.model import Number, Period, Place
from migstats.texts.token import Token
from migstats.value import dataclass
from migstats.words.tag import EMPTY, Hit, Tags

MEASURE = "measure"
"""The role of a word that states a number of what was named before it."""
_STATED, _RATE = frozenset([MEASURE]), frozenset(["per"])
_YEAR = "year"
"""The kind of number that no word before it says how exactly it is told: "above 2022"."""


@dataclass(frozen=True, slots=True)
class Item:
    """One step of a sentence: a number with its qualifier, a period, a word of a class, another word, or a mark."""

    start: int
    end: int
    key: str
    tags: Tags = EMPTY
    number: Number | None = None
    period: Period | None = None
    place: Place | None = None
    mark: bool = False
    depth: int = 0
    """How many brackets it stands in."""
    spaced: bool = False
    """For a mark: white space on both sides."""

    @property
    def candidate(self) -> bool:
        """A number that may yet be a figure."""
        return self.number is not None and not self.number.kind


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions that stand in one sentence, each kind in order."""

    numbers: Sequence[Number]
    periods: Sequence[Period]
    places: Sequence[Place]


def cut_items(view: str, tokens: Sequence[Token], hits: Sequence[Hit], mentions: Mentions) -> list[Item]:
    """The items of a sentence: mentions first, then words of several tokens, then the rest."""
    return _Builder(view, tokens, hits, mentions).build()


class _Builder:
    """Makes items of a sentence's tokens: mentions first, then words of several tokens, then the rest."""

    def __init__(self, view: str, tokens: Sequence[Token], hits: Sequence[Hit], mentions: Mentions) -> None:
        numbers, periods, places = mentions.numbers, mentions.periods, mentions.places
        self.view = view
        self.tokens = tokens
        self.tags: dict[int, Tags] = {}
        self.joined: dict[int, int] = {}
        self.duals = {tokens[hit.tokens[0]].start: hit.tags.duals for hit in hits if hit.tags.duals}
        for hit in hits:
            first = hit.tokens[0]
            self.tags[first] = self.tags[first] | hit.tags if first in self.tags else hit.tags
            if hit.tags.function and hit.tokens != tuple(range(first, hit.tokens[-1] + 1)):
                end = hit.tokens[-1]
                self.tags[end] = self.tags[end] | hit.tags if end in self.tags else hit.tags
            last = first
            for token in hit.tokens[1:]:
                if all(tokens[t].key in "-'" for t in range(last + 1, token)):
                    self.joined[first] = last = token
        self.spans: list[tuple[int, int, Number | Period | Place]] = sorted(
            [(p.start, p.end, p) for p in periods]
            + [(n.start if n.lead < 0 or n.kind == _YEAR else n.lead, max(n.tail, n.end), n) for n in numbers],
            key=lambda row: (row[0], -row[1]),
        )
        self.places = {p.start: p for p in places}
        self.open_brackets = self._find_open_brackets()

    def _find_open_brackets(self) -> frozenset[int]:
        """The starts of brackets around a lone number whose noun stands behind them: "(16) women"."""
        at = {token.start: i for i, token in enumerate(self.tokens)}
        found: set[int] = set()
        for start, end, mention in self.spans:
            first = at.get(start, 0)
            last = first
            while last < len(self.tokens) and self.tokens[last].start < end:
                last += 1
            around = [self.tokens[i].key for i in (first - 1, last) if 0 <= i < len(self.tokens)]
            if not isinstance(mention, Number) or mention.kind or first == 0 or around != ["(", ")"]:
                continue
            tags = self.tags.get(last + 1, EMPTY)
            if tags.counted or tags.claims:
                found |= {self.tokens[first - 1].start, self.tokens[last].start}
        return frozenset(found)

    def build(self) -> list[Item]:
        items: list[Item] = []
        depth = 0
        at = i = 0
        while i < len(self.tokens):
            token = self.tokens[i]
            while at < len(self.spans) and self.spans[at][1] <= token.start:
                at += 1
            if at < len(self.spans) and self.spans[at][0] <= token.start:
                start, end, mention = self.spans[at]
                at += 1
                if items and items[-1].end > start:
                    continue
                items.append(self._mention(start, end, mention, depth))
                while i < len(self.tokens) and self.tokens[i].start < end:
                    i += 1
                continue
            if token.start in self.open_brackets:
                i += 1
                continue
            if token.key in ")]":
                depth = max(0, depth - 1)
            last = self.joined.get(i, i)
            if at < len(self.spans) and self.spans[at][0] <= self.tokens[last].start:
                last = i
            items.append(self._plain(i, last, depth))
            if token.key in "([":
                depth += 1
            i = last + 1
        return items

    def _mention(self, start: int, end: int, mention: Number | Period | Place, depth: int) -> Item:
        if isinstance(mention, Number):
            duals = self.duals.get(mention.start, frozenset())
            key = self.view[mention.start : mention.end]
            tags = Tags(counted=duals, duals=duals, function=self._lead(start, mention.start))
            return Item(start, end, key, tags, number=mention, depth=depth)
        assert isinstance(mention, Period)
        tags = Tags(function=self._roles(start, end) & _RATE) if mention.role == "duration" else EMPTY
        return Item(start, end, self.view[start:end], tags, period=mention, depth=depth)

    def _lead(self, start: int, end: int) -> frozenset[str]:
        """What the words that say how exactly a number is told are besides: "topped" states it too."""
        return self._roles(start, end) & _STATED

    def _roles(self, start: int, end: int) -> frozenset[str]:
        """The roles of the words that begin between two places."""
        if start == end:
            return frozenset()
        first, last = (bisect_left(self.tokens, at, key=lambda token: token.start) for at in (start, end))
        return frozenset(name for t in range(first, last) if t in self.tags for name in self.tags[t].function)

    def _plain(self, i: int, last: int, depth: int) -> Item:
        start, end, key, word = self.tokens[i]
        tags = self.tags.get(i, EMPTY)
        place = self.places.get(start)
        if last > i:
            end = self.tokens[last].end
            key = self.view[start:end]
            for inner in range(i + 1, last + 1):
                about = self.tags.get(inner, EMPTY).contexts
                tags = tags | Tags(contexts=about) if about else tags
            place = next((self.places[t.start] for t in self.tokens[i : last + 1] if t.start in self.places), None)
        spaced = start > 0 and self.view[start - 1] == " " == self.view[end : end + 1]
        return Item(start, end, key, tags, place=place, mark=not word, depth=depth, spaced=spaced)
