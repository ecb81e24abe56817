"""What is said on stderr while a command runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migstats.errors import MigstatsError

if TYPE_CHECKING:
    from migstats.walk import Listener

_CLEAR = "\r\x1b[K"
_WIDTH = 70


class Stopped(Exception):
    """The first failure ended a strict run."""


class Voice:
    """Says warnings, failures and progress, and remembers whether anything failed."""

    def __init__(self, quiet: bool = False, strict: bool = False) -> None:
        self.quiet = quiet
        self.strict = strict
        self.failed = False
        self._shown = False
        self._progress = not quiet and sys.stderr.isatty()
        self._done = 0
        self._said: set[str] = set()

    @property
    def listener(self) -> Listener:
        """Make the listener that readers speak to."""
        from migstats.walk import Listener

        return Listener(self.warn, self.fail)

    def warn(self, message: str) -> None:
        """Say what should be known; a strict run ends here."""
        if not self.quiet or self.strict:
            self._say(message)
        if self.strict:
            self.failed = True
            raise Stopped

    def fail(self, error: MigstatsError) -> None:
        """Say what could not be done; the rest goes on, unless the run is strict."""
        self._say(str(error))
        self.failed = True
        if self.strict:
            raise Stopped

    def show_progress(self, name: str) -> None:
        """Show which document is read, on a terminal alone."""
        if self._progress:
            from migstats.show import squeeze

            self._done += 1
            line = f"{self._done}  {squeeze(name)}"
            sys.stderr.write(_CLEAR + (line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "\u2026"))
            sys.stderr.flush()
            self._shown = True

    def end_progress(self) -> None:
        """Take the line of progress away."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._shown = False

    def _say(self, text: str) -> None:
        """Write lines to stderr, each once, safe for a terminal."""
        from migstats.show import defuse

        self.end_progress()
        for line in text.splitlines():
            if line not in self._said:
                self._said.add(line)
                click.echo(f"migstats: {defuse(line)}", err=True)
