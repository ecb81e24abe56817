"""Says of numbers that they are none: parts of dates, points of a list, amounts that share a unit with the next."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.model import Number, Period
from migstats.value import replace

MARGINS = ("±", "+/-")
"""Marks of a margin of error, whatever the language."""
JOINER = 5
"""Code points of the word that joins two numbers of one kind."""
_NOTHING = ("zero", "difference")
"""The kinds of a number that counts nothing: without a sign, with one."""
_POINTS = 30
"""The highest number that a point of a list or a note may have."""
_DIALLED = 2
"""Parts of a telephone number that show it to be one."""
SHARED = frozenset(
    ["date", "age", "money", "distance", "weight", "volume", "duration", "time", "speed", "area", "temperature"]
)


def _enumerates(view: str, number: Number) -> bool:
    """Whether a number in brackets opens a point of a list ("(2) Adopt ...", after a mark or at a line's start), or
    is written on to a word as the mark of a note.
    """
    bracket = number.start - 1
    if number.kind or number.value > _POINTS or view[max(0, bracket) : number.start] != "(":
        return False
    before = view[bracket - 1 : bracket]
    if before.isdigit() or before.upper() != before:
        return True
    line = view[:bracket].rpartition("\n")[2].rstrip()
    return view[number.end : number.end + 2] == ") " and line[-1:] in ("", ".", ":", ";")


def _follows_dash(view: str, number: Number) -> bool:
    """Whether what looks like a sign opens an aside ("the deadliest route -743 died-")."""
    before = view[max(0, number.start - 3) : number.start]
    return len(before) == 3 and before[0].isalpha() and before[1:] == " -"


def _count_up(view: str, numbers: Sequence[Number]) -> set[int]:
    """The indices of the numbers that mark the points of a list written in one line: "1. ... 2. ... 3. ..."."""
    marks: set[int] = set()
    chain: list[int] = []
    for n, number in enumerate(numbers):
        plain = number.form == "cardinal" and not number.words and number.end - number.start <= 2
        follows = view[number.end : number.end + 1] in (".", ")") and view[number.end + 1 : number.end + 2] in (" ", "")
        if not (plain and follows and not view[number.start - 1 : number.start].strip(" \n(")):
            continue
        if (
            chain
            and number.value == numbers[chain[-1]].value + 1
            and "\n" not in view[numbers[chain[0]].end : number.start]
        ):
            chain.append(n)
        elif number.value == 1:
            chain = [n]
        if len(chain) > 2:
            marks.update(chain)
    return marks


def _follows_reference(view: str, number: Number, before: Number | None) -> bool:
    """Whether a number in brackets follows another in the sentence that is a telephone's ("(911), elsewhere (999)")."""
    if before is None or before.kind != "reference" or number.kind:
        return False
    bracketed = all(view[n.start - 1 : n.start] == "(" and view[n.end : n.end + 1] == ")" for n in (before, number))
    return bracketed and not set(view[before.end : number.start]) & set(".:;\n")


def _shared_kind(view: str, numbers: Sequence[Number], n: int) -> str:
    """The kind that a number shares with the next: in "16 or 17 years" both are ages."""
    if n + 1 >= len(numbers) or not numbers[n + 1].kind or numbers[n].form != "cardinal":
        return ""
    if numbers[n].kind and (numbers[n].kind, numbers[n + 1].kind) != ("reference", "date"):
        return ""
    between = view[max(numbers[n].end, numbers[n].tail) : numbers[n + 1].start]
    joined = (len(between) <= JOINER and between.strip("- ").isalpha()) or between.strip() == "-"
    return numbers[n + 1].kind if joined and numbers[n + 1].kind in SHARED else ""


def _is_dialled(following: Sequence[Number]) -> bool:
    """Whether the parts of a telephone number come after its code in brackets."""
    return len(following) == _DIALLED and all(number.kind == "reference" for number in following)


def claim_kinds(view: str, numbers: Sequence[Number], periods: Sequence[Period]) -> list[Number]:
    """The numbers, each that counts nothing with the kind that says why, as far as its nearest neighbours tell."""
    claimed = []
    at = 0
    marks = _count_up(view, numbers)
    for n, number in enumerate(numbers):
        while at < len(periods) and periods[at].end <= number.start:
            at += 1
        inside = at < len(periods) and periods[at].start <= number.start and number.end <= periods[at].end
        if not number.kind and view[max(0, number.start - 4) : number.start].rstrip().endswith(MARGINS):
            claimed.append(replace(number, kind="margin"))
            continue
        if number.sign > 0 and view[number.end : number.end + 2] == ") " and _is_dialled(numbers[n + 1 : n + 3]):
            claimed.append(replace(number, kind="reference"))
            continue
        if not number.kind and (number.value == 0 or (number.sign and number.form == "cardinal")):
            dash = number.sign and _follows_dash(view, number)
            claimed.append(replace(number, sign=0) if dash else replace(number, kind=_NOTHING[bool(number.sign)]))
            continue
        kind = "list_marker" if n in marks or _enumerates(view, number) else _shared_kind(view, numbers, n)
        if not kind and _follows_reference(view, number, claimed[-1] if claimed else None):
            kind = "reference"
        if kind:
            claimed.append(replace(number, kind=kind))
            continue
        claimed.append(
            replace(number, kind="date") if inside and number.kind in ("", "article", "ordinal", "time") else number
        )
    return claimed
