"""WARC: what a crawler fetched; the pages in it, and the texts that others made of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from migstats.errors import ReadError
from migstats.extras import look_for
from migstats.read._source import Source, enter, too_large

SUFFIXES = (".warc", ".wet")
_MAGIC = b"WARC/"
_PAGE, _TEXT = ".html", ".txt"
_FOUND = range(200, 300)
_HTML = "html"


def is_surely(head: bytes) -> bool:
    """Tell whether a file is WARC."""
    return head.startswith(_MAGIC)


def entries(source: Source) -> Iterator[Source | ReadError]:
    """Give the pages that were answered with success, and converted texts, each under the id of its record.

    The time of the crawl is no date of publication.
    """
    _check(source)
    look_for("WARC", "warc", "fastwarc")
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.conversion
    try:
        stream: Any = _Forward(source.stream)
        for record in ArchiveIterator(stream, record_types=wanted, stream_detect=False):
            entry = _enter(record, source, record.record_type == WarcRecordType.conversion)
            if entry is not None:
                yield entry
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(f"this WARC file is damaged ({error})", path=source.name, remedy="fetch it anew") from None


class _Forward:
    """A stream that is only read on, as one that is unpacked on the way cannot go back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Tell how many were read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stay where it is."""
        if (whence, offset) in ((io.SEEK_CUR, 0), (io.SEEK_SET, self._at)):
            return self._at
        raise OSError("cannot go back")


def _check(source: Source) -> None:
    """Refuse what is empty or no WARC."""
    head = cast(io.BufferedReader, source.stream).peek(len(_MAGIC))
    if not head:
        raise ReadError("the file is empty", path=source.name)
    if not is_surely(head):
        raise ReadError("this is no WARC file, or a damaged one", path=source.name, remedy="fetch it anew")


def _enter(record: Any, source: Source, converted: bool) -> Source | ReadError | None:
    """Take a page or a text out of a record; of what is neither, nothing."""
    if not converted and not _is_page(record):
        return None
    id = str(record.record_id).strip("<>").removeprefix("urn:uuid:")  # noqa: A001 (what WARC calls it)
    name = f"{source.name}#{id}"
    data = record.reader.read(source.limit + 1)
    if len(data) > source.limit:
        error = too_large(source)
        return ReadError(error.message, path=name, remedy=error.remedy)
    if not data.strip():
        return None
    page = enter(source, cast(BinaryIO, io.BytesIO(data)), name, _TEXT if converted else _PAGE)
    return page.called(id, record.headers.get("WARC-Target-URI"), None if converted else record.http_charset)


def _is_page(record: Any) -> bool:
    """Tell whether a record is a page that was found."""
    status = record.http_headers.status_code if record.http_headers else None
    return _HTML in (record.http_content_type or "") and (status is None or status in _FOUND)
