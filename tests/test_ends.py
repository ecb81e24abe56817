"""Every output, however its run ends: the old one or the new one stands there, whole, and nothing else is left."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import PATHS, SEEDS
from ends import (
    DATABASE,
    FRESH,
    GROWING,
    OUTPUTS,
    at_touch,
    count_touches,
    drop_rights,
    finish,
    load_once,
    read_whole,
    run,
    send,
    start,
)

from migstats.model import Document
from migstats.runs.extract import Wanted, extract_one

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies of this one")

KILLS = 3
INTERRUPTS = {signal.SIGINT: 130, signal.SIGTERM: 143}
NEED = {"extract xlsx": "openpyxl", "extract parquet": "pyarrow"}
NAMES = enumerate("bcde", 2)
TEXTS = {
    "old": {"a": "In 2023 the navy rescued 1,200 migrants off the coast.", "b": "In 2022, 15 smugglers were arrested."},
    "new": {
        **{name: f"In 2023 the navy rescued {n},200 migrants, and 15 smugglers were arrested." for n, name in NAMES},
        "f": "Nothing was found in 2021.",
    },
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with old texts and new ones, and what each output makes of them when nothing happens."""
    folder = tmp_path_factory.mktemp("ends")
    packs = load_once()
    for side, texts in TEXTS.items():
        (folder / side).mkdir()
        for name, text in texts.items():
            (folder / side / f"{name}.txt").write_text(text)
            extract_one(Document(name, text), packs, Wanted())
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


@pytest.fixture(params=OUTPUTS)
def output(request: pytest.FixtureRequest, place: Path) -> str:  # noqa: ARG001 (one stands there)
    """One output after the other; what it makes of either side stands in a folder beside the texts."""
    name: str = request.param
    if name in NEED:
        pytest.importorskip(NEED[name])
    for side in TEXTS:
        made = made_of(name, side)
        if not made.exists():
            made.parent.mkdir()
            assert run(words_of(name, side, made)) == 0
    return name


def made_of(output: str, side: str) -> Path:
    """Name what an output makes of a side."""
    return Path(f"{output}.{side}".replace(" ", "-"), OUTPUTS[output][0])


def words_of(output: str, side: str, path: Path, *further: str) -> list[str]:
    """Give the words of a run."""
    return [*OUTPUTS[output][1], "-q", side, "-o", str(path), *further]


