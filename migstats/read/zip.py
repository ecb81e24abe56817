"""Zip: a folder of documents in one file."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, cast

from migstats.errors import NoDocument, ReadError, TooLarge
from migstats.read._size import show_size
from migstats.read._source import Source, enter
from migstats.read._unpack import Unpacked

if TYPE_CHECKING:
    import zipfile

SUFFIXES = (".zip",)
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 1
_COPIED = 16
"""Documents of the largest size that are copied of an archive in which one cannot go back."""
_BLOCK = 1 << 20
_HIDDEN = (".", "__")


def is_surely(head: bytes) -> bool:
    """Tell whether a file is a zip archive."""
    return head.startswith(_MAGIC)


def entries(source: Source) -> Iterator[Source | ReadError]:
    """Give the files of an archive in the order of their names, hidden ones left out; nothing is written to the disk.

    >>> import zipfile
    >>> from io import BytesIO
    >>> data = BytesIO()
    >>> with zipfile.ZipFile(data, "w") as archive:
    ...     archive.writestr("news/a.txt", "12 boats")
    ...     archive.writestr("../b.txt", "9 boats")
    >>> [str(entry) if isinstance(entry, ReadError) else entry.name for entry in entries(Source(data, "n.zip", print))]
    ['n.zip/../b.txt: its path leads out of the archive; it is passed over', 'n.zip/news/a.txt']
    """
    with _seekable(source) as stream, _open(stream, source) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not (info.filename.endswith("/") or _is_hidden(info) or stat.S_ISLNK(info.external_attr >> 16)):
                yield _enter(archive, info, source)


def _enter(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> Source | ReadError:
    """Open one file of an archive."""
    name = f"{source.name}/{info.filename}"
    if _leads_out(info.filename):
        return ReadError("its path leads out of the archive", path=name, remedy="it is passed over")
    if info.flag_bits & _ENCRYPTED:
        return ReadError("it is encrypted", path=name, remedy="unpack it with its password first")
    try:
        opened = archive.open(info)
    except _errors():
        return ReadError("the archive is damaged here", path=name, remedy="pack it anew")
    plain = io.BufferedReader(Unpacked(cast(BinaryIO, opened), name, _errors()))
    return enter(source, cast(BinaryIO, plain), name)


def _errors() -> tuple[type[Exception], ...]:
    """Give what an archive that is damaged raises."""
    import zipfile
    import zlib

    return zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, zlib.error


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    """Tell what a system put there for itself."""
    return not _leads_out(info.filename) and any(part.startswith(_HIDDEN) for part in info.filename.split("/"))


def _leads_out(name: str) -> bool:
    """Tell whether a path would leave the folder that an archive is unpacked to."""
    windows = PureWindowsPath(name)
    return PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root) or ".." in windows.parts


def _open(stream: BinaryIO, source: Source) -> zipfile.ZipFile:
    """Open an archive."""
    import zipfile

    try:
        return zipfile.ZipFile(stream)
    except _errors():
        if not stream.seek(0, io.SEEK_END):
            raise NoDocument("the file is empty", path=source.name) from None
        said = "the archive is damaged or breaks off"
        raise ReadError(said, path=source.name, remedy="pack it anew") from None


def _seekable(source: Source) -> BinaryIO:
    """Give a stream in which one can go back, as the list of contents stands at the end of an archive."""
    if source.stream.seekable():
        return source.stream
    from tempfile import TemporaryFile

    spooled = TemporaryFile()  # noqa: SIM115 (closed by the caller)
    most = _COPIED * source.limit
    while block := source.stream.read(_BLOCK):
        if spooled.tell() + len(block) > most:
            spooled.close()
            said = f"an archive that comes as a stream, and is larger than {show_size(most)}"
            raise TooLarge(said, path=source.name, remedy="save it as a file, and name that")
        spooled.write(block)
    return cast(BinaryIO, spooled)
