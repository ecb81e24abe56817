"""README.md says what is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from migstats.records.record import COLUMNS
from migstats.version import __version__

sys.path.insert(0, str(ROOT / "tests" / "tools"))
import update_readme

README = ROOT / "README.md"


@pytest.fixture(scope="module")
def text() -> str:
    """The text of README.md."""
    return README.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("jq") is None or shutil.which("bash") is None, reason="needs bash and jq")
def test_its_output_is_what_the_program_prints(text: str) -> None:
    """Mended by `python tests/tools/update_readme.py`."""
    assert update_readme.update(text) == text


def test_it_names_every_key_of_the_record(text: str) -> None:
    """The table of the record is whole."""
    table = text.partition("## The record")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = re.findall(r"`(\w+)`", " ".join(first_cells))
    assert named == list(COLUMNS)


def test_its_pack_holds(text: str, tmp_path: Path) -> None:
    """The pack that it shows loads, and its examples give their figures."""
    (tmp_path / "boats.yaml").write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    command = [sys.executable, "-m", "migstats", "packs", "test", "--packs", str(tmp_path), "boats"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 examples, 0 failing\n", "")


def test_it_has_two_commands(text: str) -> None:
    """One sets up and extracts, one sets up and tests."""
    extract, test = re.findall(r"^```sh\n(.*)\n```$", text, re.MULTILINE)
    assert extract.endswith("migstats extract seeds/")
    assert test.endswith("pytest -q")


def test_it_cites_this_version(text: str) -> None:
    """The version in it is the program's."""
    assert f"version {__version__}" in text


def test_its_links_lead_somewhere(text: str) -> None:
    """Files that it names are there."""
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / target).exists()
