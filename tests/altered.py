"""Alters annotated texts mechanically, and carries the places of their figures along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conftest import GOLD, SEEDS

from migstats.gold import find_span, read_gold
from migstats.loading.schema import Figure
from migstats.model import Span

WORDS: Mapping[str, Mapping[int, str]] = {
    "fr": {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 7: "sept", 9: "neuf"},
    "en": {2: "two", 3: "three", 4: "four", 5: "five", 7: "seven", 9: "nine"},
}
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
HEADER = re.compile(r" ?date (\d{4}(?:-\d\d)*)")
RELATED = "related"


@dataclass(frozen=True)
class Marked:
    """A figure, and where its number stands."""

    figure: Figure
    span: Span


@dataclass(frozen=True)
class Draft:
    """A text with its figures."""

    name: str
    language: str
    published: str | None
    text: str
    marks: tuple[Marked, ...]


@dataclass(frozen=True)
class Edit:
    """Some characters of a text, and what takes their place."""

    start: int
    end: int
    new: str


Alter = Callable[[Draft], Draft]


def read_drafts() -> list[Draft]:
    """Read the seeds with their gold."""
    return [_read_draft(path) for path in sorted(GOLD.glob("*.gold.yaml"))]


def _read_draft(path: Path) -> Draft:
    """Read one seed."""
    gold = read_gold(path)
    text = (SEEDS / f"{gold.name}.txt").read_bytes().decode("utf-8")
    marks = []
    for figure in gold.figures:
        span = find_span(text, figure.number, figure.nth)
        assert span is not None
        marks.append(Marked(figure, span))
    assert gold.language is not None
    return Draft(gold.name, gold.language, gold.published, text, tuple(marks))


def rewrite(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """Make the edits, which do not overlap; numbers that are edited move with their edit."""
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    at = shift = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [draft.text[at : edit.start], edit.new]
        at = edit.end
        shift += len(edit.new) - (edit.end - edit.start)
        moved.append((edit.end, shift))
    text = "".join([*pieces, draft.text[at:]])

    def move(offset: int) -> int:
        return offset + next((by for end, by in reversed(moved) if end <= offset), 0)

    marks = []
    for mark in draft.marks:
        start, end = move(mark.span[0]), move(mark.span[1])
        marks.append(Marked(mark.figure.model_copy(update={"number": text[start:end], "nth": 1}), (start, end)))
    return replace(draft, text=text, marks=tuple(marks))


def number_otherwise(turn: int) -> Alter:
    """Give every figure another number, as many digits long; those in words other words."""

    def alter(draft: Draft) -> Draft:
        edits, values = [], []
        for mark in draft.marks:
            new, value = _other_number(draft.language, mark.figure, turn)
            edits.append(Edit(*mark.span, new))
            values.append(value)
        moved = rewrite(draft, edits)
        marks = [
            Marked(mark.figure.model_copy(update={"value": value}), mark.span)
            for mark, value in zip(moved.marks, values, strict=True)
        ]
        return replace(moved, marks=tuple(marks))

    return alter


def _other_number(language: str, figure: Figure, turn: int) -> tuple[str, int]:
    """Find another number for a figure: its digits turned on, none of them to 0 or 1 at the start."""
    if not figure.number[0].isdigit():
        value = sorted(WORDS[language])[turn]
        word = WORDS[language][value]
        return word.capitalize() if figure.number[0].isupper() else word, value
    digits = [(int(digit) + turn) % 10 for digit in figure.number if digit.isdigit()]
    digits[0] = 2 + digits[0] % 8
    if len(digits) == 4 and digits[0] == 2:
        digits[0] = 3  # no year
    rest = iter(digits)
    number = "".join(str(next(rest)) if digit.isdigit() else digit for digit in figure.number)
    return number, int("".join(map(str, digits)))


def group_by(sign: str) -> Alter:
    """Write the thousands of every count with a sign."""

    def alter(draft: Draft) -> Draft:
        counts = [mark for mark in draft.marks if mark.figure.value >= 1000]
        return rewrite(draft, [Edit(*mark.span, f"{mark.figure.value:,}".replace(",", sign)) for mark in counts])

    return alter


def years_later(by: int) -> Alter:
    """Shift all years, that of publication with them."""

    def alter(draft: Draft) -> Draft:
        inside = [mark.span for mark in draft.marks]
        edits = [
            Edit(*found.span(), str(int(found.group()) + by))
            for found in YEAR.finditer(draft.text)
            if not any(start <= found.start() < end for start, end in inside)
        ]
        moved = rewrite(draft, edits)
        marks = [Marked(_shift_figure(mark.figure, by), mark.span) for mark in moved.marks]
        return replace(moved, marks=tuple(marks), published=_shift(draft.published, by))

    return alter


def _shift_figure(figure: Figure, by: int) -> Figure:
    """Shift the years of a figure."""
    change = figure.change
    if change is not None:
        change = change.model_copy(update={"baseline": _shift(change.baseline, by)})
    return figure.model_copy(update={"period": _shift(figure.period, by), "change": change})


def _shift(period: str | None, by: int) -> str | None:
    """Shift the years of a period."""
    return None if period is None else YEAR.sub(lambda found: str(int(found.group()) + by), period)


def publish_later(draft: Draft) -> Draft:
    """Publish a text a month later: a year to date, and what began earlier and goes on, end a month later."""
    header = HEADER.match(draft.text)
    if header is None:
        return draft
    old = header.group(1)
    month = int(old[5:7]) + 1
    new = f"{old[:4]}-{month:02}{old[7:]}"
    moved = rewrite(draft, [Edit(*header.span(1), new)])
    marks = [
        Marked(mark.figure.model_copy(update={"period": _end_with(mark.figure.period, old[:7], new[:7])}), mark.span)
        for mark in moved.marks
    ]
    return replace(moved, marks=tuple(marks), published=new)


def _end_with(period: str | None, old: str, new: str) -> str | None:
    """Let a period that ends with the one month end with the other."""
    return period.removesuffix(old) + new if period and period.endswith(f"/{old}") else period


def reorder(order: Mapping[str, Sequence[int]]) -> Alter:
    """Put the lines that hold text in another order, by the first characters of the seed's name."""

    def alter(draft: Draft) -> Draft:
        lines = [found.span() for found in re.finditer(r"[^\n]+", draft.text)]
        wanted = order.get(draft.name[:3])
        if wanted is None:
            return draft
        rows = [*wanted, *(n for n in range(len(lines)) if n not in wanted)]
        pieces, at, moves = [], 0, {}
        for place, row in zip(lines, rows, strict=True):
            pieces.append(draft.text[at : place[0]])
            at = place[1]
            moves[row] = sum(map(len, pieces)) - lines[row][0]
            pieces.append(draft.text[slice(*lines[row])])
        text = "".join([*pieces, draft.text[at:]])
        marks = []
        for mark in draft.marks:
            by = next(moves[n] for n, line in enumerate(lines) if line[0] <= mark.span[0] < line[1])
            marks.append(Marked(mark.figure.model_copy(update={"nth": 1}), (mark.span[0] + by, mark.span[1] + by)))
        return replace(draft, text=text, marks=tuple(marks))

    return alter


