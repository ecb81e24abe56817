"""Finds what a text holds: numbers, periods, places and words, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from migstats.fold import fold, key
from migstats.lexicon import EMPTY, Hit, Lexicon, Tags, compile_lexicon, layers_of
from migstats.model import Number, Period, Place
from migstats.numeral import NumeralReader, compile_numerals, read_numbers
from migstats.period import find_periods
from migstats.period_rule import PeriodReader, compile_periods
from migstats.place import PlaceReader, find_places
from migstats.sentence import Block, Layout, Sentence, cut_blocks, cut_sentences
from migstats.token import Token, cut_tokens

ABROAD = "abroad"
"""What a sentence that names a country is taken to be about, beside the contexts of the packs."""
JOINER = 5
"""Code points of the word that joins two numbers of one kind."""
SHARED = frozenset(["age", "money", "distance", "weight", "volume", "duration", "time", "speed", "area", "temperature"])


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language orders its words."""

    head_first: bool
    subject_after_verb: bool
    plural_ending: str
    determiners: frozenset[str]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    """Verbs of tense and mood, and the particles that stand before a verb: what follows is no noun."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language pack made ready to read with."""

    id: str
    lexicon: Lexicon
    numerals: NumeralReader
    periods: PeriodReader
    grammar: Grammar
    layout: Layout


def compile_language(id: str, pack: Mapping[str, Any]) -> Language:
    """A language pack, its keys as in YAML, made ready to read with."""
    order = pack.get("grammar") or {}
    grammar = Grammar(
        head_first=order.get("head", "first") == "first",
        subject_after_verb=bool(order.get("subject_after_verb")),
        plural_ending=order.get("plural_ending") or "",
        determiners=_keys(order.get("determiners")),
        prepositions=_keys(order.get("prepositions")),
        auxiliaries=_keys(order.get("auxiliaries")),
    )
    return Language(
        id,
        compile_lexicon(layers_of(pack), pack.get("proclitics") or ()),
        compile_numerals(pack["digits"], pack["numerals"], pack["qualifiers"], pack["kinds"]),
        compile_periods(pack["periods"]),
        grammar,
        Layout.compile(pack.get("layout") or {}),
    )


def _keys(words: Iterable[str] | None) -> frozenset[str]:
    return frozenset(key(fold(w)).split()[0] for w in words or ())


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

    def governors(self, block: int) -> list[int]:
        """The blocks that introduce a block, nearest first."""
        rows: list[int] = []
        above = self.blocks[block].governor
        while above >= 0 and above not in rows:
            rows.append(above)
            above = self.blocks[above].governor
        return rows


def find(text: str, language: Language, places: PlaceReader, published: str | None) -> Findings:
    """Everything that `text` holds, numbers inside a period already told as such."""
    view = fold(text)
    blocks = cut_blocks(text, view, language.layout)
    sentences = cut_sentences(text, view, blocks, language.layout)
    numbers = read_numbers(view, language.numerals)
    periods = find_periods(view, language.periods, published)
    numbers = _claim_dates(view, numbers, periods)
    found = find_places(text, view, places)
    feed = _Feed(view, numbers, periods, found)
    scenes = [feed.scene(i, s, blocks[s.block], language) for i, s in enumerate(sentences)]
    return Findings(text, view, language, tuple(blocks), tuple(scenes), tuple(numbers), tuple(periods), tuple(found))


def _enumerates(view: str, number: Number) -> bool:
    """Whether a number in brackets opens a point of a list: "(2) Adopt ...", after a mark or at the start."""
    if (
        number.kind
        or number.value > 30
        or view[number.end : number.end + 2] != ") "
        or number.start < 1
        or view[number.start - 1] != "("
    ):
        return False
    return view[: number.start - 1].rstrip()[-1:] in ("", ".", ":", ";", "\n") or view[: number.start - 1].endswith(
        "\n"
    )


