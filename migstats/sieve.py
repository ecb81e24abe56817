"""Tells from its words alone that a document cannot give a figure: so it is with most documents of a crawl.

Each figure goes back to a frame that was believed where it stood. What a frame cannot do without (a word of migration,
an event, a noun) is told by the codebook, and by which words by the language packs; a document without any of them is
not read. Words are cut at white space and looked at once: those that say nothing are known from then on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import filterfalse
from typing import NamedTuple

from migstats.caching.regex import expression
from migstats.find import ABROAD
from migstats.frame import CASE, NATIONAL, PERSON, Frame, Frames
from migstats.place import PlaceReader, find_places
from migstats.recognise import HEAD
from migstats.texts.fold import fold, fold_pattern
from migstats.texts.token import Token, cut_tokens
from migstats.value import dataclass, field
from migstats.vocabulary import LEVELS
from migstats.words.lexicon import LONGEST, Entry, Lexicon, Test, keep
from migstats.words.spot import follow
from migstats.words.tag import Tags

PLAIN, FAINT, TELLING = range(3)
"""What says nothing; what needs the name of a country; what may make a figure."""
_MADE = frozenset([CASE, PERSON, NATIONAL])
"""Classes that a number may count without a word of theirs."""
_KEPT = 1 << 17
"""Words known to say nothing, at most: a crawl has millions of different ones."""
_LITERAL = expression(r"[^\W\d_]{4,}")


_ALONE = -1
"""The mark of a word that is all of an entry."""
_NONE: frozenset[int] = frozenset()
_BEHIND = '.,;:!?)%"'
"""Marks behind a number, which says nothing."""


class Row(NamedTuple):
    """An entry that a figure may need."""

    first: Test
    entry: Entry
    language: str
    weight: int
    pieces: frozenset[int]
    """Its words, by their numbers."""


@dataclass(slots=True)
class Index:
    """The entries that figures need, and which of their words a word may be."""

    proclitics: tuple[str, ...]
    rows: MutableMapping[int, list[Row]]
    """The entries by the number of their longest word: short words stand in every text."""
    keys: frozenset[int]
    """The numbers of those words."""
    exact: dict[str, set[int]]
    prefix: dict[str, set[int]]

    def read(self, word: str) -> frozenset[int]:
        """Which words of entries a word may be, with what is written on to its front or without."""
        forms = [word, *(word[len(p) :] for p in self.proclitics if word.startswith(p) and len(word) - len(p) >= 2)]
        found = [self.exact.get(form, _NONE) for form in forms]
        found += [
            self.prefix.get(form[:size], _NONE) for form in forms for size in range(1, min(len(form), LONGEST) + 1)
        ]
        return _NONE.union(*found)

    def complete(self, pieces: frozenset[int]) -> list[Row]:
        """The entries all of whose words are there."""
        return [row for key in pieces & self.keys for row in self._rows(key) if row.pieces <= pieces]

    def _rows(self, key: int) -> list[Row]:
        """The entries of a word, made once where they were kept."""
        self.rows[key] = rows = self.rows[key]
        return rows


class _Indexer:
    """Makes an index, entry by entry."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Row]] = {}
        self.pieces: dict[Test, int] = {}
        """The words of all entries, numbered."""
        self.exact: dict[str, set[int]] = {}
        self.prefix: dict[str, set[int]] = {}

    def enter(self, first: Test, entry: Entry, language: str, weight: int) -> None:
        """Enter an entry that begins with a word."""
        if not entry.rest and weight == TELLING:
            self.mark(first, _ALONE)
            return
        tests = [first, *(test for test in entry.rest if test is not None and "" not in test.prefixes)]
        numbers = [self._number(test) for test in tests]
        longest = max(range(len(tests)), key=lambda n: min(map(len, (*tests[n].exact, *tests[n].prefixes))))
        row = Row(first, entry, language, weight, frozenset(numbers))
        self.rows.setdefault(numbers[longest], []).append(row)

    def _number(self, test: Test) -> int:
        if test not in self.pieces:
            self.pieces[test] = len(self.pieces)
            self.mark(test, self.pieces[test])
        return self.pieces[test]

    def mark(self, test: Test, number: int) -> None:
        """Enter the words that a test accepts."""
        for word in test.exact:
            self.exact.setdefault(word, set()).add(number)
        for word in test.prefixes:
            self.prefix.setdefault(word, set()).add(number)


