"""Reads nouns in the dual: number and noun in one word."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from migstats.model import Number
from migstats.texts.fold import FILLER
from migstats.texts.token import Token
from migstats.words.lexicon import Lexicon
from migstats.words.tag import Hit

TWO = Decimal(2)


def find_duals(view: str, tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> list[Number]:
    """The numbers that nouns in the dual stand for, each with the span of its word less its prefix.

    A second dual in a row tells of the same two.
    """
    duals: list[Number] = []
    for hit in sorted(hits, key=lambda hit: hit.tokens):
        if not hit.tags.duals:
            continue
        first = last = hit.tokens[0]
        while last + 1 in hit.tokens:
            last += 1
        token = tokens[first]
        if duals and not view[duals[-1].tail : token.start].strip():
            continue
        start = _bare_start(view, token, lexicon)
        duals.append(Number(start, token.end, TWO, tail=tokens[last].end, lead=start, words=True))
    return duals


def drop_repeated(view: str, duals: Sequence[Number], numbers: Sequence[Number]) -> list[Number]:
    """The numbers without the word for two that only stresses the dual before it."""
    ends = [dual.tail for dual in duals]
    return [
        number
        for number in numbers
        if not (number.words and number.value == TWO and any(view[end : number.start] == " " for end in ends))
    ]


def _bare_start(view: str, token: Token, lexicon: Lexicon) -> int:
    """Where the dual itself begins in its word."""
    for form in lexicon.forms(token.key):
        if any(entry.tags.duals for entry in lexicon.exact.get(form, ())):
            cut = len(token.key) - len(form)
            start = token.start
            while cut > 0:
                cut -= view[start] != FILLER
                start += 1
            return start
    return token.start
