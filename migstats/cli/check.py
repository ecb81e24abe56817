"""The command that lays one document open."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from migstats.cli import FAILED
from migstats.cli._input import check_date, get_packs, input_options, read_documents, warn_unread
from migstats.cli._stream import get_stdout
from migstats.cli._voice import Stopped, Voice
from migstats.errors import UnknownName

FORMATS = ("text", "json")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="DOC...")
@click.option("-f", "--format", "form", metavar="FORMAT", default="text", help="text or json (one line a document).")
@input_options
def command(paths: tuple[str, ...], form: str, **options: Any) -> None:
    """Show a document with its figures in place, and what became of every other number."""
    from migstats.extract import Wanted, extract
    from migstats.mark import describe_check, write_check
    from migstats.write._row import escape_json

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    check_date(options["published"])
    voice = Voice(options["quiet"], options["strict"])
    try:
        packs = get_packs(options["packs_folders"], voice)
        documents = read_documents(paths, options, voice)
        first = True
        for analysis, records in extract(documents, packs, Wanted(related=True), voice.fail):
            voice.end_progress()
            warn_unread(analysis, voice)
            if form == "json":
                values = describe_check(analysis, records)
                sys.stdout.write(escape_json(json.dumps(values, ensure_ascii=False)) + "\n")
                continue
            if not first:
                sys.stdout.write("\n\n")
            write_check(analysis, records, get_stdout())
            first = False
        voice.end()
    except Stopped:
        pass
    if voice.failed:
        click.get_current_context().exit(FAILED)
