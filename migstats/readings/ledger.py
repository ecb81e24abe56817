"""Says of every number of a text what it is: a figure, one of the kinds of numbers that are none, or unclaimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migstats.find import Findings
from migstats.frame import Frames
from migstats.matching.change import is_change
from migstats.matching.nounphrase import PARTS
from migstats.matching.slot import Match, Slot
from migstats.model import LedgerEntry, Number, Reading
from migstats.numbers.touch import YEARS
from migstats.words.item import Item

FIGURE, UNCLAIMED = "figure", "unclaimed"
CHANGE, SHARE, DATE, YEAR = "change", "share", "date", "year"
AGE, CELL, REFERENCE, OTHERS = "age", "cell", "reference", "others"
TEMPERATURE, LIST_MARKER, TIME, DAYS = "temperature", "list_marker", "time", "days"
_YEAR = 4
_SHORTEST, _DAYS, _OLDEST = 3, 31, 110
_TIED = frozenset(["list", "including", "bracket", "versus", "measure"])
"""Links of a number without a noun to one before it that tells what it counts."""
_NAMED = 1000
"""Numbers in names are smaller."""
_DIALLED = 2
"""Bare numbers beside one another that make one to be called."""


class Ledger:
    """Gives each number of one text its kind."""

    def __init__(self, findings: Findings, frames: Frames, months: Mapping[str, int]) -> None:
        """`months` are the names of months in any language: date lines may be in another than the text."""
        self.findings, self.frames = findings, frames
        self.months = frozenset(name for name in months if len(name) >= _SHORTEST)
        self.heads = frozenset(name[:_SHORTEST] for name in self.months)

    def write(self, matches: Sequence[Match], readings: Sequence[Reading]) -> list[LedgerEntry]:
        """Every number of the text with its kind."""
        figures = {r.number.start for r in readings}
        spots = {slot.number.start: (match, n) for match in matches for n, slot in enumerate(match.slots)}
        rows: dict[int, LedgerEntry] = {}
        for number in self.findings.numbers:
            spot = spots.get(number.start)
            if number.start in figures:
                entry = LedgerEntry(number, FIGURE)
            elif number.kind or spot is None:
                entry = LedgerEntry(number, self._name_told(number))
            else:
                entry = self._judge(*spot, rows)
            rows[number.start] = entry
        return list(rows.values())

    def _judge(self, match: Match, n: int, rows: Mapping[int, LedgerEntry]) -> LedgerEntry:
        """What a number is that may be a figure, and is none."""
        slot = match.slots[n]
        if slot.measure == "attached":
            return LedgerEntry(slot.number, CHANGE)
        part = self._name_part(match, n)
        if slot.phrase.claims and not part:
            return LedgerEntry(slot.number, self._name_claim(match, slot))
        kind = part or self._name_noun(slot)
        if not kind and slot.phrase.status == "empty":
            kind = self._name_place(match, slot) or _inherit(match, n, rows)
        return LedgerEntry(slot.number, kind or UNCLAIMED, slot.nearest, slot.lacked)

    def _name_told(self, number: Number) -> str:
        """What a number is whose kind its own words or a date tell: what touches it may tell more."""
        text, start = self.findings.text, number.start
        if number.kind in ("", DATE):
            digits = text[start : number.end]
            return YEAR if len(digits) == _YEAR and digits.isdigit() and number.value in YEARS else DATE
        if number.kind == TEMPERATURE and text[:start].rstrip()[-1:] in ("", ";", ":", "\n"):
            return LIST_MARKER
        if number.kind == TIME and text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha():
            return REFERENCE
        return number.kind

    def _name_claim(self, match: Match, slot: Slot) -> str:
        """What a number is whose noun says so; "the 27th of the month" and "no. 88 of the year" count no days."""
        kind, items = sorted(slot.phrase.claims)[0], match.scene.items
        following = items[slot.at + 1] if slot.at + 1 < len(items) else None
        if kind != DAYS or following is None or "of" not in following.tags.function:
            return kind
        return DATE if slot.number.value <= _DAYS else REFERENCE

    def _name_part(self, match: Match, n: int) -> str:
        """What a percentage, a fraction or a multiple is: a part or a change of something that is no figure."""
        form = match.slots[n].number.form
        if form == "multiple" or (form in PARTS and is_change(match, n)):
            return CHANGE
        return SHARE if form in PARTS else ""

    def _name_noun(self, slot: Slot) -> str:
        """What a number counts by its noun: something of no class, or a class of which nothing is told that makes a
        figure.
        """
        if slot.phrase.status == "unknown":
            return DATE if self._is_month(slot.phrase.word) and slot.number.value <= _DAYS else OTHERS
        if slot.phrase.status != "known":
            return ""
        classes = self.frames.narrowest(slot.phrase.classes)
        return sorted(classes)[0] if classes else ""

    def _is_month(self, word: str) -> bool:
        """Whether a word is the name of a month, or one cut short."""
        return word in self.months or (
            len(word) >= _SHORTEST and word[:_SHORTEST] in self.heads and any(m.startswith(word) for m in self.months)
        )

    def _name_place(self, match: Match, slot: Slot) -> str:
        """What the words and marks beside a number without a noun make of it."""
        items, number = match.scene.items, slot.number
        before, after = _words(items[: slot.at], -1), _words(items[slot.at + 1 :], 1)
        if number.value <= _DAYS and any(self._is_month(item.key) for item in (*before, *after)):
            return DATE
        if self._is_age(items, slot):
            return AGE
        if self._is_dialled(items, slot.at) or self._is_name(items, slot.at):
            return REFERENCE
        return CELL if number.start in self.findings.grid.cells else ""

    def _is_age(self, items: Sequence[Item], slot: Slot) -> bool:
        """Whether a number stands between marks behind a name: "Samira, 31."."""
        at, number = slot.at, slot.number
        if at < 2 or not items[at - 1].mark or items[at - 1].key != "," or number.value > _OLDEST:
            return False
        closed = at + 1 == len(items) or items[at + 1].mark
        named = self._is_capital(items, at - 2) and items[at - 2].place is None
        return closed and named and number.qualifier == "exact"

    def _is_dialled(self, items: Sequence[Item], at: int) -> bool:
        """Whether bare numbers stand side by side: those of a telephone."""
        row = [item for item in items[max(0, at - 1) : at + 2] if item.number is not None]
        return len(row) > _DIALLED or (len(row) == _DIALLED and all(_is_bare(item.number) for item in row))

    def _is_name(self, items: Sequence[Item], at: int) -> bool:
        """Whether a number ends a name: it stands behind a word with a capital that opens no sentence."""
        number = items[at].number
        assert number is not None
        if at < 2 or not _is_bare(number) or number.value >= _NAMED or number.words:
            return False
        item = items[at - 1]
        plain = not (item.mark or item.place or item.period or item.tags.counted or item.tags.events or item.number)
        return plain and item.end + 1 == number.start and self._is_capital(items, at - 1)

    def _is_capital(self, items: Sequence[Item], i: int) -> bool:
        return self.findings.text[items[i].start].isupper()


def _is_bare(number: Number | None) -> bool:
    """Whether a number stands there with nothing that says how exactly it is told."""
    return number is not None and number.qualifier == "exact" and number.form == "cardinal" and number.high is None


def _words(items: Sequence[Item], step: int) -> list[Item]:
    """The word on one side of a number, stops and dashes apart."""
    for item in items[::step][:2]:
        if not item.mark:
            return [item]
        if item.key not in ".-":
            break
    return []


def _inherit(match: Match, n: int, rows: Mapping[int, LedgerEntry]) -> str:
    """The kind of the number before one without a noun, where it hangs on that."""
    slot = match.slots[n]
    if n == 0 or not (slot.link.kind in _TIED or slot.phrase.other):
        return ""
    entry = rows.get(match.slots[n - 1].number.start)
    return entry.kind if entry is not None and entry.kind not in (FIGURE, UNCLAIMED, CHANGE, DATE, SHARE) else ""
