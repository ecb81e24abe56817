"""Spark: the same rows as one process, bad rows told, packs shipped. Skipped without PySpark or Java."""

from __future__ import annotations

import datetime
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINISTRY, ROOT, SEEDS

from migstats.errors import MigstatsError
from migstats.extras import look_for
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.records.arrow import make_cells
from migstats.records.columns import column_types
from migstats.records.record import COLUMNS, Record
from migstats.runs.extract import Wanted, extract_one
from migstats.spark import _frame, extract
from migstats.spark._rows import extract_row
from migstats.spark._shipment import pack_up, unpack

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COUNT = int(os.environ.get("MIGSTATS_SPARK_DOCUMENTS", "300"))
TEXT = "In {year} the navy rescued {people:,} migrants at sea, and {boats} boats were seized off the coast."


def make_text(number: int) -> str:
    """Make a text with or without figures."""
    if number % 5:
        return f"Nothing of that happened in town {number}, said the mayor of the place."
    return TEXT.format(year=2000 + number % 24, people=1000 + number, boats=2 + number % 50)


def test_every_column_has_one_type(records: list[Record]) -> None:
    """That of all the values that records have."""
    kinds = {"string": str, "integer": int, "number": float, "date": datetime.date}
    assert list(column_types()) == list(COLUMNS)
    for record in records:
        for name, value in make_cells(record).items():
            assert value is None or isinstance(value, kinds[column_types()[name]]), name
    assert "`value` DOUBLE" in _frame.schema_ddl()
    assert "`period_start` DATE" in _frame.schema_ddl()


def test_a_row_gives_records_or_one_error(packs: Packs) -> None:
    """What cannot be read has its id and a reason."""
    rows = extract_row({"id": "a", "text": make_text(0), "date": "2024-01-02 03:04:05", "url": "u"}, packs)
    assert [(row["document"], row["value"], row["error"]) for row in rows] == [("a", 1000.0, None), ("a", 2.0, None)]
    assert (rows[0]["published"], rows[0]["url"]) == ("2024-01-02", "u")
    for entry in ({"id": "b", "text": None}, {"id": "b", "text": " "}):
        (bad,) = extract_row(entry, packs)
        assert bad["document"] == "b"
        assert bad["error"]
        assert {value for key, value in bad.items() if key not in ("document", "error")} == {None}
    assert extract_row({"id": None, "text": make_text(0)}, packs)[0]["document"] == "-"


def test_packs_are_shipped(tmp_path: Path) -> None:
    """Only what the program does not bring itself; the worker has the same, read once."""
    (tmp_path / "ministry.yaml").write_text(MINISTRY)
    shipment = pack_up([tmp_path])
    assert list(shipment.files) == ["sources/ministry"]
    shutil.rmtree(tmp_path)
    packs = unpack(shipment)
    assert packs is unpack(shipment)
    assert packs.sources["ministry"].rules[0].id == "boats-stopped"
    assert not pack_up([]).files


