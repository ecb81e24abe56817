"""Long runs from the command line: processes, interruptions, shares, progress."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from terminal import read_terminal

from migstats.cli import migstats
from migstats.cli._progress import CLEAR, Progress
from migstats.loading import load
from migstats.loading.load import Packs

TEXT = "In {year} the navy rescued {people:,} migrants at sea, and {boats} boats were seized off the coast."


LARGE = 4000


def make_dump(path: Path, count: int) -> Path:
    """Write a dump with figures, empty ones, and a line that is broken."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = TEXT.format(year=2000 + number % 24, people=1000 + number, boats=2 + number % 50)
            entry = {"id": f"n{number}", "text": text if number % 7 else "Nothing of that happened in the town today."}
            stream.write("{broken\n" if number == 5 else json.dumps(entry) + "\n")
    return path


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dump."""
    return make_dump(tmp_path_factory.mktemp("dump") / "d.jsonl", 90)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump that takes some seconds."""
    return make_dump(tmp_path_factory.mktemp("large") / "d.jsonl", LARGE)


@pytest.fixture(scope="module")
def whole(large: Path) -> bytes:
    """What a run that nobody disturbs makes of it."""
    done = start("extract", str(large), "-f", "jsonl")
    out, _ = done.communicate(timeout=300)
    return out


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start the program, in a group of processes of its own as a shell does."""
    command = [sys.executable, "-m", "migstats", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def finish(*arguments: str) -> tuple[int, bytes, str]:
    """Run the program to its end."""
    with start(*arguments) as program:
        out, said = program.communicate(timeout=300)
    return program.returncode, out, said.decode()


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


@pytest.mark.parametrize("form", ["jsonl", "csv", "json", "table"])
def test_the_output_of_many_processes_is_that_of_one(form: str, dump: Path) -> None:
    """To the byte, warnings too."""
    one, two = (finish("extract", str(dump), "-f", form, "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two
    assert one[0] == 0
    assert one[1]
    assert [line.partition(" no JSON")[0] for line in one[2].splitlines()] == [f"migstats: {dump}:6:"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_process_that_is_killed_is_replaced(large: Path, whole: bytes, tmp_path: Path) -> None:
    """Nothing is lost or doubled, and nothing is said."""
    out = tmp_path / "out.jsonl"
    with start("extract", "-q", str(large), "-o", str(out), "-j", "2") as program:
        log = tmp_path / "out.jsonl.resume"
        wait_for(lambda: log.exists() and log.read_bytes().count(b"\n") > 1)
        os.kill(children(program.pid)[-1], signal.SIGKILL)
        _, said = program.communicate(timeout=300)
    assert (program.returncode, said) == (0, b"")
    assert out.read_bytes() == whole


def children(pid: int) -> list[int]:
    """List the processes that work for another."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill"])
def test_an_interrupted_run_goes_on(jobs: str, end: signal.Signals, large: Path, whole: bytes, tmp_path: Path) -> None:
    """The file is as if nothing had happened; nothing is left beside it."""
    out = tmp_path / "out.jsonl"
    log = tmp_path / "out.jsonl.resume"
    asked = ["extract", "-q", str(large), "-o", str(out), "-j", jobs]
    with start(*asked) as program:
        wait_for(lambda: log.exists() and log.read_bytes().count(b"\n") > 1)
        os.killpg(program.pid, end)
        _, said = program.communicate(timeout=60)
    assert program.returncode == (130 if end == signal.SIGINT else -signal.SIGKILL)
    assert said == b""
    assert not out.exists()
    done = int(log.read_text().splitlines()[-1].split()[0])
    assert 0 < done < LARGE
    assert finish(*asked, "--resume") == (0, b"", "")
    assert out.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_interrupted_run_says_how_it_goes_on(large: Path, tmp_path: Path) -> None:
    """And refuses when the input is another by then."""
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(large.read_bytes())
    out = tmp_path / "out.jsonl"
    with start("extract", str(copy), "-o", str(out)) as program:
        wait_for(lambda: (tmp_path / "out.jsonl.part").exists() and (tmp_path / "out.jsonl.part").stat().st_size > 0)
        time.sleep(0.3)
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=60)
    told = said.decode().splitlines()
    assert told[-1] == f"migstats: {out}: interrupted; what was done is kept, and --resume goes on with it"
    copy.write_bytes(large.read_bytes().replace(b"navy", b"army", 1))
    code, _, refused = finish("extract", "-q", str(copy), "-o", str(out), "--resume")
    assert code == 2
    assert refused == (
        f"migstats: {out}: cannot be continued: the input changed since the run was interrupted; "
        "do it anew without --resume\n"
    )


