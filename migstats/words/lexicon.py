"""Holds the words of a language pack's classes, by the word that they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple, TypeVar

from migstats.texts.fold import fold, key
from migstats.value import dataclass, field
from migstats.words.entry import GAP, expand_phrase, split_phrase
from migstats.words.tag import EMPTY, Tags

T = TypeVar("T")
LAYERS = ("contexts", "narrows", "roles", "content")
"""In each of these, of the entries that stand at one word the longest is taken."""
_NOTHING: frozenset[str] = frozenset()
_KEPT = 1 << 15
"""Words that are remembered at most; a crawl has millions of different ones."""
_KEPT_BEHIND = 1 << 10
"""The same of those behind one word."""
LONGEST = 100
"""Letters of a word that is remembered, and that an entry may begin with: a longer one is no word of a language."""


@dataclass(slots=True)
class Entry:
    """One wording: the tests of its further words, and what it tags."""

    rest: tuple[Test | None, ...]
    """None for a gap."""
    tags: Tags
    layer: str


class Test(NamedTuple):
    """What one word of an entry accepts."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]

    def accepts(self, forms: Sequence[str]) -> bool:
        """Tell whether a word, in any of its forms, is accepted."""
        if not self.exact.isdisjoint(forms):
            return True
        return bool(self.prefixes) and any(form.startswith(self.prefixes) for form in forms)


def _make_test(spellings: list[str]) -> Test:
    exact = frozenset(s for s in spellings if not s.endswith("*"))
    prefixes = tuple(s[:-1] for s in spellings if s.endswith("*"))
    return Test(exact, prefixes)


@dataclass(slots=True)
class Head:
    """What stands where one word stands: the entries of that word alone, joined, and those that go on."""

    contexts: Tags = EMPTY
    narrows: Tags = EMPTY
    roles: Tags = EMPTY
    content: Tags = EMPTY
    longer: tuple[Entry, ...] = ()
    gapped: bool = False
    """Whether any of the longer ones goes on behind a gap."""
    after: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """The longer ones that may go on with a word, by that word, as they were met."""


@dataclass(slots=True)
class Lexicon:
    """All entries of a language, looked up by their first word."""

    proclitics: tuple[str, ...] = ()
    exact: MutableMapping[str, list[Entry]] = field(default_factory=dict)
    prefix: MutableMapping[str, list[Entry]] = field(default_factory=dict)
    heads: dict[str, Head | None] = field(default_factory=dict)
    """What was found out of the words met so far; never more than `_KEPT`."""
    forms_of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, phrase: str, tags: Tags) -> None:
        """Enter one wording of a class."""
        for first, *rest in map(split_phrase, expand_phrase(phrase)):
            entry = Entry(tuple(None if word == [GAP] else _make_test(word) for word in rest), tags, _layer_of(tags))
            for spelling in first:
                if spelling.endswith("*"):
                    if len(spelling) > LONGEST:
                        raise ValueError(f"a beginning of more than {LONGEST} letters: {spelling[:60]!r}")
                    self.prefix.setdefault(spelling[:-1], []).append(entry)
                else:
                    self.exact.setdefault(spelling, []).append(entry)

    def entries(self) -> Iterator[tuple[Test, Entry]]:
        """All entries, each with what its first word accepts."""
        for word, rows in self.exact.items():
            yield from ((Test(frozenset([word]), ()), entry) for entry in rows)
        for start, rows in self.prefix.items():
            yield from ((Test(_NOTHING, (start,)), entry) for entry in rows)

    def forms(self, word: str) -> tuple[str, ...]:
        """The word, and what is left of it when a proclitic written on to it is taken off."""
        known = self.forms_of.get(word)
        if known is None:
            cut = [word[len(p) :] for p in self.proclitics if word.startswith(p) and len(word) - len(p) >= 2]
            known = keep(self.forms_of, word, tuple(dict.fromkeys([word, *cut])))
        return known

    def open(self, word: str) -> Head | None:
        """What stands where a word stands; None for a word that no entry begins with."""
        entries = self._entries(word)
        if not entries:
            return keep(self.heads, word, None)
        head = Head()
        for entry in entries:
            if not entry.rest:
                setattr(head, entry.layer, getattr(head, entry.layer) | entry.tags)
        head.longer = tuple(entry for entry in entries if entry.rest)
        head.gapped = any(entry.rest[0] is None for entry in head.longer)
        return keep(self.heads, word, head)

    def _entries(self, word: str) -> list[Entry]:
        found: list[Entry] = []
        for form in self.forms(word):
            found.extend(self.exact.get(form, ()))
            for size in range(1, min(len(form), LONGEST) + 1):
                found.extend(self.prefix.get(form[:size], ()))
        return found

    def going_on(self, head: Head, word: str) -> tuple[Entry, ...]:
        """The longer entries of a head that the next word fits, or that have a gap before theirs."""
        forms = self.forms(word)
        fitting = tuple(e for e in head.longer if e.rest[0] is None or e.rest[0].accepts(forms))
        return keep(head.after, word, fitting, _KEPT_BEHIND)


def keep(known: dict[str, T], word: str, found: T, most: int = _KEPT) -> T:
    """Remember what was found out of a word; when too many are known, all are forgotten: memory has a bound."""
    if len(known) >= most:
        known.clear()
    if len(word) <= LONGEST:
        known[word] = found
    return found


def _layer_of(tags: Tags) -> str:
    """The one of `LAYERS` that the tags of an entry belong to."""
    if tags.contexts:
        return "contexts"
    return "narrows" if tags.narrows else "roles" if tags.function else "content"


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
