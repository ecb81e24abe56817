"""Tells which language a text is in and which source it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from migstats.fold import fold
from migstats.model import Document
from migstats.schema import LanguagePack, SourcePack
from migstats.token import cut_tokens

HEAD = 4000
"""Code points that are read to tell the language."""
WORDING = 6000
"""Code points in which a source's wording is looked for."""
_COMMON = ("of", "and", "be", "relative", "including", "other", "to")


def common_words(pack: LanguagePack) -> frozenset[str]:
    """The small words that a text in the language is full of."""
    words: set[str] = set()
    for name in ("determiners", "prepositions"):
        words.update(pack.grammar.get(name) or ())
    for role, entries in pack.function.items():
        if role in _COMMON:
            words.update(e for e in entries if not set(e) & set(" *(|."))
    return frozenset(fold(w) for w in words)


def guess_language(text: str, common: Mapping[str, frozenset[str]]) -> str | None:
    """The language whose small words are the most frequent in the text; None where none of them stands there."""
    tokens = [t.key for t in cut_tokens(fold(text[:HEAD])) if t.word]
    counts = {name: sum(t in words for t in tokens) for name, words in common.items()}
    best = max(counts, key=lambda n: counts[n], default=None)
    return best if best is not None and counts[best] else None


def recognise_source(document: Document, sources: Iterable[SourcePack]) -> SourcePack | None:
    """The source that the most marks speak for: address before file name, header and wording; None where none does."""
    view = fold(document.text[:WORDING])
    best, most = None, 0
    for pack in sources:
        score = _score(document, view, pack)
        if score > most:
            best, most = pack, score
    return best


def _score(document: Document, view: str, pack: SourcePack) -> int:
    marks = pack.recognise
    if pack.language and document.language and pack.language != document.language:
        return 0
    address = (document.url or "").lower()
    score = 8 if any(site in address for site in marks.sites) else 0
    name = PurePosixPath(document.name).name.lower()
    score += 4 * any(re.search(pattern, name) is not None for pattern in marks.names)
    score += 2 * any(re.search(fold(pattern), view[:300]) is not None for pattern in marks.headers)
    return score + sum(re.search(fold(pattern), view) is not None for pattern in marks.wording)
