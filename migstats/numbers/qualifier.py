"""Words around a number say how exactly it is stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migstats.numbers.share import Expression
from migstats.texts.fold import key
from migstats.texts.phrase import Atom, Phrases
from migstats.value import dataclass, replace

_STRONG = ("at_least", "at_most")
_EXACT = "exact"
_FARTHEST = 3
"""How many words may stand between a number and the qualifier after it."""


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """The words of a language that qualify a number."""

    before: Phrases[str]
    after: Phrases[str]
    suffixed: Phrases[str]
    """What must be written on to the number or directly after it ("forty-odd", "150-strong")."""
    fillers: frozenset[str]
    """Small words between a qualifier and its number ("dépassant les 300")."""
    breaks: frozenset[str]
    """Words that a qualifier after the number does not reach back over."""


def compile_qualifiers(qualifiers: Mapping[str, Any]) -> Qualifiers:
    """Read the `qualifiers` of a language pack."""
    trailing, suffixed = qualifiers.get("trailing") or {}, qualifiers.get("suffixed") or {}
    names = ("approximately", "at_least", "at_most", "exact")
    return Qualifiers(
        before=Phrases((entry, name) for name in names for entry in qualifiers.get(name) or ()),
        after=Phrases((entry, name) for name in names for entry in trailing.get(name) or ()),
        suffixed=Phrases((entry, name) for name in names for entry in suffixed.get(name) or ()),
        fillers=frozenset(key(word) for word in qualifiers.get("fillers") or ()),
        breaks=frozenset(key(word) for word in qualifiers.get("breaks") or ()),
    )


def qualify_all(expressions: Sequence[Expression], atoms: Sequence[Atom], words: Qualifiers) -> list[Expression]:
    """Give each number its qualifier, and the span of the expression with it."""
    before = [find_before(atoms, expression.first, words) for expression in expressions]
    limits = [*(first for _, first in before), len(atoms)][1:]
    return [
        _qualify(expression, name, atoms[first].start, find_after(atoms, expression.last, limit, words), atoms)
        for expression, (name, first), limit in zip(expressions, before, limits, strict=True)
    ]


def _qualify(
    expression: Expression, qualifier: str, start: int, after: tuple[str, int] | None, atoms: Sequence[Atom]
) -> Expression:
    """Put together what stands before and after a number."""
    number = expression.number
    lead = min(start, number.lead if number.lead >= 0 else number.start, number.start)
    tail = number.tail if number.tail >= 0 else number.end
    if after and (qualifier in ("", "approximately") or after[0] == _EXACT):
        qualifier = qualifier if qualifier and after[0] == _EXACT else after[0]
        if after[1]:
            tail = max(tail, atoms[after[1] - 1].end)
    if not qualifier:
        qualifier = "approximately" if number.form == "collective" else "exact"
    return replace(expression, number=replace(number, qualifier=qualifier, lead=lead, tail=tail))


def find_before(atoms: Sequence[Atom], first: int, words: Qualifiers) -> tuple[str, int]:
    """Give the qualifier before atom `first`, the outermost strong one of several, and its first atom."""
    best, start, at = "", first, first
    for _ in range(3):
        found = _step_back(atoms, at, words)
        if found is None:
            break
        name, at = found
        if not best or (name in _STRONG and best not in _STRONG):
            best = name
        start = at
    return best, start


def _step_back(atoms: Sequence[Atom], at: int, words: Qualifiers) -> tuple[str, int] | None:
    """Find a qualifier that ends before atom `at` or before up to two fillers."""
    for _ in range(4):
        found = words.before.find_before(atoms, at)
        if found:
            return found
        if at < 1 or atoms[at - 1].key not in words.fillers:
            return None
        at -= 1
    return None


def find_after(atoms: Sequence[Atom], last: int, limit: int, words: Qualifiers) -> tuple[str, int] | None:
    """Give the qualifier after a number, and the atom after it, or 0 where the counted noun stands between.

    Atoms from `limit` on belong to the next number.
    """
    glued = words.suffixed.find(atoms, last) or _find_apart(atoms, last, words)
    if glued and glued[1] <= limit and not _is_number(atoms, glued[1]):
        return glued
    for at in range(last, min(last + _FARTHEST, limit)):
        found = words.after.find(atoms, at)
        if found:
            if found[1] > limit or _is_number(atoms, found[1]):
                return None
            return found[0], found[1] if at == last else 0
        if not atoms[at].key.isalpha() or atoms[at].key in words.breaks:
            return None
    return None


def _find_apart(atoms: Sequence[Atom], last: int, words: Qualifiers) -> tuple[str, int] | None:
    """Find a qualifier between two commas, or between a comma and the end ("100, more or less,")."""
    if last >= len(atoms) or atoms[last].key != ",":
        return None
    found = words.after.find(atoms, last + 1)
    ends = found is not None and (found[1] >= len(atoms) or not atoms[found[1]].key.isalnum())
    return found if ends else None


def _is_number(atoms: Sequence[Atom], at: int) -> bool:
    """Tell whether an atom holds digits."""
    return at < len(atoms) and atoms[at].number
