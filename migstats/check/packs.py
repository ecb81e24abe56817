"""Packs: whether there is one that reads the text."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.check._case import Case
from migstats.check._finding import Finding

TITLE = "packs"

UNREAD = "K01"
OTHER = "K02"
CODES = (UNREAD, OTHER)


def find(case: Case) -> Iterator[Finding]:
    """Look at the document's language and source."""
    document = case.document
    if document.language is None:
        yield Finding(UNREAD, "no number of the text was read")
        return
    address = (document.url or "").lower()
    for site, source, language in case.codebook.sites:
        if address and site in address and document.source is None and language not in (None, document.language):
            said = f"the text comes from {source}, whose pack is for '{language}', not '{document.language}'"
            yield Finding(OTHER, said)
            return
