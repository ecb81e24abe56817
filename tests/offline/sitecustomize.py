"""Keeps every Python that a test starts from the world outside this machine; it is found on PYTHONPATH.

Who tries nevertheless gets an error, and a line in a file, so that one who hides the error is found out as well.
"""

from __future__ import annotations

import os
import sys

LOG = "MIGSTATS_TEST_OUTSIDE"
"""The variable with the file that attempts are written to."""

_ADDRESSED = frozenset(["socket.connect", "socket.sendto", "socket.sendmsg"])
_NAMED = frozenset(["socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"])
_HERE = ("", "localhost", "::1", "0.0.0.0")


def forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to reach, or to ask for the name of, anything but this machine."""
    if event in _ADDRESSED:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # the address of another kind of socket is a path
    elif event in _NAMED:
        first = arguments[0]
        host = first[0] if isinstance(first, tuple) else first
    else:
        return
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if host is None or host in _HERE or str(host).startswith("127."):
        return
    log = os.environ.get(LOG)
    if log:
        with open(log, "a", encoding="utf-8") as stream:
            stream.write(f"{event} {host}\n")
    raise PermissionError(f"{host} is outside this machine ({event})")


if LOG in os.environ:
    sys.addaudithook(forbid)
