"""What the head of a text says of the document; the text keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from migstats.caching.regex import expression
from migstats.model import Document
from migstats.value import replace

_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_IS_DATE = expression(_DATE)
_DATE_LINE = expression(rf"(?i)\s*date[ \t:]+({_DATE})(?=[\s,;#]|$)")
FRONT_MATTER = expression(r"(?s)---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)")
_KEYS = {
    "date": "published",
    "published": "published",
    "title": "title",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
    "source": "source",
}


def describe(document: Document) -> Document:
    """Take publication date, title, address, language and source from a date line or from front matter.

    What is known of the document already stays.

    >>> describe(Document("a.txt", " date 2018-09 Le conseil a dit.")).published
    '2018-09'
    """
    line = _DATE_LINE.match(document.text)
    if line and is_date(line.group(1)):
        return _take(document, {"published": line.group(1)})
    front = FRONT_MATTER.match(document.text)
    return _take(document, _read_front_matter(front.group(1))) if front else document


def _take(document: Document, found: Mapping[str, str]) -> Document:
    """Add what was found to what is known of a document."""
    new: dict[str, Any] = {field: value for field, value in found.items() if getattr(document, field) is None}
    return replace(document, **new) if new else document


def is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day in ISO 8601."""
    if not _IS_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[: len("2018-09-14") - len(text)])
    except ValueError:
        return False
    return True


def _read_front_matter(source: str) -> dict[str, str]:
    """Take what is known from the YAML between two lines of dashes; what is no YAML says nothing."""
    import yaml

    from migstats.plainyaml import load_plain

    try:
        content = load_plain(source)
    except yaml.YAMLError:
        return {}
    if not isinstance(content, Mapping):
        return {}
    found = {}
    for key, value in content.items():
        field = _KEYS.get(str(key).lower())
        if field and value is not None and not isinstance(value, list | dict):
            found[field] = str(value)[:10] if field == "published" else str(value)
    return {field: value for field, value in found.items() if field != "published" or is_date(value)}
