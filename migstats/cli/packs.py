"""The commands about packs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli._input import (
    check_date,
    check_names,
    get_packs,
    input_options,
    packs_option,
    quiet_option,
    read_documents,
)
from migstats.cli._voice import Voice, say
from migstats.errors import MigstatsError, UnknownName, in_line

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.loading.schema import LanguagePack, SourcePack
    from migstats.records.record import Record

NOT_HOLDING = 1


@click.group("packs")
def command() -> None:
    """The rules: what there is, whether it holds, what a change gains and loses."""


@command.command("list")
@packs_option
def list_packs(packs_folders: tuple[Path, ...]) -> None:
    """List the packs."""
    from rich.table import Table

    from migstats.examples import find_trials
    from migstats.loading.schema import SourcePack
    from migstats.show import make_console

    voice = Voice()
    packs = get_packs(packs_folders, voice)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, look in (("kind", "left"), ("id", "left"), ("rules", "right"), ("examples", "right"), ("name", "left")):
        table.add_column(name, justify="right" if look == "right" else "left", overflow="fold")
    frames = sum(len(entry.frames) for entry in packs.codebook.indicators.values())
    table.add_row("codebook", "codebook", str(frames), "", f"{len(packs.codebook.indicators)} indicators")
    for kind, pack in _all_packs(packs, voice):
        rules = str(len(pack.rules)) if isinstance(pack, SourcePack) else ""
        table.add_row(kind, pack.id, rules, str(sum(1 for _ in find_trials(pack))), pack.name)
    make_console(sys.stdout).print(table)
    voice.exit_if_failed()


@command.command("show")
@click.argument("name", metavar="ID")
@packs_option
def show_pack(name: str, packs_folders: tuple[Path, ...]) -> None:
    """Print a pack, or one rule of it (ID/RULE), as written."""
    from migstats.show import defuse

    packs = get_packs(packs_folders, Voice())
    key, rule = _find_pack(name, packs)
    text = packs.files[key].read_bytes().decode("utf-8")
    if rule:
        text = _cut_rule(text, packs.sources[key.partition("/")[2]], rule)
    click.echo(defuse(text) if sys.stdout.isatty() else text, nl=not text.endswith("\n"))


@command.command("test")
@click.argument("names", nargs=-1, metavar="[ID]...")
@packs_option
@quiet_option
def test_packs(names: tuple[str, ...], packs_folders: tuple[Path, ...], quiet: bool) -> None:
    """Run the examples of packs: each must give its figures and no others."""
    from migstats.examples import find_trials, run_trial

    voice = Voice(quiet)
    packs = get_packs(packs_folders, voice)
    keys = {_find_pack(name, packs)[0] for name in names}
    trials = failing = 0
    for kind, pack in _all_packs(packs, voice):
        if keys and f"{kind}s/{pack.id}" not in keys:
            continue
        for trial in find_trials(pack):
            faults = list(run_trial(trial, packs))
            trials += 1
            failing += bool(faults)
            for fault in faults:
                say(in_line(str(fault)))
    click.echo(f"{trials} examples, {failing} failing")
    voice.exit_if_failed()
    if failing:
        click.get_current_context().exit(NOT_HOLDING)


@command.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@input_options
def diff_packs(old: Path, new: Path, paths: tuple[str, ...], **options: Any) -> None:
    """Show which figures of documents packs NEW gain (+) and lose (-) against packs OLD.

    A folder of packs is added to those of the program, or takes their place where it holds a codebook.
    """
    from migstats.show import squeeze

    check_date(options["published"])
    voice = Voice(options["quiet"], options["strict"])
    gained = lost = 0
    with voice:
        before, after = (_extract_with(folder, paths, options, voice) for folder in (old, new))
        for sign, record in _compare(before, after):
            gained += sign == "+"
            lost += sign == "-"
            click.echo(f"{sign} {squeeze(_tell(record))}")
    click.echo(f"{gained} gained, {lost} lost")
    voice.exit_if_failed()


def _extract_with(folder: Path, paths: Sequence[str], options: dict[str, Any], voice: Voice) -> list[Record]:
    """Extract with the packs of one folder."""
    from migstats.runs.extract import Wanted, extract

    packs = get_packs([*options["packs_folders"], folder], voice)
    check_names(options, packs)
    documents = read_documents(paths, options, voice)
    return [r for _, records in extract(documents, packs, Wanted(related=True), voice.fail) for r in records]


def _compare(before: Sequence[Record], after: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    """Go through the records that only one side has, in the order of the documents."""
    old, new = ({_tell(record): record for record in side} for side in (before, after))
    rows = [("-", record) for key, record in old.items() if key not in new]
    rows += [("+", record) for key, record in new.items() if key not in old]
    yield from sorted(rows, key=lambda row: (row[1].document, row[1].start, row[0] == "+"))


def _tell(record: Record) -> str:
    """Tell a record in few words."""
    from migstats.show import show_value

    value = show_value(record.value, record.high, record.qualifier, record.unit)
    further = [record.period, record.place, record.group, record.modality, record.context]
    told = ", ".join(part for part in further if part and part not in ("reported", "body"))
    return f"{record.document}:{record.start} {record.indicator} {record.measure} {value} {record.unit} ({told})"


def _all_packs(packs: Packs, voice: Voice) -> Iterator[tuple[str, LanguagePack | SourcePack]]:
    """Go through language and source packs; those that cannot be read are told."""
    for name in packs.languages:
        try:
            yield "language", packs.languages[name]
        except MigstatsError as error:
            voice.fail(error)
    for source in packs.sources.values():
        yield "source", source


def _find_pack(name: str, packs: Packs) -> tuple[str, str | None]:
    """Find the file of a pack by its id, and the rule where one is named."""
    for key in packs.files:
        pack = key.rpartition("/")[2]
        if name in (key, pack):
            return key, None
    pack, _, rule = name.removeprefix("sources/").partition("/")
    if pack in packs.sources and rule:
        rules = [one.id for one in packs.sources[pack].rules]
        if rule not in rules:
            raise UnknownName("rule", rule, rules)
        return f"sources/{pack}", rule
    raise UnknownName("pack", name, [key.rpartition("/")[2] for key in packs.files])


def _cut_rule(text: str, pack: SourcePack, rule: str) -> str:
    """Cut one rule out of a file."""
    from migstats.loading.yamlfile import line_of

    index = [one.id for one in pack.rules].index(rule)
    lines = text.splitlines(keepends=True)
    start = line_of(text.encode(), ("rules", index)) - 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    stop = start + 1
    while stop < len(lines) and (not lines[stop].strip() or len(lines[stop]) - len(lines[stop].lstrip()) > indent):
        stop += 1
    return "".join(lines[start:stop]).rstrip() + "\n"
