"""What an analysis rests on: the sentences of a text and the numbers matched in them, language by language."""

from __future__ import annotations

from collections.abc import Mapping

from migstats.find import Findings
from migstats.frame import Frames
from migstats.matching.slot import Match
from migstats.matching.wording import OwnRule
from migstats.model import Analysis, LedgerEntry, Reading
from migstats.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A text as far as it is in one language; what is in another is made void, so that spans stay."""

    language: str
    findings: Findings
    matches: tuple[Match, ...]
    readings: tuple[Reading, ...]
    ledger: tuple[LedgerEntry, ...]
    rules: Mapping[int, OwnRule] = field(default_factory=dict)
    """The numbers that the source's own patterns claim, by their start."""
    stopped: tuple[str, ...] = ()
    """Its rules that took too long."""


@dataclass(frozen=True, slots=True)
class Study:
    """An analysis together with what it rests on, for those who ask why."""

    analysis: Analysis
    parts: tuple[Part, ...] = ()
    """None where the text is in no language that there is a pack for."""
    frames: Frames | None = None
