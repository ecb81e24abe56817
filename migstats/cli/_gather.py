"""Records of many documents, read now or written by an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migstats.cli._input import check_names, get_wanted, read_documents, warn_unread
from migstats.cli._voice import Voice
from migstats.errors import MigstatsError

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.model import Document
    from migstats.recall import Gathered
    from migstats.records.record import Record
    from migstats.series.line import Conflict

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

country_option = click.option("--country", metavar="CODE", multiple=True, help="Only this country (ISO 3166, alpha-3).")


def fail_options(command: Decorated) -> Decorated:
    """Add the options that say when findings make the exit code 1."""
    command = click.option("--exit-zero", is_flag=True, help="Exit 0 whatever was found.")(command)
    says = "Exit 1 from here on: note, warning, error."
    return click.option("--fail-level", metavar="LEVEL", default="warning", help=says)(command)


def gather(paths: Sequence[str], options: dict[str, Any], packs: Packs, voice: Voice) -> list[Gathered]:
    """Read documents and files of records; documents are checked, too, where that is asked for."""
    from migstats.recall import Gathered, holds_records, recall
    from migstats.value import replace

    check_names(options, packs)
    keep = _make_filter(options, packs)
    written = [path for path in paths if holds_records(path)]
    texts = [path for path in paths if path not in written]
    found = []
    for path in written:
        try:
            found.append(Gathered([record for record in recall(path) if keep(record)]))
        except MigstatsError as error:
            voice.fail(error)
    documents = read_documents(texts, options, voice) if texts else iter(())
    for one in _read(documents, packs, options, voice):
        voice.end_progress()
        if one.analysis:
            warn_unread(one.analysis, voice)
        found.append(replace(one, records=[record for record in one.records if keep(record)]))
    voice.end()
    return found


def _read(documents: Iterable[Document], packs: Packs, options: dict[str, Any], voice: Voice) -> Iterator[Gathered]:
    """Go through documents: what was found in each."""
    from migstats.recall import Gathered

    if options.get("examined"):
        from migstats.check import Choice
        from migstats.runs.examine import examine

        for one in examine(documents, packs, Choice(), voice.fail):
            yield Gathered(list(one.records), one.analysis, one.findings)
        return
    from migstats.runs.extract import Wanted, extract

    for analysis, records in extract(documents, packs, Wanted(related=True), voice.fail):
        yield Gathered(records, analysis)


def _make_filter(options: dict[str, Any], packs: Packs) -> Callable[[Record], bool]:
    """Make what says whether a record is wanted."""
    wanted = get_wanted(options, packs)
    countries = {code.upper() for code in options["country"]}
    return lambda record: wanted.keeps(record) and (not countries or record.country in countries)


def check_level(level: str) -> None:
    """Refuse a level that is none."""
    from migstats.check import LEVELS
    from migstats.errors import UnknownName

    if level not in LEVELS:
        raise UnknownName("level", level, LEVELS)


def fails(conflicts: Sequence[Conflict], options: dict[str, Any]) -> bool:
    """Tell whether a finding is as grave as the level asked for."""
    from migstats.check import LEVELS

    grave = LEVELS[LEVELS.index(options["fail_level"]) :]
    return not options["exit_zero"] and any(conflict.code.level in grave for conflict in conflicts)
