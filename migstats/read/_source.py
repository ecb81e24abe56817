"""What a reader gets: the bytes of one file, its name, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from migstats.errors import ReadError
from migstats.value import dataclass, field

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a dump hold what, as dotted paths; what is not given is guessed from the usual names."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read."""

    stream: BinaryIO
    name: str
    hear: Say
    """Hears what should be known of it, whole lines."""
    fields: Fields = field(default_factory=Fields)

    def warn(self, message: str, line: int | None = None, remedy: str | None = None) -> None:
        """Say what should be known, with the file's name."""
        self.hear(str(ReadError(message, path=self.name, line=line, remedy=remedy)))
