"""Texts of WARC files: pages, or what a crawler made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

Page = tuple[str, str | None, str | None, str | None, str | None]
"""Id, address, publication date, title and text."""

SCHEMA = "id STRING, url STRING, date STRING, title STRING, text STRING"
SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")


def read_warc(path: str) -> Iterator[Page]:
    """Read the pages of one file; the time of the crawl is no date of publication."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.conversion
    with Path(path).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=wanted):
            name = str(record.record_id)
            url = record.headers.get("WARC-Target-URI")
            if record.record_type == WarcRecordType.conversion:
                yield name, url, None, None, record.reader.read().decode("utf-8", "replace")
            elif "html" in (record.http_content_type or ""):
                yield _read_page(name, url, record.reader.read())


def _read_page(name: str, url: str | None, data: bytes) -> Page:
    """Find title, date and main text of a page."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(data, url=url, with_metadata=True)
    if found is None:
        return name, url, None, None, None
    values = found if isinstance(found, dict) else found.as_dict()
    return name, url, values.get("date"), values.get("title"), values.get("text")
