"""Extract the records of JSON Lines, Parquet or WARC files with Spark: `python -m migstats.spark INPUT… -o FOLDER`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migstats.errors import MigstatsError
from migstats.extras import look_for
from migstats.read._entry import USUAL

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

KINDS = ("jsonl", "parquet", "warc")


@click.command("migstats.spark")
@click.argument("paths", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Folder to write, which must not be there yet.")
@click.option("-f", "--format", "form", type=click.Choice(["parquet", "json"]), default="parquet", help="How to write.")
@click.option("--kind", type=click.Choice(KINDS), help="What the input is; else its suffix tells.")
@click.option(
    "--packs", "folders", metavar="DIR", multiple=True, type=click.Path(path_type=Path), help="Further packs."
)
@click.option("--text-field", "text", metavar="NAME", help="Column with the text.")
@click.option("--id-field", "id", metavar="NAME", help="Column with the id.")
@click.option("--date-field", "date", metavar="NAME", help="Column with the publication date.")
@click.option("--url-field", "url", metavar="NAME", help="Column with the address.")
def main(paths: tuple[str, ...], output: str, form: str, kind: str | None, **options: Any) -> None:
    """Extract the records of JSON Lines, Parquet or WARC files, one row a figure.

    Master, memory and the like are those of spark-submit or of the Spark configuration. A text that could not be read
    has one row, with what went wrong in the column `error`.
    """
    try:
        look_for("a DataFrame", "spark", "pyspark")
        _run(paths, (output, form), kind, options)
    except MigstatsError as error:
        raise click.ClickException(str(error)) from error


def _run(paths: tuple[str, ...], target: tuple[str, str], kind: str | None, options: Mapping[str, Any]) -> None:
    """Do what was asked for."""
    from pyspark.sql import SparkSession

    from migstats.spark import extract

    output, form = target
    session = SparkSession.builder.appName("migstats").getOrCreate()
    try:
        texts = read_texts(session, paths, kind)
        columns = choose_columns(texts.columns, options)
        extract(texts, packs=options["folders"], **columns).write.format(form).save(output)
    finally:
        session.stop()


def read_texts(session: SparkSession, paths: Iterable[str], kind: str | None) -> DataFrame:
    """Read files as a DataFrame; each worker must be able to open them."""
    from migstats.spark._warc import SCHEMA, read_warc

    listed = list(paths)
    kind = kind or tell_kind(listed[0])
    if kind == "parquet":
        return session.read.parquet(*listed)
    if kind == "jsonl":
        return session.read.json(listed)
    look_for("WARC", "warc", "fastwarc", "trafilatura")
    names = session.sparkContext.parallelize(listed, len(listed))
    return session.createDataFrame(names.flatMap(read_warc), SCHEMA)


def tell_kind(path: str) -> str:
    """Tell what a file is from its suffix.

    >>> tell_kind("CC-NEWS-20240101.warc.gz"), tell_kind("a.parquet"), tell_kind("news/*.jsonl.gz")
    ('warc', 'parquet', 'jsonl')
    """
    from migstats.spark._warc import SUFFIXES

    return "warc" if path.endswith(SUFFIXES) else "parquet" if "parquet" in path else "jsonl"


def choose_columns(there: Iterable[str], given: Mapping[str, str | None]) -> dict[str, Any]:
    """Choose the columns as they were named, else by their usual names.

    >>> choose_columns(["body", "published", "n"], {"id": "n"})
    {'text': 'body', 'id': 'n', 'date': 'published'}
    """
    known = list(there)
    chosen = {}
    for what, names in USUAL.items():
        name = given.get(what) or next((name for name in names.split() if name in known), None)
        if name:
            chosen[what] = name
    wrong = [name for name in chosen.values() if name.partition(".")[0] not in known]
    if wrong:
        raise MigstatsError(f"no column '{wrong[0]}'", remedy=f"there are {', '.join(known)}")
    missing = [what for what in ("text", "id") if what not in chosen]
    if missing:
        said = f"no column with {' and '.join(missing)}"
        raise MigstatsError(said, remedy=f"name it with --{missing[0]}-field; there are {', '.join(known)}")
    return chosen


if __name__ == "__main__":
    main()
