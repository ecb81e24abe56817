"""The command that shows the vocabulary."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from migstats.cli._input import get_packs, packs_option
from migstats.cli._voice import Voice
from migstats.errors import UnknownName

FORMATS = ("table", "json")


@click.command("codebook")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("-f", "--format", "form", metavar="FORMAT", help="table or json.")
@packs_option
def command(codes: tuple[str, ...], form: str | None, packs_folders: tuple[Path, ...]) -> None:
    """Show what is counted: codes, units, definitions."""
    if form and form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    from migstats.write._row import escape_json

    codebook = get_packs(packs_folders, Voice()).codebook
    for code in codes:
        if code not in codebook.indicators:
            raise UnknownName("indicator", code, codebook.indicators)
    chosen = {code: entry for code, entry in codebook.indicators.items() if not codes or code in codes}
    if form == "json":
        values = {code: {"says": entry.says, "units": list(entry.units)} for code, entry in chosen.items()}
        click.echo(escape_json(json.dumps(values, ensure_ascii=False, indent=2)))
        return
    _print_table([(code, ", ".join(entry.units), entry.says) for code, entry in chosen.items()])


def _print_table(rows: list[tuple[str, str, str]]) -> None:
    """Print the indicators in columns."""
    from rich.table import Table

    from migstats.show import make_console

    columns: dict[str, dict[str, Any]] = {
        "indicator": {"width": 25, "style": "cyan"},
        "units": {"width": 12},
        "what it counts": {"ratio": 1},
    }
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    for name, look in columns.items():
        table.add_column(name, overflow="fold", **look)
    for row in rows:
        table.add_row(*row)
    make_console(sys.stdout).print(table)
