"""Precision and recall of records against gold figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from migstats.caching.regex import expression
from migstats.errors import ReadError
from migstats.gold import Gold, compare, find_span, is_same
from migstats.loading.schema import Figure
from migstats.model import Analysis, LedgerEntry, Span
from migstats.records.record import Record
from migstats.value import dataclass, field

By = Literal["indicator", "language", "basis", "prefix"]

MISSED = "missed"
_SENTENCE_END = expression(r"[.!?]+(?=\s)|\n+")


@dataclass(slots=True)
class Tally:
    """How many figures were right, false and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of right ones in what was found."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of right ones in what there was to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One error, in its sentence."""

    kind: Literal["false", "missed", "attribute"]
    document: str
    sentence: str
    said: str
    why: str


@dataclass(slots=True)
class Score:
    """Everything that was counted."""

    by: By
    documents: int = 0
    perfect: int = 0
    rows: dict[str, Tally] = field(default_factory=dict)
    attributes: dict[str, list[int]] = field(default_factory=dict)
    """By name: right ones, all."""
    errors: list[Miss] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All rows together."""
        rows = self.rows.values()
        return Tally(sum(r.right for r in rows), sum(r.false for r in rows), sum(r.missed for r in rows))

    def row(self, key: str) -> Tally:
        """Give the tally of one key."""
        return self.rows.setdefault(key, Tally())


@dataclass(frozen=True, slots=True)
class _Case:
    """One document being scored: what was found, what is true."""

    gold: Gold
    analysis: Analysis
    figures: Sequence[tuple[Figure, Span]]
    score: Score

    def key(self, indicator: str | None, basis: str) -> str:
        """Tell under which heading a figure is counted."""
        prefix = re.sub(r"-?\d+.*$", "", self.gold.name) or "seeds"
        language = self.gold.language or self.analysis.document.language or "unknown"
        return {"indicator": indicator or "", "language": language, "basis": basis, "prefix": prefix}[self.score.by]

    def add(self, kind: Literal["false", "missed", "attribute"], span: Span, said: str, why: str) -> None:
        """Note an error."""
        sentence = quote_sentence(self.analysis.document.text, span)
        self.score.errors.append(Miss(kind, self.gold.name, sentence, said, why))


def score_document(score: Score, gold: Gold, analysis: Analysis, records: Sequence[Record]) -> None:
    """Count the right, false and missed figures of one document.

    A record is right when its number overlaps that of a figure, and indicator, measure and value agree. Figures in a
    `related` context are neither asked for nor counted as wrong.
    """
    case = _Case(gold, analysis, _locate(gold, analysis.document.text), score)
    used: set[int] = set()
    wrong = 0
    for record in sorted(records, key=lambda record: record.start):
        index = _pair(record, case.figures, used)
        if index is not None:
            used.add(index)
            _count_right(case, record, case.figures[index][0])
        elif not _is_aside(record, case.figures):
            wrong += 1
            score.row(case.key(record.indicator, record.basis)).false += 1
            why = f"{record.basis}, rule {record.pack}/{record.rule}"
            case.add("false", (record.start, record.end), _say(record), why)
    wrong += _count_missed(case, used)
    score.documents += 1
    score.perfect += not wrong


def _locate(gold: Gold, text: str) -> list[tuple[Figure, Span]]:
    """Find the numbers of the gold figures in the text."""
    located = []
    for figure in gold.figures:
        span = find_span(text, figure.number, figure.nth)
        if span is None:
            nth = f" {figure.nth} times" if figure.nth > 1 else ""
            raise ReadError(f"'{figure.number}' does not stand{nth} in the text", path=gold.path)
        located.append((figure, span))
    return located


def _overlap(record: Record, span: Span) -> bool:
    """Tell whether a record's number and a span share a character."""
    return record.start < span[1] and span[0] < record.end


def _pair(record: Record, figures: Sequence[tuple[Figure, Span]], used: set[int]) -> int | None:
    """Find the figure that a record gets right."""
    for index, (figure, span) in enumerate(figures):
        if index in used or not _overlap(record, span):
            continue
        if is_same(record, figure) or figure.context == "related":
            return index
    return None


def _is_aside(record: Record, figures: Sequence[tuple[Figure, Span]]) -> bool:
    """Tell whether a record is from a menu or a link, where nothing was annotated for the body."""
    body = any(_overlap(record, span) and figure.context == "body" for figure, span in figures)
    return record.context == "related" and not body


def _count_right(case: _Case, record: Record, figure: Figure) -> None:
    """Count a right figure and its attributes."""
    if figure.context == "related":
        return
    case.score.row(case.key(figure.indicator, record.basis)).right += 1
    for attribute in compare(record, figure, case.gold.published):
        counts = case.score.attributes.setdefault(attribute.name, [0, 0])
        counts[0] += attribute.right
        counts[1] += 1
        if not attribute.right:
            said = f"{attribute.name}: {attribute.found} for {attribute.wanted}"
            case.add("attribute", (record.start, record.end), said, f"{record.basis}, rule {record.pack}/{record.rule}")


def _count_missed(case: _Case, used: set[int]) -> int:
    """Count the figures that no record got right."""
    missed = 0
    for index, (figure, span) in enumerate(case.figures):
        if index not in used and figure.context == "body":
            missed += 1
            case.score.row(case.key(figure.indicator, MISSED)).missed += 1
            said = f"{figure.indicator} {figure.measure or 'count'} {figure.value}"
            case.add("missed", span, said, _explain_miss(case.analysis.ledger, span))
    return missed


def _explain_miss(ledger: Sequence[LedgerEntry], span: Span) -> str:
    """Tell from the ledger what became of a number that is a figure."""
    for entry in ledger:
        if entry.number.start < span[1] and span[0] < entry.number.end:
            near = f", nearest {entry.nearest}" if entry.nearest else ""
            return entry.kind + near + (f", lacked {entry.lacked}" if entry.lacked else "")
    return "no number read here"


def _say(record: Record) -> str:
    """Write what a record says."""
    return f"{record.indicator} {record.measure} {record.value}"


def quote_sentence(text: str, span: Span) -> str:
    """Quote the sentence of a span in one line, its number in brackets."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end <= span[0])
    stop = min(end for end in ends if end >= span[1])
    marked = f"{text[start : span[0]]}[{text[slice(*span)]}]{text[span[1] : stop]}"
    return " ".join(marked.split())


def as_values(score: Score) -> Mapping[str, object]:
    """Give a score as plain values."""

    def values(tally: Tally) -> dict[str, float]:
        counts = {"right": tally.right, "false": tally.false, "missed": tally.missed}
        shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        return {**counts, **{name: round(share, 4) for name, share in shares.items()}}

    return {
        "documents": score.documents,
        "perfect": score.perfect,
        **values(score.total),
        "by": score.by,
        "rows": {key: values(tally) for key, tally in sorted(score.rows.items())},
        "attributes": {name: {"right": right, "all": every} for name, (right, every) in score.attributes.items()},
        "errors": [
            {"kind": e.kind, "document": e.document, "said": e.said, "why": e.why, "sentence": e.sentence}
            for e in score.errors
        ],
    }
