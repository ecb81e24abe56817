"""A text with what people marked in it, whatever tool they did it with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migstats.value import dataclass

KNOWN = ("language", "published", "url")
"""What may be known of a document."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that somebody calls a figure."""

    start: int
    end: int
    values: Mapping[str, Any]
    """The keys of a gold figure, as far as they were told."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and its marks."""

    name: str
    """What its gold file is to be called."""
    path: str
    text: str
    known: Mapping[str, str]
    """What is known of the document, by the names in `KNOWN`."""
    marks: tuple[Mark, ...]


def tell_known(row: Mapping[str, Any]) -> dict[str, str]:
    """Take what is known of a document from a row that tells more."""
    return {key: str(row[key]) for key in KNOWN if row.get(key)}
