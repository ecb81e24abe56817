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
    for pack in case.packs.sources.values():
        named = any(site in address for site in pack.recognise.sites if address)
        if named and document.source is None and pack.language and pack.language != document.language:
            said = f"the text comes from {pack.id}, whose pack is for '{pack.language}', not '{document.language}'"
            yield Finding(OTHER, said)
            return