def put_old(output: str, folder: Path) -> Path:
    """Put what the old texts made where the new ones go."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path, old = folder / OUTPUTS[output][0], made_of(output, "old")
    if output not in FRESH:
        (shutil.copytree if old.is_dir() else shutil.copy)(old, path)
    return path


def hold(output: str, path: Path, both: bool = False) -> bool:
    """See that one of both stands there, whole; tell whether it is the new one.

    What takes nobody's place may be missing; it is the old one only where the old texts were read, too.
    """
    if output in FRESH and not path.exists():
        return False
    found = read_whole(path)
    new, old = (read_whole(made_of(output, side)) for side in ("new", "old"))
    if output in FRESH and not both:
        old = new
    if output == DATABASE:
        assert isinstance(found, dict)
        assert isinstance(old, dict)
        assert isinstance(new, dict)
        counted = {(row[0], row[8]): row[7] for row in found["documents"]}
        for (name, digest), figures in counted.items():
            assert len([row for row in found["figures"] if row[1] == name and row[-1] == digest]) == figures
        return {row[0] for row in new["documents"]} <= {name for name, _ in counted} and any(
            row in found["documents"] for row in new["documents"] if row[0] == "new/b.txt"
        )
    assert found in (old, new)
    return found == new


def left_over(output: str, path: Path) -> set[str]:
    """List what stands beside an output, but for what it goes on with."""
    mine = {path.name, *((f"{path.name}.part", f"{path.name}.resume") if output in GROWING else ())}
    return {entry.name for entry in path.parent.iterdir()} - mine


@cache
def count_moments(output: str) -> int:
    """Count the moments of a run at which it may be ended."""
    return count_touches(words_of(output, "new", put_old(output, Path("counted"))))


def moments(output: str, seed: int) -> list[int]:
    """Choose moments of a run, more of them towards its end, where names change."""
    count = count_moments(output)
    chosen = random.Random(f"{output}{seed}")
    return [count - int(count * chosen.random() ** 3) for _ in range(KILLS)]


def test_killed(output: str, tmp_path: Path) -> None:
    """At any moment; and another run is not disturbed by what was left."""
    for moment in moments(output, 1):
        path = put_old(output, tmp_path / "out")
        code = run(words_of(output, "new", path), at_touch(moment, send(signal.SIGKILL)))
        assert code in (0, -signal.SIGKILL)
        assert hold(output, path) or code
    if output not in FRESH or not path.exists():
        assert run(words_of(output, "new", path)) == 0
        assert hold(output, path)


def test_interrupted(output: str, tmp_path: Path) -> None:
    """By a user or by the system: nothing is left, but what another run can go on with."""
    for moment, (end, code) in zip(moments(output, 2), INTERRUPTS.items(), strict=False):
        path = put_old(output, tmp_path / "out")
        said = tmp_path / "said"
        ended = run(words_of(output, "new", path), at_touch(moment, send(end)), said)
        assert ended in (0, code)
        assert hold(output, path) or ended
        assert left_over(output, path) == set()
        assert said.read_bytes() == b""


def test_no_room(output: str, tmp_path: Path) -> None:
    """Files may not grow as large as this one must: one line says so, and the old one stays."""
    new = made_of(output, "new")
    files = list(new.iterdir()) if new.is_dir() else [new]
    limit = max(file.stat().st_size for file in files) // 2
    path = put_old(output, tmp_path / "out")
    said = tmp_path / "said"
    code = run(words_of(output, "new", path), lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), said)
    assert code == 2
    (line,) = said.read_text().splitlines()
    assert line.startswith("migstats: ")
    assert "cannot be written: " in line
    assert not hold(output, path)
    assert left_over(output, path) == set()
    if output in GROWING:
        assert run(words_of(output, "new", path, "--resume")) == 0
        assert hold(output, path)


def test_a_folder_that_may_not_be_written(output: str, tmp_path: Path) -> None:
    """One line says so, and the old one stays."""
    path = put_old(output, tmp_path / "out")
    said = tmp_path / "said"
    if output == DATABASE:
        path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        code = run(words_of(output, "new", path), drop_rights, said)
    finally:
        path.parent.chmod(0o755)
    assert code == 2
    (line,) = said.read_text().splitlines()
    assert "cannot be written: " in line
    assert not hold(output, path)
    assert left_over(output, path) == set()


def test_two_runs_at_once(output: str, tmp_path: Path) -> None:
    """What stands there is that of one of them, whole; who came too late, says so."""
    path = put_old(output, tmp_path / "out")
    pair = [start(words_of(output, side, path), said=tmp_path / side) for side in ("old", "new")]
    codes = [finish(process) for process in pair]
    assert sorted(codes) in ([0, 0], [0, 2]), [(tmp_path / side).read_text() for side in ("old", "new")]
    hold(output, path, both=True)
    assert left_over(output, path) == set()


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("output", [*GROWING, DATABASE], indirect=True)
def test_killed_again_and_again_it_comes_to_the_same(output: str, seed: int, tmp_path: Path) -> None:
    """What was done is done, and nothing of it twice."""
    path = tmp_path / "out" / OUTPUTS[output][0]
    path.parent.mkdir()
    resume = ("--resume",) if output in GROWING else ()
    count = count_moments(output)
    chosen = random.Random(seed)
    for _ in range(6):
        moment = chosen.randint(count // 4, count)
        run(words_of(output, "new", path, *resume), at_touch(moment, send(signal.SIGKILL)))
    assert run(words_of(output, "new", path, *resume)) == 0
    assert read_whole(path) == read_whole(made_of(output, "new"))


ROOM = """
mount -t tmpfs -o size={size} none "$0" || exit 99
"$@"
code=$?
ls -A "$0" >&2
exit $code
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a disk of its own")
@pytest.mark.parametrize("form", ["jsonl", "json", "sqlite", "datapackage"])
def test_a_disk_that_is_full(form: str, tmp_path: Path) -> None:
    """A real one, as small as can be: one line, and nothing is left on it but what can be gone on with."""
    disk = tmp_path / "disk"
    disk.mkdir()
    seeds = [str(seed) for seed in sorted(SEEDS.glob("*.txt"))]
    words = [sys.executable, "-m", "migstats", "extract", "-q", *seeds, "-f", form, "-o", str(disk / "out")]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", ROOM.format(size="16k"), str(disk), *words],
        env={**os.environ, "PYTHONPATH": PATHS}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode in (1, 99):
        pytest.skip("no disk can be made here")
    line, *left = done.stderr.splitlines()
    full = "database or disk is full" if form == "sqlite" else "no space left on device"
    assert line == f"migstats: {disk / 'out'}: cannot be written: {full}"
    assert set(left) <= {"jsonl": {"out.part", "out.resume"}, "sqlite": {"out"}}.get(form, set())
    assert done.returncode == 2
