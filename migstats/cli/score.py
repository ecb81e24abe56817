"""The command that scores extraction against annotated figures."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.cli._input import get_packs, packs_option, quiet_option
from migstats.cli._voice import Voice
from migstats.errors import UnknownName

if TYPE_CHECKING:
    from migstats.gold import Gold
    from migstats.loading.load import Packs
    from migstats.score import Miss, Score, Tally

FORMATS = ("text", "json")


@click.command("score")
@click.argument("paths", nargs=-1, required=True, metavar="GOLD...", type=click.Path(path_type=Path))
@click.option("--by", metavar="KEY", default="indicator", help="indicator, language, basis or prefix.")
@click.option("--errors", is_flag=True, help="Show every error in its sentence, with what led to it.")
@click.option("--only", metavar="PREFIX", default="", help="Only documents whose names begin so.")
@click.option("--related", is_flag=True, help="Also read figures of read-also links, menus and captions.")
@click.option("--min-f1", type=float, metavar="X", help="Exit with 1 when F1 is lower.")
@click.option("-f", "--format", "form", metavar="FORMAT", default="text", help="text or json.")
@packs_option
@quiet_option
def command(paths: tuple[Path, ...], by: str, form: str, **options: Any) -> None:
    """Compare what is extracted with gold figures: precision, recall, F1, attributes.

    GOLD is a folder of *.gold.yaml with the texts beside them, or such a file.
    """
    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    voice = Voice(options["quiet"])
    score = _run(paths, by, options, voice)
    if form == "json":
        from migstats.score import as_values
        from migstats.write._row import escape_json

        click.echo(escape_json(json.dumps(as_values(score), ensure_ascii=False, indent=2)))
    else:
        _print_score(score, options["errors"])
    floor = options["min_f1"]
    voice.exit_if_failed()
    if floor is not None and score.total.f1 < floor:
        click.get_current_context().exit(1)


def _run(paths: tuple[Path, ...], by: str, options: dict[str, Any], voice: Voice) -> Score:
    """Score all documents."""
    from typing import cast, get_args

    from migstats.errors import MigstatsError
    from migstats.gold import find_gold, read_gold
    from migstats.score import By, Score

    if by not in get_args(By):
        raise UnknownName("key", by, get_args(By))
    packs = get_packs(options["packs_folders"], voice)
    score = Score(cast(By, by))
    for path in find_gold(paths):
        try:
            gold = read_gold(path)
            if gold.name.startswith(options["only"]):
                voice.show_progress(gold.name)
                _score_one(score, gold, packs, (options["related"], voice))
        except MigstatsError as error:
            voice.fail(error)
    voice.end_progress()
    return score


def _score_one(score: Score, gold: Gold, packs: Packs, how: tuple[bool, Voice]) -> None:
    """Score one document."""
    from migstats.runs.extract import Wanted, extract
    from migstats.runs.walk import read_paths
    from migstats.score import score_document

    related, voice = how
    documents = read_paths([gold.text_path], voice.listener)
    for analysis, records in extract(documents, packs, Wanted(related=related), voice.fail):
        score_document(score, gold, analysis, records)


def _print_score(score: Score, errors: bool) -> None:
    """Print rows, attributes and the total."""
    from migstats.show import squeeze

    if errors:
        for error in score.errors:
            _print_error(error)
    for key, tally in sorted(score.rows.items(), key=lambda row: (-(row[1].right + row[1].missed), row[0])):
        click.echo(f"{squeeze(key):26} {_shares(tally)}  {_counts(tally)}")
    for name, (right, every) in score.attributes.items():
        click.echo(f"  {name:10} {right}/{every} = {right / every:.3f}")
    total = score.total
    click.echo(f"documents {score.documents}, all right in {score.perfect}; {_shares(total)} {_counts(total)}")


def _print_error(error: Miss) -> None:
    """Print one error."""
    from migstats.show import make_console, squeeze

    console = make_console(sys.stdout)
    console.print(f"{error.kind.upper()} {squeeze(error.document)}: {squeeze(error.said)}", style="bold")
    console.print(f"  {squeeze(error.why)}", style="dim")
    console.print(f"  {squeeze(error.sentence)}")


def _counts(tally: Tally) -> str:
    """Write how many were right, false and missed."""
    return f"(right {tally.right}, false {tally.false}, missed {tally.missed})"


def _shares(tally: Tally) -> str:
    """Write precision, recall and F1."""
    return f"P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}"
