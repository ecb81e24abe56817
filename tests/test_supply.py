"""What is handed out: the wheel holds what it should and nothing else, bit for bit the same wherever it is built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

KINDS = {".py", ".yaml", ".tsv", ".typed", ".html", ".css", ".js", ".svg", ".json", ".csv"}
"""Kinds of files that a wheel may hold."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def build(folder: Path, source: Path) -> Path:
    """Build a wheel of a copy of the sources, with the build tool that is there."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    folder.mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    settings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=120, env=settings)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what belongs to the repository, with litter beside it."""
    copy = tmp_path_factory.mktemp("source")
    done = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                          cwd=ROOT, capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        pytest.skip("no repository to copy from")
    for name in filter(None, done.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    (copy / "migstats" / "__pycache__").mkdir()
    (copy / "migstats" / "__pycache__" / "cli.cpython-311.pyc").write_bytes(b"litter")
    return copy


def test_the_wheel_holds_the_program_and_nothing_else(source: Path, tmp_path: Path) -> None:
    """Modules, packs, the mark of typed code, licence and metadata."""
    with zipfile.ZipFile(build(tmp_path / "dist", source)) as wheel:
        names = wheel.namelist()
    kept = {str(path.relative_to(source)) for path in (source / "migstats").rglob("*") if path.is_file()}
    kept = {name for name in kept if "__pycache__" not in name}
    assert {name for name in names if ".dist-info/" not in name} == kept
    assert {Path(name).suffix for name in kept} <= {
        ".py",
        ".yaml",
        ".tsv",
        ".typed",
        ".html",
        ".css",
        ".js",
        ".json",
        ".csv",
    }
    extra = sorted(name.split("/", 1)[1] for name in names if ".dist-info/" in name)
    assert extra == ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"]


def test_the_wheel_is_the_same_bit_for_bit(source: Path, tmp_path: Path) -> None:
    """It does not tell when or where it was built."""
    first = build(tmp_path / "first", source)
    for path in source.rglob("*"):
        os.utime(path, (1, 1))
    second = build(tmp_path / "second", source)
    assert first.name == second.name
    assert first.name.endswith("-py3-none-any.whl")
    assert first.read_bytes() == second.read_bytes()


def test_every_dependency_has_a_lower_bound() -> None:
    """What is installed is never older than what was tested."""
    needed = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    free = [one for one in needed if not re.search(r">=\s*\d", one) and not one.startswith(("migstats[", "types-"))]
    assert free == []
