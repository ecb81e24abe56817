"""Lines of a printed page: their words and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from migstats.caching.regex import expression
from migstats.value import dataclass, replace

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, counted from the lower left corner of the page."""

BREAK = "\x02\ufffe"
"""What stands for a hyphen behind which a word goes on in the next line."""

_WIDE = 0.9
"""White space wider than this, in heights of the line, parts the cells of a table."""
_LEVEL = 0.3
"""How far two pieces of one line may differ in height."""
_TRIED = 24
_MANY = 3
_VOID = expression("[\0\ufffd\ufeff\u200b]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `left` is where it starts and `right` where it ends, also where it is written from right to left."""

    text: str
    left: float
    right: float
    base: float
    """Its height on the page."""
    size: float
    """The height of its letters."""
    first: float
    """Where its first word ends."""
    page: int = 0
    hyphen: bool = False
    """Its last word goes on in the next line; the sign for that is its last one."""

    @property
    def cells(self) -> bool:
        """Tell whether it is a row of a table."""
        return "\t" in self.text


def read_lines(chars: str, get_box: Callable[[int], Box]) -> Iterator[Line]:
    """Cut the characters of a page into lines."""
    pieces: list[Line] = []
    start = 0
    for found in re.finditer(rf"\r\n|[\r\n{BREAK}]|$", chars):
        line = _make(chars, (start, found.start()), get_box, found.group() in tuple(BREAK))
        start = found.end()
        if line is not None:
            pieces.append(line)
    yield from _join_level(pieces)


def _make(chars: str, span: tuple[int, int], get_box: Callable[[int], Box], hyphen: bool) -> Line | None:
    """Make a line of a stretch of characters."""
    start, end = span
    seen = [n for n in range(start, end) if not chars[n].isspace()]
    if not seen:
        return None
    boxes = {n: get_box(n) for n in {seen[0], seen[-1], seen[len(seen) // 2]}}
    size = median(top - bottom for _, bottom, _, top in boxes.values()) or 1.0
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", chars[start:end])]
    gaps = [_gap(get_box(before[1] - 1), get_box(after[0])) for before, after in pairwise(words)]
    text = _write([chars[slice(*word)] for word in words], gaps, _WIDE * size)
    mirrored = is_mirrored(text[:_TRIED])
    left, right = _side(boxes[seen[0]], mirrored)[0], _side(boxes[seen[-1]], mirrored)[1]
    word = _side(get_box(words[0][1] - 1), mirrored)[1]
    written = _VOID.sub("", text) + ("-" if hyphen else "")
    return Line(written, left, right, boxes[seen[0]][1], size, word, hyphen=hyphen)


def _write(words: Sequence[str], gaps: Sequence[float], wide: float) -> str:
    """Write words with a tab where white space parts cells: in a justified line it is wide between all words alike."""
    alike = len(gaps) >= _MANY and max(gaps) - min(gaps) <= wide / 4
    if alike and 2 * sum(any(map(str.isalpha, word)) for word in words) > len(words):
        return " ".join(words)
    return words[0] + "".join(("\t" if gap > wide else " ") + word for gap, word in zip(gaps, words[1:], strict=True))


def _gap(before: Box, after: Box) -> float:
    """Measure the white space between two characters, in either direction of writing."""
    return max(after[0] - before[2], before[0] - after[2])


def _side(box: Box, mirrored: bool) -> tuple[float, float]:
    """Give where a character begins and ends in the direction of writing."""
    return (-box[2], -box[0]) if mirrored else (box[0], box[2])


def is_mirrored(text: str) -> bool:
    """Tell whether a text is written from right to left.

    >>> is_mirrored("Rabat 12"), is_mirrored("\u0627\u0644\u0631\u0628\u0627\u0637 12")
    (False, True)
    """
    letters = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return 2 * sum(letter in ("R", "AL") for letter in letters) > len(letters)


def _join_level(pieces: Sequence[Line]) -> Iterator[Line]:
    """Put together what stands side by side: the cells of a row that were drawn one by one."""
    held: Line | None = None
    for line in pieces:
        if held is not None and _is_beside(held, line):
            held = replace(held, text=f"{held.text}\t{line.text}", right=line.right, hyphen=line.hyphen)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_beside(line: Line, other: Line) -> bool:
    level = abs(line.base - other.base) <= _LEVEL * min(line.size, other.size)
    return level and other.left >= line.right and not line.hyphen
