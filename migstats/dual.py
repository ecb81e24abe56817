"""Reads nouns in the dual: number and noun in one word."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from migstats.fold import FILLER
from migstats.lexicon import Hit, Lexicon
from migstats.model import Number
from migstats.token import Token

TWO = Decimal(2)


def find_duals(view: str, tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> list[Number]:
    """The numbers that nouns in the dual stand for, each with the span of its word less its prefix."""
    duals: list[Number] = []
    for hit in hits:
        if not hit.tags.duals:
            continue
        first = last = hit.tokens[0]
        while last + 1 in hit.tokens:
            last += 1
        token = tokens[first]
        start = _bare_start(view, token, lexicon)
        duals.append(Number(start, token.end, TWO, tail=tokens[last].end, lead=start, words=True))
    return duals


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
