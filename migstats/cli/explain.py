"""The command that says what a code means."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from migstats.errors import UnknownName

if TYPE_CHECKING:
    from migstats.check import Code

FORMATS = ("text", "json")


@click.command("explain")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--all", "every", is_flag=True, help="List all codes.")
@click.option("-f", "--format", "form", metavar="FORMAT", default="text", help="text or json.")
def command(codes: tuple[str, ...], every: bool, form: str) -> None:
    """Say what a code of `check` or `series` means, with an example, and what to do."""
    from migstats.series.codes import find_code, list_all_codes

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    if bool(codes) == every:
        raise click.UsageError("name a code, or ask for --all", click.get_current_context())
    chosen = list(list_all_codes()) if every else [find_code(name) for name in codes]
    if form == "json":
        click.echo(json.dumps([asdict(code) for code in chosen], ensure_ascii=False, indent=2))
    elif every:
        _list(chosen)
    else:
        for n, code in enumerate(chosen):
            _tell(code, first=not n)


def _list(codes: Sequence[Code]) -> None:
    """Print the codes in a table, family by family."""
    from rich.table import Table

    from migstats.show import make_console

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    table.add_column("code", style="cyan", width=4)
    table.add_column("level", width=7)
    table.add_column("name", width=25, overflow="fold")
    table.add_column("what it means", ratio=1, overflow="fold")
    family = ""
    for code in codes:
        if code.family != family:
            table.add_row(*([""] * 4 if family else []))
            table.add_row("", "", code.family, style="bold")
            family = code.family
        table.add_row(code.id, code.level, code.name, code.says)
    make_console(sys.stdout).print(table)


def _tell(code: Code, first: bool) -> None:
    """Print all that is known of a code."""
    from rich.padding import Padding

    from migstats.show import make_console

    console = make_console(sys.stdout)
    if not first:
        console.print()
    console.print(f"{code.id} {code.name} ({code.level}, {code.family})", style="bold")
    console.print()
    console.print(code.says)
    console.print("\nExample:\n")
    console.print(Padding(code.example, (0, 0, 0, 4)))
    console.print("\nWhat to do:\n")
    console.print(Padding(code.remedy, (0, 0, 0, 4)))
