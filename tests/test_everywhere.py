"""The same bytes everywhere: no answer depends on the machine, its language, its clock or the order of files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import PATHS, ROOT, SEEDS

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.records.record import Record, make_records

TEXTS = [*sorted(SEEDS.glob("*.txt")), *sorted(ROOT.glob("tests/corpus/dev/fold-1/*-0*1.txt"))]
LONG = ROOT / "tests/corpus/dev/fold-3/dev-es-010.txt"
"""A text whose opening ends in the middle of a long line."""
MACHINES: Mapping[str, Mapping[str, str]] = {
    "another order of hashes": {"PYTHONHASHSEED": "1"},
    "yet another": {"PYTHONHASHSEED": "4242"},
    "no language": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "French": {"LC_ALL": "fr_FR.UTF-8", "LANGUAGE": "fr"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "Arabic": {"LC_ALL": "ar_MA.UTF-8", "LANGUAGE": "ar"},
    "the other side of the world": {"TZ": "Pacific/Kiritimati"},
    "this side of it": {"TZ": "Pacific/Pago_Pago"},
    "a terminal of ASCII": {
        "LC_ALL": "POSIX",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "a terminal of Latin-1": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1:strict", "PYTHONUTF8": "0"},
    "all in UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "1"},
    "nothing kept between runs": {"MIGSTATS_CACHE": "off"},
    "nothing kept yet": {"MIGSTATS_CACHE_DIR": "kept"},
    "no home": {"HOME": "/nonexistent", "MIGSTATS_CACHE_DIR": ""},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "two processes": {"MIGSTATS_TEST_JOBS": "2"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of texts in four languages."""
    folder = tmp_path_factory.mktemp("texts")
    for text in TEXTS:
        shutil.copy(text, folder)
    return folder


def extract(folder: Path, machine: Mapping[str, str]) -> bytes:
    """What the program writes there."""
    settings = {**os.environ, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", **machine}
    jobs = settings.pop("MIGSTATS_TEST_JOBS", "1")
    command = [sys.executable, "-m", "migstats", "extract", ".", "-f", "jsonl", "--jobs", jobs]
    settings["PYTHONPATH"] = PATHS
    if settings.get("MIGSTATS_CACHE_DIR") == "kept":
        settings["MIGSTATS_CACHE_DIR"] = str(folder.parent / "kept")
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, check=True, timeout=300)
    assert done.stderr == b""
    return done.stdout


@pytest.fixture(scope="module")
def here(folder: Path) -> bytes:
    """What the program writes on a plain machine."""
    return extract(folder, {})


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_the_same_bytes_on_every_machine(machine: Mapping[str, str], folder: Path, here: bytes) -> None:
    """Hash seeds, locales, time zones, processes."""
    assert here.count(b"\n") > 60
    assert extract(folder, machine) == here


def test_the_order_in_which_files_were_made_changes_nothing(here: bytes, tmp_path: Path) -> None:
    """Files are read in the order of their names."""
    for text in reversed(TEXTS):
        shutil.copy(text, tmp_path)
    assert extract(tmp_path, {}) == here


def tell(record: Record) -> tuple[object, ...]:
    """What a record tells, but for places in the text."""
    told = (record.indicator, record.measure, record.value, record.period, record.number, record.place)
    return (*told, record.group, record.attribution, record.modality, record.context)


def read(text: str, packs: Packs) -> list[Record]:
    """The records of a text."""
    return make_records(analyse(Document("a.txt", text), packs), packs)


LINE_ENDS = {"CRLF": "\r\n", "CR": "\r", "line separator": "\u2028"}


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("path", [*TEXTS, LONG], ids=lambda path: path.stem)
def test_line_ends_change_no_figure(path: Path, end: str, packs: Packs) -> None:
    """Those of other systems: the figures are the same, and each span is still exact."""
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    told = [tell(record) for record in read(text, packs)]
    other = text.replace("\n", end)
    records = read(other, packs)
    assert [tell(record) for record in records] == told
    assert all(other[r.start : r.end] == r.number and other[r.quote_start : r.quote_end] == r.quote for r in records)


CLOCK = """
import datetime, sys
real_date, real = datetime.date, datetime.datetime
class Day(real_date):
    @classmethod
    def today(cls): return cls(YEAR, 1, 1)
class Moment(real):
    @classmethod
    def now(cls, tz=None): return cls(YEAR, 1, 1, 12, tzinfo=tz)
    @classmethod
    def today(cls): return cls.now()
    @classmethod
    def utcnow(cls): return cls.now()
datetime.date, datetime.datetime = Day, Moment
sys.argv = ['migstats', 'extract', '.', '-f', 'jsonl']
from migstats.cli import main
main()
"""
"""The program on a machine whose clock stands in another year."""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>News</title>
<meta property="article:published_time" content="{year}-02-03T10:00:00Z"></head>
<body><article><p>The navy rescued 300 migrants at sea, the ministry said.</p></article></body></html>"""


@pytest.mark.parametrize("year", [1996, 2090])
def test_no_answer_depends_on_today(year: int, folder: Path, here: bytes, tmp_path: Path) -> None:
    """A clock that stands in another year changes nothing, nor does one that is behind a page's own date."""
    shutil.copytree(folder, tmp_path / "texts")
    if find_spec("trafilatura"):
        for published in (1999, 2020, 2050):
            (tmp_path / "texts" / f"page-{published}.html").write_text(PAGE.format(year=published), encoding="utf-8")
    settings = {**os.environ, "PYTHONPATH": PATHS, "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", CLOCK.replace("YEAR", str(year))]
    done = subprocess.run(command, cwd=tmp_path / "texts", env=settings, capture_output=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.splitlines()
    assert [line for line in lines if b".html" not in line] == here.splitlines()
    pages = [json.loads(line) for line in lines if b".html" in line]
    if find_spec("trafilatura"):
        assert [(row["published"], row["value"]) for row in pages] == [
            ("1999-02-03", 300), ("2020-02-03", 300), ("2050-02-03", 300)
        ]  # fmt: skip


def test_no_clock_is_asked(folder: Path) -> None:
    """Reading a text does without today's date and the time of day."""
    program = (
        "import datetime, sys, time\n"
        "class Never(datetime.date):\n"
        "    @classmethod\n"
        "    def today(cls): raise AssertionError('today is asked for')\n"
        "datetime.date = Never\n"
        "time.strftime = time.localtime = time.gmtime = None\n"
        "sys.argv = ['migstats', 'extract', '.', '-f', 'jsonl']\n"
        "from migstats.cli import main\n"
        "main()\n"
    )
    settings = {**os.environ, "PYTHONPATH": PATHS}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=settings, capture_output=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, b"")
