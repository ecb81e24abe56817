"""JSON Lines: a dump with one document a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping

from migstats.errors import ReadError
from migstats.model import Document
from migstats.read._lines import decode_line, read_lines
from migstats.read._size import show_size
from migstats.read._source import Source

SUFFIXES = (".jsonl", ".ndjson")
_OPENING = rb'\{\s*"'


def fits(head: bytes) -> bool:
    r"""Tell whether a file without a known suffix looks like JSON Lines.

    >>> fits(b'{"text": "12 boats"}\n'), fits(b"{12 boats}"), fits(b'{\n"text": "12 boats"}')
    (True, False, False)
    """
    first, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not end:
        return re.match(_OPENING, first) is not None
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read(source: Source) -> Iterator[Document]:
    r"""Read the documents, each as its line is read; a bad line is told, and the rest goes on.

    >>> from io import BytesIO
    >>> lines = BytesIO(b'{"id": 7, "text": "12 boats"}\n{"body": "9 boats"}\n')
    >>> [(document.name, document.text) for document in read(Source(lines, "a.jsonl", print))]
    [('a.jsonl#7', '12 boats'), ('a.jsonl:2', '9 boats')]
    """
    from migstats.read._dump import make_documents

    return make_documents(source, _entries(source))


def _entries(source: Source) -> Iterator[tuple[int, Mapping[str, object] | ReadError]]:
    """Go through the entries; a line that holds none is an error."""
    for number, line in enumerate(read_lines(source), start=1):
        if line is not None and not line.strip():
            continue
        try:
            entry: Mapping[str, object] | ReadError = _parse(line, source)
        except ReadError as error:
            entry = error
        yield number, entry


def _parse(line: bytes | None, source: Source) -> dict[str, object]:
    """Read one line as an object."""
    if line is None:
        raise ReadError(f"larger than {show_size(source.line)}", remedy="--max-size allows more")
    try:
        entry = json.loads(decode_line(line, source).rstrip("\r\n"))
    except json.JSONDecodeError as error:
        said = f"no JSON: {error.msg.lower().removesuffix(' at')} at column {error.colno}"
        raise ReadError(said, remedy="one object a line is wanted; the line is passed over") from None
    except (ValueError, RecursionError):
        raise ReadError("no JSON that can be held", remedy="the line is passed over") from None
    if not isinstance(entry, dict):
        raise ReadError("no JSON object", remedy="one object a line is wanted; the line is passed over")
    return entry
