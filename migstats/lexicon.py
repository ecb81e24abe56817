"""Finds the words of a language pack's classes in a row of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from migstats.entry import GAP, expand_phrase, split_phrase
from migstats.fold import fold, key
from migstats.token import Token

T = TypeVar("T")
GAP_WORDS = 5
"""Words that a gap may pass over."""
_CLAUSE_MARKS = frozenset(".;:!?()")
_JOINERS = frozenset("-'")
_NONE: frozenset[str] = frozenset()
_KEPT = 1 << 15
"""Words that are remembered at most; a crawl has millions of different ones."""
_KEPT_BEHIND = 1 << 10
"""The same of those behind one word."""


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
        if self is EMPTY or other is EMPTY:
            return self if other is EMPTY else other
        return Tags(
            *[one | two if one and two else one or two for one, two in zip(_layers(self), _layers(other), strict=True)]
        )


_layers = attrgetter(*(f.name for f in fields(Tags)))
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
        exact, prefixes = self.exact, self.prefixes
        for form in forms:
            if form in exact or (prefixes and form.startswith(prefixes)):
                return True
        return False


def _make_test(spellings: list[str]) -> _Test:
    exact = frozenset(s for s in spellings if not s.endswith("*"))
    prefixes = tuple(s[:-1] for s in spellings if s.endswith("*"))
    return _Test(exact, prefixes)


@dataclass(slots=True)
class _Head:
    """What stands where one word stands: the entries of that word alone, joined, and those that go on."""

    contexts: Tags = EMPTY
    narrows: Tags = EMPTY
    roles: Tags = EMPTY
    content: Tags = EMPTY
    longer: tuple[_Entry, ...] = ()
    gapped: bool = False
    """Whether any of the longer ones goes on behind a gap."""
    after: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)
    """The longer ones that may go on with a word, by that word, as they were met."""


@dataclass(slots=True)
class Lexicon:
    """All entries of a language, looked up by their first word."""

    proclitics: tuple[str, ...] = ()
    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    prefix: dict[str, list[_Entry]] = field(default_factory=dict)
    heads: dict[str, _Head | None] = field(default_factory=dict)
    """What was found out of the words met so far; never more than `_KEPT`."""
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
            known = keep(self.forms_of, word, tuple(dict.fromkeys([word, *cut])))
        return known

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """The entries in the tokens. Nouns and events, small words, and contexts are found apart: in each, the
        longest.
        """
        return _Finding(self, tokens).find()

    def open(self, word: str) -> _Head | None:
        """What stands where a word stands; None for a word that no entry begins with."""
        entries = self._entries(word)
        if not entries:
            return keep(self.heads, word, None)
        head = _Head()
        for entry in entries:
            if not entry.rest:
                layer = _layer(entry.tags)
                setattr(head, layer, getattr(head, layer) | entry.tags)
        head.longer = tuple(entry for entry in entries if entry.rest)
        head.gapped = any(entry.rest[0] is None for entry in head.longer)
        return keep(self.heads, word, head)

    def _entries(self, word: str) -> list[_Entry]:
        found: list[_Entry] = []
        for form in self.forms(word):
            found.extend(self.exact.get(form, ()))
            for size in range(1, len(form) + 1):
                found.extend(self.prefix.get(form[:size], ()))
        return found

    def going_on(self, head: _Head, word: str) -> tuple[_Entry, ...]:
        """The longer entries of a head that the next word fits, or that have a gap before theirs."""
        forms = self.forms(word)
        fitting = tuple(e for e in head.longer if e.rest[0] is None or e.rest[0].accepts(forms))
        return keep(head.after, word, fitting, _KEPT_BEHIND)


def keep(known: dict[str, T], word: str, found: T, most: int = _KEPT) -> T:
    """Remember what was found out of a word; when too many are known, all are forgotten: memory has a bound."""
    if len(known) >= most:
        known.clear()
    known[word] = found
    return found


def _layer(tags: Tags) -> str:
    """The layer in which an entry competes with others for the longest."""
    return next(
        (name for name in ("contexts", "narrows") if getattr(tags, name)), "roles" if tags.function else "content"
    )


class _Finding:
    """Finds the entries in the tokens of one sentence."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        self.hits: list[Hit] = []
        self.content: dict[int, Hit] = {}
        self.roles: list[Hit] = []
        self.owner: dict[int, int] = {}
        """The first token of the noun or event that has a token."""
        self.free = 0
        """The first token that no small word has taken."""

    def find(self) -> list[Hit]:
        """Go through the tokens once."""
        heads, lexicon = self.lexicon.heads, self.lexicon
        for i, token in enumerate(self.tokens):
            if not token.word:
                continue
            word = token.key
            head = heads[word] if word in heads else lexicon.open(word)
            if head is None:
                continue
            going_on = self._going_on(i, head) if head.longer else ()
            if going_on:
                self._enter(i, head, going_on)
            else:
                self._enter_word(i, head)
        return [*self.hits, *self.content.values(), *_fit_roles(self.roles, self.content, self.owner)]

    def _going_on(self, at: int, head: _Head) -> tuple[_Entry, ...]:
        """The longer entries that may stand at a token, told by the word behind it."""
        after = _next_word(self.tokens, at)
        if after < 0:
            return head.longer if head.gapped else ()
        word = self.tokens[after].key
        known = head.after.get(word)
        return self.lexicon.going_on(head, word) if known is None else known

    def _enter_word(self, i: int, head: _Head) -> None:
        """Take what a word says that stands alone."""
        if head.contexts is not EMPTY:
            self.hits.append(Hit((i,), head.contexts))
        if head.narrows is not EMPTY:
            self.hits.append(Hit((i,), head.narrows))
        if head.content is not EMPTY and i not in self.owner:
            self.content[i] = Hit((i,), head.content)
            self.owner[i] = i
        if head.roles is not EMPTY and i >= self.free:
            self.roles.append(Hit((i,), head.roles))
            self.free = i + 1

    def _enter(self, i: int, head: _Head, going_on: Iterable[_Entry]) -> None:
        """Take the longest of what stands at a word, by layer."""
        at = (i,)
        found = {"contexts": {at: head.contexts}, "narrows": {at: head.narrows}, "roles": {}, "content": {}}
        if head.roles is not EMPTY:
            found["roles"][at] = head.roles
        if head.content is not EMPTY and i not in self.owner:
            found["content"][at] = head.content
        for entry in going_on:
            places = _follow(self.lexicon, self.tokens, i, entry)
            if not places:
                continue
            layer = _layer(entry.tags)
            if layer == "contexts":
                places = at
            elif layer == "content" and any(place in self.owner for place in places):
                continue
            found[layer][places] = found[layer].get(places, EMPTY) | entry.tags
        loose = (found["contexts"][at], _longest(found["narrows"]).tags)
        self.hits.extend(Hit(at, tags) for tags in loose if tags is not EMPTY)
        if found["content"]:
            self.content[i] = hit = _longest(found["content"])
            self.owner.update((place, i) for place in hit.tokens)
        if found["roles"] and i >= self.free:
            hit = _longest(found["roles"])
            self.roles.append(hit)
            self.free = hit.tokens[-1] + 1 if hit.tokens == tuple(range(i, hit.tokens[-1] + 1)) else i + 1


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
    spare = 0
    for test in entry.rest:
        if test is None:
            spare = GAP_WORDS
            continue
        after, spare = _next_accepted(lexicon, tokens, (places[-1], spare), test), 0
        if after < 0:
            return ()
        places.append(after)
    return tuple(places)


def _next_word(tokens: Sequence[Token], at: int) -> int:
    """The word right behind a token, but for an apostrophe or a hyphen; -1 where there is none."""
    for i in range(at + 1, len(tokens)):
        token = tokens[i]
        if token.word:
            return i
        if token.key not in _JOINERS or (token.key == "-" and token.start != tokens[i - 1].end):
            return -1
    return -1


def _next_accepted(lexicon: Lexicon, tokens: Sequence[Token], after: tuple[int, int], test: _Test) -> int:
    """The next word that is accepted behind a token, with at most so many other words before it; -1 where the clause
    ends first.
    """
    at, spare = after
    if not spare:
        i = _next_word(tokens, at)
        return i if i >= 0 and test.accepts(lexicon.forms(tokens[i].key)) else -1
    for i in range(at + 1, len(tokens)):
        token = tokens[i]
        if token.word:
            if test.accepts(lexicon.forms(token.key)):
                return i
            if spare == 0:
                return -1
            spare -= not _is_prefix(tokens, i)
        elif token.key in _JOINERS:
            if token.key == "-" and token.start != tokens[i - 1].end:
                return -1
        elif (token.key in _CLAUSE_MARKS and not _within_number(tokens, i)) or spare == 0:
            return -1
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
