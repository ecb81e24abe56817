"""Numbers that could be read another way, or that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.caching.regex import expression
from migstats.check._case import Case, Told
from migstats.check._finding import Finding
from migstats.show import show_number, squeeze

TITLE = "numbers"

SEPARATOR = "N01"
UNCLAIMED = "N02"
_GROUPED = expression(r"\d{1,3}([.,])\d{3}(?!\d)")
"""A number with a mark before three digits."""
_DECIMAL = expression(r"\d([.,])\d{1,2}(?!\d|[.,]\d)")
"""A number with a mark before one or two."""
CODES = (SEPARATOR, UNCLAIMED)


def find(case: Case) -> Iterator[Finding]:
    """Look at how each number was read."""
    text = case.document.text
    for one in case.told:
        if one.slot.number.note and _is_doubtful(case, one):
            other = str(one.slot.number.value / 1000)
            said = f"'{one.record.number}' was read as {show_number(one.record.value)}; it could be {other}"
            yield Finding(SEPARATOR, said, (one.span,))
    for entry in case.analysis.ledger:
        if entry.kind == "unclaimed":
            number = entry.number
            written = squeeze(text[number.start : number.end])
            lacked = f"; the nearest rule, {entry.nearest}, lacked {entry.lacked}" if entry.nearest else ""
            said = f"nothing explains '{written}'{lacked}"
            yield Finding(UNCLAIMED, said, ((number.start, number.end),))


def _is_doubtful(case: Case, one: Told) -> bool:
    """Whether no other number of the text is written with the same mark before three digits, or some with it before
    decimals, or with another mark for thousands.
    """
    text = case.document.text
    written = _GROUPED.search(one.record.number)
    if written is None:
        return True
    others = [e.number for e in case.analysis.ledger if e.number.start != one.record.start]
    shown = [text[number.start : number.end] for number in others]
    marks = {found[1] for found in map(_GROUPED.fullmatch, shown) if found}
    decimals = {found[1] for found in map(_DECIMAL.search, shown) if found}
    return marks != {written[1]} or written[1] in decimals
