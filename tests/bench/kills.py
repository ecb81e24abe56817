"""Ends many runs from outside at random moments, and looks at what they leave: `python tests/bench/kills.py`."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import ends  # noqa: E402 (beside the tests)
import test_ends  # noqa: E402

RESUMED = (("extract jsonl", 1), ("extract csv", 1), ("extract jsonl", 2), (ends.DATABASE, 1))
"""What is gone on with, and in how many processes."""
TEXT = "In 2023 the navy rescued {},200 migrants off the coast, and {} smugglers were arrested."


def main() -> None:
    """Run all, and print a table of each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200, help="of each output")
    options.add_argument("--resumes", type=int, default=50, help="kills of one run that goes on each time")
    options.add_argument("--pairs", type=int, default=20, help="times that two runs write one output")
    options.add_argument("--outputs", nargs="*", default=list(ends.OUTPUTS), metavar="OUTPUT", help="only these")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="migstats-kills-") as folder:
        os.chdir(folder)
        prepare()
        show("output | processes | kills | documents | same as undisturbed")
        for output, jobs in RESUMED if chosen.resumes else ():
            show(output, *resume(output, jobs, chosen.resumes, chosen.seed))
        show("output | killed | old one left | new one left | torn | later runs not whole")
        for output in chosen.outputs:
            show(output, *kill(output, chosen.kills, chosen.seed))
        show("output | pairs of runs | of the first | of the second | mixed")
        for output in chosen.outputs:
            show(output, *pair(output, chosen.pairs))


def show(*cells: object) -> None:
    """Print a row of a table; a single cell is its head."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    if len(cells) == 1:
        print("|---" * (str(cells[0]).count("|") + 1) + "|")


def prepare() -> None:
    """Write the texts, and what each output makes of them."""
    for side, texts in test_ends.TEXTS.items():
        Path(side).mkdir()
        for name, text in texts.items():
            Path(side, f"{name}.txt").write_text(text)
    ends.load_once()
    warm(Path("new"))
    for output in ends.OUTPUTS:
        for side in test_ends.TEXTS:
            made = test_ends.made_of(output, side)
            made.parent.mkdir()
            assert ends.run(test_ends.words_of(output, side, made)) == 0


def warm(folder: Path) -> None:
    """Have this process, whose copies the runs are, read the packs."""
    from migstats.model import Document
    from migstats.runs.extract import Wanted, extract_one

    for path in folder.iterdir():
        extract_one(Document(path.name, path.read_text()), ends.load_once(), Wanted())


def kill(output: str, times: int, seed: int) -> Iterator[int]:
    """Kill runs at random moments, half of them in the last third, where names change."""
    chosen = random.Random(f"{output}{seed}")
    counts: Counter[str] = Counter()
    usual = median(measure(output) for _ in range(5))
    while counts["killed"] < times:
        path = test_ends.put_old(output, Path("out"))
        process = ends.start(test_ends.words_of(output, "new", path))
        time.sleep(usual * chosen.choice((chosen.uniform(0, 1), chosen.uniform(0.7, 1.05))))
        os.kill(process, signal.SIGKILL)
        if ends.finish(process) == 0:
            continue
        counts["killed"] += 1
        counts[judge(output, path)] += 1
        if (output not in ends.FRESH or not path.exists()) and counts["killed"] % 10 == 0:
            ends.run(test_ends.words_of(output, "new", path))
            counts["later"] += judge(output, path) != "new"
    yield from (counts[name] for name in ("killed", "old", "new", "torn", "later"))


def judge(output: str, path: Path) -> str:
    """Tell what is left."""
    try:
        return "new" if test_ends.hold(output, path) else "old"
    except Exception:
        return "torn"


def measure(output: str) -> float:
    """Measure how long an undisturbed run takes."""
    path = test_ends.put_old(output, Path("out"))
    begun = time.monotonic()
    assert ends.run(test_ends.words_of(output, "new", path)) == 0
    return time.monotonic() - begun


def pair(output: str, times: int) -> Iterator[int]:
    """Have two runs write one output at the same time."""
    counts: Counter[str] = Counter()
    for _ in range(times):
        path = test_ends.put_old(output, Path("out"))
        both = [ends.start(test_ends.words_of(output, side, path)) for side in test_ends.TEXTS]
        codes = [ends.finish(process) for process in both]
        try:
            new = test_ends.hold(output, path, both=True)
        except Exception:
            counts["mixed"] += 1
            continue
        counts["new" if new else "old"] += 1
        counts["mixed"] += sorted(codes) not in ([0, 0], [0, 2])
    yield from (times, counts["old"], counts["new"], counts["mixed"])


def resume(output: str, jobs: int, kills: int, seed: int) -> Iterator[object]:
    """Kill a run again and again, each time going on with what it had done."""
    count = 40 * kills
    dump = Path("dump.jsonl")
    dump.write_text("".join(json.dumps({"id": n, "text": TEXT.format(n + 1, n)}) + "\n" for n in range(count)))
    shutil.rmtree("out", ignore_errors=True)
    Path("out").mkdir()
    name = ends.OUTPUTS[output][0]
    words = [*ends.OUTPUTS[output][1], "-q", str(dump), "-j", str(jobs), "-o"]
    begun = time.monotonic()
    assert ends.run([*words, f"out/whole-{name}"]) == 0
    whole = time.monotonic() - begun
    further = () if output == ends.DATABASE else ("--resume",)
    chosen = random.Random(seed)
    killed = 0
    least = 1.5 if jobs > 1 else 0.0
    while killed < kills:
        process = ends.start([*words, f"out/{name}", *further])
        time.sleep(least + chosen.uniform(0, 1.5 * whole / kills))
        os.kill(process, signal.SIGKILL)
        if ends.finish(process) == 0:
            break
        killed += 1
    assert ends.run([*words, f"out/{name}", *further]) == 0
    same = ends.read_whole(Path("out", name)) == ends.read_whole(Path("out", f"whole-{name}"))
    yield from (jobs, killed, count, "yes" if same else "NO")


if __name__ == "__main__":
    main()
