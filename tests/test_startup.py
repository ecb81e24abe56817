"""What a short run must not do, as it would take longer than reading the text."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from conftest import SEEDS

SEED = SEEDS / "001_eb861d2eade4c3fe.txt"
COMMANDS = (["extract", "-f", "jsonl"], ["check"])


def run(command: list[str], asked: str) -> Any:
    """Run the program on a seed, with its packs kept by an earlier run; give what is asked for when it ends."""
    program = (
        "import atexit, gc, json, sys\n"
        f"atexit.register(lambda: print(json.dumps({asked}), file=sys.stderr))\n"
        f"sys.argv = ['migstats', *{command!r}, {str(SEED)!r}]\n"
        "from migstats.cli import main\n"
        "before = gc.get_stats()\n"
        "main()\n"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.stdout
    return json.loads(done.stderr)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_goes_through_what_stays(command: list[str]) -> None:
    """The words of a language stay until the end: the collector looks for nothing there, then either."""
    before, after, frozen, left = run(command, "(before, gc.get_stats(), gc.get_freeze_count(), len(gc.get_objects()))")
    assert after == before
    assert frozen > 50 * left
