"""What is said on stderr while a command runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migstats.cli._progress import Progress
from migstats.errors import MigstatsError, in_line

if TYPE_CHECKING:
    from migstats.runs.walk import Listener

FAILED = 2
"""The exit code where something could not be done."""
_REMEMBERED = 10_000
"""Lines said that are not said again: as many as fit into little memory."""

_NAMED = 20
"""Documents in no known language that are named; further ones are counted."""


class Stopped(Exception):
    """The first failure ended a strict run."""


class Voice:
    """Says warnings, failures and progress, and remembers whether anything failed."""

    def __init__(self, quiet: bool = False, strict: bool = False) -> None:
        self.quiet = quiet
        self.strict = strict
        self.failed = False
        self.muted = False
        """What an earlier run has said is not said again."""
        self.progress = Progress() if not quiet and sys.stderr.isatty() else None
        self._unread = 0
        self._said: set[str] = set()

    def __enter__(self) -> Voice:
        """Begin to speak."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        """Take the line of progress away, whatever came; that a strict run was stopped has been said."""
        self.end_progress()
        return kind is not None and issubclass(kind, Stopped)

    def exit_if_failed(self) -> None:
        """End the command with its exit code, if anything failed."""
        if self.failed:
            click.get_current_context().exit(FAILED)

    @property
    def listener(self) -> Listener:
        """Make the listener that readers speak to."""
        from migstats.runs.walk import Listener

        return Listener(self.warn, self.fail)

    def tell(self, message: str) -> None:
        """Say what should be known, and is nobody's fault."""
        if not self.quiet:
            self._say(message)

    def warn(self, message: str) -> None:
        """Say what should be known; a strict run ends here."""
        if self.muted:
            return
        if not self.quiet or self.strict:
            self._say(message)
        if self.strict:
            self.failed = True
            raise Stopped

    def fail(self, error: MigstatsError) -> None:
        """Say what could not be done; the rest goes on, unless the run is strict."""
        for line in str(error).split("\n"):
            self._say(line)
        self.failed = True
        if self.strict:
            raise Stopped

    def unread(self, name: str) -> None:
        """Say that a document is in a language that no pack has; after some of them they are counted alone."""
        self._unread += 1
        if self._unread <= _NAMED or self.strict:
            self.warn(f"{name}: in no language that there is a pack for; no number of it was read")

    def begin_progress(self, position: int) -> None:
        """Count from here on: what was passed over tells nothing of the speed."""
        if self.progress:
            self.progress.begin(position)

    def show_progress(self, name: str, position: int = 0, total: int = 0) -> None:
        """Show which document is read, on a terminal alone."""
        if self.progress:
            self.progress.show(name, position, total)

    def end_progress(self) -> None:
        """Take the line of progress away."""
        if self.progress:
            self.progress.clear()

    def end(self) -> None:
        """Say at the end what was only counted."""
        self.end_progress()
        if self._unread > _NAMED and not self.strict:
            further = self._unread - _NAMED
            self.warn(f"{further} further documents in no language that there is a pack for")

    def _say(self, text: str) -> None:
        """Write a line to stderr, once, safe for a terminal."""
        self.end_progress()
        line = in_line(text)
        if line not in self._said:
            if len(self._said) >= _REMEMBERED:
                self._said.clear()
            self._said.add(line)
            say(line)


def say(line: str) -> None:
    """Write a line to stderr, safe for a terminal."""
    from migstats.show import defuse

    click.echo(f"migstats: {defuse(line)}", err=True)
