"""Finds the words of a language pack's classes in a row of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from migstats.entry import GAP, expand_phrase, split_phrase
from migstats.fold import fold, key
from migstats.token import Token

GAP_WORDS = 5
"""Words that a gap may pass over."""
_CLAUSE_MARKS = frozenset(".;:!?()")
_JOINERS = frozenset("-'")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tags:
    """What a word may be: the names of its classes, by layer of the language pack."""

    counted: frozenset[str] = _NONE
    verbs: frozenset[str] = _NONE
    nouns: frozenset[str] = _NONE
    agentive: frozenset[str] = _NONE
    intransitive: frozenset[str] = _NONE
    function: frozenset[str] = _NONE
    contexts: frozenset[str] = _NONE
    claims: frozenset[str] = _NONE
    duals: frozenset[str] = _NONE
    narrows: frozenset[str] = _NONE
    """What it says of the words behind it (`place`, `origin`, `goal`...), or that it is a small word of the grammar."""

    @property
    def events(self) -> frozenset[str]:
        """Every event that the word may tell, in whatever form."""
        return self.verbs | self.nouns | self.agentive | self.intransitive

    def __or__(self, other: Tags) -> Tags:
        return Tags(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(Tags)))


EMPTY = Tags()


class Hit(NamedTuple):
    """An entry that stands in the tokens: which of them it takes (its gaps left out), and what they are."""

    tokens: tuple[int, ...]
    tags: Tags


@dataclass(slots=True)
class _Entry:
    """One wording: the tests of its further words, and what it tags."""

    rest: tuple[_Test | None, ...]
    """None for a gap."""
    tags: Tags


class _Test(NamedTuple):
    """What one word of an entry accepts."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]

    def accepts(self, forms: Sequence[str]) -> bool:
        return any(f in self.exact or (self.prefixes and f.startswith(self.prefixes)) for f in forms)


def _make_test(spellings: list[str]) -> _Test:
    exact = frozenset(s for s in spellings if not s.endswith("*"))
    prefixes = tuple(s[:-1] for s in spellings if s.endswith("*"))
    return _Test(exact, prefixes)


@dataclass(slots=True)
class Lexicon:
    """All entries of a language, looked up by their first word."""

    proclitics: tuple[str, ...] = ()
    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    prefix: dict[str, list[_Entry]] = field(default_factory=dict)
    heads: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)
    forms_of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, phrase: str, tags: Tags) -> None:
        """Enter one wording of a class."""
        for first, *rest in map(split_phrase, expand_phrase(phrase)):
            entry = _Entry(tuple(None if word == [GAP] else _make_test(word) for word in rest), tags)
            for spelling in first:
                if spelling.endswith("*"):
                    self.prefix.setdefault(spelling[:-1], []).append(entry)
                else:
                    self.exact.setdefault(spelling, []).append(entry)

    def forms(self, word: str) -> tuple[str, ...]:
        """The word, and what is left of it when a proclitic written on to it is taken off."""
        known = self.forms_of.get(word)
        if known is None:
            cut = [word[len(p) :] for p in self.proclitics if word.startswith(p) and len(word) - len(p) >= 2]
            known = self.forms_of[word] = tuple(dict.fromkeys([word, *cut]))
        return known

    def _entries(self, word: str) -> tuple[_Entry, ...]:
        known = self.heads.get(word)
        if known is None:
            found: list[_Entry] = []
            for form in self.forms(word):
                found.extend(self.exact.get(form, ()))
                for size in range(1, len(form) + 1):
                    found.extend(self.prefix.get(form[:size], ()))
            known = self.heads[word] = tuple(found)
        return known

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """The entries in the tokens. Nouns and events, small words, and contexts are found apart: in each, the
        longest.
        """
        content: dict[int, Hit] = {}
        roles: list[Hit] = []
        hits: list[Hit] = []
        owner: dict[int, int] = {}
        free = 0
        for i, token in enumerate(tokens):
            if not token.word:
                continue
            entries = self._entries(token.key)
            if not entries:
                continue
            found = _Found(self, tokens, i, entries, owner)
            loose = (found.contexts, _longest(found.narrows).tags)
            hits.extend(Hit((i,), tags) for tags in loose if tags is not EMPTY)
            if found.content:
                content[i] = hit = _longest(found.content)
                owner.update((place, i) for place in hit.tokens)
            if found.roles and i >= free:
                hit = _longest(found.roles)
                roles.append(hit)
                free = hit.tokens[-1] + 1 if hit.tokens == tuple(range(i, hit.tokens[-1] + 1)) else i + 1
        return [*hits, *content.values(), *_fit_roles(roles, content, owner)]


