"""Texts of WARC files: pages, or what a crawler made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migstats.errors import MigstatsError
from migstats.formats import Listener, read_source
from migstats.model import Document
from migstats.read._source import Source
from migstats.read._unpack import unpack
from migstats.read.warc import entries
from migstats.texts.view import related_spans

Page = tuple[str, str | None, str | None, str | None, str | None]
"""Id, address, publication date, title and text."""

SCHEMA = "id STRING, url STRING, date STRING, title STRING, text STRING"
SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")


def read_warc(path: str) -> Iterator[Page]:
    """Read the pages of one file, without links to other texts; one that cannot be read has no text."""
    silent = Listener(lambda _: None, lambda _: None)
    with Path(path).open("rb") as stream:
        for entry in entries(Source(unpack(stream, path), path, silent.warn)):
            if not isinstance(entry, Source) or entry.id is None:
                continue
            try:
                for document in read_source(entry, silent, inside=True):
                    yield entry.id, document.url, document.published, document.title, _cut_related(document)
            except MigstatsError:
                yield entry.id, entry.url, None, None, None


def _cut_related(document: Document) -> str:
    """Give the text without what belongs to others: a row has no place for marks."""
    text = document.text
    for start, end in reversed(related_spans(document.marks)):
        text = text[:start] + text[end:]
    return text
