"""Finds the places and peoples that a text names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from migstats.caching.regex import expression
from migstats.model import Place, Span
from migstats.texts.fold import FILLER
from migstats.texts.token import Token
from migstats.value import dataclass, field

_COUNTED = expression(r"[ :=(-]{1,3}\d[\d., ]{0,9}[)%]{0,2} ?[,;] ")
"""A number between two names of a list: "Guinea 402, Mali 299"."""
_JOINTS = frozenset((" ", "-", "'", "\n", " - ", "-\n", "' "))
"""What may stand between two words of one name."""
_DOTS = frozenset((".", ". "))
"""What may also stand there, after the short words of an abbreviation."""
_ABBREVIATION = 3
_LETTERS = 3
"""Letters of its first word that a name is looked up by first."""
_CHAIN = 5
"""At most this many characters (a comma, a short word) join a name to the one before it."""
_TITLE_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class _Prefix:
    """What a language writes on to the front of a name."""

    stands_for: str
    people_only: bool
    cue: bool


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """The table of names, ready for look-up."""

    pages: dict[str, str]
    """The rows by the first letters of the names in them: a text needs few of them, and splitting all takes long."""
    heads: dict[str, int]
    """How many words the longest name has that begins with this one and another."""
    cues: frozenset[str]
    prefixes: dict[str, tuple[_Prefix, ...]]
    cue_words: int
    prefix_length: int
    rows: dict[str, str] = field(default_factory=dict)
    """The rest of its row by folded name, from the pages that were opened."""

    def open(self, words: Iterable[str]) -> None:
        """Split the pages of the names that begin with some words, unless that was done."""
        for letters in {word[:_LETTERS] for word in words} & self.pages.keys():
            rows = (line.partition("\t") for line in self.pages.get(letters, "").split("\n"))
            self.rows.update((name, rest) for name, tab, rest in rows if tab)
            self.pages.pop(letters, None)  # not before the rows are there: another thread may ask for them


@dataclass(frozen=True, slots=True)
class _Name:
    """A row of the table."""

    country: str | None
    kind: str
    mask: str
    forms: tuple[str, ...]


def compile_places(table: str | Path) -> PlaceReader:
    """Read the table, given as its text or as its path: rules about names, an empty line, names."""
    text = table.read_text(encoding="utf-8") if isinstance(table, Path) else table
    rules, _, names = text.partition("\n\n")
    cues: set[str] = set()
    prefixes: dict[str, tuple[_Prefix, ...]] = {}
    for line in rules.split("\n"):
        name, *rest = line.split("\t")
        if len(rest) == 3 and rest[1] == "cue":
            cues.add(name)
        elif len(rest) == 3 and rest[1] == "prefix":
            prefixes[name] = (*prefixes.get(name, ()), _Prefix(rest[0], rest[2] == "!", rest[2] == "+"))
    pages: dict[str, list[str]] = {}
    heads: dict[str, int] = {}
    for line in names.split("\n"):
        name, tab, _ = line.partition("\t")
        if tab:
            pages.setdefault(name.partition(" ")[0][:_LETTERS], []).append(line)
        if tab and " " in name:
            head, size = name[: name.index(" ")], name.count(" ") + 1
            if heads.get(head, 1) < size:
                heads[head] = size
    cue_words = max((cue.count(" ") + 1 for cue in cues), default=0)
    whole = {letters: "\n".join(lines) for letters, lines in pages.items()}
    return PlaceReader(whole, heads, frozenset(cues), prefixes, cue_words, max(map(len, prefixes), default=0))


def find_places(text: str, view: str, reader: PlaceReader, tokens: Iterable[Token]) -> list[Place]:
    """Give the places and peoples named in `text`, in order and apart from one another.

    `view` is its folded copy, and `tokens` those of the view.
    """
    words = [token for token in tokens if token.word]
    finder = _Finder(text, view, words, reader)
    found: list[Place] = []
    index = 0
    reader.open(word.key for word in words)
    rows, heads, prefixes = reader.rows, reader.heads, reader.prefixes
    while index < len(words):
        word = words[index].key
        likely = word in rows or word in heads or word[:1] in prefixes or word[:2] in prefixes
        index += finder.match(index, found) if likely else 1
    return found


def subject_country(places: Iterable[Place], title_span: Span | None = None) -> str | None:
    """Give the country that is named most, by its own name, its people or its cities; the first one of equals.

    A mention in the title weighs as much as three elsewhere.
    """
    weights: dict[str, int] = {}
    for place in places:
        if place.country is not None:
            in_title = title_span is not None and title_span[0] <= place.start < title_span[1]
            weights[place.country] = weights.get(place.country, 0) + (_TITLE_WEIGHT if in_title else 1)
    return max(weights, key=weights.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class _Finder:
    """One text while names are looked for in it."""

    text: str
    view: str
    words: Sequence[Token]
    reader: PlaceReader

    def match(self, index: int, found: list[Place]) -> int:
        """Add the longest name that starts with word `index` to `found`; give how many words to go on by."""
        for front, prefix in self._fronts(index):
            for size, name in self._names(index, front, prefix):
                if self._holds(index, size, name, found, prefix is not None and prefix.cue):
                    start = self.words[index].start + front
                    found.append(Place(start, self._end(index, size), name.country, name.kind))
                    return size
        return 1

    def _fronts(self, index: int) -> Iterator[tuple[int, _Prefix | None]]:
        """Give the ways to cut a prefix from a word, none first, and the characters each takes in the text."""
        yield 0, None
        word = self.words[index]
        for length in range(1, min(self.reader.prefix_length, len(word.key) - 1) + 1):
            for prefix in self.reader.prefixes.get(word.key[:length], ()):
                yield self._characters(word, length), prefix

    def _characters(self, word: Token, letters: int) -> int:
        """Count the characters of the view that the first letters of a word take, with their marks."""
        at = word.start
        while letters or self.view[at] == FILLER:
            letters -= self.view[at] != FILLER
            at += 1
        return at - word.start

    def _names(self, index: int, front: int, prefix: _Prefix | None) -> Iterator[tuple[int, _Name]]:
        """Give the names in the table that words from `index` on make, the longest first."""
        word = self.words[index]
        if prefix is None:
            first = word.key
        else:
            first = prefix.stands_for + self.view[word.start + front : word.end].replace(FILLER, "")
            self.reader.open([first])
        size = self._reach(index, self.reader.heads.get(first, 1))
        keys = [first, *(other.key for other in self.words[index + 1 : index + size])]
        for length in range(size, 0, -1):
            row = self.reader.rows.get(" ".join(keys[:length]))
            if row is not None:
                name = _read_row(row)
                if prefix is None or not prefix.people_only or name.kind == "people":
                    yield length, name

    def _reach(self, index: int, longest: int) -> int:
        """Count the words from `index` on that may belong to one name."""
        size = 1
        while size < longest and index + size < len(self.words):
            before, after = self.words[index + size - 1], self.words[index + size]
            gap = self.view[before.end : after.start]
            if gap not in _JOINTS and not (gap in _DOTS and len(before.key) <= _ABBREVIATION):
                break
            size += 1
        return size

    def _end(self, index: int, size: int) -> int:
        """Give where a name of `size` words ends, the last point of an abbreviation with it."""
        end = self.words[index + size - 1].end
        dotted = size > 1 and self.view.startswith(".", self.words[index].end)
        return end + 1 if dotted and len(self.words[index].key) <= 2 and self.view.startswith(".", end) else end

    def _holds(self, index: int, size: int, name: _Name, found: list[Place], cued: bool) -> bool:
        """Tell whether a name is written as it must be and stands where it may."""
        if not all(self._is_written(index + nth, mark) for nth, mark in enumerate(name.mask)):
            return False
        if not name.forms:
            return True
        return (cued or self._is_cued(index) or self._is_chained(index, found)) and self._is_exact(index, size, name)

    def _is_written(self, index: int, mark: str) -> bool:
        """Tell whether a word has the capitals that `mark` asks for."""
        if mark == "x":
            return True
        word = self.text[self.words[index].start : self.words[index].end]
        if mark == "U":
            return word.isupper() and not self._is_shouted(index)
        return not word[0].islower()

    def _is_shouted(self, index: int) -> bool:
        """Tell whether a word stands among others that are all in capitals."""
        around = [*self.words[max(index - 1, 0) : index], *self.words[index + 1 : index + 2]]
        letters = "".join(self.text[word.start : word.end] for word in around)
        return letters.isupper() and len(letters) > _ABBREVIATION

    def _is_cued(self, index: int) -> bool:
        """Tell whether words that announce a place stand straight before a name."""
        for size in range(1, min(self.reader.cue_words, index) + 1):
            before = self.words[index - size : index]
            if self.view[before[-1].end : self.words[index].start].strip("-' \n"):
                return False
            if " ".join(word.key for word in before) in self.reader.cues:
                return True
        return False

    def _is_chained(self, index: int, found: list[Place]) -> bool:
        """Tell whether a name stands in a row with the place before it."""
        if not found or found[-1].kind == "people":
            return False
        gap = self.view[found[-1].end : self.words[index].start]
        if _COUNTED.fullmatch(gap):
            return True
        return 1 < len(gap) <= _CHAIN and not any(char in ".\n;:" or char.isdigit() for char in gap)

    def _is_exact(self, index: int, size: int, name: _Name) -> bool:
        """Tell whether a name is written with the very accents of one of its forms."""
        written = [self.text[word.start : word.end] for word in self.words[index : index + size]]
        if not written[0][0].isupper() or "".join(written).isupper():
            return True
        return " ".join(written) in name.forms


def _read_row(row: str) -> _Name:
    """Read the columns of a row after its first."""
    country, kind, mask, *forms = row.split("\t")
    return _Name(None if country == "-" else country, kind, mask, tuple(forms[0].split("|")) if forms else ())
