"""Ctrl-C, and the request to end, heard when it does no harm."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BOTH = frozenset([signal.SIGINT, signal.SIGTERM])


class Terminated(KeyboardInterrupt):
    """The system asks the program to end: all is left behind as after Ctrl-C."""


def hear_requests_to_end() -> None:
    """Raise `Terminated` where the system asks this process to end, instead of ending in the middle of a line."""
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (the signature is the system's)
    raise Terminated


@contextmanager
def holding_interrupts(signals: frozenset[signal.Signals] = BOTH) -> Iterator[None]:
    """Keep interrupts waiting, where the system can; a process born meanwhile never hears one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
