"""W3C Web Annotations in JSON-LD: each figure a note on the very characters that it stands in.

The target is the text as it was read, which is what the positions refer to; where it was published is the target's
scope. One body tags the indicator, the other is the whole record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote

from migstats.records.record import Record
from migstats.version import __version__
from migstats.write._row import escape_json, make_row

SUFFIXES = (".jsonld",)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_NAMES = "urn:x-migstats:"
_HEAD = {"@context": CONTEXT, "id": f"{_NAMES}figures", "type": "AnnotationPage", "startIndex": 0}
_SAFE = "/#?&=:;,+~!$'()*@%"


def write(records: Iterable[Record], stream: TextIO) -> None:
    """Write one page of annotations, which is closed even when the records break off."""
    head = json.dumps(_HEAD, indent=2).removesuffix("\n}")
    stream.write(f'{head},\n  "items": [')
    before = "\n"
    try:
        for record in records:
            stream.write(before + escape_json(json.dumps(annotate(record), ensure_ascii=False)))
            before = ",\n"
    finally:
        stream.write("\n  ]\n}\n")


def annotate(record: Record) -> dict[str, Any]:
    """Make the annotation of one figure."""
    whole = escape_json(json.dumps(make_row(record), ensure_ascii=False))
    source = {"id": name_source(record.document), "type": "Text", "language": record.language}
    target = {
        "type": "SpecificResource",
        "source": {key: value for key, value in source.items() if value},
        "selector": [_select_position(record), _select_quote(record)],
    }
    return {
        "id": _NAMES + record.id,
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": f"migstats {__version__}"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": record.indicator},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": whole},
        ],
        "target": {**target, "scope": record.url} if is_address(record.url) else target,
    }


def name_source(document: str) -> str:
    """Write the name of a document as an IRI; a relative one is relative to where the annotations are.

    >>> name_source("news/a b.txt"), name_source("/news/a.txt")
    ('news/a%20b.txt', 'file:///news/a.txt')
    """
    name = quote(document, safe=_SAFE, errors="replace")
    return f"file://{name}" if name.startswith("/") else name


def is_address(url: str | None) -> bool:
    """Tell the address of a page from what a text gives out as one; the record has it, whatever it is.

    >>> is_address("https://example.org/a"), is_address("javascript:x"), is_address("https://a b"), is_address(None)
    (True, False, False, False)
    """
    return url is not None and url.startswith(("https://", "http://")) and url.isprintable() and " " not in url


def _select_position(record: Record) -> dict[str, Any]:
    """Select by place, in code points."""
    return {"type": "TextPositionSelector", "start": record.start, "end": record.end}


def _select_quote(record: Record) -> dict[str, Any]:
    """Select by the words around it."""
    before = record.quote[: max(0, record.start - record.quote_start)]
    after = record.quote[max(0, record.end - record.quote_start) :]
    return {"type": "TextQuoteSelector", "exact": record.number, "prefix": before, "suffix": after}
