"""JSON Lines: a dump with one document a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from migstats.errors import NoDocument, ReadError
from migstats.model import Document
from migstats.read._decode import decode_text
from migstats.read._entry import Maker
from migstats.read._source import Source

SUFFIXES = (".jsonl", ".ndjson")
LONGEST = 1 << 26
"""Bytes of a line; what is longer is no document."""

TOLD = 50
"""Bad lines told one by one; further ones are counted."""

PATIENCE = 10_000
"""Bad lines at the start of a file after which it is no dump."""

_OPENING = re.compile(rb'\{\s*"')


def fits(head: bytes) -> bool:
    r"""Tell whether a file without a known suffix looks like JSON Lines.

    >>> fits(b'{"text": "12 boats"}\n'), fits(b"{12 boats}"), fits(b'{\n"text": "12 boats"}')
    (True, False, False)
    """
    first, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not end:
        return _OPENING.match(first) is not None
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read(source: Source) -> Iterator[Document]:
    r"""Read the documents, each as its line is read; a bad line is told, and the rest goes on.

    >>> from io import BytesIO
    >>> lines = BytesIO(b'{"id": 7, "text": "12 boats"}\n{"body": "9 boats"}\n')
    >>> [(document.name, document.text) for document in read(Source(lines, "a.jsonl", print))]
    [('a.jsonl#7', '12 boats'), ('a.jsonl:2', '9 boats')]
    """
    maker, told = Maker(source), _Told(source)
    for number, line in enumerate(_lines(source), start=1):
        if line is not None and not line.strip():
            continue
        try:
            document = maker.make(_parse(line, source), number)
        except ReadError as error:
            told.bad(number, error)
            continue
        told.good()
        yield document
    told.end()


class _Told:
    """Tells bad lines, once there is a good one: a file without any is one error."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held: list[tuple[int, ReadError]] = []
        self._bad = 0
        self._any = False

    def bad(self, line: int, error: ReadError) -> None:
        """Take note of a bad line."""
        self._bad += 1
        if self._bad <= TOLD:
            self._held.append((line, error))
        if self._any:
            self._tell()
        elif self._bad >= PATIENCE:
            self.end()

    def good(self) -> None:
        """Take note of a good line."""
        self._any = True
        self._tell()

    def end(self) -> None:
        """Say how many more were bad; a file without a good line is refused."""
        if not self._any:
            if not self._held:
                raise ReadError("the file is empty", path=self._source.name)
            line, error = self._held[0]
            said = f"{error.message}; nor is there a document in any other line"
            raise NoDocument(said, path=self._source.name, line=line, remedy=error.remedy)
        if self._bad > TOLD:
            self._source.warn(f"{self._bad - TOLD} further lines could not be read")

    def _tell(self) -> None:
        """Say what was held back."""
        for line, error in self._held:
            self._source.warn(error.message, line, error.remedy)
        self._held.clear()


def _lines(source: Source) -> Iterator[bytes | None]:
    """Go through the lines; one that is too long to hold is `None`."""
    first = True
    while line := source.stream.readline(LONGEST):
        if first and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ReadError("this is UTF-16 or UTF-32", path=source.name, remedy="JSON Lines are UTF-8: convert it")
        if len(line) < LONGEST or line.endswith(b"\n"):
            yield line.removeprefix(codecs.BOM_UTF8) if first else line
        else:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(LONGEST)
            yield None
        first = False


def _parse(line: bytes | None, source: Source) -> dict[str, object]:
    """Read one line as an object."""
    if line is None:
        raise ReadError(f"longer than {LONGEST >> 20} MB", remedy="one document a line is wanted")
    try:
        entry = json.loads(_decode(line, source).rstrip("\r\n"))
    except json.JSONDecodeError as error:
        said = f"no JSON: {error.msg.lower().removesuffix(' at')} at column {error.colno}"
        raise ReadError(said, remedy="one object a line is wanted; the line is passed over") from None
    except (ValueError, RecursionError):
        raise ReadError("no JSON that can be held", remedy="the line is passed over") from None
    if not isinstance(entry, dict):
        raise ReadError("no JSON object", remedy="one object a line is wanted; the line is passed over")
    return entry


def _decode(line: bytes, source: Source) -> str:
    """Decode a line; an encoding other than UTF-8 is told."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode_text(line, source.name, source.warn)