def apostrophes(sign: str) -> Alter:
    """Write every apostrophe with one sign."""
    return lambda draft: rewrite(
        draft, [Edit(*found.span(), sign) for found in re.finditer("['\N{RIGHT SINGLE QUOTATION MARK}]", draft.text)]
    )


def shout_headlines(draft: Draft) -> Draft:
    """Write the short lines that end in no mark in capitals: headlines, and links to others."""
    lines = re.finditer(r"[^\n]+", draft.text)
    short = [found for found in lines if len(found.group()) < 100 and found.group().strip()[-1].isalnum()]
    edits = [Edit(n, n + 1, draft.text[n].upper()) for found in short for n in range(*found.span())]
    return rewrite(draft, [edit for edit in edits if len(edit.new) == 1])


def decompose(draft: Draft) -> Draft:
    """Write every letter with its accent behind it (NFD)."""
    edits = [
        Edit(n, n + 1, unicodedata.normalize("NFD", char))
        for n, char in enumerate(draft.text)
        if unicodedata.normalize("NFD", char) != char
    ]
    return rewrite(draft, edits)


def chain(*alters: Alter) -> Alter:
    """Make one alteration after the other."""

    def alter(draft: Draft) -> Draft:
        for one in alters:
            draft = one(draft)
        return draft

    return alter