def _shared_kind(view: str, numbers: Sequence[Number], n: int) -> str:
    """The kind that a number shares with the next: in "16 or 17 years" both are ages."""
    if n + 1 >= len(numbers) or numbers[n].kind or not numbers[n + 1].kind or numbers[n].form != "cardinal":
        return ""
    between = view[max(numbers[n].end, numbers[n].tail) : numbers[n + 1].start]
    joined = (len(between) <= JOINER and between.strip("- ").isalpha()) or between.strip() == "-"
    return numbers[n + 1].kind if joined and numbers[n + 1].kind in SHARED else ""


def _claim_dates(view: str, numbers: Sequence[Number], periods: Sequence[Period]) -> list[Number]:
    """The numbers, those that stand inside a period told as dates."""
    claimed = []
    at = 0
    for n, number in enumerate(numbers):
        while at < len(periods) and periods[at].end <= number.start:
            at += 1
        inside = at < len(periods) and periods[at].start <= number.start and number.end <= periods[at].end
        if not number.kind and (number.value == 0 or (number.sign and number.form == "cardinal")):
            claimed.append(replace(number, kind="difference" if number.sign else "zero"))
            continue
        kind = "list_marker" if _enumerates(view, number) else _shared_kind(view, numbers, n)
        if kind:
            claimed.append(replace(number, kind=kind))
            continue
        claimed.append(
            replace(number, kind="date")
            if inside and number.kind in ("", "article", "ordinal", "duration", "time")
            else number
        )
    return claimed


@dataclass(slots=True)
class _Feed:
    """Hands each sentence the mentions that stand in it; sentences come in order."""

    view: str
    numbers: Sequence[Number]
    periods: Sequence[Period]
    places: Sequence[Place]
    at: dict[str, int] = field(default_factory=lambda: {"numbers": 0, "periods": 0, "places": 0})

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
        tokens = cut_tokens(self.view, sentence.start, sentence.end)
        hits = language.lexicon.find(tokens)
        items = _Builder(self.view, tokens, hits, numbers, periods, places).build()
        names = {n for i in items for layer in (i.tags.contexts, i.tags.counted, i.tags.events) for n in layer}
        if any(i.place is not None and i.place.kind == "country" for i in items):
            names.add(ABROAD)
        return Scene(index, sentence, block, tuple(items), frozenset(names))


class _Builder:
    """Makes items of a sentence's tokens: mentions first, then words of several tokens, then the rest."""

    def __init__(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        numbers: Sequence[Number],
        periods: Sequence[Period],
        places: Sequence[Place],
    ) -> None:
        self.view = view
        self.tokens = tokens
        self.tags: dict[int, Tags] = {}
        self.joined: dict[int, int] = {}
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
            [(n.lead if n.lead >= 0 else n.start, max(n.tail, n.end), n) for n in numbers]
            + [(p.start, p.end, p) for p in periods],
            key=lambda row: (row[0], -row[1]),
        )
        self.places = {p.start: p for p in places}

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
                tags = EMPTY
                while i < len(self.tokens) and self.tokens[i].start < end:
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
            return Item(start, end, self.view[mention.start : mention.end], number=mention, depth=depth)
        assert isinstance(mention, Period)
        return Item(start, end, self.view[start:end], period=mention, depth=depth)

    def _plain(self, i: int, last: int, depth: int) -> Item:
        token = self.tokens[i]
        end = self.tokens[last].end
        name = self.view[token.start : end] if last > i else token.key
        around = self.view[max(0, token.start - 1) : token.start] + self.view[end : end + 1]
        tags = self.tags.get(i, EMPTY)
        for inner in range(i + 1, last + 1):
            about = self.tags.get(inner, EMPTY).contexts
            tags = tags | Tags(contexts=about) if about else tags
        return Item(
            token.start, end, name, tags,
            place=self.places.get(token.start), mark=not token.word, depth=depth, spaced=around == "  ",
        )  # fmt: skip
