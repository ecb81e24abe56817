"""The line on a terminal that says how far a run is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

CLEAR = "\r\x1b[K"
_WIDTH = 78
_EVERY = 0.1
_SETTLED = 1.0
_MEGA = 1_000_000


def show_rate(done: int, position: int, total: int, since: tuple[float, int]) -> str:
    """Write how many documents and bytes are done, how fast, and how long the rest takes.

    `since` are the seconds since the start, and the position then.

    >>> show_rate(1200, 25_000_000, 100_000_000, (10, 0))
    '1 200 documents  25.0 of 100.0 MB  2.5 MB/s  0:30 left'
    """
    seconds, start = since
    parts = [f"{done:,} documents".replace(",", " ")]
    if position:
        parts.append(f"{position / _MEGA:.1f} of {total / _MEGA:.1f} MB" if total else f"{position / _MEGA:.1f} MB")
    if seconds >= _SETTLED:
        rate = (position - start) / seconds
        parts.append(f"{rate / _MEGA:.1f} MB/s" if position else f"{done / seconds:.0f}/s")
        if total and rate:
            parts.append(f"{_clock(max(total - position, 0) / rate)} left")
    return "  ".join(parts)


class Progress:
    """Shows, a few times a second, what was done since the start."""

    def __init__(self, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._send = getattr(self._stream, "send", self._stream.write)
        self._now = now
        self._start = (now(), 0)
        self._last = 0.0
        self._shown = False
        self.done = 0

    def begin(self, position: int) -> None:
        """Start anew from somewhere."""
        self._start = (self._now(), position)

    def show(self, name: str, position: int, total: int) -> None:
        """Count a document and show the line, when it is time."""
        from migstats.show import squeeze

        self.done += 1
        now = self._now()
        if now - self._last < _EVERY and self.done > 1:
            return
        self._last = now
        since = (now - self._start[0], self._start[1])
        line = f"{show_rate(self.done, position, total, since)}  {squeeze(name)}"
        self._send(CLEAR + (line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "\u2026"))
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._send(CLEAR)
            self._stream.flush()
            self._shown = False


def _clock(seconds: float) -> str:
    """Write a stretch of time.

    >>> _clock(59.6), _clock(3725)
    ('1:00', '1:02:05')
    """
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
