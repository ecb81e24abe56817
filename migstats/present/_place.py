"""Where a finding stands, in lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from migstats.model import Span


class Places:
    """The lines of one text; lines and columns count from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def find(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset.

        >>> Places("one\\ntwo").find(5)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def find_first(self, spans: Sequence[Span]) -> tuple[int, int]:
        """Give line and column of the first of some spans, of the text's start where there is none."""
        return self.find(spans[0][0]) if spans else (1, 1)
