"""Makes a language pack ready to read with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migstats.caching.regex import Regex
from migstats.numbers.numeral import NumeralReader, compile_numerals
from migstats.periods.period_rule import PeriodReader, compile_periods
from migstats.texts.fold import fold, fold_pattern, key
from migstats.texts.sentence import Layout
from migstats.value import dataclass
from migstats.words.lexicon import Lexicon, compile_lexicon, layers_of


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language orders its words."""

    head_first: bool
    subject_after_verb: bool
    bare_relatives: bool
    """Whether a verb right behind an indefinite noun describes it, without a "who"."""
    construct: bool
    """Whether a noun right before a number governs it, without an "of": "bodies N migrants"."""
    naming: frozenset[str]
    """Prepositions between a name in a list and its number: "then Muscat with 53"."""
    joined: tuple[str, ...]
    """Conjunctions written on to the next word."""
    plural_ending: str
    determiners: frozenset[str]
    prepositions: frozenset[str]
    postposing: frozenset[str]
    """Articles behind which a number counts the noun before it."""
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
    slips: tuple[tuple[Regex, str], ...] = ()
    """Wordings of a machine that translates, and what is wrong with them."""


def compile_language(name: str, pack: Mapping[str, Any]) -> Language:
    """A language pack, its keys as in YAML, made ready to read with."""
    order = pack.get("grammar") or {}
    grammar = Grammar(
        head_first=order.get("head", "first") == "first",
        subject_after_verb=bool(order.get("subject_after_verb")),
        bare_relatives=bool(order.get("bare_relatives")),
        construct=bool(order.get("construct")),
        naming=_keys(order.get("naming")),
        joined=tuple(sorted(_keys(order.get("joined")))),
        plural_ending=order.get("plural_ending") or "",
        determiners=_keys(order.get("determiners")),
        prepositions=_keys(order.get("prepositions")),
        postposing=_keys(order.get("postposing")),
        auxiliaries=_keys(order.get("auxiliaries")),
    )
    return Language(
        name,
        compile_lexicon(layers_of(pack), pack.get("proclitics") or ()),
        compile_numerals(pack["digits"], pack["numerals"], pack["qualifiers"], pack["kinds"]),
        compile_periods(pack["periods"]),
        grammar,
        Layout.compile(pack.get("layout") or {}),
        tuple((Regex(fold_pattern(slip)), says) for slip, says in (pack.get("slips") or {}).items()),
    )


def _keys(words: Iterable[str] | None) -> frozenset[str]:
    return frozenset(key(fold(w)).split()[0] for w in words or ())
