"""Two numbers that are the ends of one range become one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migstats.numbers.share import Expression
from migstats.numbers.touch import looks_like_year
from migstats.texts.fold import key
from migstats.texts.phrase import Atom, Phrases, expand
from migstats.value import dataclass, replace

_REACH = 10
"""How many words before the lower end a verb of movement may stand."""
_WIDEST = 4
"""How many words may stand between the ends."""


@dataclass(frozen=True, slots=True)
class IntervalWords:
    """The words of a language for ranges."""

    between: Phrases[bool]
    both: frozenset[str]
    """Words between the ends after "between"."""
    to: frozenset[str]
    apart: Phrases[bool]
    """Words before the lower end that make it a movement from one number to another."""
    origin: Phrases[bool]
    """Words that do so after a verb of movement."""
    movement: frozenset[str]
    fillers: frozenset[str]
    either: frozenset[str]
    """Words between two estimates close to one another ("five or six")."""


def compile_intervals(intervals: Mapping[str, Any]) -> IntervalWords:
    """Read the `intervals` among the numerals of a language pack."""

    def words(name: str) -> frozenset[str]:
        return frozenset(form for entry in intervals.get(name) or () for form in _single_words(entry))

    def phrases(name: str) -> Phrases[bool]:
        return Phrases((entry, True) for entry in intervals.get(name) or ())

    return IntervalWords(
        between=phrases("between"),
        both=words("both"),
        to=words("to"),
        apart=phrases("apart"),
        origin=phrases("origin"),
        movement=words("movement"),
        fillers=words("fillers"),
        either=words("either"),
    )


def _single_words(entry: str) -> list[str]:
    """Give the words that an entry stands for."""
    return [forms[0] for forms in expand(key(entry)) if len(forms) == 1]


def join_intervals(
    view: str, expressions: list[Expression], atoms: Sequence[Atom], words: IntervalWords
) -> list[Expression]:
    """Join the ends of ranges, and share the scale or percent sign that stands after the upper end only."""
    joined: list[Expression] = []
    at = 0
    while at < len(expressions):
        low = expressions[at]
        high = expressions[at + 1] if at + 1 < len(expressions) else None
        signed = high is not None and _is_signed(view[low.number.end : high.number.start])
        link = _find_link(low, high, atoms, words) if high and not signed else ""
        if high is None or not link:
            joined.append(low)
            at += 1
            continue
        low = _share_form(low, high)
        if link == "apart" or low.number.value >= high.number.value or _holds_year(low, high):
            joined.append(low)
            at += 1
            continue
        joined.append(_join(low, high))
        at += 2
    return joined


def _is_signed(between: str) -> bool:
    """Tell a hyphen that opens a line, or is the sign of the number behind it ("1,655 -26%"), from one of a range."""
    dash = between.strip() == "-"
    return dash and ("\n" in between or (between[0].isspace() and not between[-1].isspace()))


def _find_link(low: Expression, high: Expression, atoms: Sequence[Atom], words: IntervalWords) -> str:
    """Say what joins two numbers: `range`, `apart` for a movement between them, or nothing."""
    forms = {low.number.form, high.number.form}
    if low.number.form == "percent" and high.number.form != "percent":
        return ""
    if low.number.kind or high.number.kind or high.first - low.last > _WIDEST or forms & {"fraction", "multiple"}:
        return ""
    between = [atom.key for atom in atoms[low.last : high.first]]
    while len(between) > 1 and between[-1] in words.fillers:
        between.pop()
    joiner = between[0] if len(between) == 1 else ""
    if high.bare and high.last < len(atoms) and atoms[high.last].key == "/":
        return ""
    if joiner in words.both and _follows(words.between, low, atoms, words):
        return "range"
    if joiner in words.either:
        return "range" if _is_either(low, high, atoms) else ""
    ranged = joiner in words.to or (joiner == "-" and not _is_identifier(low, high, atoms))
    if not ranged:
        return ""
    recent = {atom.key for atom in atoms[max(0, low.first - _REACH) : low.first]}
    moved = bool(recent & words.movement) and _follows(words.origin, low, atoms, words)
    return "apart" if moved or _follows(words.apart, low, atoms, words) else "range"


def _is_either(low: Expression, high: Expression, atoms: Sequence[Atom]) -> bool:
    """Tell two estimates of one thing from the last members of a list."""
    before = [atom for atom in atoms[max(0, low.first - 2) : low.first] if atom.key != ","]
    listed = bool(before) and before[-1].number
    least, most = low.number.value, high.number.value
    if low.unit == 1 < high.unit:
        most /= high.unit
    return not listed and least < most <= 2 * least


def _follows(table: Phrases[bool], low: Expression, atoms: Sequence[Atom], words: IntervalWords) -> bool:
    """Tell whether a phrase stands before a number, small words apart."""
    at = low.first
    for _ in range(3):
        if table.find_before(atoms, at):
            return True
        if at < 1 or atoms[at - 1].key not in words.fillers:
            return False
        at -= 1
    return False


def _is_identifier(low: Expression, high: Expression, atoms: Sequence[Atom]) -> bool:
    """Tell a law or telephone number from a range written with a hyphen."""
    marks = {atoms[low.first - 1].key if low.first else "", atoms[high.last].key if high.last < len(atoms) else ""}
    return bool(marks & {"-", "/", "+"}) or any(atoms[end].key.startswith("0") for end in (low.first, high.first))


def _holds_year(low: Expression, high: Expression) -> bool:
    """Tell two years, and a year before a number of thousands with a mark, from a range of counts."""
    first, second = (looks_like_year(end) for end in (low, high))
    return first and (second or not high.bare) and high.number.form == "cardinal"


def _share_form(low: Expression, high: Expression) -> Expression:
    """Give the lower end the scale and the percent sign of the upper end."""
    number = low.number
    if number.form == "cardinal" and high.number.form == "percent":
        number = replace(number, form="percent")
    factor = high.unit
    shares = low.unit == 1 and factor >= 100 and number.value < high.number.value / factor
    if shares and low.bare | low.number.words | (number.value < 1000):
        number = replace(number, value=number.value * factor)
    return replace(low, number=number)


def _join(low: Expression, high: Expression) -> Expression:
    """Make one number of both ends; its span is the lower end's."""
    tail = max(high.number.end, high.number.tail)
    number = replace(low.number, high=high.number.value, high_end=high.number.end, tail=tail)
    return replace(low, number=number, last=high.last, bare=False)
