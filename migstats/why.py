"""Tells of one number why it is what it is: the words and rule behind a figure, or the reason that it is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migstats.errors import MigstatsError
from migstats.find import Scene
from migstats.frame import CASE, PERSON
from migstats.lack import name_lack
from migstats.loading.load import Packs
from migstats.matching.candidate import Candidate
from migstats.matching.match import Matcher
from migstats.matching.slot import Match, Slot
from migstats.model import LedgerEntry, Number, Reading
from migstats.runs.examine import Examined
from migstats.show import show_number, squeeze
from migstats.study import Part
from migstats.texts.phrase import Phrases, split_atoms
from migstats.words.item import Item

Row = tuple[str, str]
"""What is told, and the telling."""

FIGURE, UNCLAIMED = "figure", "unclaimed"
_CLOSE = 60
_BASES = {
    "pattern": "a wording of the source's own",
    "anchor": "noun and event stand in the number's own clause",
    "group": "it hangs on another number of its sentence, which lends its reading",
    "anaphor": "it is told of what the text has been counting",
}
_PERIODS = {
    "stated": "told in its sentence",
    "year_to_date": "told in its sentence; it runs to the day of publication",
    "inherited": "told before, in its paragraph, a heading or the first sentence",
    "publication": "the date of publication, as the text tells no other",
}


def find_number(examined: Examined, index: int = 0, offset: int = -1) -> int:
    """Find a number by its place in the ledger, or by an offset in it: give its place, from 1."""
    ledger = examined.analysis.ledger
    for n, entry in enumerate(ledger, 1):
        if n == index or entry.number.start <= offset < max(entry.number.end, entry.number.tail):
            return n
    name = examined.document.name
    if offset >= 0:
        raise MigstatsError(f"no number stands at {offset}", path=name, remedy="`check --ledger` lists all numbers")
    raise MigstatsError(f"there is no number {index}", path=name, remedy=f"its numbers are 1 to {len(ledger)}")


def explain_number(examined: Examined, index: int, packs: Packs) -> list[Row]:
    """Tell all that is known of why a number is what it is; `index` is its place in the ledger, from 1."""
    return list(_Why(examined, examined.analysis.ledger[index - 1], packs).tell(index))


class _Why:
    """Tells of one number."""

    def __init__(self, examined: Examined, entry: LedgerEntry, packs: Packs) -> None:
        self.examined, self.entry, self.packs = examined, entry, packs
        self.text, self.number = examined.document.text, entry.number
        self.part: Part | None = None
        self.match: Match | None = None
        self.slot: Slot | None = None
        self.scene: Scene | None = None
        for part in examined.study.parts:
            if any(number.start == self.number.start for number in part.findings.numbers):
                self.part = part
                self.match, self.slot = _find_slot(part, self.number)
                self.scene = _find_scene(part, self.number)

    def tell(self, index: int) -> Iterator[Row]:
        """Tell what it is, why, and what else there is to know."""
        number, written = self.number, squeeze(self.text[self.number.start : self.number.end])
        yield "number", f"'{written}', number {index} of {len(self.examined.analysis.ledger)}, at {number.start}"
        yield "read as", self._say_value()
        readings = [one for one in self.examined.analysis.readings if one.number.start == number.start]
        for reading in readings:
            yield from self._tell_figure(reading)
        if not readings:
            yield from self._tell_other()
        for finding in self.examined.findings:
            if any(start <= number.start < end for start, end in finding.spans):
                yield "issue", f"{finding.code} ({finding.level}): {finding.message}"

    def _say_value(self) -> str:
        """Say what the number means, and which words qualify it."""
        number = self.number
        high = f" to {show_number(number.high)}" if number.high is not None else ""
        lead = squeeze(self.text[number.lead : number.start]) if 0 <= number.lead < number.start else ""
        tail = squeeze(self.text[number.end : number.tail]) if number.tail > number.end else ""
        words = " and ".join(f"'{word}'" for word in (lead, tail) if word)
        how = f", {number.qualifier.replace('_', ' ')}" if number.qualifier != "exact" else ""
        return f"{show_number(number.value)}{high}{how}" + (f" ({number.form}; {words})" if words else "")

    # -- figures ------------------------------------------------------------------------------------------------

    def _tell_figure(self, reading: Reading) -> Iterator[Row]:
        """Tell the rule and the words, what lost, and where each attribute comes from."""
        indicator = self.packs.codebook.indicators[reading.indicator]
        yield "figure", f"{reading.indicator}, {reading.measure}, in {reading.unit}: {indicator.says}"
        yield "rule", f"{reading.rule} of pack {reading.pack}; {reading.basis}: {_BASES[reading.basis]}"
        if self.slot is not None and self.match is not None:
            yield from self._tell_words(self.match, self.slot)
            yield from self._tell_competitors(self.match, self.slot)
        yield from self._tell_attributes(reading)

    def _tell_words(self, match: Match, slot: Slot) -> Iterator[Row]:
        """Tell noun, event, and the number that lent the reading."""
        items = match.scene.items
        if slot.phrase.head >= 0:
            yield "noun", f"{self._quote(items[slot.phrase.head])} is in {_list(slot.phrase.classes - {CASE})}"
        if slot.event >= 0 and slot.source is None and slot.frame is not None:
            yield "event", f"{self._quote(items[slot.event])} is in {slot.frame.event}"
        lender = slot.source or slot.whole
        if lender is not None and lender is not slot:
            number = lender.number
            written = squeeze(self.text[number.start : number.end])
            yield "hangs on", f"'{written}' at {number.start} (tie: {slot.link.kind})"

    def _tell_competitors(self, match: Match, slot: Slot) -> Iterator[Row]:
        """Tell the other frames that the words around the number could have made, and why they lost."""
        if self.part is None or self.examined.study.frames is None or not slot.counts:
            return
        matcher = Matcher(self.part.findings, self.examined.study.frames, self.part.rules)
        weak, lacked = slot.weak, slot.lacked
        rows = sorted(matcher.candidates.of(match, slot), key=lambda row: row.cost)
        slot.weak, slot.lacked = weak, lacked
        won = next((row.cost for row in rows if slot.frame is not None and row.frame.rule == slot.frame.rule), None)
        told: set[str] = set()
        for row in rows:
            frame = row.frame
            if slot.frame is not None and frame.indicator != slot.frame.indicator and frame.rule not in told:
                told.add(frame.rule)
                yield "lost", self._say_lost(match, row, won)

    def _say_lost(self, match: Match, row: Candidate, won: float | None) -> str:
        """Say how far a frame was that lost."""
        word = f" by {self._quote(match.scene.items[row.at])}" if row.at >= 0 else " by its noun alone"
        than = f", against {won:.1f}" if won is not None else ""
        return f"{row.frame.indicator}{word} ({row.frame.rule}): distance {row.cost:.1f}{than}"

    def _tell_attributes(self, reading: Reading) -> Iterator[Row]:
        """Tell where period, place, group and the rest come from."""
        if reading.period is not None:
            words = self._find_period(reading.period.iso)
            where = f" ({words})" if words else ""
            yield "period", f"{reading.period.iso}: {_PERIODS[reading.period.basis]}{where}"
        else:
            yield "period", "unknown: the text tells none that reaches it"
        for start, end in reading.places:
            yield "place", f"'{squeeze(self.text[start:end])}' at {start}"
        if not reading.places and reading.country:
            yield "country", f"{reading.country}: what the text is about"
        for name, span in (("group", reading.group), ("said by", reading.attribution)):
            if span is not None:
                yield name, f"'{squeeze(self.text[slice(*span)])}' at {span[0]}"
        if reading.change_percent is not None:
            baseline = f" on {reading.change_baseline}" if reading.change_baseline else ""
            yield "change", f"{show_number(reading.change_percent)} %{baseline}, told with it"
        if reading.part_of is not None:
            yield "part of", f"the number at {reading.part_of}"
        if reading.modality != "reported":
            yield "modality", f"{reading.modality}: a word beside it says so"
        if reading.context != "body":
            yield "context", "it stands in a read-also link, a menu or a caption"

    def _find_period(self, iso: str) -> str:
        """Quote the words that tell a period, the nearest before the number first."""
        periods = [p for p in self.part.findings.periods if p.iso == iso] if self.part is not None else []
        if not periods:
            return ""
        nearest = min(periods, key=lambda p: (p.start > self.number.end + _CLOSE, abs(p.start - self.number.start)))
        return f"'{squeeze(self.text[nearest.start : nearest.end])}' at {nearest.start}"

    # -- other numbers ------------------------------------------------------------------------------------------

    def _tell_other(self) -> Iterator[Row]:
        """Tell why a number is no figure."""
        kind, codebook = self.entry.kind, self.packs.codebook
        counted = codebook.counted.get(kind)
        says = codebook.kinds.get(kind) or codebook.claims.get(kind) or (counted.says if counted else "")
        yield "kind", kind.replace("_", " ") + (f": {says}" if says else "")
        words = self._find_words()
        if words:
            yield "because", words
        if self.slot is None or self.match is None:
            return
        phrase, items = self.slot.phrase, self.match.scene.items
        if phrase.head >= 0:
            what = _list(phrase.claims or phrase.classes - {CASE})
            yield "noun", f"{self._quote(items[phrase.head])} is in {what}"
        elif phrase.word:
            yield "noun", f"'{phrase.word}' is in no class that any pack knows"
        frames = self.examined.study.frames
        if frames is not None and not phrase.claims:
            nearest, lacked = name_lack(self.match, self.slot, frames)
            yield "nearest", nearest
            yield "lacked", lacked

    def _find_words(self) -> str:
        """The words or marks beside a number that gave it its kind."""
        if self.part is None or self.scene is None:
            return ""
        number, findings = self.number, self.part.findings
        for period in findings.periods:
            if period.start <= number.start and number.end <= period.end:
                return f"it belongs to '{squeeze(self.text[period.start : period.end])}'"
        kinds = findings.language.numerals.kinds
        start = self.scene.sentence.start
        atoms = split_atoms(findings.view[start : self.scene.sentence.end])
        first = next((n for n, a in enumerate(atoms) if a.start + start >= number.start), len(atoms))
        last = next((n for n, a in enumerate(atoms) if a.start + start >= number.end), len(atoms))
        tables: tuple[Phrases[str], Phrases[str]] = (kinds.before, kinds.after)
        before, after = tables[0].find_before(atoms, first), tables[1].find(atoms, last)
        if before is not None and before[0] == self.entry.kind:
            return f"'{' '.join(a.key for a in atoms[before[1] : first])}' stands before it"
        if after is not None and after[0] == self.entry.kind:
            return f"'{' '.join(a.key for a in atoms[last : after[1]])}' stands behind it"
        return ""

    def _quote(self, item: Item) -> str:
        return f"'{squeeze(self.text[item.start : item.end])}' at {item.start}"


def _find_slot(part: Part, number: Number) -> tuple[Match | None, Slot | None]:
    for match in part.matches:
        for slot in match.slots:
            if slot.number.start == number.start:
                return match, slot
    return None, None


def _find_scene(part: Part, number: Number) -> Scene | None:
    rows = (s for s in part.findings.scenes if s.sentence.start <= number.start < s.sentence.end)
    return next(rows, None)


def _list(names: Sequence[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or PERSON
