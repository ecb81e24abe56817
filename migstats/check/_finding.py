"""What a check finds, and the codes that it is told by."""

from __future__ import annotations

from migstats.model import Span
from migstats.value import dataclass

LEVELS = ("note", "warning", "error")
"""How grave a finding is, from what is only worth knowing to what cannot be."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: its stable code, and what a reader should know of it."""

    id: str
    family: str
    name: str
    level: str
    says: str
    """What it means."""
    example: str
    """A small text that gives it."""
    remedy: str
    """What to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader of one document should know."""

    code: str
    message: str
    """In one sentence, with the arithmetic."""
    spans: tuple[Span, ...] = ()
    """What it is about, the first where it is shown; none for the whole document."""
    level: str = ""
    """How grave it is: its code's."""

    @property
    def at(self) -> int:
        """Where it is shown."""
        return self.spans[0][0] if self.spans else 0
