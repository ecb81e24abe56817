"""Words and marks around a number tell why it is no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from migstats.fold import key
from migstats.model import Number
from migstats.phrase import Atom, Phrases
from migstats.share import Expression
from migstats.touch import is_clock, is_identifier, judge_links, looks_like_year, opens_line

_MINUTES = 60
"""No part of a time of day is as great: "frente a las 54.385" tells none."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of a language that give numbers a kind."""

    before: Phrases[str]
    after: Phrases[str]
    of: frozenset[str]
    glued: frozenset[str]
    """Short words that bad typesetting writes on to a number."""
    sole: Phrases[bool]
    """Words beside "one" that make it count ("only")."""
    articles: frozenset[str]
    year_before: Phrases[bool]
    year_weak: Phrases[bool]
    year_then: frozenset[str]
    """Words after a year, which could not be counted."""
    year_never: Phrases[bool]
    """Words after what is counted, though their first might follow a year: "1926 on board"."""


def compile_kinds(kinds: Mapping[str, Any], of: Sequence[str]) -> KindWords:
    """Read the `kinds` of a language pack."""
    plain = {name: table for name, table in kinds.items() if name not in ("year", "article", "reference_glued")}
    year, article = kinds.get("year") or {}, kinds.get("article") or {}
    return KindWords(
        before=Phrases((entry, name) for name, table in plain.items() for entry in table.get("before") or ()),
        after=Phrases((entry, name) for name, table in plain.items() for entry in table.get("after") or ()),
        of=frozenset(of),
        glued=frozenset(key(word) for word in kinds.get("reference_glued") or ()),
        sole=Phrases((entry, True) for entry in article.get("counting") or ()),
        articles=frozenset(key(word) for word in article.get("words") or ()),
        year_before=Phrases((entry, True) for entry in year.get("before") or ()),
        year_weak=Phrases((entry, True) for entry in year.get("weak") or ()),
        year_then=frozenset(key(word) for word in year.get("then") or ()),
        year_never=Phrases((entry, True) for entry in year.get("never") or ()),
    )


class KindReader:
    """Gives each number of a view its kind."""

    def __init__(self, view: str, atoms: Sequence[Atom], words: KindWords) -> None:
        self.view = view
        self.atoms = atoms
        self.words = words

    def judge_all(self, expressions: Sequence[Expression]) -> list[Number]:
        """Give the numbers with their kinds; a year may make its neighbour a year."""
        numbers: list[Number] = []
        linked = judge_links(self.view, expressions)
        before: Expression | None = None
        for at, expression in enumerate(expressions):
            after_year = before is not None and numbers[-1].kind == "year" and self._is_chained(before, expression)
            kind = expression.number.kind or linked.get(at) or self._judge(expression, after_year)
            numbers.append(replace(expression.number, kind=kind))
            before = expression
        return numbers

    def _judge(self, expression: Expression, after_year: bool) -> str:
        """Give the kind of one number, empty while it may be a figure."""
        if expression.number.form in ("fraction", "multiple"):
            return ""
        return (
            self._judge_marks(expression)
            or self._judge_words(expression)
            or self._judge_letters(expression)
            or self._judge_year(expression, after_year)
            or self._judge_article(expression)
        )

    def _is_chained(self, left: Expression, right: Expression) -> bool:
        """Tell whether only a joiner or mark stands between two numbers."""
        return right.first - left.last <= 1 and right.number.start - left.number.end <= 4

    def _judge_marks(self, expression: Expression) -> str:
        """Judge by the marks that touch the number."""
        if not expression.bare:
            return ""
        if is_clock(self.view, expression.number):
            return "time"
        return "list_marker" if opens_line(self.view, expression.number) else ""

    def _judge_letters(self, expression: Expression) -> str:
        """Judge by the letters that are written on to the number."""
        touches = self.atoms[expression.first].number and is_identifier(self.view, self.atoms, expression)
        if not touches or self._word_at(expression.first - 1) in self.words.glued:
            return ""
        return "reference"

    def _word_at(self, at: int) -> str:
        """Give the word at an atom."""
        return self.atoms[at].key if 0 <= at < len(self.atoms) else ""

    def _judge_words(self, expression: Expression) -> str:
        """Judge by the words directly before and after."""
        for first in self._starts(expression):
            found = self.words.before.find_before(self.atoms, first)
            if found and not (found[0] == "time" and expression.number.value >= _MINUTES):
                return found[0]
        if expression.number.form == "percent":
            return ""
        at = expression.last
        found = self.words.after.find(self.atoms, at)
        if found is None and self._word_at(at) in self.words.of:
            found = self.words.after.find(self.atoms, at + 1 + (self._word_at(at + 1) == "'"))
        return found[0] if found else ""

    def _starts(self, expression: Expression) -> list[int]:
        """The atoms before which a word may give the kind: the number's first, its qualifier's, and a hyphen's."""
        first = expression.first
        if self._word_at(first - 1) == "-" and self.atoms[first - 1].end == expression.number.start:
            return [first, first - 1]
        while first and self.atoms[first - 1].start >= expression.number.lead:
            first -= 1
        return sorted({first, expression.first}, reverse=True)

    def _judge_year(self, expression: Expression, after_year: bool) -> str:
        """Judge whether four bare digits are a year."""
        if not looks_like_year(expression) or expression.number.form != "cardinal":
            return ""
        if after_year or self.words.year_before.find_before(self.atoms, expression.first):
            return "year"
        if self.words.year_never.find(self.atoms, expression.last):
            return ""
        following = self._word_at(expression.last)
        free = not following.isalpha() or following in self.words.year_then
        weak = self.words.year_weak.find_before(self.atoms, expression.first) is not None
        return "year" if free and (weak or expression.number.qualifier == "exact") else ""

    def _judge_article(self, expression: Expression) -> str:
        """Judge whether "one" only introduces its noun."""
        number, first, last = expression.number, expression.first, expression.last
        if last - first != 1 or self.atoms[first].key not in self.words.articles or number.form != "cardinal":
            return ""
        sole = self.words.sole
        return "" if sole.find(self.atoms, last) or sole.find_before(self.atoms, first) else "article"
