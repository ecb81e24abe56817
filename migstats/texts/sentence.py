"""Cuts a text into blocks (headings, items, rows, paragraphs) and these into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migstats.caching.regex import expression
from migstats.model import Span
from migstats.texts.fold import fold, key
from migstats.value import dataclass, replace

_LINE = expression(r"[^\n]+")
_BULLET = expression(r"[ ]*(?:[-*•·▪◦‣●○■□►▶✓✔➢➤→»◆❖√]|\d{1,2}[.)](?!\d)|[a-z]\))[ ]+")
_CELL = expression(r"\t|[ ]{2,}|\s\|\s|\|")
_LABELLED = expression(r"[^\W\d_][^\d.;!?]{1,40}?[ :-]+\d[\d .,']*(?:[^\w.;!?]|\d|[.,](?=\d)|\([^()]{1,20}\)){0,30}")
_STOP = expression(
    r"(?<![.!?…؟])[.!?…؟]++(?:[\"')\]]*(?=\s)|(?=\"))|(?<=[^\W\d_]{3})\.(?=[^\W_])|(?<=\))\.(?=[^\W\d_])"
)
_LAST_WORD = expression(r"[^\W\d_]+$")
_TERMINAL = ".!?…؟;,"
LONGEST = 1600
"""Characters of a sentence; what is longer is no prose, and is cut at a space."""
HEADING_WORDS = 16
"""A line of more words is no heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text with its part in the layout."""

    start: int
    end: int
    kind: str
    """`paragraph`, `heading`, `item`, `row` or `related`."""
    governor: int = -1
    """Index of the block that introduces it: its heading, or the line that ends in a colon above a list."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with the block that it stands in."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a language pack says of the look of texts."""

    abbreviations: frozenset[str]
    related: tuple[str, ...]
    empty: tuple[str, ...] = ()

    @classmethod
    def compile(cls, data: Mapping[str, Iterable[str]]) -> Layout:
        """From the pack's `layout`: `abbreviations` without their stop, `related` openings of read-also lines, `empty`
        what stands in a cell of a table without a value.
        """
        return cls(
            frozenset(key(fold(a)) for a in data.get("abbreviations", ())),
            tuple(sorted({fold(r) for r in data.get("related", ())}, key=len, reverse=True)),
            tuple(sorted({fold(e) for e in data.get("empty", ())}, key=len, reverse=True)),
        )


def cut_blocks(view: str, layout: Layout, related: Sequence[Span] = ()) -> list[Block]:
    """The lines of the text that hold anything, in order, each with its kind and governor.

    Those inside the stretches of `related` belong to other texts.
    """
    spans = [(m.start(), m.end()) for m in _LINE.finditer(view) if m.group().strip()]
    lines = [Block(start, end, _line_kind(view[start:end], layout)) for start, end in spans]
    if related:
        lines = [replace(b, kind="related") if _is_inside(b, related) else b for b in lines]
    return govern(view, lines)


def _is_inside(block: Block, spans: Sequence[Span]) -> bool:
    return any(start <= block.start and block.end <= end for start, end in spans)


def govern(view: str, lines: Sequence[Block]) -> list[Block]:
    """The lines, each with the one that introduces it."""
    blocks: list[Block] = []
    heading = opener = -1
    for i, line in enumerate(lines):
        kind = line.kind
        if kind == "heading" and i + 1 == len(lines) and i > 0:
            kind = "paragraph"
        listed = kind in ("item", "row")
        governor = opener if listed and opener >= 0 else heading
        blocks.append(Block(line.start, line.end, kind, governor))
        if kind == "heading":
            heading = opener = i
        elif view[line.start : line.end].rstrip().endswith(":"):
            opener = i
        elif not listed:
            opener = -1
    return blocks


def _line_kind(view: str, layout: Layout) -> str:
    bare = view.strip()
    opening = bare.lstrip('-*•>[( "')
    if layout.related and opening.startswith(layout.related):
        return "related"
    if _BULLET.match(view):
        return "item"
    cells = [c for c in _CELL.split(bare) if c.strip()]
    if bare.count("|") >= 2 or (
        len(cells) >= 2 and any(ch.isdigit() for c in cells[1:] for ch in c) and len(bare) < 200
    ):
        return "row"
    if _LABELLED.fullmatch(bare):
        return "row"
    if len(bare.split()) <= HEADING_WORDS and bare[-1] not in _TERMINAL and not bare.endswith(('."', ".)")):
        return "heading"
    return "paragraph"


def cut_sentences(text: str, view: str, blocks: Sequence[Block], layout: Layout) -> list[Sentence]:
    """The sentences of all blocks, in order; white space around them is left out."""
    sentences = []
    for index, block in enumerate(blocks):
        start = block.start
        for found in _STOP.finditer(view, block.start, block.end):
            if _ends_sentence(text, view, found, block, layout):
                sentences.append((start, found.end(), index))
                start = found.end()
        sentences.append((start, block.end, index))
    stripped = (_strip(view, *row) for row in sentences)
    return [s for whole in stripped for s in _shorten(view, whole) if s.end > s.start]


def _shorten(view: str, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence of any length in pieces that are short enough."""
    start, end = sentence.start, sentence.end
    if end - start <= LONGEST:
        yield sentence
        return
    while start < end:
        most = min(start + LONGEST, end)
        cut = max(view.rfind(" ", start, most), view.rfind("\t", start, most)) + 1 if most < end else end
        cut = cut or most
        yield _strip(view, start, cut, sentence.block)
        start = cut


def _strip(view: str, start: int, end: int, block: int) -> Sentence:
    body = view[start:end]
    return Sentence(start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip()), block)


def _ends_sentence(text: str, view: str, found: re.Match[str], block: Block, layout: Layout) -> bool:
    after = found.end()
    glued = after < block.end and not view[after].isspace()
    while after < block.end and (view[after].isspace() or view[after] in "\"'([-"):
        after += 1
    if after >= block.end:
        return True
    following = text[after]
    if following.islower():
        return False
    if glued and found.group() == "." and not (following.isdigit() or following.isupper()):
        return False
    word = _LAST_WORD.search(view, max(block.start, found.start() - 30), found.start())
    if word and found.group().startswith("."):
        last = key(word.group())
        return not (last in layout.abbreviations or (len(last) == 1 and text[word.start()].isupper()))
    return True