@dataclass(slots=True)
class Sieve:
    """What documents are held back by, and the words met so far."""

    index: Index
    lexicon: Callable[[str], Lexicon]
    """Gives that of a language."""
    places: PlaceReader
    common: frozenset[str]
    """Small words of all languages: a document with one of them is in a language."""
    languages: frozenset[str]
    scripts: tuple[frozenset[str], ...] = ()
    """The letters of each script."""
    plain: set[str] = field(default_factory=set)
    others: dict[str, frozenset[int]] = field(default_factory=dict)
    """The words that are part of an entry."""

    def holds_back(self, text: str, language: str | None) -> bool:
        """Tell whether a text cannot give a figure, whatever is read in it; `language` is that given for it, if any."""
        words = text.split()
        said = set(filterfalse(self.plain.__contains__, words))
        try:
            pieces = _NONE.union(*map(self.others.__getitem__, said))
        except KeyError:
            pieces = _NONE.union(*[self.others[word] if word in self.others else self._read(word) for word in said])
        if _ALONE in pieces or ((rows := self.index.complete(pieces)) and self._may_tell(text, rows)):
            return False
        if language is not None:
            return language in self.languages
        head = words if len(text) <= HEAD else text[:HEAD].split()[:-1]
        return not self.common.isdisjoint(head)

    def _read(self, word: str) -> frozenset[int]:
        """Which words of entries stand in what is cut at white space, seen for the first time."""
        if word[0].isdecimal() and word.rstrip(_BEHIND).replace(",", "").replace(".", "").isdecimal():
            pieces = _NONE
        elif not word.isascii() and self._mixes(fold(word)):
            pieces = frozenset([_ALONE])
        else:
            pieces = _NONE.union(*(self.index.read(token.key) for token in cut_tokens(fold(word)) if token.word))
        if pieces:
            return keep(self.others, word, pieces)
        if len(self.plain) >= _KEPT:
            self.plain.clear()
        if len(word) <= LONGEST:
            self.plain.add(word)
        return pieces

    def _mixes(self, view: str) -> bool:
        """Tell whether words of two scripts are written together: each is read in a language of its own."""
        return sum(not letters.isdisjoint(view) for letters in self.scripts) > 1

    def _may_tell(self, text: str, rows: Sequence[Row]) -> bool:
        """Take a closer look: whether an entry stands in the text, and where it needs one, a country.

        An event may be lent to a number further on, where the country is named; and words of another script may be left
        out where the text is read, so that those around them are neighbours.
        """
        view = fold(text)
        if self._mixes(view):
            return True
        tokens = cut_tokens(view)
        faint = False
        for weight in self._weigh(rows, tokens):
            if weight == TELLING:
                return True
            faint = True
        return faint and any(place.kind == "country" for place in find_places(text, view, self.places, tokens))

    def _weigh(self, rows: Sequence[Row], tokens: Sequence[Token]) -> Iterator[int]:
        """What the entries weigh that stand in the tokens."""
        words = [(at, token) for at, token in enumerate(tokens) if token.word]
        for row in rows:
            lexicon = self.lexicon(row.language)
            for at, token in words:
                if row.first.accepts(lexicon.forms(token.key)) and follow(lexicon, tokens, at, row.entry):
                    yield row.weight


def make_index(lexicons: Mapping[str, Lexicon], frames: Frames, patterns: Iterable[str]) -> Index | None:
    """An index for these languages; none where one of the sources' patterns has no word that it cannot do without."""
    needed = classes_needed(frames)
    made = _Indexer()
    for pattern in patterns:
        word = literal_of(fold_pattern(pattern))
        if not word:
            return None
        made.mark(Test(frozenset([word]), ()), _ALONE)
    for language, lexicon in lexicons.items():
        for first, entry in lexicon.entries():
            weight = max((needed.get(name, PLAIN) for name in _names(entry.tags)), default=PLAIN)
            if weight:
                made.enter(first, entry, language, weight)
    proclitics = tuple(dict.fromkeys(p for lexicon in lexicons.values() for p in lexicon.proclitics))
    return Index(proclitics, made.rows, frozenset(made.rows), made.exact, made.prefix)


def telling_words(common: Iterable[frozenset[str]]) -> frozenset[str]:
    """The small words that tell a language where they are cut at white space."""
    return frozenset(word for words in common for word in words if word.isalpha() and fold(word) == word)


def classes_needed(frames: Frames) -> dict[str, int]:
    """The classes, events and contexts one of which each figure needs, and how much each says.

    >>> from migstats.frame import compile_frames
    >>> frame = {"event": "flee", "counted": ["person"], "unit": "persons", "evidence": "none"}
    >>> book = {"indicators": {"x": {"frames": [frame]}}, "counted": {"person": {}}, "evidence": ["migrant"]}
    >>> sorted(classes_needed(compile_frames(book)))
    ['flee', 'migrant']
    """
    needed = dict.fromkeys(frames.evidence | frames.homeward, TELLING)
    for rows in frames.by_event.values():
        for frame in rows:
            names, weight = _needs(frame, frames, needed)
            needed.update((name, max(weight, needed.get(name, PLAIN))) for name in names)
    return needed


def _needs(frame: Frame, frames: Frames, needed: Mapping[str, int]) -> tuple[frozenset[str], int]:
    """The names one of which a frame cannot do without, where no word of migration stands in the text."""
    if frame.evidence not in LEVELS:
        return frozenset([frame.evidence]), TELLING
    if frame.evidence not in ("none", ABROAD):
        return frozenset(), PLAIN
    weight = FAINT if frame.evidence == ABROAD else TELLING
    if frame.when:
        return frame.when, weight
    kinds = frozenset(c for c in (*frames.wider, *frame.counted) if frame.counted & {c, *frames.above(c)})
    told = not frame.event or all(needed.get(kind) == TELLING for kind in kinds)
    return (kinds, weight) if told and not kinds & _MADE else (frozenset([frame.event]) - {""}, weight)


def _names(tags: Tags) -> frozenset[str]:
    return tags.counted | tags.events | tags.contexts | tags.duals


def literal_of(pattern: str) -> str:
    r"""The longest whole word that stands in whatever a pattern matches; empty where that is not plain to see.

    >>> literal_of(r"$number (?:attacks|assaults)? on the presidents of"), literal_of("boats|ships")
    ('presidents', '')
    """
    bare = re.sub(r"\\.|\[[^]]*\]|\$\w+", "0", pattern)
    while (inner := re.sub(r"\([^()]*\)", "0", bare)) != bare:
        bare = inner
    if "|" in bare:
        return ""
    whole = [found for found in _LITERAL.finditer(bare) if re.match(r" |$", bare[found.end() :])]
    return max((f.group() for f in whole if bare[: f.start()][-1:] in ("", " ")), key=len, default="")
