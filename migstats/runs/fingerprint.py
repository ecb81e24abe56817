"""What a run is made of, as short hashes: only the same run may go on where an earlier one stopped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256

from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.runs.walk import STDIN, Listener, find_files
from migstats.version import __version__

_ENDS = 1 << 16
"""Bytes at the start and the end of a file that are looked at; its size and its date tell of the rest."""

_APART = frozenset({"jobs", "resume", "quiet", "strict", "packs_folders"})
"""Options that change nothing in what is written."""


def describe_run(paths: Iterable[str], packs: Packs, options: Mapping[str, object]) -> dict[str, str]:
    """Tell what a run is made of: its input, its packs, its options, the program."""
    wanted = sorted((key, value) for key, value in options.items() if key not in _APART)
    return {
        "the input": _digest(_describe_files(paths)),
        "the packs": digest_packs(packs),
        "the options": _digest([repr(wanted).encode()]),
        "the program": __version__,
    }


def digest_packs(packs: Packs) -> str:
    """Hash all packs."""
    return _digest(part for key in sorted(packs.files) for part in (key.encode(), packs.files[key].read_bytes()))


def is_repeatable(paths: Iterable[str]) -> bool:
    """Tell whether the input can be read a second time."""
    return not any(path == STDIN or _is_pipe(path) for path in paths)


def _is_pipe(path: str) -> bool:
    """Tell whether a path is there and can be read but once."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _describe_files(paths: Iterable[str]) -> Iterable[bytes]:
    """Go through what tells the files apart."""
    silent = Listener(lambda _: None, lambda _: None)
    for path in paths:
        try:
            for entry in find_files(path, silent):
                yield entry.name.encode("utf-8", "surrogateescape")
                yield _describe_file(entry.name)
        except (MigstatsError, OSError):
            yield path.encode("utf-8", "surrogateescape")


def _describe_file(name: str) -> bytes:
    """Tell one file from what it was before."""
    with open(name, "rb") as stream:
        state = os.fstat(stream.fileno())
        head = stream.read(_ENDS)
        stream.seek(max(state.st_size - _ENDS, 0))
        return f"{state.st_size} {state.st_mtime_ns} {_digest([head, stream.read(_ENDS)])}".encode()


def _digest(parts: Iterable[bytes]) -> str:
    """Hash some parts, each with its length, so that no two lists are the same."""
    found = sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()
