"""A cardinal number is added up from its words and digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from migstats.numbers.addition import Sum
from migstats.numbers.digit import Digits
from migstats.numbers.grammar import (
    COLLECTIVE,
    COUNTED,
    COUNTED_COLLECTIVE,
    GROUPS,
    HALF,
    SCALE,
    VALUE,
    Grammar,
    Term,
)
from migstats.texts.phrase import Atom

_YEARS = range(1900, 2100)
_REACH = 3
"""How many words after a letter may hold those who are counted ("1.2m displaced Syrian children")."""
_ACRONYM = 4
"""Letters of a word in capitals that need not be part of a line in capitals."""


class Cardinal(NamedTuple):
    """A cardinal number with its place among the atoms."""

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    unit: Decimal
    """What its last scale multiplies by; 1 without scale."""
    words: bool
    collective: bool
    digits: Digits | None
    """Its digits, when it is nothing else."""


def _is_year(digits: Digits) -> bool:
    """Tell whether bare digits could be a year."""
    return digits.bare and digits.end - digits.start == 4 and int(digits.value) in _YEARS


class CardinalReader:
    """Reads the cardinal number that starts at an atom."""

    def __init__(self, grammar: Grammar, atoms: Sequence[Atom], digits: Mapping[int, Digits], text: str = "") -> None:
        self.grammar = grammar
        self.atoms = atoms
        self.digits = digits
        """The digits of the atoms that are numbers, by index."""
        self.text = text
        """The text as written, which alone tells capital letters."""

    def read(self, first: int) -> Cardinal | None:
        """Give the number that starts at atom `first`, or None."""
        begun = first
        article = self.grammar.articles.find(self.atoms, first)
        if article:
            term = self.grammar.terms.find(self.atoms, article[1])
            if term and term[0].role in (SCALE, COLLECTIVE):
                begun = article[1]
        cardinal = self._read_from(first, begun)
        pointed = cardinal is not None and cardinal.words and self.grammar.point and not cardinal.digits
        return self._read_point(cardinal) if cardinal and pointed else cardinal

    def _read_from(self, first: int, at: int) -> Cardinal | None:
        """Add up terms from atom `at`."""
        total = Sum(self.grammar)
        begun, collective = at, False
        while True:
            step = self._step(total, at)
            if step is None:
                break
            role, at = step
            collective = collective or role in (COLLECTIVE, COUNTED_COLLECTIVE)
        return self._close(total, first, begun, at, collective)

    def _close(self, total: Sum, first: int, begun: int, at: int, collective: bool) -> Cardinal | None:
        """Turn the sum into a number, unless it lacks its count or its scale."""
        if not total.started or total.half or total.vague:
            return None
        value, unit = total.total(), total.unit
        if total.safe is not None:
            value, at, unit = total.safe
        if self._counts_next(begun) and self.grammar.vague.find_before(self.atoms, first):
            return None
        digits = self.digits.get(begun) if at == begun + 1 else None
        words = any(not atom.number for atom in self.atoms[begun:at])
        start, end = self.atoms[first].start, self.atoms[at - 1].end
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() and words else value
        return Cardinal(first, at, start, end, value, unit, words, collective, digits)

    def _step(self, total: Sum, at: int) -> tuple[str, int] | None:
        """Add the term at atom `at` to the sum; give its role and the atom after it."""
        if total.safe is not None or at >= len(self.atoms) or not self._is_near(at, total.started):
            return None
        if total.started and (half := self._half(total, at)):
            return half
        place = at
        joined = False
        if total.started and self.atoms[at].key in self.grammar.joiners:
            place, joined = at + 1, True
        elif total.parts and total.group is None and self.atoms[at].key in self.grammar.of:
            place = self._skip_of(at)
        if place >= len(self.atoms):
            return None
        if self.atoms[place].number:
            return self._add_digits(total, at, place, joined)
        return self._add_word(total, at, place, joined)

    def _is_near(self, at: int, started: bool) -> bool:
        """Tell whether the atom follows the one before it with no more than spaces or one hyphen between."""
        return not started or self.atoms[at].start - self.atoms[at - 1].end <= 3

    def _half(self, total: Sum, at: int) -> tuple[str, int] | None:
        """Add a half that is told after its scale ("et demi"), or before it ("and a half million")."""
        half = self.grammar.plus_half.find(self.atoms, at)
        if half is None:
            return None
        if total.add_half():
            return HALF, half[1]
        term = self.grammar.terms.find(self.atoms, half[1])
        if total.group is None or not term or term[0].role not in GROUPS:
            return None
        total.group += Decimal("0.5")
        return HALF, half[1]

    def _skip_of(self, at: int) -> int:
        """Pass over the "of" between a collective and a scale ("une dizaine de milliers")."""
        place = at + 1
        if place < len(self.atoms) and self.atoms[place].key == "'":
            place += 1
        term = self.grammar.terms.find(self.atoms, place)
        return place if term and term[0].role in (COUNTED, COUNTED_COLLECTIVE) else at

    def _add_digits(self, total: Sum, at: int, place: int, joined: bool) -> tuple[str, int] | None:
        """Add digits, with the letter of a scale that is written on to them."""
        digits = self.digits[place]
        scale = self._scale_after(place)
        before = total.total(), at, total.unit
        began = bool(total.parts)
        if began and not (digits.bare or scale or digits.value >= 1000):
            return None
        if not total.add_digits(digits.value, joined, scale is not None):
            return None
        if scale is None:
            return VALUE, place + 1
        value, last, counts = scale
        if counts and _is_year(digits) and value <= 1000:
            total.safe = total.total(), place + 1, total.unit
            return VALUE, place + 1
        if not total.multiply(value, False):
            total.safe = before if began else (digits.value, place + 1, total.unit)  # "0 million": the digits alone
            return None
        return SCALE, last

    def _scale_after(self, place: int) -> tuple[Decimal, int, bool] | None:
        """Give the scale after the digits at `place`, the atom after it, and whether it is a word."""
        if place + 1 >= len(self.atoms) or not self._is_near(place + 1, True):
            return None
        suffix = self.grammar.suffixes.find(self.atoms, place + 1) or self._read_letter(place + 1)
        if suffix:
            return suffix[0], suffix[1], False
        term = self.grammar.terms.find(self.atoms, place + 1)
        if term and term[0].role in GROUPS:
            return term[0].value, term[1], True
        return None

    def _read_letter(self, at: int) -> tuple[Decimal, int] | None:
        """Give the scale of a letter that has other meanings: written large, or before those who are counted."""
        found = self.grammar.capitals.find(self.atoms, at)
        if found and self._is_capital(at):
            return found
        found = self.grammar.loose.find(self.atoms, at)
        for place in range(at + 1, min(at + 1 + _REACH, len(self.atoms)) if found else 0):
            if self.atoms[place].key in self.grammar.counted:
                return found
            if not self.atoms[place].key.isalpha():
                break
        return None

    def _is_capital(self, at: int) -> bool:
        """Tell whether a letter is a capital among words that are none."""
        start, end = self.atoms[at].start, self.atoms[at].end
        following = self.atoms[at + 1] if at + 1 < len(self.atoms) else self.atoms[at]
        shouted = self.text[following.start : following.end].isupper() and following.end - following.start > _ACRONYM
        return self.text[start:end].isupper() and not shouted

    def _add_word(self, total: Sum, at: int, place: int, joined: bool) -> tuple[str, int] | None:
        """Add a word or phrase with a value."""
        found = self.grammar.terms.find(self.atoms, place)
        if found is None:
            return None
        (role, value), last = found
        before = total.total(), at, total.unit
        if role == HALF:
            added = self._begin_half(total, value, last)
        elif role == VALUE:
            begins = total.group is None and bool(total.parts)
            added = total.add_value(value, joined or self._is_attached(place))
            if added and begins:
                self._guard(total, before, last)
        else:
            total.vague = role in (COUNTED, COUNTED_COLLECTIVE) and not total.started
            added = not total.vague and total.multiply(value, joined)
        return (role, last) if added else None

    def _is_attached(self, place: int) -> bool:
        """Tell whether a word may begin with a joiner that is written on to it."""
        return self.grammar.attached and self.atoms[place].key[:1] in self.grammar.joiners

    def _begin_half(self, total: Sum, value: Decimal, last: int) -> bool:
        """Begin a number with half of the scale that follows ("half a million")."""
        if total.started or not self._counts_next(last):
            return False
        total.group, total.half = value, True
        return True

    def _counts_next(self, at: int) -> bool:
        """Tell whether a scale or collective stands at atom `at`."""
        term = self.grammar.terms.find(self.atoms, at)
        return term is not None and term[0].role in GROUPS

    def _guard(self, total: Sum, before: tuple[Decimal, int, Decimal], last: int) -> None:
        """Give a value back when the scale after it shows that it begins another number ("100 and 200")."""
        probe = Sum(self.grammar)
        probe.parts, probe.group, probe.latest = list(total.parts), total.group, total.latest
        at = last
        while at < len(self.atoms):
            joined = self.atoms[at].key in self.grammar.joiners
            term = self.grammar.terms.find(self.atoms, at + joined)
            if term is None or not self._is_near(at, True):
                return
            if term[0].role in (SCALE, COUNTED):
                if not joined and not probe.multiply(term[0].value, False):
                    total.safe = before
                return
            if term[0].role != VALUE or not probe.add_value(term[0].value, joined):
                return
            at = term[1]

    def _read_point(self, cardinal: Cardinal) -> Cardinal:
        """Read decimals that are told in words ("two point five")."""
        at = cardinal.last
        whole = cardinal.value == cardinal.value.to_integral_value()
        if not whole or at + 1 >= len(self.atoms) or self.atoms[at].key not in self.grammar.point:
            return cardinal
        place, zeros = at + 1, ""
        while (term := self.grammar.terms.find(self.atoms, place)) and term[0] == Term(VALUE, Decimal(0)):
            zeros += "0"
            place = term[1]
        decimals = self._read_from(place, place) if place < len(self.atoms) else None
        if decimals is None or decimals.digits:
            return cardinal
        value = Decimal(f"{cardinal.value}.{zeros}{decimals.value:f}")
        return cardinal._replace(last=decimals.last, end=decimals.end, value=value)
