"""A record as a row of plain values."""

from __future__ import annotations

import re
from datetime import date
from json import dumps
from typing import TYPE_CHECKING, Any

from migstats.caching.regex import expression
from migstats.records.record import COLUMNS, Found, Record, hash_text
from migstats.show import UNSEEN
from migstats.value import replace

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

__all__ = [
    "CODE_COLUMNS", "COLUMNS", "DOCUMENT_COLUMNS", "escape_json", "guard", "is_formula", "make_code_rows",
    "make_document_row", "make_row", "make_safe",
]  # fmt: skip

DOCUMENT_COLUMNS = ("document", "source", "language", "published", "title", "url", "characters", "figures", "sha256")
CODE_COLUMNS = ("indicator", "counts", "units")

_CONTROL = expression(f"[\x7f-\x9f{UNSEEN}]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula, full-width signs too."""


def make_row(record: Record) -> dict[str, Any]:
    """Give the values of a record as JSON has them, in order."""
    values = {name: getattr(record, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def make_document_row(found: Found) -> dict[str, Any]:
    """Give what is known of a document, in the order of `DOCUMENT_COLUMNS`."""
    document = found.document
    known = (document.name, document.source, document.language, document.published, document.title, document.url)
    counted = (len(document.text), len(found.records), hash_text(document.text))
    return dict(zip(DOCUMENT_COLUMNS, (*known, *counted), strict=True))


def make_code_rows(codebook: Codebook) -> list[tuple[str, str, str]]:
    """Give the indicators with what they count and in which units, in the order of `CODE_COLUMNS`."""
    return [(code, entry.says, ", ".join(entry.units)) for code, entry in codebook.indicators.items()]


def escape_json(text: str) -> str:
    r"""Escape what JSON allows raw, but a terminal would obey, nobody would see or a reader of lines would split at.

    >>> escape_json('"a\x9bb \u202ec \U000e0041"')
    '"a\\u009bb \\u202ec \\udb40\\udc41"'
    """
    return _CONTROL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    """Write a character as JSON escapes it: one above the first plane as a pair."""
    return dumps(found.group()).strip('"')


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run a text.

    >>> is_formula("=1+1"), is_formula("1+1")
    (True, False)
    """
    return text.startswith(_FORMULA)


def make_safe(record: Record) -> Record:
    """Put an apostrophe before each text that a spreadsheet would run."""
    values = {name: getattr(record, name) for name in COLUMNS}
    risky: dict[str, Any] = {name: guarded for name, value in values.items() if (guarded := guard(value)) is not value}
    return replace(record, **risky) if risky else record


def guard(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run.

    >>> guard("=1+1"), guard("1+1"), guard(-1)
    ("'=1+1", '1+1', -1)
    """
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
