"""The command that prints the shape of a record."""

from __future__ import annotations

import json
from pathlib import Path

import click

from migstats.cli._input import get_packs, packs_option
from migstats.cli._voice import Voice


@click.command("schema")
@packs_option
def command(packs_folders: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a record, that is of each line that `extract -f jsonl` prints."""
    from migstats.records.record import record_schema
    from migstats.write._row import escape_json

    schema = record_schema(get_packs(packs_folders, Voice()).codebook)
    click.echo(escape_json(json.dumps(schema, ensure_ascii=False, indent=2)))
