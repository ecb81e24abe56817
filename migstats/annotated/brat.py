"""Folders of brat: each text with its standoff annotations beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from migstats.annotated._marks import Mark, Marked, tell_known
from migstats.caching.regex import expression
from migstats.errors import MigstatsError
from migstats.plainyaml import load_plain
from migstats.write.brat import ATTRIBUTES, DOCUMENTS

SUFFIX = ".ann"

_ENTITY = expression(r"T(\d+)\t(\S+) (\d+(?: \d+;\d+)* \d+)\t")
_ATTRIBUTE = expression(r"[AM]\d+\t(\w+) T(\d+) (\S+)")
_NOTE = expression(r"#\d+\tAnnotatorNotes T(\d+)\t(.*)")


def fits(path: Path) -> bool:
    """Tell whether a path is such a folder, or one file of it."""
    return path.suffix == SUFFIX if path.is_file() else any(path.glob(f"*{SUFFIX}"))


def read(path: Path) -> Iterator[Marked]:
    """Read the texts of a folder, or the one of a file, in the order of their names."""
    folder = path.parent if path.is_file() else path
    listed = _read_list(folder / DOCUMENTS)
    for file in [path] if path.is_file() else sorted(folder.glob(f"*{SUFFIX}")):
        with file.with_suffix(".txt").open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        lines = file.read_text(encoding="utf-8").split("\n")
        known = tell_known(listed.get(file.stem, {}))
        yield Marked(file.stem, str(file), text, known, tuple(_read_marks(lines, str(file))))


def _read_list(path: Path) -> dict[str, Mapping[str, Any]]:
    """Read what was known of the documents when they were written; without that, nothing is."""
    if not path.is_file():
        return {}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    return {row["file"]: row for row in rows}


def _read_marks(lines: list[str], path: str) -> Iterator[Mark]:
    """Gather the lines about each entity."""
    entities: dict[str, tuple[int, int]] = {}
    values: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, start=1):
        if entity := _ENTITY.match(line):
            ends = [int(part) for part in re.split("[ ;]", entity[3])]
            entities[entity[1]] = (min(ends), max(ends))
            values.setdefault(entity[1], {})["indicator"] = entity[2]
        elif attribute := _ATTRIBUTE.fullmatch(line):
            if attribute[1].lower() in ATTRIBUTES:
                values.setdefault(attribute[2], {})[attribute[1].lower()] = attribute[3]
        elif note := _NOTE.fullmatch(line):
            values.setdefault(note[1], {}).update(_read_note(note[2], path, number))
    for name, (start, end) in entities.items():
        yield Mark(start, end, values[name])


def _read_note(note: str, path: str, line: int) -> dict[str, Any]:
    """Read a note as a gold file would have it."""
    import yaml

    try:
        found = load_plain(f"{{{note} }}")
    except yaml.YAMLError:
        raise MigstatsError(
            f"the note '{note}' cannot be read", path=path, line=line, remedy="write it as value: 12, period: '2023'"
        ) from None
    return {str(key): value for key, value in cast(Mapping[Any, Any], found).items()}
