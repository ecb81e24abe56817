"""Unpacks a compressed file as it is read, recognised by its first bytes."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO, cast

from migstats.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKED = (".gz",)
"""Suffixes that stand behind that of the format."""

_GZIP = b"\x1f\x8b"
_BUFFER = 1 << 18


class _Unpacked(io.RawIOBase):
    """The plain bytes of a gzip file; what does not hold is an error in words."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        from gzip import GzipFile

        self._file = GzipFile(fileobj=stream, mode="rb")
        self._name = name

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack the next bytes."""
        from zlib import error

        try:
            return self._file.readinto1(buffer)
        except (EOFError, error):
            raise ReadError("the compressed file is damaged or breaks off", path=self._name) from None


def unpack(stream: BinaryIO, name: str) -> io.BufferedReader:
    r"""Give the plain bytes of a stream.

    >>> import gzip
    >>> unpack(io.BytesIO(gzip.compress(b"12 boats")), "a.txt.gz").read()
    b'12 boats'
    """
    plain = _buffer(stream)
    if plain.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
        return plain
    return io.BufferedReader(_Unpacked(cast(BinaryIO, plain), name), _BUFFER)


def strip_packed(name: str) -> str:
    """Take the suffix of a compression off a name.

    >>> strip_packed("dump.jsonl.gz")
    'dump.jsonl'
    """
    stem, suffix = os.path.splitext(name)
    return stem if suffix.lower() in PACKED else name


def _buffer(stream: BinaryIO) -> io.BufferedReader:
    """Make a stream one that can be looked into."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
