"""Every number of a view is read, in digits and in words, with what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from migstats.model import Number
from migstats.numbers.cardinal import Cardinal, CardinalReader
from migstats.numbers.digit import ClusterReader, Digits, Marks, compile_marks, survey_marks
from migstats.numbers.grammar import Grammar, compile_grammar
from migstats.numbers.interval import IntervalWords, compile_intervals, join_intervals
from migstats.numbers.kind import KindReader, KindWords, compile_kinds
from migstats.numbers.qualifier import Qualifiers, compile_qualifiers, qualify_all
from migstats.numbers.share import Expression, ShareReader, ShareWords, compile_shares
from migstats.texts.fold import key
from migstats.texts.phrase import Atom, Phrases, split_atoms
from migstats.value import dataclass, replace

RISES, FALLS = frozenset("+▲△↑⬆"), frozenset("▼▽↓⬇")
"""Signs of rise and fall, whatever the language; a hyphen needs a closer look."""


@dataclass(frozen=True, slots=True)
class NumeralReader:
    """All that a language pack says about numbers, compiled."""

    marks: Marks
    grammar: Grammar
    shares: ShareWords
    intervals: IntervalWords
    qualifiers: Qualifiers
    kinds: KindWords
    percent: Phrases[bool]
    measures: Phrases[bool]
    """Words after which a number may have decimals: percent, scales, units of measure."""
    signs: Phrases[int]
    fixed: Phrases[bool]
    """Phrases that hold a number word and count nothing."""
    vocabulary: frozenset[str]
    prefixes: tuple[str, ...]
    openings: Mapping[str, frozenset[str]]
    """The words with which a number can begin, and those one of which must follow; none where that does not matter."""


def compile_numerals(
    digits: Mapping[str, Any], numerals: Mapping[str, Any], qualifiers: Mapping[str, Any], kinds: Mapping[str, Any]
) -> NumeralReader:
    """Compile what a language pack says about numbers."""
    grammar = compile_grammar(numerals)
    shares = compile_shares(numerals)
    words = compile_qualifiers(qualifiers)
    kind_words = compile_kinds(kinds, tuple(grammar.of))
    percent = Phrases((entry, True) for entry in numerals.get("percent") or ())
    fixed = Phrases((entry, True) for entry in numerals.get("fixed") or ())
    signs = [(entry, int(sign)) for sign, entries in (numerals.get("signs") or {}).items() for entry in entries]
    phrases: tuple[Phrases[Any], ...] = (shares.fractions, shares.fractions_of, shares.multiples, shares.ordinals)
    tables: tuple[Phrases[Any], ...] = (grammar.terms, *phrases, fixed)
    intervals = compile_intervals(numerals.get("intervals") or {})
    others: tuple[Phrases[Any], ...] = (
        words.before,
        words.after,
        percent,
        kind_words.after,
        intervals.between,
        shares.out_of,
    )
    return NumeralReader(
        marks=compile_marks(digits),
        grammar=grammar,
        shares=shares,
        intervals=intervals,
        qualifiers=words,
        kinds=kind_words,
        percent=percent,
        measures=_compile_measures(numerals, kinds),
        signs=Phrases(signs),
        fixed=fixed,
        vocabulary=frozenset().union(*(table.vocabulary() for table in (grammar.articles, *tables, *others))),
        prefixes=tuple(sorted((key(prefix) for prefix in numerals.get("prefixes") or ()), key=len)),
        openings=_find_openings(grammar.articles, tables),
    )


def _find_openings(articles: Phrases[bool], tables: Iterable[Phrases[Any]]) -> dict[str, frozenset[str]]:
    """Collect what a number can begin with: a phrase of the tables, or an article, behind which one of them stands."""
    pairs = set().union(*(table.openings() for table in tables))
    alone = {word for word, second in pairs if not second}
    seconds: dict[str, set[str]] = {}
    for word, second in pairs | articles.openings():
        seconds.setdefault(word, set()).update([second] if second else [first for first, _ in pairs])
    return {word: frozenset() if word in alone else frozenset(found) for word, found in seconds.items()}


def _compile_measures(numerals: Mapping[str, Any], kinds: Mapping[str, Any]) -> Phrases[bool]:
    """Collect the words after which a number may well have decimals."""
    entries = list(numerals.get("percent") or ())
    for role in ("scales", "counted_scales"):
        entries += [entry for value, listed in (numerals.get(role) or {}).items() if value >= 10**6 for entry in listed]
    for table in kinds.values():
        if isinstance(table, Mapping) and table.get("measured"):
            entries += table.get("after") or ()
    return Phrases((entry, True) for entry in entries)


def read_numbers(view: str, reader: NumeralReader, text: str = "") -> list[Number]:
    """Give all numbers of a view in their order; the text it was folded from tells capital letters."""
    atoms, digits = _read_atoms(view, reader)
    cardinals = CardinalReader(reader.grammar, atoms, digits, text or view)
    expressions = _Reading(view, reader, cardinals).read()
    expressions = join_intervals(view, expressions, atoms, reader.intervals)
    expressions = qualify_all(expressions, atoms, reader.qualifiers)
    return KindReader(view, atoms, reader.kinds).judge_all(expressions)


def _read_atoms(view: str, reader: NumeralReader) -> tuple[list[Atom], dict[int, Digits]]:
    """Cut the view into atoms, one for each number in digits."""
    atoms: list[Atom] = []
    found: list[tuple[int, Digits]] = []
    for atom in split_atoms(view, reader.vocabulary, reader.prefixes):
        if not atom.number:
            atoms.append(atom)
        elif atom.key.isdigit() and view[atom.start - 1 : atom.start] not in (".", ","):
            found.append((len(atoms), Digits(atom.start, atom.end, Decimal(atom.key))))
            atoms.append(atom)
        else:
            for digits in ClusterReader(view, (atom.start, atom.end), reader.marks).read():
                found.append((len(atoms), digits))
                atoms.append(Atom(digits.start, digits.end, view[digits.start : digits.end], True))
    doubtful = any(digits.other is not None for _, digits in found)
    hints = survey_marks(view) if doubtful else (frozenset(), frozenset())
    decided = {
        at: digits
        if digits.other is None
        else _decide_mark(view, digits, reader.measures.find(atoms, at + 1) is not None, hints)
        for at, digits in found
    }
    return atoms, decided


def _decide_mark(view: str, digits: Digits, measured: bool, hints: tuple[frozenset[str], frozenset[str]]) -> Digits:
    """Choose between thousands and decimals where three digits follow one mark; hints are the marks that surely group
    thousands in the text, and those that surely stand before decimals.
    """
    assert digits.other is not None
    groups, decimals = hints
    mark = next(char for char in view[digits.start : digits.end] if not char.isdigit())
    if digits.value % 1000 == 0:
        return digits if digits.doubt else digits._replace(other=None)
    told = mark in decimals and mark not in groups and bool(groups)
    counted = view[digits.end : digits.end + 2].strip().isalpha()
    if digits.doubt:
        return digits._replace(value=digits.other, other=None) if measured or (told and not counted) else digits
    return digits._replace(value=digits.other) if measured and told else digits._replace(other=None)


class _Reading:
    """Walks over the atoms of a view once."""

    def __init__(self, view: str, reader: NumeralReader, cardinals: CardinalReader) -> None:
        self.view = view
        self.reader = reader
        self.atoms: Sequence[Atom] = cardinals.atoms
        self.cardinals = cardinals
        self.shares = ShareReader(reader.shares, self.cardinals, reader.percent)

    def read(self) -> list[Expression]:
        """Give the expressions of the view in their order."""
        expressions: list[Expression] = []
        at = 0
        while at < len(self.atoms):
            if not self._may_begin(at):
                at += 1
                continue
            expression = self._read_at(at)
            fixed = self.reader.fixed.find(self.atoms, at)
            if self.reader.percent.find_before(self.atoms, at + 1) and not self.atoms[at].number:
                at += 1
            elif fixed and (expression is None or expression.last <= fixed[1]):
                at = fixed[1]
            elif expression is None:
                at += 1
            else:
                expressions.append(self._finish(expression))
                at = max(at + 1, expressions[-1].last)
        return expressions

    def _may_begin(self, at: int) -> bool:
        """Tell from an atom and the next one whether a number can begin here, as most often it cannot."""
        atom = self.atoms[at]
        if atom.number:
            return True
        seconds = self.reader.openings.get(atom.key)
        if not seconds:
            return seconds is not None
        return at + 1 < len(self.atoms) and self.atoms[at + 1].key in seconds

    def _read_at(self, at: int) -> Expression | None:
        """Give the expression that starts at an atom, or None."""
        phrase = self.shares.read_phrase(at)
        cardinal = self.cardinals.read(at)
        if phrase and (cardinal is None or cardinal.last <= phrase.last):
            return phrase
        if cardinal is None:
            return self.shares.read_ordinal(at)
        ordinal = self.shares.read_ordinal(at)
        if ordinal and ordinal.last > cardinal.last:
            return ordinal
        return self.shares.read_around(cardinal) or self._express(cardinal)

    def _express(self, cardinal: Cardinal) -> Expression:
        """Make an expression of a cardinal."""
        digits = cardinal.digits
        number = Number(
            cardinal.start,
            cardinal.end,
            cardinal.value,
            form="collective" if cardinal.collective else "cardinal",
            words=cardinal.words,
            note="separator" if digits and digits.other is not None else "",
        )
        return Expression(number, cardinal.first, cardinal.last, cardinal.unit, digits is not None and digits.bare)

    def _finish(self, expression: Expression) -> Expression:
        """Add sign and percent sign."""
        number, last = expression.number, expression.last
        percent = self.reader.percent.find(self.atoms, last)
        if percent and number.form != "multiple":
            last = percent[1]
            value = number.value / 100 if number.form == "fraction" else number.value
            number = replace(number, value=value, form="percent", tail=self.atoms[last - 1].end)
        elif self._is_led_by_percent(expression):
            number = replace(number, form="percent", lead=number.start - 1)
        if sign := self._read_sign(expression, number.form == "percent"):
            number = replace(number, sign=sign[0], lead=sign[1])
        return replace(expression, number=number, last=last)

    def _is_led_by_percent(self, expression: Expression) -> bool:
        """Tell whether a percent sign is written on to the front of digits, as in right-to-left texts ("%25")."""
        start, first = expression.number.start, expression.first
        led = self.view[start - 1 : start] == "%" and not self.view[start - 2 : start - 1].isdigit()
        return led and self.atoms[first].number and expression.number.form == "cardinal" and not expression.number.kind

    def _read_sign(self, expression: Expression, percent: bool) -> tuple[int, int] | None:
        """Give the sign before a number, and where it stands."""
        first, start = expression.first, expression.number.start
        if not first:
            return None
        mark = self.atoms[first - 1]
        gap = start - mark.end
        if mark.key in RISES:
            return (1, mark.start) if gap <= 2 else None
        if mark.key in FALLS:
            return (-1, mark.start) if gap <= 2 else None
        if mark.key == "-":
            head = self.view[mark.start - 1 : mark.start]
            opened = head in ("", "(", "[") or (head in (" ", "\n") and gap == 0)
            after = self.view[expression.number.end : expression.number.end + 2].strip()
            bullet = head in ("", "\n") and not percent and after
            return (-1, mark.start) if opened and gap <= 1 and not bullet else None
        word = self.reader.signs.find_before(self.atoms, first)
        return (word[0], self.atoms[word[1]].start) if word else None
