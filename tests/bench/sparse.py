"""Measure a dump of news, of which one document in a hundred tells of migration, beside `json.loads` on its lines.

usage: python tests/bench/sparse.py [--megabytes N] [--rounds N]

CPU time of whole processes, less that of starting: `migstats extract` on the dump and on its first line, and a script
that does nothing but `json.loads` on each line and on the first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from made import news, write_dump

LOADS = "import json, sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)"


def cpu(command: list[str]) -> float:
    """CPU seconds of a process."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
        _, code, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(code)
    if program.returncode:
        raise SystemExit(f"exit code {program.returncode}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    ours = [sys.executable, "-m", "migstats", "extract", "-q", "-f", "jsonl"]
    theirs = [sys.executable, "-c", LOADS]
    with TemporaryDirectory() as folder:
        dump = write_dump(Path(folder, "news.jsonl"), news(), asked.megabytes)
        first = write_dump(Path(folder, "first.jsonl"), news(), 0)
        rows = [
            [cpu([*command, str(path)]) for command in (theirs, ours) for path in (first, dump)]
            for _ in range(asked.rounds)
        ]
    loads, extract, start = (median(row[b] - row[a] for row in rows) for a, b in ((0, 1), (2, 3), (0, 2)))
    print("| what | CPU seconds, median | times json.loads |\n|---|---|---|")
    print(f"| json.loads, {asked.megabytes} MB | {loads:.2f} | 1 |")
    print(f"| migstats extract, start left out | {extract:.2f} | {extract / loads:.1f} |")
    print(f"| migstats extract, start | {start:.2f} | |")


if __name__ == "__main__":
    main()
