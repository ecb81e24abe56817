"""The program as a library: documents read, their figures extracted, and shown in a notebook."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from migstats.errors import MigstatsError
from migstats.loading.load import Packs, load_packs
from migstats.model import Analysis, Document
from migstats.notebook import MarkedText, make_table
from migstats.pipeline import troubles
from migstats.read._header import describe
from migstats.records.arrow import to_arrow
from migstats.records.record import Record
from migstats.runs.extract import Wanted, extract_one
from migstats.runs.walk import Listener, Manner, read_paths
from migstats.value import replace

if TYPE_CHECKING:
    from pyarrow import Table

__all__ = ["Figures", "Wanted", "extract", "read", "to_arrow"]

_NAME = "text"
_ALL = Wanted()


class Figures(list[Record]):
    """The records of one document: a list that a notebook shows as a table."""

    def __init__(self, records: Iterable[Record], analysis: Analysis) -> None:
        super().__init__(records)
        self.analysis = analysis
        """All that was found: the document with its language and source told, and what became of every number."""

    @property
    def document(self) -> Document:
        """The document, with language, date and source as far as they could be told."""
        return self.analysis.document

    @property
    def marked(self) -> MarkedText:
        """The text with its figures marked, as a notebook shows it."""
        return MarkedText(self.document.text, tuple(self))

    def to_arrow(self) -> Table:
        """Give the records as a table of Arrow."""
        return to_arrow(self)

    def _repr_html_(self) -> str:
        return make_table(self)


def read(
    *paths: str | os.PathLike[str],
    manner: Manner | None = None,
    fail: Callable[[MigstatsError], None] | None = None,
) -> Iterator[Document]:
    """Read the documents of files, folders and globs, in sorted order, each as soon as it is asked for.

    What cannot be read raises a `MigstatsError`, or is handed to `fail`, and the rest goes on. What should be known
    of a document is a warning.
    """
    listener = Listener(_warn, fail or _raise)
    return read_paths([os.fspath(path) for path in paths], listener, manner)


def extract(
    text: str | Document,
    packs: Packs | None = None,
    *,
    published: str | None = None,
    language: str | None = None,
    wanted: Wanted = _ALL,
) -> Figures:
    """Extract the figures of a text, or of a document that was read.

    `published` is the date of publication, as precise as known (`2018-09`), `language` a code such as `fr`; what is not
    given is looked for in the text. `packs` come from `load_packs`; without them the program's own are taken. `wanted`
    narrows what is kept, as the options of the command do.

    >>> figures = extract("Two migrant boats were seized off the coast in 2023.")
    >>> [(record.indicator, record.value, record.period, record.number) for record in figures]
    [('boats_seized', 2, '2023', 'Two')]
    """
    document = describe(Document(_NAME, text)) if isinstance(text, str) else text
    document = replace(document, published=published or document.published, language=language or document.language)
    packs = packs or _own_packs()
    wanted.check(packs)
    analysis, records = extract_one(document, packs, wanted)
    for trouble in troubles(analysis, packs):
        _warn(str(trouble))
    if analysis.document.language is None:
        _warn(f"{document.name}: in no language that there is a pack for; no number of it was read")
    return Figures(records, analysis)


@cache
def _own_packs() -> Packs:
    """Load the packs of the program, once."""
    return load_packs()


def _warn(message: str) -> None:
    """Say what should be known."""
    warnings.warn(message, stacklevel=3)


def _raise(error: MigstatsError) -> None:
    """End with the first thing that could not be read."""
    raise error
