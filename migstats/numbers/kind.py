"""Words and marks around a number tell why it is no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migstats.model import Number
from migstats.numbers.share import Expression
from migstats.numbers.touch import is_clock, is_identifier, is_note, judge_links, looks_like_year, opens_line
from migstats.texts.fold import key
from migstats.texts.phrase import Atom, Phrases
from migstats.value import dataclass, replace

TOLD = 2040
"""Years from here on are told with a word for them ("by 2050"): alone they are counts."""
_NAMING = ("reference", "date", "ordinal")
_JOINED = 5
"""Code points that a joiner of two numbers takes with its spaces."""
_NAMED = 1000
"""Numbers in names are smaller: "on this route 1,200" is a count."""
_LIMITS = {"time": 60, "age": 130}
"""No part of a time of day is as great ("frente a las 54.385" tells none), and nobody is as old."""


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
    names: Phrases[bool]
    """Names that hold a number ("France 24")."""
    weak: Phrases[str]
    """Words that give bare digits a kind where nothing is counted after them ("Route 66", "lundi 15,")."""
    determiners: frozenset[str]
    """Articles before such a word, which leave it open whether the number belongs to it ("in the camp 45 were")."""
    plural: Phrases[bool]
    """Words before several references ("articles 26 and 29")."""
    apposed: Phrases[bool]
    """Units of time that tell an age where they stand between marks ("Abdou, 26 ans,")."""
    year_before: Phrases[bool]
    year_weak: Phrases[bool]
    year_then: frozenset[str]
    """Words after a year, which could not be counted."""
    year_counts: Phrases[bool]
    """Words of counting before a number that make it none: "the toll reached 2012"."""
    year_never: Phrases[bool]
    """Words after what is counted, though their first might follow a year: "1926 on board"."""


def compile_kinds(kinds: Mapping[str, Any], of: Sequence[str]) -> KindWords:
    """Read the `kinds` of a language pack."""
    plain = {name: table for name, table in kinds.items() if name not in ("year", "article", "reference_glued")}
    reference, age = kinds.get("reference") or {}, kinds.get("age") or {}
    year, article = kinds.get("year") or {}, kinds.get("article") or {}
    return KindWords(
        before=Phrases((entry, name) for name, table in plain.items() for entry in table.get("before") or ()),
        after=Phrases((entry, name) for name, table in plain.items() for entry in table.get("after") or ()),
        of=frozenset(of),
        glued=frozenset(key(word) for word in kinds.get("reference_glued") or ()),
        sole=_flag(article, "counting"),
        articles=frozenset(key(word) for word in article.get("words") or ()),
        names=_flag(reference, "names"),
        weak=Phrases((entry, name) for name in _NAMING for entry in (kinds.get(name) or {}).get("weak") or ()),
        determiners=frozenset(key(word) for word in reference.get("determiners") or ()),
        plural=_flag(reference, "plural"),
        apposed=_flag(age, "apposed"),
        year_before=_flag(year, "before"),
        year_weak=_flag(year, "weak"),
        year_then=frozenset(key(word) for word in year.get("then") or ()),
        year_counts=_flag(year, "counts"),
        year_never=_flag(year, "never"),
    )


def _flag(table: Mapping[str, Any], name: str) -> Phrases[bool]:
    """Compile a plain list of phrases."""
    return Phrases((entry, True) for entry in table.get(name) or ())


def _is_within(expression: Expression, kind: str) -> bool:
    """Tell whether a number is small enough to be of a kind."""
    return kind not in _LIMITS or expression.number.value < _LIMITS[kind]


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
            listed = before is not None and self._is_listed(before, expression)
            kind = expression.number.kind or linked.get(at) or ("reference" if listed else "")
            if kind == "date" and self._is_act(expression, numbers, linked.get(at - 1) == kind):
                kind = "reference"
            kind = kind or self._judge(expression, after_year)
            numbers.append(replace(expression.number, kind=kind))
            before = expression
        return numbers

    def _judge(self, expression: Expression, after_year: bool) -> str:
        """Give the kind of one number, empty while it may be a figure."""
        if expression.number.form in ("fraction", "multiple"):
            return ""
        return (
            self._judge_marks(expression)
            or self._judge_name(expression)
            or self._judge_words(expression)
            or self._judge_letters(expression)
            or self._judge_year(expression, after_year)
            or self._judge_article(expression)
        )

    def _is_chained(self, left: Expression, right: Expression) -> bool:
        """Tell whether only a joiner or mark stands between two numbers."""
        return right.first - left.last <= 1 and right.number.start - left.number.end <= 4

    def _is_act(self, expression: Expression, numbers: Sequence[Number], tied: bool) -> bool:
        """Tell whether a month with its year is the number of an act with its year ("Ley 4/2015")."""
        found = self.words.before.find_before(self.atoms, expression.first)
        follows = tied and numbers[-1].kind == "reference" and expression.number.start - numbers[-1].end == 1
        return follows or (found is not None and found[0] == "reference")

    def _is_listed(self, left: Expression, right: Expression) -> bool:
        """Tell whether a word for several references stands before two numbers that are joined."""
        near = right.first - left.last == 1 and right.number.start - left.number.end <= _JOINED
        return left.bare and right.bare and near and self.words.plural.find_before(self.atoms, left.first) is not None

    def _judge_marks(self, expression: Expression) -> str:
        """Judge by the marks that touch the number."""
        if not expression.bare:
            return ""
        if is_clock(self.view, expression.number):
            return "time"
        if is_note(self.view, expression.number):
            return "note"
        return "list_marker" if opens_line(self.view, expression.number) else ""

    def _judge_name(self, expression: Expression) -> str:
        """Judge by a name that holds the number or ends before it, or by the marks around an age."""
        first, last = expression.first, expression.last
        named = self.words.names.find_before(self.atoms, last) or self.words.names.find(self.atoms, first)
        if named and expression.number.form == "cardinal":
            return "reference"
        weak = self.words.weak.find_before(self.atoms, first)
        small = expression.bare and expression.number.value < _NAMED
        if weak and small and self._ends_name(weak, last):
            return weak[0]
        plural = self.words.plural.find_before(self.atoms, first)
        if plural and small and self._ends_name(("reference", plural[1]), last):
            return "reference"
        apposed = self.words.apposed.find(self.atoms, last)
        closed = apposed is not None and not self._word_at(apposed[1]).isalnum()
        return "age" if closed and self._word_at(first - 1) in (",", "(") else ""

    def _ends_name(self, naming: tuple[str, int], last: int) -> bool:
        """Tell whether nothing is counted after a word with its number; `naming` is the kind that the word gives, and
        where it stands: behind an article, and on a weekday, a word after the number may always tell what is counted.
        """
        following = self._word_at(last)
        kind, first = naming
        bare = kind == "ordinal" or (kind != "date" and self._word_at(first - 1) not in self.words.determiners)
        return not following.isalpha() or (bare and following in self.words.year_then)

    def _judge_letters(self, expression: Expression) -> str:
        """Judge by the letters that are written on to the number."""
        if expression.number.form == "percent":
            return ""
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
            scaled = found and found[0] == "reference" and not self.atoms[expression.last - 1].number
            if found and not scaled and _is_within(expression, found[0]):
                return found[0]
        if expression.number.form == "percent":
            return ""
        at = expression.last
        at += self._word_at(at) == ")" and self._word_at(expression.first - 1) == "("
        found = self.words.after.find(self.atoms, at)
        if found is None and self._word_at(at) in self.words.of:
            found = self.words.after.find(self.atoms, at + 1 + (self._word_at(at + 1) == "'"))
        return found[0] if found and (found[0] != "age" or _is_within(expression, "age")) else ""

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
        if expression.number.value >= TOLD or self.words.year_counts.find_before(self.atoms, expression.first):
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
