"""One document with its figures, what became of all other numbers, and what the checks find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from migstats.check import Case, Choice, Finding, run_checks
from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.model import Analysis, Document
from migstats.pipeline import study, troubles
from migstats.records.record import Record, make_records
from migstats.study import Study
from migstats.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class Examined:
    """All that can be said of one document."""

    study: Study
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]

    @property
    def analysis(self) -> Analysis:
        """What was found in it."""
        return self.study.analysis

    @property
    def document(self) -> Document:
        """The document."""
        return self.analysis.document


def examine(
    documents: Iterable[Document], packs: Packs, choice: Choice, fail: Callable[[MigstatsError], None]
) -> Iterator[Examined]:
    """Go through documents; what cannot be done is told."""
    for document in documents:
        try:
            done = examine_one(document, packs, choice)
            for trouble in troubles(done.analysis, packs):
                fail(trouble)
            yield done
        except MigstatsError as error:
            fail(error)


def examine_one(document: Document, packs: Packs, choice: Choice | None = None) -> Examined:
    """Read one document and run the checks; whatever goes wrong is an error with its name."""
    try:
        done = _study(document, packs)
        records = tuple(make_records(done.analysis, packs))
        case = Case(done.analysis, records, done.parts, done.frames, packs)
        return Examined(done, records, tuple(run_checks(case, choice)))
    except MigstatsError:
        raise
    except Exception as error:
        said = f"could not be done: {type(error).__name__}: {error}"
        raise MigstatsError(said, path=document.name, remedy="this is a mistake of the program") from error


def _study(document: Document, packs: Packs) -> Study:
    """Read one document, if it is in a language that there is a pack for."""
    if document.language is not None and document.language not in packs.languages:
        return Study(Analysis(replace(document, language=None), (), ()))
    return study(document, packs)
