"""The command that puts documents side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli._gather import check_level, country_option, fail_options, fails, gather
from migstats.cli._input import check_date, filter_options, get_packs, input_options
from migstats.cli._stream import get_stdout
from migstats.cli._voice import Voice
from migstats.errors import MigstatsError

if TYPE_CHECKING:
    from migstats.series.line import Findings

FOUND = 1


@click.command("series")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-f", "--format", "form", metavar="FORMAT", help="table, jsonl, csv or sqlite.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write; its suffix tells the format.",
)
@click.option(
    "--wide", is_flag=True, help="A year a column, values that only follow from a change on rows of their own."
)
@click.option(
    "--spreadsheet-safe",
    is_flag=True,
    help="Put an apostrophe before cells that a spreadsheet would run as formulas (csv).",
)
@country_option
@fail_options
@filter_options
@input_options
def command(paths: tuple[str, ...], form: str | None, output: Path | None, **options: Any) -> None:
    """Put the figures of documents side by side: one line an indicator, place, group and period.

    PATH is what extract reads, or what it wrote: JSON Lines, or a SQLite file. A line tells the value to take and why,
    all values told, values that follow from a change told with its baseline, and what does not fit.
    """
    from migstats.publish import check_safe, find_format, format_of, save

    voice = Voice(options["quiet"], options["strict"])
    check_date(options["published"])
    check_level(options["fail_level"])
    name = form or (format_of(output) if output else "table" if sys.stdout.isatty() else "jsonl")
    find_format(name)
    how = {"wide": options["wide"]}
    if options["spreadsheet_safe"]:
        check_safe(name)
        how["safe"] = True
    if name == "sqlite" and output is None:
        raise MigstatsError("a database is written to a file", remedy="name it with -o FILE")
    findings: Findings | None = None
    with voice:
        findings = _build(paths, options, voice)
        save(findings, name, output or get_stdout(), **how)
    voice.exit_if_failed()
    if findings and fails(findings.conflicts, options):
        click.get_current_context().exit(FOUND)


def _build(paths: tuple[str, ...], options: dict[str, Any], voice: Voice) -> Findings:
    """Read all there is, and put it side by side."""
    from migstats.series.build import build_series

    packs = get_packs(options["packs_folders"], voice)
    found = gather(paths, options, packs, voice)
    return build_series((record for one in found for record in one.records), packs)
