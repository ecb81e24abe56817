"""The command that makes a page to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migstats.cli._gather import country_option, gather
from migstats.cli._input import check_date, filter_options, get_packs, input_options
from migstats.cli._voice import Voice
from migstats.errors import MigstatsError

SUFFIXES = (".html", ".htm")


@click.command("report")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The page: FILE.html."
)
@click.option("--title", metavar="TEXT", default="Migration figures, side by side", help="The heading of the page.")
@country_option
@filter_options
@input_options
def command(paths: tuple[str, ...], output: Path, title: str, **options: Any) -> None:
    """Make one page that loads nothing: series with charts, what does not fit, each text with its figures marked.

    PATH is what extract reads, or what it wrote; then the sentences stand for the texts. Needs the extra
    migstats[report].
    """
    if output.suffix.lower() not in SUFFIXES:
        raise MigstatsError(f"a report is a page, not '{output.suffix}'", remedy="name it with -o FILE.html")
    from migstats.report.page import make_page
    from migstats.whole import open_output

    voice = Voice(options["quiet"], options["strict"])
    check_date(options["published"])
    with voice:
        packs = get_packs(options["packs_folders"], voice)
        found = gather(paths, {**options, "examined": True}, packs, voice)
        page = make_page(found, packs, title)
        with open_output(output) as stream:
            stream.write(page)
    voice.exit_if_failed()