def test_packs_that_do_not_hold_are_told_on_the_driver(tmp_path: Path) -> None:
    """No worker is asked."""
    (tmp_path / "ministry.yaml").write_text("nme: A ministry\n")
    with pytest.raises(MigstatsError, match=r"ministry\.yaml:1: "):
        pack_up([tmp_path])


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Spark on two cores of this machine."""
    if "MIGSTATS_SPARK" not in os.environ:  # where it is required, nothing is skipped
        for module in ("pyspark", "pyarrow", "pandas"):
            pytest.importorskip(module)
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            pytest.skip("needs a Java runtime")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.warehouse.dir", str(folder)).config("spark.driver.memory", "1g")
        made = builder.getOrCreate()
        made.sparkContext.setLogLevel("ERROR")
        yield made
        made.stop()


def collect(rows: Any) -> list[dict[str, Any]]:
    """Collect rows as plain values, in a fixed order."""
    found = [row.asDict() for row in rows.collect()]
    return sorted(found, key=lambda row: (row["document"], row["start"] or 0, row["indicator"] or ""))


def test_the_rows_are_those_of_one_process(session: SparkSession, packs: Packs) -> None:
    """Every value of every record, over two cores."""
    texts = [(f"n{number}", make_text(number)) for number in range(COUNT)]
    texts += [(path.name, path.read_bytes().decode()) for path in sorted(SEEDS.glob("*.txt"))]
    rows = collect(extract(session.createDataFrame(texts, "id STRING, text STRING").repartition(4)))
    expected = []
    for name, text in texts:
        document = Document(name, text)
        if name not in {f"n{number}" for number in range(COUNT)}:
            expected += extract_row({"id": name, "text": text}, packs)
        else:
            expected += [{**make_cells(one), "error": None} for one in extract_one(document, packs, Wanted())[1]]
    expected.sort(key=lambda row: (row["document"], row["start"], row["indicator"]))
    assert rows == expected
    assert len([row for row in rows if not row["document"].startswith("n")]) == 45


def test_bad_rows_are_told_and_the_rest_is_done(session: SparkSession) -> None:
    """In the column `error`; other columns have other names."""
    entries = [("a", make_text(0), "2024-05-06"), ("b", None, None), ("c", make_text(5), None)]
    frame = session.createDataFrame(entries, "key STRING, body STRING, day STRING")
    rows = collect(extract(frame, text="body", id="key", date="day"))
    assert [row["document"] for row in rows] == ["a", "a", "b", "c", "c"]
    assert [bool(row["error"]) for row in rows] == [False, False, True, False, False]
    assert rows[0]["published"] == "2024-05-06"
    with pytest.raises(TypeError, match="no column dat"):
        extract(frame, text="body", id="key", dat="day")  # type: ignore[call-arg]


def test_further_packs_reach_the_workers(session: SparkSession, tmp_path: Path) -> None:
    """A source of one's own is known there."""
    (tmp_path / "ministry.yaml").write_text(MINISTRY)
    entries = [("a", "The ministry of boats said: in 2023, 1.200 boats were stopped.")]
    (row,) = collect(extract(session.createDataFrame(entries, "id STRING, text STRING"), packs=[tmp_path]))
    assert (row["source"], row["rule"], row["value"]) == ("ministry", "ministry/boats-stopped", 1200.0)


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "warc"])
def test_the_script_reads_files(kind: str, session: SparkSession, tmp_path: Path) -> None:
    """JSON Lines, Parquet, and what a crawler made of pages."""
    from migstats.spark.__main__ import choose_columns, read_texts

    entries = [{"id": f"n{number}", "text": make_text(number)} for number in range(0, 20, 5)]
    path = tmp_path / f"d.{kind}"
    if kind == "jsonl":
        path.write_text("\n".join(json.dumps(entry) for entry in entries))
    elif kind == "parquet":
        pytest.importorskip("pyarrow.parquet").write_table(
            pytest.importorskip("pyarrow").Table.from_pylist(entries), path
        )
    else:
        pytest.importorskip("fastwarc")
        pytest.importorskip("trafilatura")
        path = tmp_path / "d.warc.gz"
        path.write_bytes(b"".join(make_warc_record(entry["id"], entry["text"]) for entry in entries))
    texts = read_texts(session, [str(path)], None)
    rows = collect(extract(texts, **choose_columns(texts.columns, {})))
    assert [row["error"] for row in rows] == [None] * 8
    assert sorted(row["value"] for row in rows)[4:] == [1000.0, 1005.0, 1010.0, 1015.0]


def test_the_script_runs_from_end_to_end(session: SparkSession, tmp_path: Path) -> None:
    """In a process of its own, as its users start it."""
    assert session
    entries = [{"id": "a", "body": make_text(0)}, {"id": "b", "body": ""}]
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    command = [
        sys.executable,
        "-m",
        "migstats.spark",
        str(tmp_path / "d.jsonl"),
        "-f",
        "json",
        "-o",
        str(tmp_path / "o"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for file in (tmp_path / "o").glob("*.json") for line in file.read_text().splitlines()]
    assert [(row["document"], row.get("value"), row.get("error")) for row in rows] == [
        ("a", 1000.0, None), ("a", 2.0, None), ("b", None, "its text is empty"),
    ]  # fmt: skip
    shown = subprocess.run([*command, "--text-field", "c", "-o", str(tmp_path / "p")], capture_output=True, check=False)
    assert shown.returncode == 1
    assert b"Error: no column 'c'; there are body, id" in shown.stderr
    assert b"Traceback" not in shown.stderr


def test_an_extra_that_is_missing_is_named() -> None:
    """With how to get it."""
    with pytest.raises(MigstatsError) as caught:
        look_for("a page", "warc", "json", "no_such_module")
    assert str(caught.value) == "a page cannot be read: no_such_module is not installed; pip install 'migstats[warc]'"


def make_warc_record(name: str, text: str) -> bytes:
    """Make a record of a page's text, packed by itself as in the files of crawlers."""
    body = text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:x:{name}>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://example.org/{name}\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")
