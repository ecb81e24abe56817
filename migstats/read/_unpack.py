"""Unpacks a compressed file as it is read, recognised by its first bytes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from migstats.errors import ReadError
from migstats.extras import look_for

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKED = (".gz", ".zst")
"""Suffixes that stand behind that of the format."""

_BUFFER = 1 << 18
_WINDOW = 27
"""Bits of the memory that a file may ask for to be unpacked: what its own program takes by default."""


class Unpacked(io.RawIOBase):
    """The plain bytes of a compressed file; what does not hold is an error in words."""

    def __init__(self, file: BinaryIO, name: str, errors: tuple[type[Exception], ...]) -> None:
        self._file = file
        self._name = name
        self._errors = errors

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack the next bytes."""
        try:
            return cast(io.BufferedReader, self._file).readinto1(buffer)
        except self._errors as error:
            if "memory" in str(error):
                remedy = "unpack it with its own program first"
                raise ReadError("needs too much memory to be unpacked", path=self._name, remedy=remedy) from None
            raise ReadError("the compressed file is damaged or breaks off", path=self._name) from None


def _open_gzip(stream: BinaryIO, name: str) -> Unpacked:
    from gzip import BadGzipFile, GzipFile
    from zlib import error

    return Unpacked(cast(BinaryIO, GzipFile(fileobj=stream, mode="rb")), name, (EOFError, BadGzipFile, error))


def _open_zstandard(stream: BinaryIO, name: str) -> Unpacked:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        look_for(".zst", "zst", "backports.zstd")
        from backports import zstd

    options: Any = {zstd.DecompressionParameter.window_log_max: _WINDOW}
    return Unpacked(cast(BinaryIO, zstd.ZstdFile(stream, options=options)), name, (EOFError, zstd.ZstdError))


_OPENERS: dict[bytes, Callable[[BinaryIO, str], Unpacked]] = {
    b"\x1f\x8b": _open_gzip,
    b"\x28\xb5\x2f\xfd": _open_zstandard,
}


def unpack(stream: BinaryIO, name: str) -> io.BufferedReader:
    r"""Give the plain bytes of a stream.

    >>> import gzip
    >>> unpack(io.BytesIO(gzip.compress(b"12 boats")), "a.txt.gz").read()
    b'12 boats'
    """
    plain = _buffer(stream)
    head = plain.peek(max(map(len, _OPENERS)))
    for magic, opener in _OPENERS.items():
        if head.startswith(magic):
            return io.BufferedReader(opener(cast(BinaryIO, plain), name), _BUFFER)
    return plain


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
