"""What Label Studio exports as JSON: tasks with the annotations that people have submitted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from migstats.annotated._marks import Mark, Marked, tell_known
from migstats.errors import MigstatsError
from migstats.write._naming import Names
from migstats.write.labelstudio import CHOICES, NUMBERS, WORDS

SUFFIX = ".json"


def fits(path: Path) -> bool:
    """Tell whether a path is such an export."""
    return path.is_file() and path.suffix == SUFFIX


def read(path: Path) -> Iterator[Marked]:
    """Read the tasks that somebody has submitted; the others are no gold yet."""
    names, reviewed = Names(), 0
    for number, task in enumerate(_read_tasks(path), start=1):
        try:
            results = _choose(task)
            if results is None:
                continue
            data = task["data"]
            reviewed += 1
            name = names.give(str(data.get("document", number)))
            yield Marked(name, str(path), data["text"], tell_known(data), tuple(_read_marks(results)))
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            said = f"task {number} is none of ours: {type(error).__name__} {error}"
            raise MigstatsError(said, path=str(path)) from None
    if not reviewed:
        raise MigstatsError(
            "nobody has submitted an annotation in it",
            path=str(path),
            remedy="export the project as JSON when some are",
        )


def _read_tasks(path: Path) -> Sequence[Mapping[str, Any]]:
    """Read the file."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MigstatsError(f"no JSON: {error}", path=str(path)) from None
    if not isinstance(tasks, list):
        raise MigstatsError("no export of Label Studio: no list of tasks", path=str(path))
    return tasks


def _choose(task: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | None:
    """Choose one annotation of a task: what is called the truth, else the latest; none if there is none."""
    submitted = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    submitted.sort(key=lambda one: (bool(one.get("ground_truth")), str(one.get("updated_at") or "")))
    results: Sequence[Mapping[str, Any]] | None = submitted[-1]["result"] if submitted else None
    return results


def _read_marks(results: Sequence[Mapping[str, Any]]) -> Iterator[Mark]:
    """Gather the parts of each region."""
    regions: dict[str, tuple[int, int]] = {}
    values: dict[str, dict[str, Any]] = {}
    for part in results:
        told = values.setdefault(str(part.get("id")), {})
        name, value = part.get("from_name"), part.get("value", {})
        if part["type"] == "labels":
            regions[str(part["id"])] = (int(value["start"]), int(value["end"]))
            told["indicator"] = value["labels"][0]
        elif name in NUMBERS:
            told[name] = _plain(value["number"])
        elif name in CHOICES:
            told[name] = value["choices"][0]
        elif name in WORDS:
            told[name] = _join(value["text"])
    for region, (start, end) in regions.items():
        yield Mark(start, end, _gather(values[region]))


def _gather(told: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a region as a gold figure has them."""
    if "place" in told:
        told["place"] = [place.strip() for place in told["place"].split(";") if place.strip()]
    change = {key: told.pop(f"change_{key}") for key in ("percent", "baseline") if f"change_{key}" in told}
    return {**told, **({"change": change} if change else {})}


def _plain(number: float) -> int | float:
    """Write a number as JSON would: an integer where it is whole."""
    return int(number) if number == int(number) else number


def _join(text: str | Sequence[str]) -> str:
    """Give the words of a field, which may have been written in several goes."""
    return text if isinstance(text, str) else "; ".join(text)
