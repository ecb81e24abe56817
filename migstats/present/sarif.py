"""SARIF 2.1.0, as code scanners exchange findings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from migstats.caching.regex import expression
from migstats.check import Finding, list_codes
from migstats.model import Span
from migstats.present._place import Places
from migstats.runs.examine import Examined
from migstats.show import squeeze
from migstats.version import __version__
from migstats.write._row import escape_json

if TYPE_CHECKING:
    from migstats.present import Look

_ACTIVE = expression(r"([\\\[\]])")
"""What SARIF takes for a link in a message."""
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(documents: Iterable[Examined], stream: TextIO, look: Look) -> None:  # noqa: ARG001 (all formats take a look)
    """Write one run with the results of all documents."""
    order = [code.id for code in list_codes()]
    results = [_result(finding, one, order) for one in documents for finding in one.findings]
    driver = {"name": "migstats", "version": __version__, "rules": _rules()}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    stream.write(escape_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n")


def _rules() -> list[dict[str, Any]]:
    """Say what each code means."""
    return [
        {
            "id": code.id,
            "name": code.name,
            "shortDescription": {"text": code.name.replace("-", " ")},
            "fullDescription": {"text": code.says},
            "help": {"text": code.remedy},
            "defaultConfiguration": {"level": code.level},
            "properties": {"tags": [code.family]},
        }
        for code in list_codes()
    ]


def _result(finding: Finding, examined: Examined, order: list[str]) -> dict[str, Any]:
    """Give one finding with its place, and the places of the other numbers that it compares."""
    name = quote(PurePath(examined.document.name).as_posix(), errors="replace")
    places = Places(examined.document.text)
    spans = finding.spans or ((0, 0),)
    return {
        "ruleId": finding.code,
        "ruleIndex": order.index(finding.code),
        "level": finding.level,
        "message": {"text": _ACTIVE.sub(r"\\\1", squeeze(finding.message))},
        "locations": [_location(name, spans[0], places)],
        "relatedLocations": [{"id": n, **_location(name, span, places)} for n, span in enumerate(spans[1:], 1)],
    }


def _location(name: str, span: Span, places: Places) -> dict[str, Any]:
    start, end = places.find(span[0]), places.find(span[1])
    region = {
        "startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1],
        "charOffset": span[0], "charLength": span[1] - span[0],
    }  # fmt: skip
    return {"physicalLocation": {"artifactLocation": {"uri": name}, "region": region}}
