"""Cuts a text into passages, each in one language: an Arabic quotation in a French text, a page in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from migstats.caching.regex import expression
from migstats.model import Span
from migstats.texts.fold import FILLER, fold
from migstats.texts.sentence import Block, Layout, Sentence, cut_blocks, cut_sentences
from migstats.value import dataclass

SURE, FAINT = 3, 2
"""Small words of a language, and how many times those of the main one, that a sentence must hold to be in it; fewer are
enough where it holds none of the main one.
"""
RUN = 3
"""Words of another script in a row that are more than a name."""
GAP = 40
"""Code points between the words of two scripts in which a number is looked for that belongs to either."""
_ROW = 0x100
_WORD = expression(r"[^\W\d_]+")
_PARTS = expression(r"[\"(:;\[]|[.!?…](?=\s)| - ")
_ENDS = "\n\r\u2028\u2029"
_LINE = expression(f"[^{_ENDS}]*(?:\r\n|[{_ENDS}])?")
_STOPS = f"{_ENDS}.!?…؟"


@dataclass(frozen=True, slots=True)
class Tongues:
    """What languages are told apart by, from their packs."""

    common: Mapping[str, frozenset[str]]
    """The small words of each, folded."""
    letters: Mapping[str, str]
    """The letters of the script that each is written in."""

    def sharing(self, language: str) -> list[str]:
        """List the other languages of the same script."""
        mine = self.letters[language]
        return [name for name, letters in self.letters.items() if letters == mine and name != language]

    def foreign(self, language: str) -> list[str]:
        """List the scripts that a language is not written in, each once."""
        return sorted(set(self.letters.values()) - {self.letters[language], ""})


def learn_tongues(common: Mapping[str, frozenset[str]]) -> Tongues:
    """Learn from the small words of each language which script it is written in."""
    return Tongues(common, {name: _script(words) for name, words in common.items()})


def _script(words: Iterable[str]) -> str:
    """All letters of the rows of Unicode, 256 code points each, that hold the letters of some words."""
    rows = sorted({ord(letter) // _ROW for word in words for letter in word if letter.isalpha() and letter != FILLER})
    points = (chr(point) for row in rows for point in range(row * _ROW, (row + 1) * _ROW))
    return "".join(point for point in points if point.isalpha() and point != FILLER)


def find_passages(text: str, view: str, main: str, tongues: Tongues, layout: Layout) -> dict[str, list[Span]]:
    """Find the stretches of a text that are in another language than its main one, by language; mostly there are none.

    A stretch is a run of another script, or sentences whose small words are those of another language. `layout` is that
    of the main language.
    """
    found: dict[str, list[Span]] = {}
    for letters in tongues.foreign(main):
        names = [name for name in tongues.letters if tongues.letters[name] == letters]
        for span in _find_runs(view, tongues.letters[main], letters):
            name = _closest(frozenset(_WORD.findall(view, *span)), names, tongues.common)
            if name:
                found.setdefault(name, []).append(span)
    runs = outside(len(text), (span for spans in found.values() for span in spans))
    others = tongues.sharing(main)
    if others:
        for name, (start, end) in _find_sentences(text, view, _Ear(main, others, tongues.common), layout):
            left = ((max(start, a), min(end, b)) for a, b in runs)
            found.setdefault(name, []).extend(span for span in left if span[0] < span[1])
    return found


def outside(length: int, spans: Iterable[Span]) -> list[Span]:
    """List what some stretches leave over of a text."""
    edges = [(0, 0), *sorted(spans), (length, length)]
    return [(before[1], after[0]) for before, after in pairwise(edges) if before[1] < after[0]]


def mask(text: str, spans: Iterable[Span]) -> str:
    """Make some stretches of a text void, as long as before: whole lines blank, others one word without letters."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = max(at, start)
        while at < end:
            line = _LINE.match(text, at, end)
            stop = line.end() if line else end
            pieces.append(_void(text, at, stop))
            at = stop
    return "".join([*pieces, text[at:]])


def _void(text: str, start: int, end: int) -> str:
    """As many characters that say nothing; the end of a line or of a sentence stays.

    A word that is written on to what is made void ends there: it does not begin or end inside, nor become one with the
    word on the other side.
    """
    stop = text[end - 1] if text[end - 1] in _STOPS else ""
    opens = start == 0 or text[start - 1] in _ENDS
    closes = end == len(text) or (stop and stop in _ENDS) or text[end] in _ENDS
    if opens and closes:
        return " " * (end - start - 1) + (stop if stop and stop in _ENDS else " ")
    void = FILLER * (end - start - len(stop))
    if void and _is_letter(text[start - 1 : start]):
        void = " " + void[1:]
    if void and not stop and _is_letter(text[end : end + 1]):
        void = void[:-1] + " "
    return void + stop


