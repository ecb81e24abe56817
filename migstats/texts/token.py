"""Cuts a view into words, digits and marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from migstats.caching.regex import expression
from migstats.texts.fold import FILLER

_TOKEN = expression(r"[^\W\d_]+|\d+|\S")


class Token(NamedTuple):
    """A word, a run of digits or one mark of the view, with its span."""

    start: int
    end: int
    key: str
    """The folded word without fillers; for digits and marks the characters themselves."""
    word: bool


def cut_tokens(view: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `view[start:end]`, in order."""
    stop = len(view) if end is None else end
    tokens = []
    for found in _TOKEN.finditer(view, start, stop):
        key = found.group()
        word = key[0].isalpha()
        if word and FILLER in key:
            key = key.replace(FILLER, "")
            if not key:
                continue
        tokens.append(Token(found.start(), found.end(), key, word))
    return tokens


def part_tokens(view: str, tokens: Sequence[Token], starts: Iterable[int]) -> list[Token]:
    """The tokens, each word cut where a mention starts inside it: its prefix becomes a word of its own."""
    cuts = sorted(starts)
    parted: list[Token] = []
    at = 0
    for token in tokens:
        while at < len(cuts) and cuts[at] <= token.start:
            at += 1
        if not token.word or at == len(cuts) or cuts[at] >= token.end:
            parted.append(token)
            continue
        for start, end in ((token.start, cuts[at]), (cuts[at], token.end)):
            key = view[start:end].replace(FILLER, "")
            if key:
                parted.append(Token(start, end, key, True))
    return parted
