"""One value told for one line, with all who tell it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from migstats.bounds import Bounds
from migstats.records.record import Plain, Record
from migstats.series.stand import bound, grain_of, width_of
from migstats.value import dataclass

PERCENT = "percent"
EXACTNESS = ("exact", "approximately", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Told:
    """A value with its witnesses: several records of the same claim are one claim."""

    value: Plain
    high: Plain | None
    qualifier: str
    unit: str
    witnesses: tuple[Record, ...]

    @property
    def bounds(self) -> Bounds:
        """What the value may stand for."""
        return bound(self.value, self.high, self.qualifier, self.unit)

    @property
    def texts(self) -> frozenset[str]:
        """The texts that tell it: copies of one text are one."""
        return frozenset(record.sha256 for record in self.witnesses)

    @property
    def speakers(self) -> frozenset[str]:
        """Whoever published it, as far as known."""
        return frozenset(speaker for record in self.witnesses if (speaker := find_speaker(record)))

    @property
    def published(self) -> str:
        """When it was first told; empty where no witness says."""
        return min((record.published for record in self.witnesses if record.published), default="")

    def agrees(self, other: Told) -> bool:
        """Tell whether both may be the same number, as rounding and qualifiers allow, and as one text tells them."""
        return self.bounds.meets(other.bounds) and not self._is_told_beside(other)

    def _is_told_beside(self, other: Told) -> bool:
        """Tell whether one text tells both, and not as one number and its rounding, in a sentence of its own each."""
        shared = self.texts & other.texts
        if not shared:
            return False
        where = [{(one.sha256, one.quote_start) for one in told.witnesses} for told in (self, other)]
        grains = sorted((grain_of(self.value), grain_of(other.value)))
        rounder = self.exactness != other.exactness or grains[1] >= 10 * grains[0]
        dated = all(one.period for one in (*self.witnesses, *other.witnesses))
        return bool(where[0] & where[1]) or not rounder or not dated or self.unit == PERCENT

    @property
    def exactness(self) -> int:
        """How exactly it is stated: 0 for an exact value, then the more the vaguer."""
        if self.high is not None:
            return len(EXACTNESS)
        return EXACTNESS.index(self.qualifier)

    def sort_key(self) -> tuple[int, float, float, float, str]:
        """Order claims by what they say alone, not by who told them first."""
        ends = float(self.value), float(self.high or 0)
        return (min(self.exactness, 1), float(width_of(self.bounds)), *ends, self.qualifier)


def find_speaker(record: Record) -> str | None:
    """Tell whose text it is: the source that was recognised, else the site."""
    if record.source:
        return record.source
    host = urlsplit(record.url).netloc.lower().removeprefix("www.") if record.url else ""
    return host or None


def gather_told(records: Iterable[Record]) -> list[Told]:
    """Make one claim of all records of one line that say the same."""
    by_value: dict[tuple[Plain, Plain | None, str, str], dict[tuple[str, str], Record]] = {}
    for record in records:
        said = (record.value, record.high, record.qualifier, record.unit)
        by_value.setdefault(said, {}).setdefault((record.document, record.id), record)
    told = [
        Told(*said, tuple(sorted(found.values(), key=lambda record: (record.document, record.start, record.id))))
        for said, found in by_value.items()
    ]
    return sorted(told, key=Told.sort_key)
