"""Source and text: whether the text is whole, dated, and all its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migstats.caching.regex import expression, sweep
from migstats.check._case import Case, Told
from migstats.check._finding import Finding
from migstats.model import Span
from migstats.show import squeeze
from migstats.texts.fold import fold, key

TITLE = "source and text"

DAMAGED = "T01"
UNDATED = "T02"
RELATED = "T03"
CODES = (DAMAGED, UNDATED, RELATED)

_BROKEN = expression(r"\ufffd+|[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac]+|\.[ ]\.(?=\s|\Z)|(?<=\w{3})\.[ ](?=[^\W\d_])")
"""Characters that took the place of others, a sentence that ends twice, and one that begins in the middle."""


def find(case: Case) -> Iterator[Finding]:
    """Look at the sentences of figures, at the date, and at what belongs to other articles."""
    for row in case.rows:
        yield from _find_damage(case, row[0], tuple(one.span for one in row))
    if case.document.published is None and case.told:
        yield Finding(UNDATED, "the text does not tell when it was published")
    for one in case.every:
        if one.record.context == "related":
            said = f"{one.shown} ({one.record.indicator}) belongs to another article"
            yield Finding(RELATED, said, (one.span,))


def _find_damage(case: Case, first: Told, spans: tuple[Span, ...]) -> Iterator[Finding]:
    """The first sign of damage in the sentence of a figure, or at its end."""
    text, view = case.document.text, first.part.findings.view
    start, end = first.record.quote_start, first.record.quote_end
    for slip, says in first.part.findings.language.slips:
        found = next(sweep(slip.pattern, view, start, end), None)
        if found:
            said = f"'{squeeze(text[slice(*found.span())])}' looks translated by a machine: {says}"
            yield Finding(DAMAGED, said, (found.span(), *spans))
            return
    spots = _BROKEN.finditer(text, start, min(end + 2, len(text)))
    found = next(
        (spot for spot in spots if not _is_sound(text, spot, first.part.findings.language.layout.abbreviations)), None
    )
    if found:
        around = squeeze(text[max(start, found.start() - 16) : found.end() + 16])
        yield Finding(DAMAGED, f"the text looks damaged at '{around}'", (found.span(), *spans))


def _is_sound(text: str, found: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether a stop with a word behind it is one that any text has: behind a word cut short, or before a capital."""
    if not found.group().startswith(". ") or found.group().endswith("."):
        return False
    word = text[: found.start()].rsplit(None, 1)[-1]
    return not text[found.end()].islower() or key(fold(word)) in abbreviations
