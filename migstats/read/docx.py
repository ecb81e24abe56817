"""Word (.docx): paragraphs, lists, tables, text boxes and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from migstats.errors import NoDocument, ReadError
from migstats.extras import look_for
from migstats.model import Document
from migstats.read._header import describe
from migstats.read._source import Source, too_large, too_long

SUFFIXES = (".docx", ".docm")
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = (b"[Content_Types].xml", b"word/")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = (".xml", ".rels")
_PICTURES = 4
"""How many times what one document may have are allowed where pictures are counted."""
_BLOCK = 1 << 16
_NOTES = ("/footnotes", "/endnotes")
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_BOX = f"{_W}txbxContent"


def is_surely(head: bytes) -> bool:
    """Tell whether a file is one of Word, of any age."""
    return head.startswith(_OLD) or (head.startswith(_ZIP) and any(name in head for name in _INSIDE))


def read(source: Source) -> Iterator[Document]:
    """Read the text of one document: a line a paragraph, a line a row of a table, notes last."""
    data = source.load()
    if data.startswith(_OLD):
        said = "an old Word file (.doc), or one with a password"
        raise ReadError(said, path=source.name, remedy="save it as .docx without a password")
    look_for("Word", "docx", "docx")
    _check_size(data, source)
    document = _open(data, source)
    bodies = [document.element.body, *_note_parts(document.part)]
    lines = _limit((line for body in bodies for line in _read_body(body)), source)
    text = "\n".join(line for line in lines if line.strip())
    if not text.strip():
        raise NoDocument("no text in this document", path=source.name)
    yield describe(Document(source.name, text, title=document.core_properties.title.strip() or None))


def _check_size(data: bytes, source: Source) -> None:
    """Refuse what unpacks to more than is allowed, or than it says, before it is unpacked as a whole."""
    import zipfile
    from zlib import error as zlib_error

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
            size = sum(info.file_size for info in files if info.filename.endswith(_TEXTS))
            if size > source.limit or sum(info.file_size for info in files) > _PICTURES * source.limit:
                raise too_large(source)
            for info in files:
                with archive.open(info) as stream:
                    while stream.read(_BLOCK):
                        pass
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib_error):
        raise _broken(source) from None


def _open(data: bytes, source: Source) -> Any:
    """Open a document."""
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except ValueError:
        raise ReadError("an Office file, but no Word document", path=source.name, remedy="save it as .docx") from None
    except Exception as error:  # whatever the parser says of what is none
        raise _broken(source) from error


def _broken(source: Source) -> ReadError:
    return ReadError("this document is damaged or breaks off", path=source.name, remedy="open it and save it anew")


def _limit(lines: Iterator[str], source: Source) -> Iterator[str]:
    """Go through lines until they are too many."""
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > source.characters:
            raise too_long(source, length)
        yield line


def _note_parts(part: Any) -> Iterator[Any]:
    """Go through footnotes and endnotes."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            yield etree.fromstring(relation.target_part.blob, parser)


def _read_body(element: Any) -> Iterator[str]:
    """Go through the lines of an element, in order."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _read_paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from _read_table(child)
        elif child.tag != _FALLBACK and isinstance(child.tag, str):
            yield from _read_body(child)


def _read_paragraph(paragraph: Any) -> Iterator[str]:
    """Give the lines of a paragraph, and behind it those of the text boxes that hang on it."""
    text = "".join(_write(paragraph)).strip("\n")
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    if text.strip():
        yield from (f"- {text}" if listed else text).split("\n")
    for box in paragraph.iter(_BOX):
        if not any(above.tag in (_FALLBACK, _BOX) for above in box.iterancestors()):
            yield from _read_body(box)


def _write(element: Any) -> Iterator[str]:
    """Go through the characters of a paragraph; what was deleted is no part of it."""
    for child in element:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name == "t":
            yield child.text or ""
        elif name in _WRITTEN:
            yield _WRITTEN[name]
        elif name not in ("del", "moveFrom", "pPr", "rPr", "txbxContent") and child.tag != _FALLBACK:
            yield from _write(child)


def _read_table(table: Any) -> Iterator[str]:
    """Give a table as lines of cells; one of a single column is only a frame."""
    rows = [row.findall(f"{_W}tc") for row in table.iter(f"{_W}tr") if row.getparent() is table]
    if all(len(cells) == 1 for cells in rows):
        for cells in rows:
            yield from _read_body(cells[0])
        return
    for cells in rows:
        yield " | ".join(" ".join(" ".join(_read_body(cell)).split()) for cell in cells)
