"""Fractions, multiples and ordinals are read around a cardinal number, or from a phrase alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from migstats.model import Number
from migstats.numbers.cardinal import Cardinal, CardinalReader
from migstats.texts.phrase import Atom, Phrases
from migstats.value import dataclass, replace

_TENTH = Decimal("0.1")
_DENOMINATORS = frozenset(Decimal(n) for n in (*range(2, 13), 15, 20, 25, 50))
_LONGEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Expression:
    """A number of the text with its place among the atoms."""

    number: Number
    first: int
    last: int
    unit: Decimal = Decimal(1)
    bare: bool = False
    """Digits alone, without marks."""


@dataclass(frozen=True, slots=True)
class ShareWords:
    """The words of a language for fractions, multiples and ordinals."""

    fractions: Phrases[Decimal]
    fractions_of: Phrases[Decimal]
    one_part: Phrases[Decimal]
    many_parts: Phrases[Decimal]
    parts: Phrases[Decimal]
    """Fractions that are added to the whole number before them ("and a half")."""
    wholes: Phrases[bool]
    """Words after a fraction that tell what it is a part of, so that it is no part of the number before it."""
    out_of: Phrases[bool]
    one_of: Phrases[bool]
    """Words of more meanings, which make a fraction only after one, or before ten ("one in five", "seven in ten")."""
    parts_of: Phrases[bool]
    """Words after such a fraction that tell it from a count among so many ("two in three of them")."""
    beside_before: Phrases[bool]
    """Words before a fraction that tell it from the same word in another sense ("more than half")."""
    beside_after: Phrases[bool]
    no_parts: Phrases[bool]
    """What follows a number that is no denominator ("in ten days")."""
    multiples: Phrases[Decimal]
    times: Phrases[str]
    by: Phrases[str]
    ordinals: Phrases[Decimal]
    ordinal_suffixes: Phrases[bool]


def compile_shares(numerals: Mapping[str, Any]) -> ShareWords:
    """Read fractions, multiples and ordinals among the `numerals` of a language pack."""
    return ShareWords(
        fractions=_by_value(numerals, "fractions"),
        fractions_of=_by_value(numerals, "fractions_of"),
        one_part=_by_value(numerals, "one_part"),
        many_parts=_by_value(numerals, "many_parts"),
        parts=_by_value(numerals, "added_parts"),
        wholes=_flag(numerals, "wholes"),
        out_of=_flag(numerals, "out_of"),
        one_of=_flag(numerals, "one_of"),
        parts_of=_flag(numerals, "parts_of"),
        beside_before=_flag(numerals.get("fractions_beside") or {}, "before"),
        beside_after=_flag(numerals.get("fractions_beside") or {}, "after"),
        no_parts=_flag(numerals, "no_parts"),
        multiples=_by_value(numerals, "multiples"),
        times=_by_name(numerals, "times"),
        by=_by_name(numerals, "by"),
        ordinals=_by_value(numerals, "ordinals"),
        ordinal_suffixes=_flag(numerals, "ordinal_suffixes"),
    )


def _by_value(numerals: Mapping[str, Any], name: str) -> Phrases[Decimal]:
    """Compile a table from values to phrases."""
    table = numerals.get(name) or {}
    return Phrases((entry, Decimal(str(value))) for value, entries in table.items() for entry in entries)


def _by_name(numerals: Mapping[str, Any], name: str) -> Phrases[str]:
    """Compile a table from names to phrases."""
    table = numerals.get(name) or {}
    return Phrases((entry, str(label)) for label, entries in table.items() for entry in entries)


def _flag(numerals: Mapping[str, Any], name: str) -> Phrases[bool]:
    """Compile a plain list of phrases."""
    return Phrases((entry, True) for entry in numerals.get(name) or ())


def round_percent(part: Decimal, whole: Decimal) -> Decimal:
    """Give a share in percent with at most one decimal.

    >>> round_percent(Decimal(1), Decimal(3)), round_percent(Decimal(1), Decimal(2))
    (Decimal('33.3'), Decimal('50'))
    """
    share = (100 * part / whole).quantize(_TENTH, ROUND_HALF_UP)
    return share.quantize(Decimal(1)) if share == share.to_integral_value() else share


class ShareReader:
    """Reads what is no plain cardinal: fractions, multiples and ordinals."""

    def __init__(self, words: ShareWords, cardinals: CardinalReader, percent: Phrases[bool]) -> None:
        self.words = words
        self.percent = percent
        self.cardinals = cardinals
        self.atoms: Sequence[Atom] = cardinals.atoms

    def read_phrase(self, at: int) -> Expression | None:
        """Give the fraction, multiple or ordinal whose phrase starts at atom `at`."""
        for table, form in ((self.words.fractions, "fraction"), (self.words.multiples, "multiple")):
            if found := table.find(self.atoms, at):
                return self._express(at, found[1], found[0], form)
        found = self.words.fractions_of.find(self.atoms, at)
        before, after = self.words.beside_before, self.words.beside_after
        if found and (before.find_before(self.atoms, at) or after.find(self.atoms, found[1])):
            return self._express(at, found[1], found[0], "fraction")
        return None

    def read_ordinal(self, at: int) -> Expression | None:
        """Give the ordinal word at atom `at`."""
        found = self.words.ordinals.find(self.atoms, at)
        if found is None:
            return None
        ordinal = self._express(at, found[1], found[0], "cardinal")
        return replace(ordinal, number=replace(ordinal.number, kind="ordinal"))

    def read_around(self, cardinal: Cardinal) -> Expression | None:
        """Give the fraction, multiple or ordinal that the words after a cardinal make of it."""
        if cardinal.value != cardinal.value.to_integral_value():
            return self._read_times(cardinal)
        return (
            self._read_mixed(cardinal)
            or self._read_parts(cardinal)
            or self._read_slash(cardinal)
            or self._read_out_of(cardinal)
            or self._read_times(cardinal)
            or self._read_suffix(cardinal)
        )

    def _express(self, first: int, last: int, value: Decimal, form: str) -> Expression:
        """Make an expression of the atoms `first` to `last`."""
        start, end = self.atoms[first].start, self.atoms[last - 1].end
        words = any(not atom.number for atom in self.atoms[first:last])
        return Expression(Number(start, end, value, form=form, words=words), first, last)

    def _read_parts(self, cardinal: Cardinal) -> Expression | None:
        """Read "two thirds"."""
        table = self.words.one_part if cardinal.value == 1 else self.words.many_parts
        found = table.find(self.atoms, cardinal.last)
        if found is None or cardinal.value <= 0:
            return None
        if cardinal.value >= found[0] and not self.percent.find(self.atoms, found[1]):
            return None
        return self._express(cardinal.first, found[1], round_percent(cardinal.value, found[0]), "fraction")

    def _read_mixed(self, cardinal: Cardinal) -> Expression | None:
        """Read a whole number with its fraction ("two and a half", "1 3/4")."""
        at, atoms = cardinal.last, self.atoms
        if at + 1 >= len(atoms) or atoms[at].start - cardinal.end > 1 or (cardinal.digits and not cardinal.digits.bare):
            return None
        joined = atoms[at].key in self.cardinals.grammar.joiners
        part = self._part_at(at + joined, joined)
        if part is None or self.words.wholes.find(atoms, part[1]):
            return None
        return self._express(cardinal.first, part[1], cardinal.value + part[0] / 100, "cardinal")

    def _part_at(self, at: int, joined: bool) -> tuple[Decimal, int] | None:
        """Give the fraction at an atom in percent, in words after a joiner or in digits without, and the next atom."""
        if joined and (found := self.words.parts.find(self.atoms, at)):
            return found
        part = self.cardinals.read(at) if joined == (not self.atoms[at].number) else None
        fraction = part and (self._read_parts(part) if joined else self._read_slash(part))
        return (fraction.number.value, fraction.last) if fraction else None

    def _read_slash(self, cardinal: Cardinal) -> Expression | None:
        """Read "3/4"."""
        at = cardinal.last
        if not cardinal.digits or at + 1 >= len(self.atoms) or self.atoms[at].key != "/":
            return None
        whole = self.cardinals.digits.get(at + 1)
        chained = any(0 <= n < len(self.atoms) and self.atoms[n].key == "/" for n in (cardinal.first - 1, at + 2))
        if whole is None or chained or not 0 < cardinal.value < whole.value <= 10 or whole.start != self.atoms[at].end:
            return None
        return self._express(cardinal.first, at + 2, round_percent(cardinal.value, whole.value), "fraction")

    def _read_out_of(self, cardinal: Cardinal) -> Expression | None:
        """Read "one in ten", also with the counted noun between ("une personne sur trois")."""
        if not 0 < cardinal.value < 10:
            return None
        close = self.words.one_of.find(self.atoms, cardinal.last)
        if close and (fraction := self._close_out_of(cardinal, close[1])):
            told = cardinal.value == 1 or self._whole_at(close[1]) == 10
            return fraction if told or self.words.parts_of.find(self.atoms, fraction.last) else None
        for at in range(cardinal.last, min(cardinal.last + _LONGEST_GAP, len(self.atoms))):
            found = self.words.out_of.find(self.atoms, at)
            if found:
                return self._close_out_of(cardinal, found[1])
            if not self.atoms[at].key.isalpha():
                return None
        return None

    def _close_out_of(self, cardinal: Cardinal, at: int) -> Expression | None:
        """Read the denominator at atom `at`."""
        whole = self.cardinals.read(at) if at < len(self.atoms) else None
        if whole is None or cardinal.value >= whole.value:
            return None
        round_number = whole.value >= 100 and f"{whole.value:f}".strip("0") == "1"
        if whole.value not in _DENOMINATORS and not round_number:
            return None
        if self.words.no_parts.find(self.atoms, whole.last):
            return None
        return self._express(cardinal.first, whole.last, round_percent(cardinal.value, whole.value), "fraction")

    def _whole_at(self, at: int) -> Decimal:
        """Give the number at an atom, 0 where there is none."""
        whole = self.cardinals.read(at)
        return whole.value if whole else Decimal(0)

    def _read_times(self, cardinal: Cardinal) -> Expression | None:
        """Read "five times as many" and "multiplied by eight"."""
        found = self.words.times.find(self.atoms, cardinal.last)
        before = self.words.by.find_before(self.atoms, cardinal.first)
        if cardinal.value <= 0 or not (found or before):
            return None
        if found is None and before is not None and before[0].endswith("_times"):
            return None
        name, last = found if found else ("bare", cardinal.last)
        if name == "bare":
            if before is None:
                return None
            name = before[0].removesuffix("_times")
        change = 100 * (cardinal.value - 1) if name == "more" else -round_percent(cardinal.value - 1, cardinal.value)
        times = self._express(cardinal.first, last, change, "multiple")
        lead = self.atoms[before[1]].start if before else times.number.start
        return replace(times, number=replace(times.number, lead=lead))

    def _read_suffix(self, cardinal: Cardinal) -> Expression | None:
        """Read the suffix of an ordinal in digits ("21st")."""
        found = self.words.ordinal_suffixes.find(self.atoms, cardinal.last)
        if not cardinal.digits or not found or self.atoms[cardinal.last].start != cardinal.end:
            return None
        tail = self.atoms[found[1] - 1].end
        ordinal = Number(cardinal.start, cardinal.end, cardinal.value, tail=tail, kind="ordinal")
        return Expression(ordinal, cardinal.first, found[1])
