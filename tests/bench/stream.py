"""Measure what streaming costs: the peak memory at two sizes of input, and the time of one and of two processes.

usage: python tests/bench/stream.py [--small MB] [--large MB] [--dense DOCUMENTS]

The dumps are made here: news-like lines without a figure, one in a hundred on migration, for the memory; the seeds
again and again for the processes. Memory is the largest resident set of the run's processes, as the system counts it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
WORDS = "the town council said on monday that roads schools and a new market would open before winter after long talks"
FIGURES = "In 2023 the navy rescued 1,200 migrants at sea and 14 boats were seized."
MEGA = 1_000_000


def make_news() -> Iterator[str]:
    """Make lines of a dump without end."""
    chance = random.Random(1)
    words = WORDS.split()
    number = 0
    while True:
        number += 1
        sentences = [" ".join(chance.choices(words, k=18)).capitalize() + "." for _ in range(12)]
        if number % 100 == 0:
            sentences.insert(3, FIGURES)
        yield json.dumps({"id": f"n{number}", "text": " ".join(sentences)}) + "\n"


def make_sparse(path: Path, size: int) -> Path:
    """Write a dump of so many megabytes."""
    written = 0
    with path.open("w", encoding="utf-8") as stream:
        for line in make_news():
            written += stream.write(line)
            if written >= size * MEGA:
                return path
    raise AssertionError


def make_dense(path: Path, count: int) -> Path:
    """Write the seeds, again and again."""
    texts = [file.read_bytes().decode() for file in sorted((ROOT / "seeds").glob("*.txt"))]
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            stream.write(json.dumps({"id": f"s{number}", "text": texts[number % len(texts)]}) + "\n")
    return path


def run(path: Path, jobs: int = 1) -> tuple[float, float]:
    """Extract a dump; give the seconds and the peak memory of the largest process in megabytes."""
    command = [sys.executable, "-m", "migstats", "extract", "-q", str(path), "-f", "jsonl", "-j", str(jobs)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
        _, code, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(code)
    if program.returncode:
        raise SystemExit(f"exit code {program.returncode}")
    return time.perf_counter() - start, used.ru_maxrss * 1024 / MEGA


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=100, help="megabytes of the smaller dump")
    parser.add_argument("--large", type=int, default=1000, help="megabytes of the larger dump")
    parser.add_argument("--dense", type=int, default=2500, help="documents of the dense dump")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        print("| input | processes | seconds | peak MB |\n|---|---|---|---|")
        for size in (asked.small, asked.large):
            seconds, peak = run(make_sparse(Path(folder, f"{size}.jsonl"), size))
            print(f"| {size} MB, sparse | 1 | {seconds:.1f} | {peak:.0f} |", flush=True)
        dense = make_dense(Path(folder, "dense.jsonl"), asked.dense)
        for jobs in (1, 2):
            seconds, peak = run(dense, jobs)
            print(f"| {asked.dense} seeds | {jobs} | {seconds:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
