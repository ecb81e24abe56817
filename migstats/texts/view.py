"""Makes the view of a document: its folded text, with what its layout broke up put together."""

from __future__ import annotations

from collections.abc import Iterable

from migstats.model import Document, Mark, Span
from migstats.texts.fold import FILLER, fold

BLANK = "\u00a0"
"""White space that no folded text holds otherwise: a run of it parts no cells of a table."""

HIDDEN = ("running", "markup")
"""Kinds of marks over what is not to be read; a number there is told by that name."""

_STANDS_FOR = {"wrap": " ", "hyphen": FILLER, "running": BLANK, "markup": BLANK}


def view_text(text: str, marks: Iterable[Mark]) -> str:
    """Fold a text, one code point for one, and cover what its marks say is no part of its sentences.

    >>> view_text("500 mi-\\ngrants in\\nall", [Mark(6, 8, "hyphen"), Mark(17, 18, "wrap")]).replace(FILLER, "")
    '500 migrants in all'
    """
    view = fold(text)
    pieces: list[str] = []
    at = 0
    for start, end, kind in marks:
        cover = _STANDS_FOR.get(kind)
        if cover and start >= at:
            pieces += (view[at:start], cover * (end - start))
            at = end
    return "".join((*pieces, view[at:])) if pieces else view


def view_head(document: Document) -> str:
    """Make the view in which dates, wordings and the language are looked for.

    Heads and feet of pages tell them; links to other texts tell those of others.
    """
    if not document.marks:
        return document.text
    told = (mark._replace(kind="markup") if mark.kind == "related" else mark for mark in document.marks)
    return view_text(document.text, (mark for mark in told if mark.kind != "running"))


def cut_words(document: Document, start: int, end: int) -> str:
    """Cut words out of a text, without the breaks that its layout made in them."""
    text = document.text
    pieces: list[str] = []
    for mark in document.marks:
        if start <= mark.start and mark.end <= end and mark.kind in _STANDS_FOR:
            pieces += (text[start : mark.start], "" if mark.kind == "hyphen" else " ")
            start = mark.end
    if not pieces:
        return text[start:end]
    return " ".join("".join((*pieces, text[start:end])).split())


def related_spans(marks: Iterable[Mark]) -> list[Span]:
    """List the stretches that belong to other texts."""
    return [(mark.start, mark.end) for mark in marks if mark.kind == "related"]
