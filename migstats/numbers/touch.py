"""Marks and letters that touch a number tell that it is no count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from migstats.model import Number
from migstats.numbers.share import Expression
from migstats.texts.phrase import Atom

YEARS = range(1900, 2100)
_SHORT = 3
"""Letters of a word that make an identifier with the digits after its hyphen; one more where they touch."""
_NOTE = 2
"""Digits that touch a longer word: a name ("channel24"), or the mark of a note."""
_ADDRESS = frozenset("/@#_=&?")
"""Marks inside an address on the web."""
_MARK = 3
"""Digits that the mark of a note may have."""
_PADDED = 2
"""Digits of a small count that is written with a zero before it."""
_TIES = frozenset("-/. ")
_PHONE_RUN, _PHONE_GROUP = 3, 6
_DAYS, _MONTHS = 31, 12


def looks_like_year(expression: Expression) -> bool:
    """Tell whether bare digits lie in the range of years."""
    number = expression.number
    return expression.bare and number.end - number.start == 4 and int(number.value) in YEARS


def is_clock(view: str, number: Number) -> bool:
    """Recognise the hours and the minutes of "10:45"."""
    start, end = number.start, number.end
    if end - start > 2:
        return False
    minutes = view[end + 1 : end + 3]
    hours = view[end : end + 1] == ":" and minutes.isdigit() and len(minutes) == 2
    return hours or (end - start == 2 and view[start - 1 : start] == ":" and view[start - 2 : start - 1].isdigit())


def opens_line(view: str, number: Number) -> bool:
    """Recognise the marker of a list item ("2)")."""
    start, end = number.start, number.end
    marked = view[end : end + 1] in (".", ")") and not view[end + 1 : end + 2].isdigit()
    marked = marked or view[end : end + 2] in ("- ", "-\t")
    if end - start > 2 or not marked or end + 2 >= len(view):
        return False
    head = view[max(start - 4, 0) : start].rstrip(" (")
    return head.endswith("\n") or (not head and start < 4)


def is_note(view: str, number: Number) -> bool:
    """Recognise the mark of a note in square brackets, written on to what it explains or at the edge of a line."""
    start, end = number.start, number.end
    if end - start > _MARK or view[start - 1 : start] != "[" or view[end : end + 1] not in ("]", ","):
        return False
    after = view[end + 1 : end + 3]
    return view[start - 2 : start - 1] not in (" ", "(") or not (after[:1] == " " and after[1:].isalpha())


def is_identifier(view: str, atoms: Sequence[Atom], expression: Expression) -> bool:
    """Recognise digits that belong to a name ("g7", "a-320") or open with a zero.

    Letters that know no capitals make no such names: digits that touch them are badly set.
    """
    start, first = expression.number.start, expression.first
    if view[start] == "0" and expression.bare and expression.number.end - start > 1:
        return not _is_padded(view, atoms, expression)
    if view[start - 1 : start] in _ADDRESS and view[expression.number.end : expression.number.end + 1].isalpha():
        return view[start - 2 : start - 1].isalnum()
    hyphen = first > 1 and atoms[first - 1].key == "-"
    word = atoms[first - 1 - hyphen] if first else None
    if word is None or not word.key.isalpha() or word.end != start - hyphen or word.key.upper() == word.key:
        return False
    if hyphen:
        return len(word.key) <= _SHORT and not looks_like_year(expression)
    return len(word.key) <= _SHORT + 1 or expression.number.end - start <= _NOTE


def _is_padded(view: str, atoms: Sequence[Atom], expression: Expression) -> bool:
    """Recognise a count written in two places ("05 people"), as statements of the police do."""
    number, last = expression.number, expression.last
    if number.end - number.start != _PADDED or last >= len(atoms) or not atoms[last].key.isalpha():
        return False
    return view[number.end : number.end + 1].isspace() and view[number.start - 1 : number.start] in ("", " ", "\n", "(")


def judge_links(view: str, expressions: Sequence[Expression]) -> dict[int, str]:
    """Give the kinds of bare numbers that marks tie into a date, an identifier or a telephone number."""
    kinds: dict[int, str] = {}
    run: list[Expression] = []
    for at, expression in enumerate(expressions):
        if run and not _is_tied(view, run[-1], expression):
            kinds.update(_judge_run(view, run, at - len(run)))
            run = []
        run.append(expression)
    kinds.update(_judge_run(view, run, len(expressions) - len(run)))
    return kinds


def _is_tied(view: str, left: Expression, right: Expression) -> bool:
    """Tell whether one mark or space alone stands between two bare numbers."""
    between = view[left.number.end : right.number.start]
    return left.bare and right.bare and ((len(between) == 1 and between in _TIES) or between == " / ")


def _judge_run(view: str, run: Sequence[Expression], first: int) -> dict[int, str]:
    """Judge numbers that are tied to one another."""
    if len(run) < 2:
        return {}
    texts = [view[item.number.start : item.number.end] for item in run]
    between = [view[left.number.end : right.number.start] for left, right in pairwise(run)]
    marks = {mark.strip() or " " for mark in between}
    if marks == {" "}:
        kind = _judge_spaced(run, texts)
    elif len(run) == 3 and len(marks) == 1 and (looks_like_year(run[0]) or _closes_date(run)):
        kind = "date"
    elif any(len(mark) > 1 for mark in between):
        kind = ""
    else:
        kind = _judge_marked(run, texts, marks)
    return {first + n: kind for n in range(len(run)) if kind}


def _closes_date(run: Sequence[Expression]) -> bool:
    """Tell whether the last of three numbers is a year, of this calendar or of another after a day and a month."""
    day, month, year = (item.number.value for item in run)
    return looks_like_year(run[2]) or (day <= _DAYS and month <= _MONTHS and 1000 <= year < YEARS.stop)


def _judge_spaced(run: Sequence[Expression], texts: Sequence[str]) -> str:
    """Tell a telephone number from a row of cells."""
    dialled = run[0].number.sign > 0 or any(text[0] == "0" and len(text) > 1 for text in texts)
    return (
        "reference" if len(run) >= _PHONE_RUN and dialled and all(len(text) <= _PHONE_GROUP for text in texts) else ""
    )


def _judge_pair(run: Sequence[Expression], texts: Sequence[str], marks: set[str]) -> str:
    """Tell a month with its year ("03/2021", "2024-07") and the number of an act ("862/2007") from other pairs."""
    first, second = run
    if looks_like_year(first) and marks <= {"-", "/"} and texts[1][0] == "0" and second.number.value <= _MONTHS:
        return "date"
    if looks_like_year(second) and not looks_like_year(first) and marks == {"/"}:
        return "date" if 0 < first.number.value <= _MONTHS else "reference"
    return ""


def _judge_marked(run: Sequence[Expression], texts: Sequence[str], marks: set[str]) -> str:
    """Tell an identifier or a score from years and from sentences that are written on to one another."""
    if len(run) == 2 and len(marks) == 1 and (kind := _judge_pair(run, texts, marks)):
        return kind
    if any(looks_like_year(item) for item in run) or " " in marks or marks == {"."}:
        return ""
    falls = all(left.number.value >= right.number.value for left, right in pairwise(run))
    return "reference" if len(run) > 2 or falls or "/" in marks or any(text[0] == "0" for text in texts) else ""
