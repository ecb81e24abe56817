"""Run the commands that README.md shows, and put what they print below them.

A block of the kind `console` holds commands, each on a line that begins with `$ `, and below each what it prints. The
commands run in a folder of their own that holds a copy of the seeds.

usage: python tests/tools/update_readme.py [--check]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PROMPT = "$ "

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def find_commands(block: str) -> Iterator[str]:
    """List the commands of a block."""
    for line in block.splitlines():
        if line.startswith(PROMPT):
            yield line.removeprefix(PROMPT)


def run_command(command: str, folder: Path) -> str:
    """Give what a command prints, on either stream, in a pipe 80 columns wide."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "COLUMNS")}
    settings |= {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{command}: exit code {done.returncode}\n{done.stdout.decode()}")
    lines = [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]
    return "".join(f"{line}\n" for line in lines).rstrip("\n") + ("\n" if any(lines) else "")


def update(text: str) -> str:
    """Give the text with all its blocks as the program prints them now."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")

        def run_block(found: re.Match[str]) -> str:
            shown = (f"{PROMPT}{one}\n{run_command(one, Path(folder))}" for one in find_commands(found.group(1)))
            return f"```console\n{''.join(shown)}```"

        return _BLOCK.sub(run_block, text)


def main() -> int:
    """Update README.md, or with `--check` tell whether it is up to date."""
    text = README.read_text(encoding="utf-8")
    updated = update(text)
    if "--check" in sys.argv:
        return int(updated != text)
    README.write_text(updated, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
