"""A file that grows line by line beside its last name, with a log from which an interrupted run goes on.

The lines stand in `FILE.part`, the log in `FILE.resume`: on its first line what the run was made of, then, about each
second, how many documents were done and how many bytes they had given. The bytes are on the disk before the log tells
of them, so that wherever either file breaks off, some line of the log holds: what stands behind its bytes is cut off,
and its documents are passed over. When all is done, the part takes its name and the log goes.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from migstats.errors import MigstatsError
from migstats.value import dataclass
from migstats.whole import mode_of, telling

PART = ".part"
LOG = ".resume"
EVERY = 1.0
"""Seconds between two lines of the log."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment up to which all is known to be written."""

    documents: int = 0
    size: int = 0
    failed: bool = False
    """A document before it could not be done."""

    def __str__(self) -> str:
        """Write it as a line of the log has it."""
        return f"{self.documents} {self.size} {int(self.failed)}"


class Part:
    """The growing file."""

    def __init__(self, data: BinaryIO, log: BinaryIO, start: Checkpoint, every: float) -> None:
        self._data = data
        self._log = log
        self._every = every
        self._next = time.monotonic() + every
        self._logged = start
        self.at = start

    def write(self, text: str, documents: int = 1, failed: bool = False) -> None:
        """Write what some documents gave; the log learns of it in time."""
        data = text.encode("utf-8", "backslashreplace")
        self._data.write(data)
        at = self.at
        self.at = Checkpoint(at.documents + documents, at.size + len(data), at.failed or failed)
        if time.monotonic() >= self._next:
            self.save()

    def save(self) -> None:
        """Let the log tell of all that was written."""
        _sync(self._data)
        if self.at != self._logged:
            self._log.write(f"{self.at}\n".encode())
            _sync(self._log)
        self._logged = self.at
        self._next = time.monotonic() + self._every


@contextmanager
def open_part(path: Path, made_of: Mapping[str, str], resume: bool, every: float = EVERY) -> Iterator[Part]:
    """Open the part of a file, from its start or from where an earlier run was; at the end it takes the file's name.

    A run that breaks off keeps its part, if it had done a document.
    """
    path = path.resolve()
    part, log_path = (path.with_name(path.name + suffix) for suffix in (PART, LOG))
    with telling(path), _open_log(log_path, path) as log, part.open("ab+") as data:
        start = find_checkpoint(log, part.stat().st_size, made_of, path) if resume else Checkpoint()
        data.truncate(start.size)
        if start == Checkpoint():
            log.truncate(0)
            log.write(json.dumps(made_of).encode() + b"\n")
            _sync(log)
        growing = Part(data, log, start, every)
        try:
            yield growing
        except BaseException:
            growing.save()
            if not growing.at.documents:
                _remove(part, log_path)
            raise
        growing.save()
        os.chmod(part, mode_of(path))
        os.replace(part, path)
        _remove(log_path)


def find_checkpoint(log: BinaryIO, size: int, made_of: Mapping[str, str], path: Path) -> Checkpoint:
    """Find the last moment that log and part both hold; a run of other things is refused."""
    log.seek(0)
    head = log.readline()
    if not head.endswith(b"\n"):
        return Checkpoint()
    before = _parse_head(head)
    changed = [key for key, value in made_of.items() if before.get(key) != value]
    if changed:
        said = f"cannot be continued: {' and '.join(changed)} changed since the run was interrupted"
        raise MigstatsError(said, path=str(path), remedy="do it anew without --resume")
    found, end = Checkpoint(), len(head)
    for line in log:
        point = _parse_line(line)
        if point is None or point.size > size:
            break
        found, end = point, end + len(line)
    log.truncate(end)
    return found


def _parse_head(line: bytes) -> dict[str, str]:
    """Read what a run was made of."""
    try:
        head = json.loads(line)
    except ValueError:
        return {}
    return head if isinstance(head, dict) else {}


def _parse_line(line: bytes) -> Checkpoint | None:
    """Read one line of the log; one that is not whole is none."""
    parts = line.split()
    if not line.endswith(b"\n") or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    documents, size, failed = map(int, parts)
    return Checkpoint(documents, size, bool(failed))


def _sync(stream: BinaryIO) -> None:
    """Have all that was written on the disk."""
    stream.flush()
    with suppress(OSError):
        os.fsync(stream.fileno())


@contextmanager
def _open_log(log_path: Path, path: Path) -> Iterator[BinaryIO]:
    """Open the log for this run alone; one that another run took away with its end is opened anew."""
    while True:
        with log_path.open("ab+") as log:
            _lock(log, path)
            if log_path.exists() and os.path.samestat(os.fstat(log.fileno()), log_path.stat()):
                yield log
                return


def _lock(log: BinaryIO, path: Path) -> None:
    """Keep other runs from writing to the same file, where the system can."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise MigstatsError("another run is writing this file", path=str(path)) from None


def _remove(*paths: Path) -> None:
    """Take files away."""
    for path in paths:
        path.unlink(missing_ok=True)
