"""Standard output whose lines Ctrl-C does not tear."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast


class WholeWrites:
    """A stream that finishes what it writes before an interrupt is heard."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write all of a text."""
        with _holding_interrupts():
            return self._stream.write(text)

    def flush(self) -> None:
        """Write all that is buffered."""
        with _holding_interrupts():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def get_stdout() -> TextIO:
    """Give standard output, with whole writes."""
    return cast(TextIO, WholeWrites(sys.stdout))


@contextmanager
def _holding_interrupts() -> Iterator[None]:
    """Keep an interrupt waiting, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
