"""The command that lays documents open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from migstats.cli._input import (
    check_date,
    check_names,
    get_packs,
    input_options,
    read_documents,
    split_names,
    warn_unread,
)
from migstats.cli._stream import get_stdout
from migstats.cli._voice import FAILED, Voice
from migstats.cli._why import read_target, tell_why
from migstats.errors import UnknownName

if TYPE_CHECKING:
    from migstats.runs.examine import Examined

FOUND = 1
"""The exit code where something was found."""


@click.command("check")
@click.argument("paths", nargs=-1, metavar="DOC...")
@click.option("-f", "--format", "form", metavar="FORMAT", default="text", help="text, concise, json, sarif or github.")
@click.option("--ledger", is_flag=True, help="List every number with what it is.")
@click.option("--explain", metavar="NUMBER", help="Why a number is what it is: N of the list, or FILE:OFFSET.")
@click.option("--select", metavar="CODE", multiple=True, help="Only these issues: S, S02, partial-breakdown.")
@click.option("--ignore", metavar="CODE", multiple=True, help="Not these issues.")
@click.option("--fail-level", metavar="LEVEL", default="warning", help="Exit 1 from here on: note, warning, error.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever was found.")
@input_options
def command(paths: tuple[str, ...], form: str, **options: Any) -> None:
    """Show documents with their figures in place, what became of every other number, and what does not add up.

    Exit 0 where nothing was found, 1 where something was at or above --fail-level, 2 where an input could not be read.
    """
    from migstats.check import LEVELS, Choice
    from migstats.present import Look, find_form
    from migstats.runs.examine import examine

    writer = find_form(form)
    choice = Choice(split_names(options["select"]), split_names(options["ignore"]))
    choice.check()
    if options["fail_level"] not in LEVELS:
        raise UnknownName("level", options["fail_level"], LEVELS)
    check_date(options["published"])
    target = read_target(options["explain"], paths)
    voice = Voice(options["quiet"], options["strict"])
    grave = LEVELS[LEVELS.index(options["fail_level"]) :]
    found: list[bool] = []

    def watch(documents: Iterator[Examined]) -> Iterator[Examined]:
        for one in documents:
            voice.end_progress()
            warn_unread(one.analysis, voice)
            found.append(any(finding.level in grave for finding in one.findings))
            yield one

    with voice:
        packs = get_packs(options["packs_folders"], voice)
        check_names(options, packs)
        documents = read_documents(target.paths if target else paths, options, voice)
        examined = watch(examine(documents, packs, choice, voice.fail))
        if target is not None:
            tell_why(examined, target, packs, form)
            found.clear()
        else:
            writer.write(examined, get_stdout(), Look(options["ledger"]))
        voice.end()
    code = FAILED if voice.failed else FOUND if any(found) and not options["exit_zero"] else 0
    click.get_current_context().exit(code)
