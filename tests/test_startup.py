"""What a short run must not do, as it would take longer than reading the text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

SEED = SEEDS / "001_eb861d2eade4c3fe.txt"
COMMANDS = (["extract", "-f", "jsonl"], ["check"])


UNNEEDED = {
    "pydantic", "yaml", "zipfile", "tempfile", "statistics", "csv", "glob", "multiprocessing", "importlib.metadata",
    "migstats.read._sheet", "migstats.read._flow", "migstats.read._entry", "migstats.loading.schema",
    "migstats.loading.codes", "migstats.loading.yamlfile", "migstats.sieve", "migstats.runs.crew",
    "migstats.runs.resume", "migstats.why", "migstats.series",
}  # fmt: skip
"""Modules that a run over one text can do without."""

EXPRESSIONS = """[
    (one.source, one.source in regex._codes)
    for name, module in list(sys.modules.items())
    if name.startswith("migstats.") and not name.startswith(("migstats.read.", "migstats.check."))
    for one in vars(module).values() if isinstance(one, regex.Regex) and one._made is not None
]"""
"""The expressions of our modules that were used, those of readers and checks apart, and whether they had been kept."""


def run(command: list[str], asked: str) -> Any:
    """Run the program on a seed, with its packs kept by an earlier run; give what is asked for when it ends."""
    program = (
        "import atexit, gc, json, sys\n"
        "from migstats.caching import regex\n"
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
def test_what_a_text_does_not_need_is_not_imported(command: list[str]) -> None:
    """Neither what reads other formats, nor what compiles packs or validates, nor what only a few texts need."""
    loaded = set(run(command, "sorted(sys.modules)"))
    assert loaded & UNNEEDED == set()
    assert {"migstats.pipeline", "migstats.read.text"} < loaded


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_goes_through_what_stays(command: list[str]) -> None:
    """The words of a language stay until the end: the collector looks for nothing there, then either."""
    before, after, frozen, left = run(command, "(before, gc.get_stats(), gc.get_freeze_count(), len(gc.get_objects()))")
    assert after == before
    assert frozen > 50 * left


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_expression_is_compiled_again(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `re` made of those of the program is kept, as that of those of a language is."""
    monkeypatch.setenv("MIGSTATS_CACHE_DIR", str(tmp_path))
    used = run(command, EXPRESSIONS)
    assert len(used) > 20
    assert [source for source, kept in used if not kept] == []
