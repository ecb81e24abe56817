"""The command that extracts records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli import FAILED
from migstats.cli._input import (
    check_date,
    filter_options,
    get_packs,
    get_wanted,
    input_options,
    read_documents,
    warn_unread,
)
from migstats.cli._stream import get_stdout
from migstats.cli._voice import Stopped, Voice

if TYPE_CHECKING:
    from migstats.output import Format
    from migstats.record import Record


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
@filter_options
@input_options
def command(paths: tuple[str, ...], form: str | None, output: Path | None, **options: Any) -> None:
    """Print the figures of documents: a table on a terminal, JSON Lines in a pipe.

    PATH is a file, a folder, a glob, or - for standard input. Exit code 2 means that an input could not be read; the
    others are done all the same.
    """
    from migstats.output import open_output

    voice = Voice(options["quiet"], options["strict"])
    writer = _choose_format(form, output)
    check_date(options["published"])
    try:
        records = _extract(paths, options, voice)
        if output is None:
            writer.write(records, get_stdout())
        else:
            with open_output(output) as stream:
                writer.write(records, stream)
        voice.end()
    except Stopped:
        pass
    finally:
        voice.end_progress()
    if voice.failed:
        click.get_current_context().exit(FAILED)


def _extract(paths: tuple[str, ...], options: dict[str, Any], voice: Voice) -> Iterator[Record]:
    """Go through the records wanted."""
    from migstats.extract import extract

    packs = get_packs(options["packs_folders"], voice)
    wanted = get_wanted(options, packs)
    for analysis, records in extract(read_documents(paths, options, voice), packs, wanted, voice.fail):
        warn_unread(analysis, voice)
        if sys.stdout.isatty():
            voice.end_progress()
        yield from records


def _choose_format(form: str | None, output: Path | None) -> Format:
    """Choose a format: as asked, by the file's suffix, or by where it goes."""
    from migstats.output import find_format, format_of

    if form:
        return find_format(form)
    if output:
        return find_format(format_of(output))
    return find_format("table" if sys.stdout.isatty() else "jsonl")
