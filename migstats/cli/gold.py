"""The commands about gold files."""

from __future__ import annotations

from pathlib import Path

import click

from migstats.cli._input import get_packs, packs_option, quiet_option
from migstats.cli._voice import Voice
from migstats.errors import MigstatsError


@click.group("gold")
def command() -> None:
    """Figures that people have found, for `score` to compare with."""


@command.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)
@packs_option
@quiet_option
def import_gold(paths: tuple[Path, ...], output: Path, packs_folders: tuple[Path, ...], quiet: bool) -> None:
    """Make gold files of corrections: a folder of brat, or what Label Studio exports as JSON.

    What is to be corrected comes from `extract -f brat -o DIR` and `extract -f labelstudio -o DIR`. Each text is
    written to DIR with its figures beside it; files of the same names are replaced.
    """
    from migstats.regold import Hearer, read_marked, write_gold
    from migstats.whole import telling

    voice = Voice(quiet)
    packs = get_packs(packs_folders, voice)
    with telling(output):
        output.mkdir(parents=True, exist_ok=True)
    documents = figures = 0
    for path in paths:
        try:
            for marked in read_marked(path):
                figures += write_gold(marked, output, packs, Hearer(voice.warn, voice.fail))
                documents += 1
        except MigstatsError as error:
            voice.fail(error)
    click.echo(f"{documents} documents, {figures} figures")
    voice.exit_if_failed()
