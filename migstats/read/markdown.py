"""Markdown: a text whose signs are no words, and whose paragraphs run over line ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from migstats.caching.regex import expression
from migstats.model import Document, Mark
from migstats.read._decode import decode_text
from migstats.read._header import FRONT_MATTER, describe
from migstats.read._source import Source, check_length

SUFFIXES = (".md", ".markdown")

_SIGNS = expression(
    r"""(?xm)
    (?P<fence>^```[^\n]*$)
    | (?P<comment><!--[^<>]{0,2000}-->|</?[a-z][^<>\n]*>)
    | (?P<heading>^\#{1,6}(?=[ ])|(?<=[ ])\#+[ ]*$)
    | (?P<quote>^[ ]{0,3}>(?:[ ]?>)*)
    | (?P<picture>^[ ]*!\[[^\]\n]*\]\([^()\n]*\)[ ]*$)
    | (?P<image>!(?=\[))
    | (?P<target>(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ ]+"[^"\n]*")?\))
    | (?P<reference>^[ ]{0,3}\[[^\]\n]+\]:[ ]+\S+.*$)
    | (?P<bracket>\[(?=[^\[\]\n]*\]\()|(?<=[^\]])\](?=\())
    | (?P<address><https?://[^<>\s]+>|https?://[^\s<>()]+)
    | (?P<strong>\*{2,3}|_{2,3})
    | (?P<emphasis>(?<![\w*\\])[*_](?=\w)|(?<=[\w.!?%)])[*_](?![\w*]))
    | (?P<code>`+)
    | (?P<escape>\\(?=[!-/:-@\[-`{-~]))
    """
)
_OWN = expression(
    r"""(?x)
    [ ]{0,3}(?:[-*+•][ ] | \d{1,3}[.)][ ] | \#{1,6}[ ] | > | \| | ``` | ~~~ | [-=*_ ]{3,}$ | \[[^\]]+\]: | <)
    | .*\|.*\| | [ ]{4,} | \t
    """
)
"""A line that no paragraph goes on in."""

_LISTED = expression(r"[ ]*(?:[-*+•>]|\d)")
WIDEST = 150
"""Characters of the lines of a text that was filled; one with longer lines has a paragraph a line."""


def read(source: Source) -> Iterator[Document]:
    r"""Read one text; its signs stay in it, and are marked.

    >>> from io import BytesIO
    >>> (document,) = read(Source(BytesIO(b"# Boats\n\n**12** boats\nsank at sea"), "a.md", print))
    >>> [(document.text[mark.start : mark.end], mark.kind) for mark in document.marks]
    [('#', 'markup'), ('**', 'markup'), ('**', 'markup'), ('\n', 'wrap')]
    """
    text = check_length(decode_text(source.load(), source.name, source.warn), source)
    head = FRONT_MATTER.match(text)
    marks = sorted(_mark(text, head.end() if head else 0))
    yield describe(Document(source.name, text, marks=tuple(marks)))


def _mark(text: str, start: int) -> Iterator[Mark]:
    """Mark the signs, and the line ends inside paragraphs."""
    for found in _SIGNS.finditer(text, start):
        yield Mark(found.start(), found.end(), "related" if found.lastgroup == "picture" else "markup")
    at = start
    for blank, lines in groupby(text[start:].split("\n"), key=lambda line: not line.strip()):
        paragraph = list(lines)
        if not blank:
            yield from _wrap(paragraph, at)
        at += sum(map(len, paragraph)) + len(paragraph)


def _wrap(lines: list[str], at: int) -> Iterator[Mark]:
    """Mark the line ends of a paragraph whose lines were filled: the next word had no more room."""
    width = max(map(len, lines))
    if width > WIDEST:
        return
    for above, line in pairwise(lines):
        at += len(above) + 1
        filled = len(above) + len(line.split()[0]) >= width or line.startswith("  ")
        if filled and _goes_on(above, line):
            yield Mark(at - 1, at, "wrap")


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a line goes on with the one above it; two spaces or a backslash end a line.

    >>> _goes_on("12", "boats"), _goes_on("- 12", "  boats"), _goes_on("12  ", "boats"), _goes_on("12", "- 9")
    (True, True, False, False)
    """
    if above.endswith(("  ", "\\")) or "|" in above:
        return False
    own = _OWN.match(above)
    listed = own is not None and bool(_LISTED.match(above))
    return (own is None or listed) and ((listed and line.startswith(" ")) or not _OWN.match(line))
