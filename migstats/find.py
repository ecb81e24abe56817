"""Finds what a text holds: numbers, periods, places and words, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migstats.language import Language
from migstats.model import Mark, Number, Period, Place, Span
from migstats.numbers.claim import claim_kinds
from migstats.numbers.dual import drop_repeated, find_duals
from migstats.numbers.kind import TOLD
from migstats.numbers.numeral import read_numbers
from migstats.periods.period import Phrases, date_phrases, find_periods, find_phrases
from migstats.periods.period_rule import PeriodReader
from migstats.place import PlaceReader, find_places
from migstats.tables.caption import Captions
from migstats.tables.cell import LineReader, Timeline
from migstats.tables.grid import Grid, settle_blocks, settle_numbers, settle_periods
from migstats.tables.inline import InlineReader
from migstats.tables.rows import RowReader
from migstats.tables.stack import StackReader
from migstats.texts.sentence import Block, Sentence, cut_blocks, cut_sentences
from migstats.texts.token import Token, cut_tokens, part_tokens
from migstats.texts.view import related_spans, view_text
from migstats.value import dataclass, field, replace
from migstats.words.item import Item, Mentions, cut_items
from migstats.words.spot import spot

GOVERNORS = 64
"""Headings above a line that are looked at: a longer text has more, but they are no longer about it."""
ABROAD = "abroad"
"""What a sentence that names a country is taken to be about, beside the contexts of the packs."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence made ready for matching."""

    index: int
    sentence: Sentence
    block: Block
    items: tuple[Item, ...]
    contexts: frozenset[str]
    """Names of the contexts, counted classes and events that its words may belong to."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in a text, before anything is matched."""

    text: str
    view: str
    language: Language
    blocks: tuple[Block, ...]
    scenes: tuple[Scene, ...]
    numbers: tuple[Number, ...]
    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    grid: Grid

    def governors(self, block: int) -> list[int]:
        """The blocks that introduce a block, nearest first; one heading follows another."""
        rows: list[int] = []
        above = self.blocks[block].governor
        while above >= 0 and len(rows) < GOVERNORS:
            rows.append(above)
            above = self.blocks[above].governor
        return rows


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text holds, whenever it was published."""

    text: str
    view: str
    language: Language
    blocks: Sequence[Block]
    numbers: Sequence[Number]
    phrases: Phrases
    """What may tell a period."""
    tokens: Sequence[Token]
    places: Sequence[Place]


def survey(text: str, language: Language, places: PlaceReader, marks: Sequence[Mark] = ()) -> Survey:
    """Find what needs no date. `marks` is what is known of the layout."""
    view = view_text(text, marks)
    tokens = cut_tokens(view)
    return Survey(
        text,
        view,
        language,
        cut_blocks(view, language.layout, related_spans(marks)),
        read_numbers(view, language.numerals, text),
        find_phrases(view, language.periods),
        tokens,
        find_places(text, view, places, tokens),
    )


def find(seen: Survey, published: str | None, line: Span | None) -> Findings:
    """Everything that a text holds, numbers inside a period already told as such.

    `published` is when, and `line` where the text says so: that is no period of what it counts.
    """
    text, view, language, blocks, numbers = seen.text, seen.view, seen.language, seen.blocks, seen.numbers
    periods = date_phrases(seen.phrases, published)
    timeline = Timeline(view, language.periods, published, periods)
    periods = _clear_of_numbers(view, periods, numbers, (language.periods, published))
    periods = [replace(p, role="reference") if line and p.start < line[1] and line[0] < p.end else p for p in periods]
    lines = LineReader(view, numbers, timeline, language.layout.empty)
    grid = _read_grid(Captions(text, blocks, lines))
    periods = settle_periods(periods, grid)
    numbers = settle_numbers(view, claim_kinds(view, numbers, periods), grid)
    blocks = settle_blocks(view, blocks, numbers, grid)
    sentences = cut_sentences(text, view, blocks, language.layout)
    feed = _Feed(view, seen.tokens, numbers, periods, seen.places)
    scenes = [feed.scene(i, s, blocks[s.block], language) for i, s in enumerate(sentences)]
    numbers = [*(number for number in numbers if number.start not in feed.repeated), *feed.duals]
    numbers.sort(key=lambda number: number.start)
    return Findings(
        text, view, language, tuple(blocks), tuple(scenes), tuple(numbers), tuple(periods), tuple(seen.places), grid
    )


def _read_grid(captions: Captions) -> Grid:
    """The tables of a text."""
    grid, rows, stacks, inline = Grid(), RowReader(captions), StackReader(captions), InlineReader(captions)
    at = 0
    while at < len(captions.blocks):
        stop = rows.read(at, grid) or stacks.read(at, grid)
        if not stop:
            inline.read(at, grid)
        at = stop or at + 1
    return grid


def _clear_of_numbers(
    view: str, periods: Sequence[Period], numbers: Sequence[Number], how: tuple[PeriodReader, str | None]
) -> list[Period]:
    """The periods, those that end inside a number ("in May 1,240 people") read again without its digits."""
    clear: list[Period] = []
    at = 0
    for period in periods:
        while at < len(numbers) and numbers[at].end <= period.start:
            at += 1
        if any(period.start <= n.start and n.end == period.end and _is_count(n) for n in numbers[at : at + 2]):
            continue
        cut = next((n for n in numbers[at : at + 8] if period.start < n.start < period.end < n.end), None)
        if cut is None:
            clear.append(period)
            continue
        for part in find_periods(view[period.start : cut.start], *how):
            clear.append(replace(part, start=part.start + period.start, end=part.end + period.start))
    return clear


def _is_count(number: Number) -> bool:
    """Whether digits that a period takes for a year were read as a count, being none that is told without a word."""
    return not number.kind and number.value >= TOLD


@dataclass(slots=True)
class _Feed:
    """Hands each sentence the mentions that stand in it; sentences come in order."""

    view: str
    tokens: Sequence[Token]
    numbers: Sequence[Number]
    periods: Sequence[Period]
    places: Sequence[Place]
    at: dict[str, int] = field(default_factory=lambda: {"tokens": 0, "numbers": 0, "periods": 0, "places": 0})
    duals: list[Number] = field(default_factory=list)
    """Nouns whose form says two, found among the words."""
    repeated: set[int] = field(default_factory=set)
    """Where numbers stand that only stress such a noun."""

    def _take(self, name: str, end: int) -> list[Any]:
        rows = getattr(self, name)
        first = at = self.at[name]
        while at < len(rows) and rows[at].start < end:
            at += 1
        self.at[name] = at
        return list(rows[first:at])

    def scene(self, index: int, sentence: Sentence, block: Block, language: Language) -> Scene:
        """The sentence as a row of items."""
        numbers = self._take("numbers", sentence.end)
        periods = self._take("periods", sentence.end)
        places = self._take("places", sentence.end)
        tokens = self._take("tokens", sentence.end)
        hits = spot(language.lexicon, tokens)
        duals = find_duals(self.view, tokens, hits, language.lexicon)
        taken = {n.start for n in numbers}
        duals = [n for n in duals if n.start not in taken and not any(p.start <= n.start < p.end for p in periods)]
        self.duals += duals
        repeated = {n.start for n in numbers} - {n.start for n in drop_repeated(self.view, duals, numbers)}
        self.repeated |= repeated
        numbers = [n for n in numbers if n.start not in repeated]
        numbers = sorted([*numbers, *duals], key=lambda number: number.start)
        starts = [n.lead if n.lead >= 0 else n.start for n in numbers]
        parted = part_tokens(self.view, tokens, [*starts, *(p.start for p in (*places, *periods))])
        if len(parted) > len(tokens):
            tokens, hits = parted, spot(language.lexicon, parted)
        items = cut_items(self.view, tokens, hits, Mentions(numbers, periods, places))
        names = {n for i in items for layer in (i.tags.contexts, i.tags.counted, i.tags.events) for n in layer}
        if any(i.place is not None and i.place.kind == "country" for i in items):
            names.add(ABROAD)
        return Scene(index, sentence, block, tuple(items), frozenset(names))
