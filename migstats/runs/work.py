"""What is done with each document of a run, in this process or in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from migstats.collector import collect_seldom
from migstats.errors import MigstatsError
from migstats.loading.load import Packs, load_packs
from migstats.model import Analysis, Document
from migstats.output import Lines, find_lines
from migstats.pipeline import sift, troubles
from migstats.records.record import Issue, Record
from migstats.runs.extract import Wanted, extract_one
from migstats.runs.keep import keep_text
from migstats.texts.view import cut_words
from migstats.value import dataclass, field
from migstats.write._row import make_safe

if TYPE_CHECKING:
    from migstats.sieve import Sieve

MANY = 64
"""Documents without a figure after which it pays to get ready for telling such ones from their words."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, small enough to be sent to another process."""

    folders: tuple[Path, ...] = ()
    """Folders of further packs."""
    wanted: Wanted = field(default_factory=Wanted)
    form: str | None = None
    """The format whose lines are written where the work is done; none to get the records."""
    whole: bool = False
    """The documents are wanted too."""
    issues: bool = False
    """So is what the checks have to say of them."""
    safe: bool = False
    """Texts that a spreadsheet would run as formulas are made harmless."""
    kept: Path | None = None
    """Folder for the texts that have records."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document."""

    name: str
    records: tuple[Record, ...] = ()
    text: str = ""
    """The lines of its records, where they were asked for."""
    document: Document | None = None
    """The document with its language and source told, where it was asked for."""
    issues: tuple[Issue, ...] = ()
    """What the checks say of it, where that was asked for."""
    unread: bool = False
    """It is in no language that there is a pack for."""
    error: MigstatsError | None = None
    troubles: tuple[MigstatsError, ...] = ()
    """What could not be done of it, though it was read."""


class Desk:
    """Works on documents, one by one, with packs that are loaded once."""

    def __init__(self, task: Task, packs: Packs) -> None:
        self._task = task
        self._packs = packs
        self._lines: Lines | None = find_lines(task.form) if task.form else None
        self._empty = 0
        self._sieve: Sieve | None = None

    def do(self, document: Document) -> Outcome:
        """Extract the records of one document, if its words let it have any; one that is told of anyway is read."""
        if self._sieve is not None and self._sieve.holds_back(_read_on(document), document.language):
            return Outcome(document.name)
        try:
            analysis, records, issues = self._read(document)
            if self._task.kept and records:
                keep_text(self._task.kept, document.text, records[0].sha256)
        except MigstatsError as error:
            plain = MigstatsError(error.message, path=error.path, line=error.line, remedy=error.remedy)
            return Outcome(document.name, error=plain)
        if not records:
            self._get_ready()
        unread = analysis.document.language is None
        left = tuple(troubles(analysis, self._packs))
        if self._task.safe:
            records = [make_safe(record) for record in records]
        if self._lines is None:
            whole = analysis.document if self._task.whole else None
            return Outcome(document.name, tuple(records), "", whole, issues, unread, troubles=left)
        text = "".join(map(self._lines.write_line, records))
        return Outcome(document.name, text=text, unread=unread, troubles=left)

    def _read(self, document: Document) -> tuple[Analysis, list[Record], tuple[Issue, ...]]:
        """Find what is in a document; the checks are run only where somebody wants to hear them."""
        wanted = self._task.wanted
        if not self._task.issues:
            return *extract_one(document, self._packs, wanted), ()
        from migstats.runs.examine import examine_one

        done = examine_one(document, self._packs)
        issues = [Issue(one.code, one.level, one.message, next(iter(one.spans), None)) for one in done.findings]
        return done.analysis, [record for record in done.records if wanted.keeps(record)], tuple(issues)

    def _get_ready(self) -> None:
        """Make the sieve, once there were many documents without a figure."""
        self._empty += 1
        if self._empty == MANY and not (self._task.whole or self._task.issues):
            self._sieve = sift(self._packs)


def _read_on(document: Document) -> str:
    """Give the text with broken words whole, as they are looked at one by one."""
    return cut_words(document, 0, len(document.text)) if document.marks else document.text


def work(documents: Iterable[Document], task: Task, packs: Packs, jobs: int) -> Iterator[Outcome]:
    """Do what is to be done with each document, in order, by as many processes as wanted."""
    if jobs > 1:
        from migstats.runs.crew import run_crew

        return run_crew(documents, partial(_sit_down, task), mourn=_mourn, weigh=_weigh, jobs=jobs)
    return map(Desk(task, packs).do, documents)


def _weigh(document: Document) -> int:
    """Tell how much work a document is."""
    return len(document.text)


def _sit_down(task: Task) -> Desk:
    """Get ready to work, in a process of its own."""
    collect_seldom()
    return Desk(task, load_packs(task.folders))


def _mourn(document: Document, code: int | None) -> Outcome:
    """Say that a document cost a process its life."""
    said = f"the process that read it died twice (exit code {code})"
    return Outcome(document.name, error=MigstatsError(said, path=document.name, remedy="the rest is done"))
