"""Plain text, one document a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from migstats.model import Document
from migstats.read._decode import Warn, decode_text
from migstats.read._header import describe

SUFFIXES = (".txt", ".md")


def read(stream: BinaryIO, name: str, warn: Warn) -> Iterator[Document]:
    """Read one text.

    >>> from io import BytesIO
    >>> [document.text for document in read(BytesIO(b"12 boats"), "a.txt", print)]
    ['12 boats']
    """
    yield describe(Document(name, decode_text(stream.read(), name, warn)))
