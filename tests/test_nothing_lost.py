"""However a run ends, what was written is whole: a full disk, a closed pipe, an interrupt, a sudden death."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PATHS, SEEDS

SENTENCE = "In 2023 the navy rescued 1,200 migrants off the coast, and 15 smugglers were arrested."
COMMANDS = {
    "extract": ["extract", str(SEEDS), "-f", "jsonl"],
    "extract table": ["extract", str(SEEDS), "-f", "table"],
    "check": ["check", str(SEEDS)],
    "codebook": ["codebook"],
    "schema": ["schema"],
    "packs list": ["packs", "list"],
}


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of a few thousand texts."""
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    path.write_text("".join(json.dumps({"id": i, "text": f"{SENTENCE} {i}"}) + "\n" for i in range(1500)))
    return path


@pytest.fixture(scope="module")
def whole(dump: Path) -> bytes:
    """All that is found in it."""
    with start("extract", "-q", str(dump), "-f", "jsonl") as program:
        return program.communicate(timeout=300)[0]


def start(*arguments: str, out: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start the program as a shell does."""
    command = [sys.executable, "-m", "migstats", *arguments]
    settings = {**os.environ, "PYTHONPATH": PATHS}
    return subprocess.Popen(
        command, stdout=out, stderr=subprocess.PIPE, bufsize=0, start_new_session=True, env=settings
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    """Wherever it is noticed, and the exit code says that it failed."""
    with Path("/dev/full").open("wb") as full, start(*arguments, out=full.fileno()) as program:
        _, said = program.communicate(timeout=120)
    assert said == b"migstats: standard output: cannot be written: no space left on device\n"
    assert program.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_under_a_file_is_one_line() -> None:
    """The file is named."""
    with start("extract", str(SEEDS), "-f", "csv", "-o", "/dev/full") as program:
        _, said = program.communicate(timeout=120)
    assert (program.returncode, said) == (2, b"migstats: /dev/full: cannot be written: no space left on device\n")


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_closed_pipe_ends_quietly(arguments: list[str]) -> None:
    """Nobody reads any more: that is no failure."""
    reading, writing = os.pipe()
    os.close(reading)
    with start(*arguments, out=writing) as program:
        os.close(writing)
        _, said = program.communicate(timeout=120)
    assert (program.returncode, said) == (0, b"")


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell, in which `migstats` is the program."""
    define = f"migstats() {{ '{sys.executable}' -m migstats \"$@\"; }}; "
    settings = {**os.environ, "PYTHONPATH": PATHS}
    return subprocess.run(
        ["sh", "-c", define + line], cwd=folder, env=settings, capture_output=True, check=False, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a text in it."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    return tmp_path


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "json"])
def test_without_standard_output_data_is_no_success(form: str, folder: Path) -> None:
    """It has nowhere to go; a file of its own it gets all the same, and never the number of a standard stream."""
    done = shell(f"migstats extract a.txt -f {form} >&-", folder)
    assert done.stderr == b"migstats: standard output: cannot be written: bad file descriptor\n"
    assert done.returncode == 2
    assert shell(f"migstats extract a.txt -f {form} -o out >&- 2>&- <&-", folder).returncode == 0
    assert shell(f"migstats extract a.txt -f {form} -o wanted", folder).returncode == 0
    assert (folder / "out").read_bytes() == (folder / "wanted").read_bytes() != b""


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", "2>gone"])
def test_nobody_who_hears_is_no_failure(closed: str, folder: Path) -> None:
    """What cannot be said is not said, and all data are written."""
    if closed == "2>gone":
        os.mkfifo(folder / "gone")
        closed = "3<>gone 2>gone 3<&-"  # its only reader goes before anything is said
    done = shell(f"migstats extract no.txt a.txt -f jsonl {closed}", folder)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 2


def test_a_pipe_can_be_named_as_the_output(folder: Path) -> None:
    """It gets all there is; and where nobody reads it any more, that is no failure, either."""
    done = shell("migstats extract a.txt -f csv -o /dev/stdout | cat", folder)
    assert (done.stderr, done.stdout) == (b"", shell("migstats extract a.txt -f csv", folder).stdout)
    done = shell("{ migstats extract a.txt -f csv -o /dev/stdout; echo $? >code; } | true", folder)
    assert (done.stderr, (folder / "code").read_text()) == (b"", "0\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "end"])
def test_what_was_written_before_an_interrupt_is_whole_lines(
    jobs: str, end: signal.Signals, code: int, dump: Path
) -> None:
    """To standard output; the processes that help end, too."""
    with start("extract", "-q", str(dump), "-f", "jsonl", "-j", jobs) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        os.kill(program.pid, end)
        rest, said = program.communicate(timeout=120)
    assert (program.returncode, said) == (code, b"")
    lines = (first + rest).splitlines(keepends=True)
    assert all(json.loads(line) and line.endswith(b"\n") for line in lines)
    for _ in range(500):
        if not is_alive(program.pid):
            break
        time.sleep(0.02)
    assert not is_alive(program.pid)


def is_alive(group: int) -> bool:
    """Tell whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("seed", range(5))
def test_a_file_is_the_old_one_or_the_new_one(seed: int, dump: Path, whole: bytes, tmp_path: Path) -> None:
    """Killed at any moment; and what a kill leaves behind does not disturb the next run."""
    out = tmp_path / "out.jsonl"
    out.write_text("the old one")
    with start("extract", "-q", str(dump), "-o", str(out)) as program:
        time.sleep(random.Random(seed).uniform(0.05, 2.5))
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=60)
    assert out.read_bytes() in (b"the old one", whole)


def test_two_runs_on_one_file_do_not_mix(dump: Path, whole: bytes, tmp_path: Path) -> None:
    """The file is that of one of them, whole; the other says so, or has written the same before."""
    out = tmp_path / "out.jsonl"
    pair = [start("extract", "-q", str(dump), "-o", str(out)) for _ in range(2)]
    said = [program.communicate(timeout=300)[1] for program in pair]
    assert sorted(program.returncode for program in pair) in ([0, 0], [0, 2]), said
    assert out.read_bytes() == whole
