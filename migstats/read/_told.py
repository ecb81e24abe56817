"""Tells the bad entries of a dump, so that a spoilt one does not flood the terminal."""

from __future__ import annotations

from migstats.errors import NoDocument, ReadError
from migstats.read._source import Source

TOLD = 50
"""Bad lines told one by one; further ones are counted."""

PATIENCE = 10_000
"""Bad lines at the start of a file after which it is no dump."""


class Told:
    """Tells bad lines, once there is a good one: a file without any is one error."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held: list[tuple[int, ReadError]] = []
        self._bad = 0
        self._any = False

    def bad(self, line: int, error: ReadError) -> None:
        """Take note of a bad line."""
        self._bad += 1
        if self._bad <= TOLD:
            self._held.append((line, error))
        if self._any:
            self._tell()
        elif self._bad >= PATIENCE:
            self.end()

    def good(self) -> None:
        """Take note of a good line."""
        self._any = True
        self._tell()

    def end(self) -> None:
        """Say how many more were bad; a file without a good line is refused."""
        if not self._any:
            if not self._held:
                raise ReadError("the file is empty", path=self._source.name)
            line, error = self._held[0]
            said = f"{error.message}; nor is there a document in any other line"
            raise NoDocument(said, path=self._source.name, line=line, remedy=error.remedy)
        if self._bad > TOLD:
            self._source.warn(f"{self._bad - TOLD} further lines could not be read")

    def _tell(self) -> None:
        """Say what was held back."""
        for line, error in self._held:
            self._source.warn(error.message, line, error.remedy)
        self._held.clear()
