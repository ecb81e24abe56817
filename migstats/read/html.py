"""HTML: the main text of a page, with its title, date and address."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Any

from migstats.caching.regex import expression
from migstats.errors import NoDocument, ReadError
from migstats.extras import look_for
from migstats.model import Document, Mark
from migstats.read._decode import decode_text
from migstats.read._header import describe, is_date
from migstats.read._page import Line, read_lines, squeeze
from migstats.read._source import Source, too_long

SUFFIXES = (".html", ".htm", ".xhtml")
_OPENING = rb"(?is)(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|article|meta)\b"
_CHARSET = rb"(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)"
_PROLOG = expression(r"\s*<\?xml[^>]*\?>")
_HEAD = 4096
_INLINE = re.compile(r"(?<=data:)[\w/+.;=-]{0,80},[\w+/=%-]{200,}+")
"""A picture written into a page."""
_MARKUP_SHARE = 2
"""How many characters a page may have for one of its text."""
_DEEP = "Excessive depth"
_MARKUP = expression(r"^(?:- |\| )?(.*?)(?: \|)?$")
_DATES = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}
"""A date is taken where the page says it, and guessed nowhere; today's says nothing of it."""


def fits(head: bytes) -> bool:
    """Tell whether a file without a known suffix is a page.

    >>> fits(b"<!DOCTYPE html><p>"), fits(b"<p>")
    (True, False)
    """
    return re.match(_OPENING, head.removeprefix(codecs.BOM_UTF8)) is not None


def read(source: Source) -> Iterator[Document]:
    """Read the text of one page; links to other texts and captions are kept, and marked as related.

    What stands in the text is behind its title; what leads elsewhere from beside it comes last.
    """
    data = source.load()
    look_for("HTML", "html", "trafilatura", "lxml_html_clean")
    text = _INLINE.sub("", _decode(data, source))
    if len(text) > _MARKUP_SHARE * source.characters:
        raise too_long(source, len(text) // _MARKUP_SHARE)
    try:
        found, lines, deep = _extract(text, source.url)
    except Exception as error:  # whatever a parser says of what is no page
        raise ReadError(f"no page that can be read ({type(error).__name__})", path=source.name) from error
    if deep:
        source.warn("nested too deep, and read only as far as it is not", remedy="save the page as text")
    body = _get_body(found, lines)
    if not body:
        raise NoDocument("no text in this page", path=source.name)
    body += [line.text for line in _lost(body, lines)]
    document = Document(
        source.name,
        "\n".join(body),
        published=found.date if found and found.date and is_date(found.date) else None,
        title=found.title if found else None,
        url=source.url or (found.url if found else None),
        marks=tuple(_mark(body, {line.text for line in lines if line.aside})),
    )
    yield describe(document)


def _decode(data: bytes, source: Source) -> str:
    """Decode a page: UTF-8 where it is, else what it says itself or its server said of it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = re.search(_CHARSET, data[:_HEAD])
        for name in (said and said[1].decode("ascii", "replace"), source.charset):
            try:
                if name and codecs.lookup(name).name != "utf-8":
                    return data.decode(name, "replace")
            except LookupError:
                continue
    return decode_text(data, source.name, source.warn)


def _extract(text: str, url: str | None) -> tuple[Any, list[Line], bool]:
    """Find the main text, and all lines of the page; tell whether some of it was too deep to be read."""
    import logging

    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    page = _PROLOG.sub("", text, count=1)
    if not page.strip():
        return None, [], False
    parser = HTMLParser()
    tree = document_fromstring(page, parser=parser)
    deep = any(_DEEP in str(entry.message) for entry in parser.error_log)
    lines = list(read_lines(tree))
    given: dict[str, Any] = {"url": url, "with_metadata": True, "include_comments": False}
    return bare_extraction(tree, date_extraction_params=_DATES, **given), lines, deep


def _get_body(found: Any, lines: list[Line]) -> list[str]:
    """Give the lines of the main text, with the title where it was left out; of a short page all but its menus."""
    if found and found.text and found.text.strip():
        body = [line.rstrip() for line in found.text.split("\n") if line.strip()]
    else:
        body = [line.text for line in lines if not line.menu and not line.aside]
    title = next((line.text for line in lines if line.heading), None)
    there = {squeeze(line) for line in body}
    return [title, *body] if body and title and title not in there else body


def _lost(body: Iterable[str], lines: Iterable[Line]) -> Iterator[Line]:
    """Go through the links and captions that the main text lacks, each once."""
    there = {_bare(line) for line in body}
    for line in lines:
        if line.aside and not line.menu and line.text not in there:
            there.add(line.text)
            yield line


def _mark(body: Iterable[str], asides: set[str]) -> Iterator[Mark]:
    """Mark the lines that lead elsewhere."""
    at = 0
    for line in body:
        if _bare(line) in asides:
            yield Mark(at, at + len(line), "related")
        at += len(line) + 1


def _bare(line: str) -> str:
    """Write a line without the signs of a list or a table."""
    found = _MARKUP.match(squeeze(line))
    return found[1] if found else line
