"""Plain text, one document a file."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.model import Document
from migstats.read._decode import decode_text
from migstats.read._header import describe
from migstats.read._source import Source, check_length

SUFFIXES = (".txt", ".text")


def read(source: Source) -> Iterator[Document]:
    """Read one text.

    >>> from io import BytesIO
    >>> [document.text for document in read(Source(BytesIO(b"12 boats"), "a.txt", print))]
    ['12 boats']
    """
    yield describe(Document(source.name, check_length(decode_text(source.load(), source.name, source.warn), source)))
