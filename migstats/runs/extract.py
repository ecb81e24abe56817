"""Records of many documents, narrowed to what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from migstats.errors import MigstatsError, UnknownName
from migstats.loading.load import Packs
from migstats.model import Analysis, Document
from migstats.pipeline import analyse, troubles
from migstats.records.record import Record, make_records
from migstats.value import dataclass, replace
from migstats.vocabulary import Basis

BASES: tuple[str, ...] = get_args(Basis)
"""How a reading was reached, surest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records to keep; an empty choice keeps all."""

    indicators: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    related: bool = False
    basis: str | None = None
    """The least sure basis to keep."""

    def check(self, packs: Packs) -> None:
        """Refuse names that nothing answers to."""
        rows = (
            ("indicator", self.indicators, packs.book.units),
            ("source", self.sources, packs.sources),
            ("language", self.languages, packs.languages),
            ("basis", [self.basis] if self.basis else [], BASES),
        )
        for what, names, known in rows:
            for name in sorted(names):
                if name not in known:
                    raise UnknownName(what, name, known)

    def keeps(self, record: Record) -> bool:
        """Tell whether a record is wanted."""
        return (
            (self.related or record.context != "related")
            and (not self.indicators or record.indicator in self.indicators)
            and (not self.sources or record.source in self.sources)
            and (not self.languages or record.language in self.languages)
            and (self.basis is None or BASES.index(record.basis) <= BASES.index(self.basis))
        )


def extract(
    documents: Iterable[Document], packs: Packs, wanted: Wanted, fail: Callable[[MigstatsError], None]
) -> Iterator[tuple[Analysis, list[Record]]]:
    """Go through documents: what was found in each, and the records wanted; what cannot be done is told."""
    for document in documents:
        try:
            analysis, records = extract_one(document, packs, wanted)
            for trouble in troubles(analysis, packs):
                fail(trouble)
            yield analysis, records
        except MigstatsError as error:
            fail(error)


def extract_one(document: Document, packs: Packs, wanted: Wanted) -> tuple[Analysis, list[Record]]:
    """Find what is in one document, and the records wanted; whatever goes wrong is an error with its name.

    A document that is told to be in a language without a pack is not read.
    """
    if document.language is not None and document.language not in packs.languages:
        return Analysis(replace(document, language=None), (), ()), []
    try:
        analysis = analyse(document, packs)
        return analysis, [record for record in make_records(analysis, packs) if wanted.keeps(record)]
    except MigstatsError:
        raise
    except Exception as error:
        said = f"could not be done: {type(error).__name__}: {error}"
        raise MigstatsError(said, path=document.name, remedy="this is a mistake of the program") from error
