"""PDF: the text of its pages, and what of their layout parts no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from migstats.caching.regex import expression
from migstats.errors import NoDocument, ReadError
from migstats.extras import look_for
from migstats.model import Document, Mark
from migstats.read._header import describe
from migstats.read._source import Source, too_long
from migstats.value import replace

if TYPE_CHECKING:
    from migstats.read._sheet import Line

SUFFIXES = (".pdf",)
_MAGIC = b"%PDF-"
_NEAR = 1024
"""Bytes in which a file says that it is PDF."""
_PASSWORD = "password"
_NAMED = 12
_COMPOUND = expression(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_TAIL = expression(r"([^\W\d_]+)-$")
_HEAD = expression(r"[^\W\d_]+")


def is_surely(head: bytes) -> bool:
    """Tell whether a file is PDF."""
    return _MAGIC in head[:_NEAR]


def read(source: Source) -> Iterator[Document]:
    """Read the text of all pages as one document; a scanned page has none, and that is said."""
    data = source.load()
    if not is_surely(data):
        raise ReadError("this is no PDF, or a damaged one", path=source.name, remedy="fetch or save it anew")
    look_for("PDF", "pdf", "pypdfium2")
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as opened:
            pages = list(_read_pages(opened, source))
            title = opened.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        if _PASSWORD in str(error).lower():
            raise ReadError("it is encrypted", path=source.name, remedy="save it without its password") from None
        raise ReadError("this PDF is damaged or breaks off", path=source.name, remedy="fetch or save it anew") from None
    _check_scanned(pages, source)
    yield describe(replace(_compose(pages, source.name), title=_clean_title(title)))


def _read_pages(opened: Any, source: Source) -> Iterator[list[Line]]:
    """Read the lines of each page."""
    from migstats.read._sheet import read_lines

    size = 0
    for number in range(len(opened)):
        with closing(opened[number]) as page, closing(page.get_textpage()) as text:
            chars = text.get_text_range()
            count = text.count_chars()
            if len(chars) != count:
                chars = _read_chars(text, count)
            size += len(chars)
            if size > source.characters:
                raise too_long(source, size)
            yield [replace(line, page=number) for line in read_lines(chars, _boxes(text))]


def _boxes(text: Any) -> Any:
    return lambda n: text.get_charbox(n, loose=True)


def _read_chars(text: Any, count: int) -> str:
    """Read characters one by one, where the whole has more or fewer of them than boxes."""
    from pypdfium2.raw import FPDFText_GetUnicode

    points = (FPDFText_GetUnicode(text, n) for n in range(count))
    return "".join("\ufffd" if 0xD800 <= point < 0xE000 else chr(point) for point in points)


def _check_scanned(pages: Sequence[Sequence[Line]], source: Source) -> None:
    """Say which pages hold no text; a document of such pages alone is none."""
    bare = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(bare) == len(pages):
        said = f"no text in its {len(pages)} pages, they are pictures or empty"
        raise NoDocument(said, path=source.name, remedy="recognise its text first, as with ocrmypdf")
    if bare:
        named = ", ".join(map(str, bare[:_NAMED])) + (", ..." if len(bare) > _NAMED else "")
        source.warn(f"no text on page {named}", remedy="if that is a scanned picture, recognise its text first")


def _compose(pages: Sequence[Sequence[Line]], name: str) -> Document:
    """Put the lines together, and mark what their layout means; heads and feet come last, so that they part nothing."""
    from migstats.read._flow import Flow

    body, above, running = _sort(pages)
    flow = Flow(body)
    lines = [*above, *body, *running]
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    text = "\n".join(line.text for line in lines)
    first = len(above)
    last = first + len(body)
    known = set(_COMPOUND.findall(text.casefold()))
    marks = []
    for n, line in enumerate(lines):
        if not first <= n < last:
            marks.append(Mark(starts[n], starts[n] + len(line.text), "running"))
        elif n + 1 < last and flow.goes_on(n - first):
            marks.append(_bridge(starts[n + 1] - 1, line, lines[n + 1], known))
    offsets = [
        next((starts[n] for n in range(first, last) if lines[n].page >= page), starts[last])
        for page in range(1, len(pages))
    ]
    return Document(name, text, pages=(0, *offsets), marks=tuple(marks))


def _sort(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[Line], list[Line]]:
    """Part the lines of the text from heads and feet: those above the text of the first page, and all others."""
    from migstats.read._running import find_running

    found = find_running(pages)
    rows = [(line, (number, place) in found) for number, page in enumerate(pages) for place, line in enumerate(page)]
    body = [line for line, is_running in rows if not is_running]
    top = body[0].base if body else 0.0
    running = [line for line, is_running in rows if is_running]
    above = [line for line in running if not line.page and line.base > top]
    return body, above, [line for line in running if line.page or line.base <= top]


def _bridge(end: int, line: Line, after: Line, known: set[str]) -> Mark:
    """Mark the end of a line that goes on: a broken word is one again, but for one written with a hyphen elsewhere."""
    tail, head = _TAIL.search(line.text), _HEAD.match(after.text)
    if tail is None or head is None:
        return Mark(end, end + 1, "wrap")
    if head[0][0].isupper() or f"{tail[1]}-{head[0]}".casefold() in known:
        return Mark(end, end + 1, "hyphen")
    return Mark(end - 1, end + 1, "hyphen")


def _clean_title(title: str | None) -> str | None:
    """Keep a title that is one, and no name of a file."""
    words = (title or "").strip("\0 ")
    return words if " " in words and not re.search(r"\.\w{2,4}$", words) else None
