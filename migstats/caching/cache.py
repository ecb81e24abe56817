"""A folder in which compiled packs are kept between runs; everything works without it, only more slowly.

`MIGSTATS_CACHE_DIR` names another folder, `MIGSTATS_CACHE=off` does without. What is kept is found by a key made of all
that it was made from, so that nothing old is ever read for new. Files are written whole under another name, and
take theirs at once: two processes do not see half of each other's. What is damaged, or could have been written by
somebody else, is not read; a folder that cannot be written to is left alone.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TypeVar

from migstats.caching.snapshot import freeze, thaw

Part = TypeVar("Part")
_MARK = b"migstats 1\n"
_SUFFIX = ".cache"
_KEPT = 40
"""Files that are kept: those written last."""
_ABANDONED = 3600
"""Seconds after which a file that is not whole was left by a process that is no more."""
_OFF = frozenset({"off", "no", "none", "0", "false"})


def make_key(parts: Iterable[bytes]) -> str:
    """Make a key of what a thing is made from, of this program, and of this Python."""
    found = sha256()
    for part in (sys.version.encode(), _stamp_program(), *parts):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


@cache
def _stamp_program() -> bytes:
    """Tell one state of the program from another: its version stays while it is being worked on."""
    root = os.path.dirname(os.path.dirname(__file__))
    found: list[tuple[str, int, int]] = []
    with suppress(OSError):
        with os.scandir(root) as entries:
            folders = [root, *(entry.path for entry in entries if entry.is_dir())]
        for folder in folders:
            with os.scandir(folder) as entries:
                files = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(".py")]
            found += [(path, state.st_size, state.st_mtime_ns) for path, state in files]
    return repr(sorted(found)).encode()


def recall(key: str, name: str, make: Callable[[], Part]) -> Part:
    """Give what was kept; where there is nothing, make it and keep it. An empty key keeps nothing."""
    kept = read_kept(key, name) if key else None
    if kept is not None:
        part: Part = thaw(kept)
        return part
    made = make()
    if key:
        keep(key, name, freeze(made))
    return made


def read_kept(key: str, name: str) -> bytes | None:
    """Give what was kept under a key and a name; None where there is nothing, or nothing that can be trusted."""
    folder = _find_folder()
    if folder is None or not _is_ours(folder):
        return None
    try:
        with open(_path(folder, key, name), "rb") as stream:
            if not _is_trusted(os.fstat(stream.fileno())):
                return None
            head, content = stream.read(len(_MARK) + 32), stream.read()
    except OSError:
        return None
    return content if head == _head(key, name, content) else None


def keep(key: str, name: str, content: bytes) -> None:
    """Keep something for later runs, where that can be done."""
    folder = _find_folder()
    if folder is None:
        return
    from tempfile import NamedTemporaryFile

    with suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return
        with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as made:
            try:
                made.write(_head(key, name, content) + content)
                made.close()
                os.replace(made.name, _path(folder, key, name))
            except BaseException:
                os.unlink(made.name)
                raise
        _forget_oldest(folder)


def _head(key: str, name: str, content: bytes) -> bytes:
    """Make what a whole file begins with."""
    found = sha256(f"{key} {name}\n".encode())
    found.update(content)
    return _MARK + found.digest()


def _path(folder: str, key: str, name: str) -> str:
    """Name a file."""
    return os.path.join(folder, f"{name}-{key[:32]}{_SUFFIX}")


def _find_folder() -> str | None:
    """Find the folder: as told, or in the place for such things; None where there shall be none, or is no place."""
    told = os.environ.get("MIGSTATS_CACHE_DIR")
    if os.environ.get("MIGSTATS_CACHE", "").lower() in _OFF:
        return None
    if told:
        return os.path.abspath(told)
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        place = os.environ.get("LOCALAPPDATA", "")
    else:
        place = os.environ.get("XDG_CACHE_HOME", "")
        place = place if os.path.isabs(place) else os.path.join(home, ".cache")
    return os.path.join(place, "migstats") if os.path.isabs(place) else None


def _is_ours(folder: str) -> bool:
    """Tell whether a folder is the user's, and nobody else can put files into it."""
    try:
        state = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and _belongs(state)


def _is_trusted(state: os.stat_result) -> bool:
    """Tell whether a file is the user's, and nobody else can write to it."""
    return stat.S_ISREG(state.st_mode) and _belongs(state)


def _belongs(state: os.stat_result) -> bool:
    """Tell whether something is the user's alone to change."""
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_oldest(folder: str) -> None:
    """Remove what was written long ago: packs change, and programs."""
    with os.scandir(folder) as entries:
        files = sorted((entry.stat().st_mtime, entry.path, entry.name) for entry in entries)
    whole = [path for _, path, name in files if name.endswith(_SUFFIX)]
    torn = [path for written, path, name in files if name.startswith(".") and written < files[-1][0] - _ABANDONED]
    for path in [*whole[:-_KEPT], *torn]:
        with suppress(OSError):
            os.unlink(path)