@pytest.fixture
def run(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, list[str]]]:
    """Run a command in this process."""
    monkeypatch.setattr(load, "load_packs", lambda _: packs)

    def run_command(*arguments: str) -> tuple[int, str, list[str]]:
        result = CliRunner().invoke(migstats, arguments, input=b'{"text": "x"}', prog_name="migstats")
        return result.exit_code, result.stdout, result.stderr.splitlines()

    return run_command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["d.jsonl"], "--resume goes on with a file; name it with -o FILE"),
        (["d.jsonl", "-o", "/dev/null", "-f", "jsonl"], "--resume goes on with a file; name it with -o FILE"),
        (["d.jsonl", "-o", "out.json"], "--resume cannot go on with the format json, which is written as a whole; "
         "take one of csv, hxl, jsonl, sdmx, tsv"),
        (["-", "-o", "out.jsonl"], "--resume cannot read this a second time; name a file instead of standard input"),
    ],
)  # fmt: skip
def test_what_cannot_go_on_says_why(
    arguments: Sequence[str], said: str, run: Callable[..., tuple[int, str, list[str]]]
) -> None:
    """Before anything is done."""
    assert run("extract", "--resume", *arguments) == (2, "", [f"migstats: {said}"])


def test_shares_are_the_whole(dump: Path, run: Callable[..., tuple[int, str, list[str]]]) -> None:
    """Each line in one of them, in the order of the whole."""
    lines = run("extract", "-q", str(dump))[1].splitlines()
    shares = [run("extract", "-q", str(dump), "--shard", f"{index}/3")[1].splitlines() for index in (1, 2, 3)]
    assert sorted(line for share in shares for line in share) == sorted(lines)
    for share in shares:
        assert share
        assert share == [line for line in lines if line in set(share)]
    wrong = run("extract", str(dump), "--shard", "0/3")
    assert wrong == (2, "", ["migstats: '0/3' is no shard; write the first of four as 1/4, the last as 4/4"])


def test_csv_goes_on_as_well(dump: Path, tmp_path: Path, run: Callable[..., tuple[int, str, list[str]]]) -> None:
    """A file done before is done anew, and is the same; so is one that never began."""
    expected = run("extract", "-q", str(dump), "-f", "csv")[1]
    for _ in range(2):
        assert run("extract", "-q", str(dump), "-o", str(tmp_path / "out.csv"), "--resume")[0] == 0
        assert (tmp_path / "out.csv").read_text("utf-8") == expected


class Terminal:
    """What a terminal is sent."""

    def __init__(self) -> None:
        self.sent = ""

    def write(self, text: str) -> None:
        self.sent += text

    def flush(self) -> None:
        return


def test_progress_tells_rate_and_time_left() -> None:
    """A few times a second; counted from where a run goes on."""
    now = [0.0]
    terminal = Terminal()
    progress = Progress(terminal, lambda: now[0])  # type: ignore[arg-type]
    for number in range(1, 41):
        progress.show(f"d.jsonl#{number}", number * 1_000_000, 100_000_000)
        now[0] += 0.0625
    shown = terminal.sent.split(CLEAR)[1:]
    assert 15 < len(shown) < 25
    assert all(len(line) <= 78 for line in shown)
    assert shown[-1].startswith("39 documents  39.0 of 100.0 MB  16.4 MB/s  0:04 left  d.jsonl#39")
    progress.begin(40_000_000)
    now[0] += 2
    progress.show("x", 50_000_000, 100_000_000)
    assert "5.0 MB/s  0:10 left" in terminal.sent.split(CLEAR)[-1]
    progress.clear()
    assert terminal.sent.endswith(CLEAR)


@pytest.mark.parametrize(("arguments", "shown"), [([], True), (["-q"], False)])
def test_progress_is_shown_on_a_terminal_alone(arguments: Sequence[str], shown: bool, dump: Path) -> None:
    """Not with -q."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "migstats", "extract", str(dump), *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=slave) as program:
        os.close(slave)
        seen = read_terminal(master)
    assert program.returncode == 0
    assert bool(re.search(rb"\d+ documents  \d+\.\d of \d+\.\d MB", seen)) is shown
