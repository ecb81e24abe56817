"""Options that commands share, and the documents that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migstats.cli._voice import Voice
from migstats.errors import MigstatsError, UnknownName
from migstats.value import replace

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.model import Analysis, Document
    from migstats.read._source import Fields
    from migstats.runs.extract import Wanted

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

packs_option = click.option(
    "--packs", "packs_folders", metavar="DIR", multiple=True, type=click.Path(path_type=Path), help="Further packs."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No warnings, no progress.")


def input_options(command: Decorated) -> Decorated:
    """Add the options that say how documents are read."""
    for option in (
        click.option("--published", metavar="DATE", help="Publication date of all documents: 2018, 2018-09 or a day."),
        click.option("--in-language", metavar="CODE", help="All documents are in this language."),
        click.option("--from-source", metavar="ID", help="All documents are from this source."),
        click.option("--max-size", metavar="SIZE", default="64M", help="Larger documents are refused (64M)."),
        click.option("--text-field", metavar="NAME", help="Field of a dump with the text: body, article.body."),
        click.option("--id-field", metavar="NAME", help="Field of a dump with the id."),
        click.option("--date-field", metavar="NAME", help="Field of a dump with the publication date."),
        click.option("--url-field", metavar="NAME", help="Field of a dump with the address."),
        click.option("--stdin-filename", metavar="NAME", default="-", help="Name of the document on standard input."),
        click.option("--strict", is_flag=True, help="Stop at the first input that cannot be read without a warning."),
        packs_option,
        quiet_option,
    ):
        command = option(command)
    return command


def filter_options(command: Decorated) -> Decorated:
    """Add the options that say which figures are wanted."""
    for option in (
        click.option("--indicator", metavar="CODE", multiple=True, help="Only this indicator (may be repeated)."),
        click.option("--source", metavar="ID", multiple=True, help="Only documents of this source (may be repeated)."),
        click.option("--language", metavar="CODE", multiple=True, help="Only documents in this language."),
        click.option("--basis", metavar="BASIS", help="Only figures as sure as this: pattern, anchor, group, anaphor."),
        click.option("--related", is_flag=True, help="Also figures of read-also links, menus and captions."),
    ):
        command = option(command)
    return command


def get_packs(folders: Sequence[Path], voice: Voice) -> Packs:
    """Load the packs; those that do not hold are told and left out."""
    from migstats.loading.load import load_packs

    packs = load_packs(folders)
    for problem in packs.problems:
        voice.fail(problem)
    return packs


def get_wanted(options: dict[str, Any], packs: Packs) -> Wanted:
    """Read the filter options."""
    from migstats.runs.extract import Wanted

    wanted = Wanted(
        indicators=frozenset(split_names(options["indicator"])),
        sources=frozenset(split_names(options["source"])),
        languages=frozenset(split_names(options["language"])),
        related=options["related"],
        basis=options["basis"],
    )
    wanted.check(packs)
    return wanted


def read_documents(paths: Sequence[str], options: dict[str, Any], voice: Voice, skip: int = 0) -> Iterator[Document]:
    """Read the documents named on the command line, but for the first that an earlier run has done."""
    from migstats.read._size import read_size
    from migstats.runs.walk import Manner, measure_paths, read_paths

    told, shard = _get_told(options), options.get("shard")
    manner = Manner(options["stdin_filename"], get_fields(options), read_size(options["max_size"]))
    total = measure_paths(paths) if voice.progress else 0
    voice.muted = skip > 0
    for document in read_paths(paths, voice.listener, manner):
        if shard and not shard.holds(document):
            continue
        if skip:
            skip -= 1
            continue
        if voice.muted:
            voice.muted = False
            voice.begin_progress(manner.meter.position)
        voice.show_progress(document.name, manner.meter.position, total)
        yield replace(document, **told) if told else document
    voice.muted = False
    voice.end_progress()


def get_fields(options: dict[str, Any]) -> Fields:
    """Read the options that name the fields of a dump."""
    from migstats.read._source import Fields

    return Fields(*(options[f"{name}_field"] for name in ("text", "id", "date", "url")))


def warn_unread(analysis: Analysis, voice: Voice) -> None:
    """Say that a document was not read, as no pack has its language."""
    if analysis.document.language is None:
        voice.unread(analysis.document.name)


def check_date(published: str | None) -> None:
    """Refuse a date that is none."""
    from migstats.read._header import is_date

    if published and not is_date(published):
        raise MigstatsError(f"'{published}' is no date", remedy="write it as 2018, 2018-09 or 2018-09-14")


def check_names(options: dict[str, Any], packs: Packs) -> None:
    """Refuse to be told a language or a source that there is no pack for."""
    rows = ("language", "in_language", packs.languages), ("source", "from_source", packs.sources)
    for what, option, known in rows:
        if options[option] and options[option] not in known:
            raise UnknownName(what, options[option], known)


def _get_told(options: dict[str, Any]) -> dict[str, Any]:
    """Gather what is told of all documents."""
    told = {"published": options["published"], "language": options["in_language"], "source": options["from_source"]}
    return {name: value for name, value in told.items() if value}


def split_names(names: Sequence[str]) -> tuple[str, ...]:
    """Take names that were given one by one, or with commas."""
    return tuple(dict.fromkeys(part.strip() for name in names for part in name.split(",") if part.strip()))
