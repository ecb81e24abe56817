"""The command that extracts records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli._input import (
    check_date,
    check_names,
    filter_options,
    get_packs,
    get_wanted,
    input_options,
    read_documents,
)
from migstats.cli._run import Target
from migstats.cli._voice import Voice
from migstats.errors import MigstatsError
from migstats.folder import list_modules

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.runs.work import Outcome, Task


def list_formats() -> list[str]:
    """List the formats of `write/`, without importing anything for it."""
    return list_modules([str(Path(__file__).parents[1] / "write")])


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-f",
    "--format",
    "form",
    metavar="FORMAT",
    help=f"One of {', '.join(list_formats())}.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write; its suffix tells the format. A folder becomes a Data Package.",
)
@click.option(
    "--spreadsheet-safe",
    is_flag=True,
    help="Put an apostrophe before cells that a spreadsheet would run as formulas (csv, tsv, hxl).",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Processes that work; the output is the same.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with an interrupted run into the same -o file of lines (jsonl, csv...): what it had done is kept in "
    "FILE.part, and nothing is lost or doubled. Input, packs and options must be as they were. Without such a run, "
    "start one.",
)
@click.option(
    "--keep-text",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Save the text that spans count in, of each document with figures, under its hash: DIR/SHA256.txt.",
)
@click.option("--shard", metavar="I/N", help="Only the documents of one of N shares, told by their ids: 1/4 to 4/4.")
@filter_options
@input_options
def command(paths: tuple[str, ...], form: str | None, output: Path | None, **options: Any) -> None:
    """Print the figures of documents: a table on a terminal, JSON Lines in a pipe.

    PATH is a file, a folder, a glob, or - for standard input: text, Markdown, HTML, PDF, Word (.docx), dumps with one
    document a line (.jsonl, .csv), WARC and zip archives, plain or packed (.gz, .zst). Exit code 2 means that an input
    could not be read; the others are done all the same.
    """
    voice = Voice(options["quiet"], options["strict"])
    name = _choose_format(form, output)
    check_date(options["published"])
    options["shard"] = _get_shard(options["shard"])
    _check_format(name, output, options["spreadsheet_safe"])
    _check_resume(paths, name, output, options["resume"])
    with voice:
        _run((paths, options), name, output, voice)
    voice.exit_if_failed()


Asked = tuple[tuple[str, ...], dict[str, Any]]
"""Paths and options."""


def _run(asked: Asked, name: str, output: Path | None, voice: Voice) -> None:
    """Do all that was asked for."""
    from migstats.runs.work import work

    paths, options = asked
    packs = get_packs(options["packs_folders"], voice)
    check_names(options, packs)
    target, task = _plan(asked, name, output, packs)

    def start(skip: int) -> Iterator[Outcome]:
        documents = read_documents(paths, options, voice, skip)
        return _listen(work(documents, task, packs, options["jobs"]), voice)

    target.take(start, voice)
    voice.end()


def _plan(asked: Asked, name: str, output: Path | None, packs: Packs) -> tuple[Target, Task]:
    """Decide where the outcomes go, and what is to be done with each document."""
    from migstats.output import find_format, find_lines, find_store
    from migstats.runs.fingerprint import describe_run, is_repeatable
    from migstats.runs.work import Task

    paths, options = asked
    lines = find_lines(name) if output or not sys.stdout.isatty() else None
    task = Task(
        tuple(options["packs_folders"]),
        get_wanted(options, packs),
        form=name if lines else None,
        whole=find_store(name) is not None,
        issues=getattr(find_format(name), "WITH_ISSUES", False),
        safe=options["spreadsheet_safe"],
        kept=options["keep_text"],
    )
    made_of = None
    if output and lines and is_repeatable(paths) and (output.is_file() or not output.exists()):
        made_of = describe_run(paths, packs, {**options, "format": name})
    return Target(find_format(name), packs, lines, output, made_of, options["resume"]), task


def _listen(outcomes: Iterator[Outcome], voice: Voice) -> Iterator[Outcome]:
    """Go through what came of each document, and say what went wrong."""
    for outcome in outcomes:
        if outcome.error:
            voice.fail(outcome.error)
        elif outcome.unread:
            voice.unread(outcome.name)
        for trouble in outcome.troubles:
            voice.fail(trouble)
        if sys.stdout.isatty():
            voice.end_progress()
        yield outcome


def _get_shard(written: str | None) -> object:
    """Read the option that names a share."""
    from migstats.runs.shard import read_shard

    return read_shard(written) if written else None


def _check_format(name: str, output: Path | None, safe: bool) -> None:
    """Refuse a format that there is none of, that cannot go where it should, or cannot be made safe."""
    from migstats.output import check_safe, find_format, find_store

    find_format(name)
    if output is None and find_store(name) is not None:
        raise MigstatsError(f"the format {name} is no text", remedy="name a file or a folder for it with -o")
    if safe:
        check_safe(name)


def _check_resume(paths: tuple[str, ...], name: str, output: Path | None, resume: bool) -> None:
    """Refuse to go on with what cannot be gone on with."""
    from migstats.output import find_lines, format_names
    from migstats.runs.fingerprint import is_repeatable

    if not resume:
        return
    if output is None or (output.exists() and not output.is_file()):
        raise MigstatsError("--resume goes on with a file", remedy="name it with -o FILE")
    if find_lines(name) is None:
        fit = ", ".join(form for form in format_names() if find_lines(form))
        raise MigstatsError(
            f"--resume cannot go on with the format {name}, which is written as a whole", remedy=f"take one of {fit}"
        )
    if not is_repeatable(paths):
        raise MigstatsError("--resume cannot read this a second time", remedy="name a file instead of standard input")


def _choose_format(form: str | None, output: Path | None) -> str:
    """Choose a format: as asked, by the file's suffix, or by where it goes."""
    from migstats.output import format_of

    if form:
        return form
    if output:
        return format_of(output)
    return "table" if sys.stdout.isatty() else "jsonl"
