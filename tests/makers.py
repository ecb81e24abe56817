"""Makes files of every format out of a text, with the libraries that others make them with."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from html import escape

import pytest

Texts = Mapping[str, str]
"""Texts by their names."""

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Une page - Le site</title>
<link rel="canonical" href="https://example.org/{name}"></head>
<body><header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/2">Politique</a></li></ul></nav></header>
<main><article>{body}</article></main>
<aside><ul><li><a href="/3">Une autre nouvelle de la ville et de ses environs</a></li></ul></aside>
<footer><p>Tous droits réservés</p></footer></body></html>"""
LINK = "Lire aussi"


def make_html(name: str, text: str) -> bytes:
    """Make a page with menus and links around the text."""
    lines = [escape(line.strip()) for line in text.split("\n") if line.strip()]
    body = [f'<p><a href="/r">{line}</a></p>' if line.startswith(LINK) else f"<p>{line}</p>" for line in lines]
    return PAGE.format(name=name, body="\n".join(body)).encode()


def make_pdf(_: str, text: str, justified: bool = True) -> bytes:
    """Make pages with running heads and foot lines."""
    pytest.importorskip("reportlab", reason="makes PDF")
    from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def print_running(canvas: object, document: object) -> None:
        canvas.drawString(72, 800, "Note of the 12 partners")  # type: ignore[attr-defined]
        canvas.drawString(280, 30, f"Page {document.page} of 9")  # type: ignore[attr-defined]

    style = getSampleStyleSheet()["BodyText"]
    style = ParagraphStyle("own", parent=style, alignment=TA_JUSTIFY if justified else TA_LEFT, fontSize=17, leading=21)
    made = io.BytesIO()
    flow = [Paragraph(escape(line, quote=False), style) for line in text.split("\n") if line.strip()]
    SimpleDocTemplate(made, title="A note of 2024").build(flow, onFirstPage=print_running, onLaterPages=print_running)
    return made.getvalue()


def make_docx(_: str, text: str) -> bytes:
    """Make a Word document."""
    docx = pytest.importorskip("docx", reason="needs the extra docx")
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def make_markdown(_: str, text: str) -> bytes:
    """Make Markdown: a blank line between paragraphs."""
    return "\n\n".join(line for line in text.split("\n") if line.strip()).encode()


def make_jsonl(texts: Texts) -> bytes:
    """Make a dump of JSON Lines."""
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()).encode()


def make_csv(texts: Texts) -> bytes:
    """Make a dump of CSV."""
    made = io.StringIO(newline="")
    rows = csv.writer(made)
    rows.writerow(["id", "article_text"])
    rows.writerows(texts.items())
    return made.getvalue().encode()


def make_warc(texts: Texts) -> bytes:
    """Make the file of a crawler."""
    pytest.importorskip("warcio", reason="makes WARC")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=False)
    for name, text in {**texts, "missing": ""}.items():
        page = make_html(name, text)
        status = "200 OK" if text else "404 Not Found"
        headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        address = f"https://example.org/{name}"
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(page), http_headers=headers)
        )
    return made.getvalue()


def make_zip(texts: Texts) -> bytes:
    """Make an archive of texts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(f"news/{name}.txt", text)
    return made.getvalue()


def pack_zstandard(data: bytes) -> bytes:
    """Pack with zstd."""
    zstd = pytest.importorskip("backports.zstd", reason="needs the extra zst")
    packed: bytes = zstd.compress(data)
    return packed


ONE: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "txt": ("", lambda _, text: text.encode()),
    "markdown": ("", make_markdown),
    "html": ("trafilatura lxml_html_clean", make_html),
    "pdf": ("pypdfium2", make_pdf),
    "docx": ("docx", make_docx),
}
"""Formats with one document a file: what they need, and what makes them."""

MANY: dict[str, tuple[str, Callable[[Texts], bytes]]] = {
    "jsonl": ("", make_jsonl),
    "jsonl.gz": ("", lambda texts: gzip.compress(make_jsonl(texts))),
    "jsonl.zst": ("backports.zstd", lambda texts: pack_zstandard(make_jsonl(texts))),
    "csv": ("", make_csv),
    "csv.gz": ("", lambda texts: gzip.compress(make_csv(texts))),
    "warc": ("fastwarc trafilatura", make_warc),
    "warc.gz": ("fastwarc trafilatura", lambda texts: gzip.compress(make_warc(texts))),
    "zip": ("", make_zip),
}
"""Formats with many documents a file."""
