"""What is handed out: the wheel holds what it should and nothing else, bit for bit the same wherever it is built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, metadata
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
    assert {Path(name).suffix for name in kept} <= KINDS
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


OURS = ["", "html", "pdf", "docx", "zst", "warc", "parquet", "report", "xlsx", "spark"]
"""The extras of those who use the program; the others are for its tests."""
ROW = re.compile(r"^\| ([\w., -]+) \| (always|`[^|]+) \| ([\w., -]+) \|$", re.MULTILINE)


def read_licences() -> dict[str, str]:
    """What README.md says of the licence of each package."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Licence\n")[2]
    told: dict[str, str] = {}
    for packages, _, licences in ROW.findall(section):
        names, under = packages.split(", "), licences.split(", ")
        told.update(zip(names, under if len(under) == len(names) else under * len(names), strict=True))
    return told


def list_needs() -> set[str]:
    """The packages that users install, by name."""
    rows = {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    needs = {re.split(r"[\[>=;<! ]", need)[0] for extra in OURS for need in rows[extra]}
    return needs - {"migstats"}


def test_every_extra_is_for_users_or_for_tests() -> None:
    """A new one has its licences told."""
    assert {name for name in PROJECT["optional-dependencies"] if not name.startswith("test")} == {*OURS, "all"} - {""}


def test_the_licence_of_every_dependency_is_told() -> None:
    """Of all that is installed, and of nothing else."""
    assert set(read_licences()) == list_needs()


@pytest.mark.parametrize("package", sorted(list_needs()))
def test_the_licence_told_is_that_of_the_package(package: str) -> None:
    """What the installed package says of itself, in whichever of its fields; each of them is permissive."""
    said = read_licences()[package]
    assert set(said.split(" or ")) <= {"Apache-2.0", "BSD-3-Clause", "MIT", "PSF-2.0"}
    try:
        known = metadata(package)
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    fields = [field for key in ("License-Expression", "License", "Classifier") for field in known.get_all(key) or ()]
    family = said.split("-")[0].replace("PSF", "Python")
    assert any(name in field for field in fields for name in (*said.split(" or "), family)), fields


def test_the_wheel_says_what_the_project_says(source: Path, tmp_path: Path) -> None:
    """Its bounds, its extras and the Pythons that it is for."""
    with zipfile.ZipFile(build(tmp_path / "dist", source)) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        lines = wheel.read(name).decode().partition("\n\n")[0].splitlines()
    assert f"Requires-Python: {PROJECT['requires-python']}" in lines
    assert [line.removeprefix("Requires-Dist: ") for line in lines if re.fullmatch(r"Requires-Dist: [^;]+", line)] == [
        need.lower() for need in sorted(PROJECT["dependencies"], key=str.lower)
    ]
    assert {line for line in lines if line.startswith("Provides-Extra: ")} == {
        f"Provides-Extra: {extra}" for extra in PROJECT["optional-dependencies"]
    }


def test_the_lowest_versions_are_those_of_the_bounds() -> None:
    """The constraints that they are tested with follow pyproject.toml."""
    command = [sys.executable, str(ROOT / "tests/tools/lowest.py"), "all", "test"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    lines = done.stdout.splitlines()
    assert len(lines) == len(set(lines))
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert {line.partition("==")[0] for line in lines} >= list_needs() - {"pyspark"}
    for need in PROJECT["dependencies"]:
        assert need.replace(">=", "==") in lines
