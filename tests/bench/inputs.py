"""Measure what reading costs: the time and the peak memory of each format, for files given or made of the seeds.

usage: python tests/bench/inputs.py [FILE...] [--times N]

Without files the seeds are put into every format so many times. Each format is read in a process of its own, without
looking for figures; memory is the largest resident set of that process, as the system counts it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
MEGA = 1_000_000
READ = (
    "import sys\nfrom migstats.formats import Listener\nfrom migstats.runs.walk import read_paths\n"
    "documents = read_paths(sys.argv[1:], Listener(lambda _: None, lambda _: None))\n"
    "print(sum(len(d.text) for d in documents))"
)


def run(paths: Sequence[Path]) -> tuple[float, float, int]:
    """Read files in a process of its own: seconds, peak megabytes, characters."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", READ, *map(str, paths)], stdout=-1, env=environment) as program:
        assert program.stdout
        size = int(program.stdout.read())
        _, code, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(code)
    return time.perf_counter() - start, used.ru_maxrss * 1024 / MEGA, size


def make(folder: Path, times: int) -> None:
    """Put the seeds into every format."""
    from makers import MANY, ONE

    texts = {path.stem: path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))}
    for suffix, (_, write) in ONE.items():
        for name, text in texts.items():
            data = write(name, text)
            for number in range(times):
                (folder / f"{name}-{number}.{suffix}").write_bytes(data)
    for suffix, (_, pack) in MANY.items():
        many = {f"{name}-{n}": text for name, text in texts.items() for n in range(times)}
        (folder / f"dump.{suffix}").write_bytes(pack(many))


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=20, help="how many times each seed")
    parser.add_argument("--make", type=Path, help="only make the files, in this folder")
    asked = parser.parse_args()
    if asked.make:
        make(asked.make, asked.times)
        return
    with TemporaryDirectory() as folder:
        if not asked.files:  # in a process of its own: what is started by a large one counts as large
            command = [sys.executable, __file__, "--times", str(asked.times), "--make", folder]
            subprocess.run(command, check=True)
        groups = defaultdict(list)
        for path in asked.files or sorted(Path(folder).iterdir()):
            groups["".join(path.suffixes[-2:]) if path.suffix in (".gz", ".zst") else path.suffix].append(path)
        print("| format | files | MB | seconds | peak MB | characters |\n|---|---|---|---|---|---|")
        for suffix, paths in groups.items():
            seconds, peak, size = run(paths)
            heavy = sum(path.stat().st_size for path in paths) / MEGA
            print(f"| {suffix} | {len(paths)} | {heavy:.2f} | {seconds:.2f} | {peak:.0f} | {size} |", flush=True)


if __name__ == "__main__":
    main()
