"""Packs made ready to read with: each part when it is first needed, and as an earlier run kept it, if one did."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from migstats.caching.cache import make_key, recall
from migstats.caching.regex import Code, compile_expressions, know_expressions
from migstats.errors import MigstatsError
from migstats.frame import Frames, compile_frames
from migstats.language import Language, compile_language
from migstats.loading.load import Packs
from migstats.matching.wording import OwnRule, compile_rules
from migstats.periods.dateline import DateReader, make_date_reader
from migstats.periods.period_rule import read_months
from migstats.place import PlaceReader, compile_places
from migstats.recognise import Source, common_words, compile_source
from migstats.texts.passage import Tongues, learn_tongues
from migstats.value import dataclass

if TYPE_CHECKING:
    from migstats.sieve import Sieve
    from migstats.words.lexicon import Lexicon

_PLACES = Path(__file__).parent / "packs" / "places.tsv"


@dataclass(frozen=True, slots=True)
class World:
    """What every document needs, in whatever language it is."""

    frames: Frames
    stocks: frozenset[str]
    """Indicators that are counted at a date."""
    sources: Mapping[str, Source]
    rules: Mapping[str, tuple[OwnRule, ...]]
    """The patterns of each source."""
    patterns: tuple[str, ...]
    """Those of all sources, as written."""
    tongues: Tongues
    dates: DateReader
    """Reads dates in headers, with the names of the months in all languages."""
    expressions: Mapping[str, Code]
    """The compiled forms of those of the program itself."""


class Engine:
    """All that reading a document takes."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self._languages: dict[str, Language] = {}

    def language(self, name: str) -> Language:
        """A language ready to read with."""
        if name not in self._languages:
            key = self.packs.key_of(name)
            self._languages[name] = recall(key, f"language-{name}", lambda: self._compile_language(name))
        return self._languages[name]

    @cached_property
    def world(self) -> World:
        """What every document needs."""
        world = recall(self.packs.key, "world", self._compile_world)
        know_expressions(world.expressions)
        return world

    @cached_property
    def sieve(self) -> Sieve | None:
        """What holds back the documents that cannot give a figure, in whatever language."""
        from migstats.sieve import Index, Sieve, make_index, telling_words

        def compile_index() -> Index | None:
            lexicons = {name: self._lexicon(name) for name in self.packs.languages}
            return make_index(lexicons, self.world.frames, self.world.patterns)

        index = recall(self.packs.key, "sieve", compile_index)
        if index is None:
            return None
        common = telling_words(self.world.tongues.common.values())
        scripts = tuple(map(frozenset, sorted(set(self.world.tongues.letters.values()))))
        return Sieve(index, self._lexicon, self.places, common, frozenset(self.packs.languages), scripts)

    @property
    def places(self) -> PlaceReader:
        """The names of places."""
        return _read_places()

    def _lexicon(self, name: str) -> Lexicon:
        return self.language(name).lexicon

    def _compile_language(self, name: str) -> Language:
        try:
            return compile_language(name, self.packs.languages[name].as_written())
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            said = f"the pack cannot be used: {type(error).__name__}: {error}"
            raise MigstatsError(said, path=str(self.packs.files[f"languages/{name}"])) from error

    def _compile_world(self) -> World:
        packs = self.packs
        frames = compile_frames(packs.codebook.as_written())
        months: dict[str, int] = {}
        for name in packs.languages:
            months.update(read_months(packs.peek(name, "periods")))
        return World(
            frames=frames,
            stocks=frozenset(code for code, indicator in packs.codebook.indicators.items() if indicator.stock),
            sources={name: compile_source(pack) for name, pack in packs.sources.items()},
            rules={name: compile_rules(pack, frames) for name, pack in packs.sources.items()},
            patterns=tuple(one for pack in packs.sources.values() for rule in pack.rules for one in rule.pattern),
            tongues=learn_tongues({name: common_words(packs.peek(name, "grammar")) for name in packs.languages}),
            dates=make_date_reader(months),
            expressions=compile_expressions(),
        )


_engines: dict[int, Engine] = {}
_places: list[PlaceReader] = []


def engine_of(packs: Packs) -> Engine:
    """The engine of these packs, the same each time."""
    if id(packs) not in _engines:
        _engines[id(packs)] = Engine(packs)
    return _engines[id(packs)]


def _read_places() -> PlaceReader:
    """The table of places, which is the program's own."""
    if not _places:
        table = _PLACES.read_bytes()
        _places.append(recall(make_key([table]), "places", lambda: compile_places(table.decode("utf-8"))))
    return _places[0]
