"""Phrases of a pack are looked up word by word among the atoms of a view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from migstats.caching.regex import expression
from migstats.texts.fold import ARABIC_DECIMAL, ARABIC_GROUP, FILLER, key

T = TypeVar("T")

_CLUSTER = rf"\d+(?:(?:[.,'{ARABIC_GROUP}{ARABIC_DECIMAL}]|, {{1,2}}| {{1,2}})\d+)*"
_ATOM = expression(rf"(?P<number>{_CLUSTER})|(?P<word>[^\W\d_]+)|\n[^\S\n]*\n\s*|[^\w\s]")
_ALTERNATIVES = expression(r"\(([^()]*)\)")


class Atom(NamedTuple):
    """A word, a cluster of digits or a mark of the view."""

    start: int
    end: int
    key: str
    number: bool = False


class Phrases(Generic[T]):
    """A table of phrases, each with what it means, matched longest first."""

    __slots__ = ("_backward", "_forward")

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        found = [(words, meaning) for entry, meaning in entries for words in expand(entry)]
        found.sort(key=lambda row: -len(row[0]))
        self._forward = _group(found, 0)
        self._backward = _group(found, -1)

    def vocabulary(self) -> set[str]:
        """All words that stand in a phrase."""
        return {word for rows in self._forward.values() for words, _ in rows for word in words}

    def openings(self) -> set[tuple[str, str]]:
        """The first two words of each phrase; of one word, it and nothing."""
        return {(word, words[1] if len(words) > 1 else "") for word, rows in self._forward.items() for words, _ in rows}

    def find(self, atoms: Sequence[Atom], at: int) -> tuple[T, int] | None:
        """Give the meaning of the longest phrase that starts at atom `at`, and the atom after it."""
        rows = self._forward.get(atoms[at].key) if at < len(atoms) else None
        if rows is None:
            return None
        for words, meaning in rows:
            if _stands(words, atoms, at):
                return meaning, at + len(words)
        return None

    def find_before(self, atoms: Sequence[Atom], at: int) -> tuple[T, int] | None:
        """Give the meaning of the longest phrase that ends before atom `at`, and its first atom."""
        rows = self._backward.get(atoms[at - 1].key) if at > 0 else None
        if rows is None:
            return None
        for words, meaning in rows:
            first = at - len(words)
            if first >= 0 and _stands(words, atoms, first):
                return meaning, first
        return None


def _stands(words: Sequence[str], atoms: Sequence[Atom], at: int) -> bool:
    """Tell whether words stand at an atom; the first of them or the last is known to do so."""
    if len(words) == 1:
        return True
    if at + len(words) > len(atoms) or atoms[at + 1].key != words[1] or atoms[at].key != words[0]:
        return False
    return all(atoms[at + n].key == words[n] for n in range(2, len(words)))


def _group(rows: Iterable[tuple[tuple[str, ...], T]], at: int) -> dict[str, tuple[tuple[tuple[str, ...], T], ...]]:
    """Enter each phrase under its first or its last word."""
    found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for row in rows:
        found.setdefault(row[0][at], []).append(row)
    return {word: tuple(rows) for word, rows in found.items()}


def expand(entry: str) -> Iterator[tuple[str, ...]]:
    """Give every sequence of words that an entry with alternatives stands for.

    >>> list(expand("demi(e|) douzaine"))
    [('demie', 'douzaine'), ('demi', 'douzaine')]
    """
    pieces = _ALTERNATIVES.split(entry)
    choices = [piece.split("|") if n % 2 else [piece] for n, piece in enumerate(pieces)]
    for choice in product(*choices):
        words = tuple(match[0] for match in _ATOM.finditer(key("".join(choice))) if match[0] != "-")
        if words:
            yield words


def split_atoms(view: str, vocabulary: frozenset[str] = frozenset(), prefixes: Sequence[str] = ()) -> list[Atom]:
    """Cut a view into atoms; a written-on prefix before a word of `vocabulary` becomes an atom of its own.

    A hyphen that joins two words, or a number to a word, is left out; so is a single end of line.
    """
    atoms: list[Atom] = []
    for match in _ATOM.finditer(view):
        start, end = match.span()
        word = match[0]
        if match.lastgroup == "number":
            atoms.append(Atom(start, end, word, True))
        elif match.lastgroup == "word":
            if prefixes or FILLER in word:
                atoms.extend(_split_word(word, start, vocabulary, prefixes))
            else:
                atoms.append(Atom(start, end, word))
        elif word != "-" or not _joins(view, start):
            atoms.append(Atom(start, end, "\n" if word[0] == "\n" else word))
    return atoms


def _joins(view: str, at: int) -> bool:
    """Tell whether the hyphen at `at` stands between a letter or digit and a letter."""
    return 0 < at < len(view) - 1 and view[at - 1].isalnum() and view[at + 1].isalpha()


def _split_word(word: str, start: int, vocabulary: frozenset[str], prefixes: Sequence[str]) -> Iterator[Atom]:
    """Give a word as one atom, or as a known prefix before a word of the vocabulary, the first prefix that fits."""
    plain = word.replace(FILLER, "") if FILLER in word else word
    if prefixes and plain not in vocabulary:
        for prefix in prefixes:
            if plain.startswith(prefix) and plain[len(prefix) :] in vocabulary:
                cut = _length_with_fillers(word, len(prefix))
                yield Atom(start, start + cut, prefix)
                yield Atom(start + cut, start + len(word), plain[len(prefix) :])
                return
    yield Atom(start, start + len(word), plain)


def _length_with_fillers(word: str, letters: int) -> int:
    """Count the characters that hold the first `letters` letters of a word and the fillers after them."""
    at = 0
    while at < len(word) and (letters or word[at] == FILLER):
        letters -= word[at] != FILLER
        at += 1
    return at
