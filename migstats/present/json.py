"""One JSON object a document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from migstats.check import Finding, find_code
from migstats.model import LedgerEntry
from migstats.present._place import Places
from migstats.records.record import plain
from migstats.runs.examine import Examined
from migstats.write._row import escape_json, make_row

if TYPE_CHECKING:
    from migstats.present import Look


def write(documents: Iterable[Examined], stream: TextIO, look: Look) -> None:  # noqa: ARG001 (all formats take a look)
    """Write figures, all numbers and all findings of each document in a line."""
    for document in documents:
        stream.write(escape_json(json.dumps(describe(document), ensure_ascii=False)) + "\n")


def describe(examined: Examined) -> dict[str, Any]:
    """Give all that is known of a document as plain values."""
    document = examined.document
    places = Places(document.text)
    return {
        "document": document.name,
        "source": document.source,
        "language": document.language,
        "published": document.published,
        "figures": [make_row(record) for record in examined.records],
        "numbers": [_describe_number(entry, document.text) for entry in examined.analysis.ledger],
        "issues": [_describe_finding(finding, document.text, places) for finding in examined.findings],
    }


def _describe_number(entry: LedgerEntry, text: str) -> dict[str, Any]:
    number = entry.number
    return {
        "number": text[number.start : number.end],
        "start": number.start,
        "end": number.end,
        "value": plain(number.value),
        "kind": entry.kind,
        "nearest": entry.nearest or None,
        "lacked": entry.lacked or None,
    }


def _describe_finding(finding: Finding, text: str, places: Places) -> dict[str, Any]:
    line, column = places.find_first(finding.spans)
    return {
        "code": finding.code,
        "name": find_code(finding.code).name,
        "level": finding.level,
        "message": finding.message,
        "line": line,
        "column": column,
        "spans": [{"start": start, "end": end, "text": text[start:end]} for start, end in finding.spans],
    }
