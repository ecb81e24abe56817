"""Standard output whose lines Ctrl-C does not tear."""

from __future__ import annotations

import sys
from typing import Any, TextIO, cast

from migstats.interrupt import holding_interrupts


class WholeWrites:
    """A stream that finishes what it writes before an interrupt is heard."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write all of a text."""
        with holding_interrupts():
            return self._stream.write(text)

    def flush(self) -> None:
        """Write all that is buffered."""
        with holding_interrupts():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def get_stdout() -> TextIO:
    """Give standard output, with whole writes."""
    return cast(TextIO, WholeWrites(sys.stdout))
