"""What is raised when something could not be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_NEWLINE = "\u2424"
_LISTED = 20
"""Names that are told all, where none is like the one given."""


class MigstatsError(Exception):
    """Something could not be done: what, where, and what would mend it."""

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        """Say it in one line: `path:line: message; remedy`."""
        where = "" if self.path is None else f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "
        return in_line(where + self.message + (f"; {self.remedy}" if self.remedy else ""))


class ReadError(MigstatsError):
    """An input could not be read."""


class NoDocument(ReadError):
    """An input holds no document: a failure where it was named, passed over in a folder."""


class BinaryInput(NoDocument):
    """An input is no text."""


class TooLarge(ReadError):
    """A document is larger than was asked for."""


class MissingExtra(ReadError):
    """A package that a format needs is not installed."""


class PackError(MigstatsError):
    """A pack does not hold; `problems` lists everything that is wrong with it, each with its line."""

    def __init__(self, problems: Sequence[MigstatsError]) -> None:
        first = problems[0]
        super().__init__(first.message, path=first.path, line=first.line, remedy=first.remedy)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Say every problem, one a line."""
        return "\n".join(str(problem) for problem in self.problems)


class UnknownName(MigstatsError):
    """A code or a name that nothing answers to."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {what} '{name}'", remedy=suggest(name, known))


def in_line(text: str) -> str:
    """Write a text in one line: a name may hold line breaks, which are shown.

    >>> in_line("a\\nb.txt")
    'a\u2424b.txt'
    """
    return _NEWLINE.join(text.splitlines())


def suggest(name: str, known: Iterable[str]) -> str | None:
    """Name what was probably meant, or the whole choice where it is short.

    >>> suggest("indicatr", ["indicator", "unit"])
    "did you mean 'indicator'?"
    >>> suggest("x", ["count", "share"])
    'one of count, share'
    """
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return f"did you mean '{near}'?"
    return f"one of {', '.join(names)}" if 0 < len(names) <= _LISTED else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the name most like another, if any is like it.

    >>> nearest("jsnol", ["csv", "json", "jsonl"])
    'jsonl'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(set(known)), n=1)), None)
