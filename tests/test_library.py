"""The program as a library: what is imported, when, and what it gives."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from conftest import MINISTRY, SEEDS

import migstats
from migstats import Document, Figures, MigstatsError, Record, Wanted, extract, load_packs, read, to_arrow
from migstats.loading.load import Packs
from migstats.write._row import make_row

SEED = next(SEEDS.glob("003*"))
TEXT = "In 2023 the navy rescued 1,200 migrants at sea off <Ceuta>. In 2024, 15 boats & engines were seized."


def test_it_says_what_the_command_says() -> None:
    """The same records as in JSON, whether from a file or from its text."""
    command = [sys.executable, "-m", "migstats", "extract", str(SEED)]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    (document,) = read(SEED)
    assert [make_row(record) for record in extract(document)] == rows
    of_text = [{**make_row(record), "document": str(SEED)} for record in extract(SEED.read_text(encoding="utf-8"))]
    assert [{**row, "source": None} for row in of_text] == [{**row, "source": None} for row in rows]


def test_a_text_gives_a_list_of_records() -> None:
    """With the document as it was understood, and every number of it."""
    figures = extract(TEXT, language="en", published="2024-03")
    assert isinstance(figures, list)
    assert all(isinstance(record, Record) for record in figures)
    assert [(record.indicator, record.value) for record in figures] == [("rescues", 1200), ("boats_seized", 15)]
    assert (figures.document.language, figures.document.published) == ("en", "2024-03")
    assert [entry.kind for entry in figures.analysis.ledger].count("figure") == 2
    assert [r.value for r in extract(TEXT, wanted=Wanted(indicators=frozenset({"rescues"})))] == [1200]


def test_mistakes_are_errors(packs: Packs, tmp_path: Path) -> None:
    """Or handed on, where that is wanted; what should be known is a warning."""
    with pytest.raises(MigstatsError, match="unknown indicator 'rescue'"):
        extract(TEXT, packs, wanted=Wanted(indicators=frozenset({"rescue"})))
    with pytest.raises(MigstatsError, match="no such file"):
        list(read(tmp_path / "none.txt"))
    failed: list[MigstatsError] = []
    names = [document.name for document in read(tmp_path / "none.txt", SEED, fail=failed.append)]
    assert (names, len(failed)) == ([str(SEED)], 1)
    with pytest.warns(UserWarning, match="no language that there is a pack for"):
        assert extract(TEXT, packs, language="xx") == []


def test_own_packs_are_added(tmp_path: Path) -> None:
    """As with the command."""
    pack = MINISTRY.replace("ministry of boats", "ministry of ships")
    (tmp_path / "x.yaml").write_text(pack)
    text = "The ministry of ships said: in 2023, 31 boats were stopped."
    assert extract(text, load_packs([tmp_path]))[0].value == 31
    assert extract(text) == []


def test_a_notebook_shows_records_and_text() -> None:
    """As a table, and with the figures marked; nothing of a text is taken for HTML."""
    figures = extract(TEXT, language="en")
    table = figures._repr_html_()
    assert table.count("<tr>") == 3
    assert "1 200" in table
    assert "&lt;Ceuta&gt;" in table
    assert "<Ceuta>" not in table
    page = figures.marked._repr_html_()
    assert '<mark title="rescues 1 200 persons 2023' in page
    assert ">1,200</mark><sub>rescues</sub> migrants at sea off &lt;Ceuta&gt;" in page
    assert page.count("<mark") == 2
    assert 'dir="auto"' in page
    assert "no figures" in Figures([], figures.analysis)._repr_html_()


def test_to_arrow() -> None:
    """Columns, each of one type; also of many documents together."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'migstats[parquet]'")
    tables = [extract(TEXT).to_arrow(), to_arrow(record for document in read(SEED) for record in extract(document))]
    assert [table.num_rows for table in tables] == [2, 7]
    assert tables[0].schema == tables[1].schema
    assert tables[0]["value"].to_pylist() == [1200.0, 15.0]
    assert to_arrow([]).num_rows == 0


def run(code: str) -> None:
    """Run some lines in a process of their own."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "first", ["migstats.runs.work", "migstats.runs.walk", "migstats.runs.extract", "migstats.read.text", "migstats"]
)
def test_stages_do_not_hide_the_functions(first: str) -> None:
    """Whatever was imported before or comes after."""
    run(f"import {first}\nfrom migstats import extract, read\nassert callable(extract) and callable(read)")
    run(
        f"from migstats import extract, read\nimport {first}\nfrom migstats import extract as e, read as r\n"
        "from migstats.runs.extract import Wanted\nfrom migstats.read._source import Fields\n"
        "assert e is extract and r is read and callable(e) and callable(r)"
    )


def test_nothing_is_done_at_import() -> None:
    """Nor by looking at what there is; a name that there is not is an error."""
    run(
        "import sys, migstats\nassert {'extract', 'read', 'load_packs', 'to_arrow'} <= set(dir(migstats))\n"
        "heavy = {name for name in sys.modules if name.startswith(('pydantic', 'yaml', 'rich', 'migstats.'))}\n"
        "assert heavy <= {'migstats.version'}, heavy"
    )
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        _ = migstats.extrct
    assert all(getattr(migstats, name) is not None for name in migstats.__all__)


def test_documents_and_figures_are_plain_values() -> None:
    """A document may be made by hand."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = extract(Document("a.txt", TEXT, language="en", url="https://example.org/a"))
    assert {(record.document, record.url) for record in figures} == {("a.txt", "https://example.org/a")}