def _is_letter(char: str) -> bool:
    """Whether a character is part of a word."""
    return fold(char).isalnum()


def _closest(words: frozenset[str], names: Sequence[str], common: Mapping[str, frozenset[str]]) -> str | None:
    """The one of the languages of a script that some words are in; None where they do not tell, as a name does not."""
    counts = {name: len(words & common[name]) for name in names}
    best = max(names, key=lambda name: counts[name])
    return best if counts[best] or len(names) == 1 else None


def _find_runs(view: str, mine: str, theirs: str) -> Iterator[Span]:
    """Stretches of a line in another script, with the numbers and marks on either side that are theirs."""
    if frozenset(theirs).isdisjoint(view):
        return  # mostly so; a class of so many letters takes longer to compile than a text to read
    word = re.compile(f"[{theirs}{FILLER}]{{2,}}")
    own = frozenset(mine)
    done = 0
    for found in re.finditer(f"[{theirs}](?:[^{mine}\n]*[{theirs}])?", view):
        if len(word.findall(found.group())) >= RUN:
            start = _reach_back(view, max(done, found.start() - GAP), found.start(), own)
            done = _reach_on(view, found.end(), own)
            yield start, done


def _reach_back(view: str, low: int, start: int, own: frozenset[str]) -> int:
    """Where a run begins: behind the mark that parts it from the main language's words, a number before it taken in."""
    first = start
    while first > low and view[first - 1] != "\n" and view[first - 1] not in own:
        first -= 1
    if first == 0 or view[first - 1] not in own:
        return first
    parted = _PARTS.search(view, first, start)
    return parted.end() if parted else first


def _reach_on(view: str, end: int, own: frozenset[str]) -> int:
    """Where a run ends: at the mark that parts it from the main language's words, else at its last letter."""
    last, high = end, min(len(view), end + GAP)
    while last < high and view[last] != "\n" and view[last] not in own:
        last += 1
    if last == len(view) or view[last] not in own:
        return last
    parted = _PARTS.search(view, end, last)
    return parted.end() if parted else end


class _Ear:
    """Hears which of the languages of one script some words are in."""

    def __init__(self, main: str, others: Sequence[str], common: Mapping[str, frozenset[str]]) -> None:
        self.main = main
        self._told = {name: (common[name] - common[main], common[main] - common[name]) for name in others}
        self._any = frozenset().union(*(theirs for theirs, _ in self._told.values()))

    def is_strange(self, words: frozenset[str]) -> bool:
        """Tell whether enough words are of another language than the main one for a closer look."""
        return len(words & self._any) >= FAINT

    def hear(self, words: frozenset[str]) -> str | None:
        """Tell the language of some words, each counted once; None where they do not tell."""
        best, most, hushed = None, 0, True
        for name, (theirs, mine) in self._told.items():
            speaks, denies = len(words & theirs), len(words & mine)
            hushed = hushed and not denies
            if speaks > most and speaks >= (max(SURE, SURE * denies) if denies else FAINT):
                best, most = name, speaks
        return best or (None if hushed else self.main)


def _find_sentences(text: str, view: str, ear: _Ear, layout: Layout) -> Iterator[tuple[str, Span]]:
    """Sentences in another language of the same script, those that follow each other in a line together."""
    blocks = cut_blocks(view, layout)
    words = [_words(view, block) for block in blocks]
    strange = {i for i, row in enumerate(words) if ear.is_strange(row)}
    if not strange:
        return
    heard = [ear.hear(row) for row in words]
    settled = [name or _between(heard, i, ear.main) for i, name in enumerate(heard)]
    rows = [i for i in range(len(blocks)) if i in strange or settled[i] != ear.main]
    sentences = cut_sentences(text, view, [blocks[i] for i in rows], layout)
    of_block = ((rows[s.block], s) for s in sentences)
    for at, row in groupby(of_block, key=lambda pair: pair[0]):
        told = [(ear.hear(_words(view, s)) or settled[at], s) for _, s in row]
        for name, stretch in groupby(told, key=lambda pair: pair[0]):
            spans = [s for _, s in stretch]
            if name != ear.main:
                yield name, (spans[0].start, spans[-1].end)


def _words(view: str, stretch: Block | Sentence) -> frozenset[str]:
    """The words of a line or sentence."""
    return frozenset(_WORD.findall(view, stretch.start, stretch.end))


def _between(heard: Sequence[str | None], at: int, main: str) -> str:
    """The language of a line that tells none: that of the lines before and behind it, where they agree."""
    before = next((name for name in reversed(heard[:at]) if name), None)
    behind = next((name for name in heard[at + 1 :] if name), None)
    return (before or behind or main) if before == behind or not before or not behind else main
