"""Tells which language a text is in and which source it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from migstats.fold import fold, fold_pattern
from migstats.model import Document
from migstats.schema import SourcePack
from migstats.token import cut_tokens

HEAD = 4000
"""Code points that are read to tell the language."""
HEADER, WORDING = 300, 6000
"""Code points in which a source's header and its wording are looked for."""
WORDINGS = 2
"""Wordings of a source that must stand in a text that nothing else says to be its own."""
_SMALL = ("determiners", "prepositions", "conjunctions", "auxiliaries")


def common_words(grammar: Mapping[str, Any]) -> frozenset[str]:
    """The small words that a text in a language is full of, from its pack's `grammar`."""
    return frozenset(fold(word) for name in _SMALL for word in grammar.get(name) or ())


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
    """How surely a document is a source's; 0 where too little speaks for it."""
    marks = pack.recognise
    if pack.language and document.language and pack.language != document.language:
        return 0
    address, name = (document.url or "").lower(), PurePosixPath(document.name).name.lower()
    score = 8 * any(site in address for site in marks.sites)
    score += 4 * any(re.search(pattern, name) is not None for pattern in marks.names)
    score += 2 * any(re.search(fold_pattern(pattern), view[:HEADER]) is not None for pattern in marks.headers)
    wordings = sum(re.search(fold_pattern(pattern), view) is not None for pattern in marks.wording)
    if not score and wordings < min(WORDINGS, len(marks.wording)):
        return 0
    return score + wordings
