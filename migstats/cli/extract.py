"""The command that extracts records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli import FAILED
from migstats.cli._input import check_date, filter_options, get_packs, get_wanted, input_options, read_documents
from migstats.cli._run import Target
from migstats.cli._voice import Stopped, Voice
from migstats.errors import MigstatsError

if TYPE_CHECKING:
    from migstats.load import Packs
    from migstats.work import Outcome, Task


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-f", "--format", "form", metavar="FORMAT", help="table, json, jsonl or csv.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write; its suffix tells the format.",
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
    help="Go on with an interrupted run into the same -o file (jsonl, csv): what it had done is kept in FILE.part, and "
    "nothing is lost or doubled. Input, packs and options must be as they were. Without such a run, start one.",
)
@click.option("--shard", metavar="I/N", help="Only the documents of one of N shares, told by their ids: 1/4 to 4/4.")
@filter_options
@input_options
def command(paths: tuple[str, ...], form: str | None, output: Path | None, **options: Any) -> None:
    """Print the figures of documents: a table on a terminal, JSON Lines in a pipe.

    PATH is a file, a folder, a glob, or - for standard input; a dump of JSON Lines (.jsonl, .jsonl.gz) holds one
    document a line. Exit code 2 means that an input could not be read; the others are done all the same.
    """
    voice = Voice(options["quiet"], options["strict"])
    name = _choose_format(form, output)
    check_date(options["published"])
    options["shard"] = _get_shard(options["shard"])
    _check_resume(paths, name, output, options["resume"])
    try:
        _run((paths, options), name, output, voice)
    except Stopped:
        pass
    finally:
        voice.end_progress()
    if voice.failed:
        click.get_current_context().exit(FAILED)


Asked = tuple[tuple[str, ...], dict[str, Any]]
"""Paths and options."""


def _run(asked: Asked, name: str, output: Path | None, voice: Voice) -> None:
    """Do all that was asked for."""
    from migstats.work import work

    paths, options = asked
    packs = get_packs(options["packs_folders"], voice)
    target, task = _plan(asked, name, output, packs)

    def start(skip: int) -> Iterator[Outcome]:
        documents = read_documents(paths, options, voice, skip)
        return _listen(work(documents, task, packs, options["jobs"]), voice)

    target.take(start, voice)
    voice.end()


def _plan(asked: Asked, name: str, output: Path | None, packs: Packs) -> tuple[Target, Task]:
    """Decide where the outcomes go, and what is to be done with each document."""
    from migstats.fingerprint import describe_run, is_repeatable
    from migstats.output import find_format, find_lines
    from migstats.work import Task

    paths, options = asked
    lines = find_lines(name) if output or not sys.stdout.isatty() else None
    task = Task(tuple(options["packs_folders"]), get_wanted(options, packs), name if lines else None)
    made_of = None
    if output and lines and is_repeatable(paths) and (output.is_file() or not output.exists()):
        made_of = describe_run(paths, packs, {**options, "format": name})
    return Target(find_format(name), lines, output, made_of, options["resume"]), task


def _listen(outcomes: Iterator[Outcome], voice: Voice) -> Iterator[Outcome]:
    """Go through what came of each document, and say what went wrong."""
    for outcome in outcomes:
        if outcome.error:
            voice.fail(outcome.error)
        elif outcome.unread:
            voice.unread(outcome.name)
        if sys.stdout.isatty():
            voice.end_progress()
        yield outcome


def _get_shard(written: str | None) -> object:
    """Read the option that names a share."""
    from migstats.shard import read_shard

    return read_shard(written) if written else None


def _check_resume(paths: tuple[str, ...], name: str, output: Path | None, resume: bool) -> None:
    """Refuse to go on with what cannot be gone on with."""
    from migstats.fingerprint import is_repeatable
    from migstats.output import find_format, find_lines, format_names

    find_format(name)
    if not resume:
        return
    if output is None or (output.exists() and not output.is_file()):
        raise MigstatsError("--resume goes on with a file", remedy="name it with -o FILE")
    if find_lines(name) is None:
        fit = " or ".join(form for form in format_names() if find_lines(form))
        raise MigstatsError(
            f"--resume cannot go on with the format {name}, which is written as a whole", remedy=f"take {fit}"
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