class _Found:
    """The entries that stand at one token, by layer."""

    def __init__(
        self, lexicon: Lexicon, tokens: Sequence[Token], at: int, entries: Sequence[_Entry], owner: Mapping[int, int]
    ) -> None:
        self.content: dict[tuple[int, ...], Tags] = {}
        self.roles: dict[tuple[int, ...], Tags] = {}
        self.narrows: dict[tuple[int, ...], Tags] = {(at,): EMPTY}
        self.contexts = EMPTY
        for entry in entries:
            places = _follow(lexicon, tokens, at, entry)
            if not places:
                continue
            if entry.tags.contexts:
                self.contexts = self.contexts | entry.tags
            elif entry.tags.narrows:
                self.narrows[places] = self.narrows.get(places, EMPTY) | entry.tags
            elif entry.tags.function:
                self.roles[places] = self.roles.get(places, EMPTY) | entry.tags
            elif not any(place in owner for place in places):
                self.content[places] = self.content.get(places, EMPTY) | entry.tags


def _longest(found: Mapping[tuple[int, ...], Tags]) -> Hit:
    places = max(found, key=lambda p: (len(p), -p[-1]))
    return Hit(places, found[places])


def _fit_roles(roles: Iterable[Hit], content: Mapping[int, Hit], owner: Mapping[int, int]) -> Iterable[Hit]:
    """The small words, less those inside a longer noun or verb; one that reaches over a noun keeps to a word of its
    own.
    """
    for hit in roles:
        owners = {owner[place] for place in hit.tokens if place in owner}
        if not owners:
            yield hit
        elif len(owners) == 1 and len(content[next(iter(owners))].tokens) > len(hit.tokens):
            continue
        else:
            free = [place for place in hit.tokens if place not in owner or content[owner[place]].tokens[0] == place]
            yield from [Hit((free[0],), hit.tags)] if free else []


def _follow(lexicon: Lexicon, tokens: Sequence[Token], at: int, entry: _Entry) -> tuple[int, ...]:
    """The tokens that an entry takes from `at` on; empty where it does not stand there."""
    places = [at]
    gap = False
    for test in entry.rest:
        if test is None:
            gap = True
            continue
        after = _next_word(tokens, places[-1], GAP_WORDS if gap else 0, lambda w, t=test: t.accepts(lexicon.forms(w)))
        if after < 0:
            return ()
        places.append(after)
        gap = False
    return tuple(places)


def _next_word(tokens: Sequence[Token], at: int, spare: int, accepts: object) -> int:
    """The next word that is accepted, with at most `spare` other words before it; -1 where the clause ends first."""
    i = at + 1
    while i < len(tokens):
        token = tokens[i]
        if token.word:
            if accepts(token.key):  # type: ignore[operator]
                return i
            if spare == 0:
                return -1
            spare -= not _is_prefix(tokens, i)
        elif token.key in _JOINERS:
            if token.key == "-" and token.start != tokens[i - 1].end:
                return -1
        elif (token.key in _CLAUSE_MARKS and not _within_number(tokens, i)) or spare == 0:
            return -1
        i += 1
    return -1


def _is_prefix(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is only a prefix, cut from the word that it is written on to."""
    return i + 1 < len(tokens) and tokens[i + 1].word and tokens[i + 1].start == tokens[i].end


def _within_number(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark stands inside a number written in digits."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i + 1].key.isdigit()
        and tokens[i - 1].key.isdigit()
    )


def compile_lexicon(layers: Iterable[tuple[str, str, Iterable[str]]], proclitics: Iterable[str] = ()) -> Lexicon:
    """A lexicon of rows `(layer, class, entries)`, the layer a field of `Tags`."""
    cut = sorted({key(fold(p)) for p in proclitics}, key=len, reverse=True)
    lexicon = Lexicon(proclitics=tuple(cut))
    tagged: dict[str, dict[str, set[str]]] = {}
    for layer, name, entries in layers:
        for entry in entries:
            tagged.setdefault(" ".join(entry.split()), {}).setdefault(layer, set()).add(name)
    for phrase, by_layer in tagged.items():
        for apart in ("contexts", "function", "narrows"):
            if apart in by_layer:
                lexicon.add(phrase, Tags(**{apart: frozenset(by_layer.pop(apart))}))
        if by_layer:
            lexicon.add(phrase, Tags(**{k: frozenset(v) for k, v in by_layer.items()}))
    return lexicon


def layers_of(pack: Mapping[str, Any]) -> list[tuple[str, str, Iterable[str]]]:
    """The rows of a language pack (its keys as in YAML) for `compile_lexicon`."""
    rows: list[tuple[str, str, Iterable[str]]] = []
    grammar = pack.get("grammar") or {}
    small = {name: grammar.get(name) for name in ("determiners", "prepositions", "auxiliaries")}
    groups = {layer: pack.get(layer) or {} for layer in ("counted", "function", "contexts", "claims", "duals")}
    for layer, classes in {**groups, "narrows": small | (grammar.get("narrows") or {})}.items():
        rows.extend((layer, name, entries or ()) for name, entries in classes.items())
    for name, forms in (pack.get("events") or {}).items():
        rows.extend((form, name, forms.get(form) or ()) for form in ("verbs", "nouns", "agentive", "intransitive"))
    return rows
