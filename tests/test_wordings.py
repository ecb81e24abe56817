"""Wordings of the press, a text a line, with the figures that each must give: no more, no less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from migstats.loading.load import Packs, load_packs
from migstats.model import Document
from migstats.pipeline import analyse

FOLDER = Path(__file__).parent / "wordings"
MARK = re.compile(r"\[([^]|/]+)(?:\|(\w+))?(?:/(\w+))?\]")
"""`[12]`, `[12|deaths]` or `[12/operations]`: a number, its indicator, its unit."""
SILENT = "none"
LACKING = "lacking"
"""The part of a file that holds what still fails, by reason and indicator."""

Found = set[tuple[int, int, str, str]]


@dataclass(frozen=True)
class Wording:
    """One text, and its figures as spans, indicators and units."""

    language: str
    indicator: str
    marked: str
    reason: str = ""

    def read(self, packs: Packs) -> tuple[str, Found]:
        """The text without its marks, and its figures."""
        text, figures, last = "", set(), 0
        for mark in MARK.finditer(self.marked):
            text += self.marked[last : mark.start()] + mark[1]
            code = mark[2] or self.indicator
            unit = mark[3] or packs.codebook.indicators[code].units[0]
            figures.add((len(text) - len(mark[1]), len(text), code, unit))
            last = mark.end()
        return text + self.marked[last:], figures


def read_wordings() -> Iterator[Wording]:
    """Go through the wordings of all languages."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for indicator, lines in yaml.safe_load(path.read_text("utf-8")).items():
            reasons = lines if indicator == LACKING else {"": {indicator: lines}}
            for reason, parts in reasons.items():
                for code, block in parts.items():
                    for line in block.splitlines():
                        yield Wording(path.stem, code, line, reason)


def find_figures(text: str, language: str, packs: Packs) -> Found:
    """The figures that the program finds in a text."""
    readings = analyse(Document("a.txt", text, language=language, published="2024-11"), packs).readings
    return {(r.number.start, r.number.end, r.indicator, r.unit) for r in readings}


WORDINGS = list(read_wordings())


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param(
            wording,
            id=f"{wording.language}-{wording.indicator}-{wording.marked[:60]}",
            marks=[pytest.mark.xfail(strict=True, reason=wording.reason)] if wording.reason else [],
        )
        for wording in WORDINGS
    ],
)
def test_a_wording_gives_its_figures_and_no_other(wording: Wording, packs: Packs) -> None:
    """A number is found with its indicator and unit, and a trap stays silent."""
    text, figures = wording.read(packs)
    assert find_figures(text, wording.language, packs) == figures


def test_every_indicator_has_wordings_in_each_language() -> None:
    """No indicator is left out, and each language has its traps."""
    codes = {*load_packs().codebook.indicators, SILENT}
    for path in sorted(FOLDER.glob("*.yaml")):
        assert {w.indicator for w in WORDINGS if w.language == path.stem} == codes
