"""Tells which language a text is in and which source it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from migstats.caching.regex import Regex, expression
from migstats.loading.patterns import HEADER, WORDING
from migstats.model import Document
from migstats.texts.fold import fold, fold_pattern, key
from migstats.value import dataclass

if TYPE_CHECKING:
    from migstats.loading.schema import SourcePack

HEAD = 4000
"""Code points that are read to tell the language."""
WORDINGS = 2
"""Wordings of a source that must stand in a text that nothing else says to be its own."""
_WORD = expression(r"[^\W\d_]+")
_SMALL = ("determiners", "prepositions", "conjunctions", "auxiliaries")


def common_words(grammar: Mapping[str, Any]) -> frozenset[str]:
    """The small words that a text in a language is full of, from its pack's `grammar`."""
    return frozenset(fold(word) for name in _SMALL for word in grammar.get(name) or ())


def guess_language(text: str, common: Mapping[str, frozenset[str]]) -> str | None:
    """The language whose small words are the most frequent in the text; None where none of them stands there."""
    words = _WORD.findall(key(text[:HEAD]))
    counts = {name: sum(map(small.__contains__, words)) for name, small in common.items()}
    best = max(counts, key=lambda n: counts[n], default=None)
    return best if best is not None and counts[best] else None


@dataclass(frozen=True, slots=True)
class Source:
    """What is needed of a source pack to know its documents, and to read them."""

    id: str
    language: str | None
    country: str | None
    sites: tuple[str, ...]
    names: tuple[Regex, ...]
    headers: tuple[Regex, ...]
    wording: tuple[Regex, ...]


def compile_source(pack: SourcePack) -> Source:
    """Make the marks of a source ready to be looked for."""
    marks = pack.recognise
    headers, wording = (tuple(Regex(fold_pattern(one)) for one in listed) for listed in (marks.headers, marks.wording))
    return Source(pack.id, pack.language, pack.country, marks.sites, tuple(map(Regex, marks.names)), headers, wording)


def recognise_source(document: Document, sources: Iterable[Source]) -> Source | None:
    """The source that the most marks speak for: address before file name, header and wording; None where none does."""
    view = fold(document.text[:WORDING])
    best, most = None, 0
    for source in sources:
        score = _score(document, view, source)
        if score > most:
            best, most = source, score
    return best


def _score(document: Document, view: str, source: Source) -> int:
    """How surely a document is a source's; 0 where too little speaks for it."""
    if source.language and document.language and source.language != document.language:
        return 0
    address, name = (document.url or "").lower(), PurePosixPath(document.name).name.lower()
    score = 8 * any(site in address for site in source.sites)
    score += 4 * any(one.pattern.search(name) is not None for one in source.names)
    score += 2 * any(one.pattern.search(view[:HEADER]) is not None for one in source.headers)
    wordings = sum(one.pattern.search(view) is not None for one in source.wording)
    if not score and wordings < min(WORDINGS, len(source.wording)):
        return 0
    return score + wordings
