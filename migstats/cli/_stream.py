"""Standard output whose lines Ctrl-C does not tear."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from migstats.errors import MigstatsError
from migstats.interrupt import holding_interrupts


class WholeWrites:
    """A stream that finishes what it writes before an interrupt is heard."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write all of a text."""
        with _telling(), holding_interrupts():
            return self._stream.write(text)

    def flush(self) -> None:
        """Write all that is buffered."""
        with _telling(), holding_interrupts():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Aside:
    """Standard error, whoever writes to it.

    What a library or a usage error quotes commands no terminal, either; and that nobody can hear is no reason to end.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text with its control characters seen."""
        from migstats.show import defuse

        return self.send(cast(str, defuse(text)))

    def send(self, text: str) -> int:
        """Write what is meant to command."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write all that is buffered."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_missing() -> None:
    """Open standard streams that the program was started without, so that no file takes their place.

    What is read is empty, what is said is heard by nobody, and writing data fails.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def get_stdout() -> TextIO:
    """Give standard output, with whole writes."""
    return cast(TextIO, WholeWrites(sys.stdout))


def drop_stdout() -> None:
    """Send what is still unwritten nowhere, where standard output cannot be written any more."""
    try:
        sys.stdout.flush()
    except (MigstatsError, OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _telling() -> Iterator[None]:
    """Say in words why nothing can be written; that nobody reads any more is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        said = f"cannot be written: {(error.strerror or '').lower()}"
        raise MigstatsError(said, path="standard output") from None
