"""Makes the documents of a dump of its entries, whatever format wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migstats.errors import ReadError
from migstats.model import Document
from migstats.read._entry import Maker
from migstats.read._source import Source
from migstats.read._told import Told

Entry = Mapping[str, object] | ReadError
"""What a line holds, or why it holds nothing."""


def make_documents(source: Source, entries: Iterable[tuple[int, Entry]]) -> Iterator[Document]:
    """Make the documents, each as its entry comes, by its line; a bad one is told, and the rest goes on."""
    maker, told = Maker(source), Told(source)
    for line, entry in entries:
        try:
            if isinstance(entry, ReadError):
                raise entry
            document = maker.make(entry, line)
        except ReadError as error:
            told.bad(line, error)
            continue
        told.good()
        yield document
    told.end()
