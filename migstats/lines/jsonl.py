"""JSON Lines: one line of a series a line, with all that was told for it."""

from __future__ import annotations

import json
from typing import Any, TextIO

from migstats.lines._row import find_conflicts_by_line, make_row
from migstats.lines._wide import make_wide
from migstats.series.line import Findings
from migstats.write._row import escape_json

SUFFIX = ".jsonl"


def write(findings: Findings, stream: TextIO, wide: bool = False) -> None:
    """Write each line."""
    if wide:
        for row in make_wide(findings)[1]:
            _write_row(row, stream)
        return
    conflicts = find_conflicts_by_line(findings)
    for nth, line in enumerate(findings.lines):
        _write_row(make_row(line, conflicts.get(nth, ())), stream)


def _write_row(row: dict[str, Any], stream: TextIO) -> None:
    stream.write(escape_json(json.dumps(row, ensure_ascii=False)) + "\n")
