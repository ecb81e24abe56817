"""No test reaches the network: Python may not, and where the system lets it go, there is none."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

from offline import sitecustomize

OFFLINE = str(Path(sitecustomize.__file__).parent)
"""The folder by which every Python that is started forbids it, too."""

NONE = "none"
"""What MIGSTATS_NETWORK says where there shall be none at all: `.ci/run` says so."""

_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


def forbid_network(log: Path) -> str:
    """Forbid it to this process and to all that it starts, and tell how; `log` gets the attempts."""
    log.touch()
    os.environ[sitecustomize.LOG] = str(log)
    os.environ["PYTHONPATH"] = add_offline(os.environ.get("PYTHONPATH", ""))
    sys.addaudithook(sitecustomize.forbid)
    sys.addaudithook(_watch_children)
    if os.environ.get("MIGSTATS_NETWORK") == NONE and leave_network():
        return "there is none"
    return "forbidden to every Python"


def add_offline(paths: str) -> str:
    """Put the folder that forbids it before others on PYTHONPATH."""
    others = [path for path in paths.split(os.pathsep) if path and path != OFFLINE]
    return os.pathsep.join([OFFLINE, *others])


def leave_network() -> bool:
    """Go where there is no network but this machine's own, with all that is started from now on; tell if that worked.

    The user stays who they are.
    """
    if not sys.platform.startswith("linux"):
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    user, group = os.getuid(), os.getgid()
    if unshare(_NEW_NETWORK) != 0:
        if unshare(_NEW_USER | _NEW_NETWORK) != 0:
            return False
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path(f"/proc/self/{name}").write_text(line)
    with socket.socket() as any_socket:
        asked = struct.pack("16sH22x", b"lo", 0)
        flags = struct.unpack("16sH22x", fcntl.ioctl(any_socket, _GET_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH22x", b"lo", flags | _UP))
    return True


def take_attempts(log: Path) -> list[str]:
    """Give what was tried since this was last asked for."""
    attempts = log.read_text(encoding="utf-8").splitlines() if log.stat().st_size else []
    if attempts:
        log.write_text("")
    return attempts


def _watch_children(event: str, arguments: tuple[object, ...]) -> None:
    """See that a test that starts Python with settings of its own does not let it out."""
    if event != "subprocess.Popen":
        return
    program, _, _, settings = arguments
    if not isinstance(settings, dict) or not Path(os.fsdecode(program)).name.startswith("python"):  # type: ignore[arg-type]
        return
    paths = str(settings.get("PYTHONPATH", "")).split(os.pathsep)
    assert OFFLINE in paths, "start Python with PYTHONPATH as it is, or with more in front of it"
    assert sitecustomize.LOG in settings, "start Python with the variables that there are"
