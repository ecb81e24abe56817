"""Measure what starting costs: whole processes beside one that only imports what they are compared with.

usage: python tests/bench/startup.py [--rounds N]

Rounds are interleaved; a first one, which is not counted, fills the caches: compiled packs, and the bytecode of all
modules, which an installation has. Ratios are of medians. The row of processor time tells more where others work too.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SEED = "seeds/001_eb861d2eade4c3fe.txt"
SMALL, LARGE = "import click", "import click, pydantic, yaml, rich.console, rich.table"
PROGRAM = ["-m", "migstats"]
ROWS = [
    ([*PROGRAM, "--version"], SMALL, 1.6),
    ([*PROGRAM, "--help"], SMALL, 1.6),
    ([*PROGRAM, "extract", SEED, "-f", "jsonl"], LARGE, 1.5),
    ([*PROGRAM, "check", SEED], LARGE, 1.5),
]


def run(arguments: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Run Python; give the milliseconds that passed, and those of the processor."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        _, _, used = os.wait4(program.pid, 0)
        program.returncode = 0
    return 1000 * (time.perf_counter() - start), 1000 * (used.ru_utime + used.ru_stime)


def measure(rounds: int) -> dict[tuple[str, ...], tuple[float, float]]:
    """Give the medians of each command."""
    commands = [tuple(one) for one in (["-c", SMALL], ["-c", LARGE], *(row[0] for row in ROWS))]
    times: dict[tuple[str, ...], list[tuple[float, float]]] = {command: [] for command in commands}
    with TemporaryDirectory() as folder:
        environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "MIGSTATS_CACHE_DIR": f"{folder}/packs"}
        environ["PYTHONPATH"] = str(ROOT)
        for number in range(rounds + 1):
            for command in commands:
                taken = run(list(command), environ)
                if number:
                    times[command].append(taken)
    return {
        command: (statistics.median(one[0] for one in rows), statistics.median(one[1] for one in rows))
        for command, rows in times.items()
    }


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    found = measure(parser.parse_args().rounds)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| command | beside | ms | ratio | ms of processor | ratio | at most |\n|---|---|---|---|---|---|---|")
    for command, other, most in ROWS:
        (passed, used), (other_passed, other_used) = found[tuple(command)], found["-c", other]
        told = f"| {passed:.0f} | {passed / other_passed:.2f} | {used:.0f} | {used / other_used:.2f} | {most} |"
        print(f"| `migstats {' '.join(command[2:])}` | `{other}` {told}")


if __name__ == "__main__":
    main()
