"""Whatever is fed to the program, it takes memory up to a limit, and says what went over it."""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import threading
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from conftest import ROOT
from makers import make_csv, make_docx, make_jsonl, make_markdown, make_pdf, pack_zstandard
from test_inputs import need

from migstats.errors import MigstatsError
from migstats.formats import Listener, read_source
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.periods import dateline
from migstats.periods.period import find_periods
from migstats.pipeline import analyse
from migstats.plainyaml import LARGEST
from migstats.read import _source
from migstats.read._header import describe
from migstats.read._source import Source
from migstats.read._unpack import unpack
from migstats.runs.walk import Manner, read_paths
from migstats.tables import recut
from migstats.tables.cell import Cell, Line

GIGA = 1 << 30
PIECE = b"and 12 boats "
BLOCK = PIECE * (1 << 16)
FIGURE = "In 2023 the navy rescued 300 migrants at sea."
PARAGRAPH = b"<w:p><w:r><w:t>12 boats</w:t></w:r></w:p>"
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def pack_zip(name: str, blocks: int) -> bytes:
    """Make an archive of a file that is long, and of one that is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(name, "w") as stream:
            for _ in range(blocks):
                stream.write(BLOCK)
        archive.writestr("z.txt", FIGURE)
    return made.getvalue()


def make_word(body: bytes, said: int | None = None) -> bytes:
    """Make a Word document with a body of its own, which may say that it is shorter than it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx("", ""))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, WORD + body if name == "word/document.xml" else old.read(name))
        size = new.getinfo("word/document.xml").file_size
    data = made.getvalue()
    return data if said is None else data.replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))


def flow(path: Path) -> threading.Thread:
    """Write to a pipe as long as somebody reads."""
    os.mkfifo(path)

    def write() -> None:
        with suppress(BrokenPipeError), path.open("wb") as stream:
            while True:
                stream.write(BLOCK)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    return writer


BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a.txt.gz": ("", lambda: gzip.compress(BLOCK, 1) * 3000, "larger than 64 MB; --max-size allows more"),
    "b.txt.zst": ("backports.zstd", lambda: pack_zstandard(BLOCK) * 3000, "larger than 64 MB; --max-size allows more"),
    "c.zip": ("", lambda: pack_zip("a.txt", 90), "c.zip/a.txt: larger than 64 MB; --max-size allows more"),
    "d.docx": ("docx", lambda: make_word(PARAGRAPH * 1_700_000), "larger than 64 MB; --max-size allows more"),
    "e.docx": ("docx", lambda: make_word(PARAGRAPH * 1_700_000, 999), "this document is damaged or breaks off"),
    "f.docx": ("docx", lambda: make_word(b"<w:sdt>" * 100_000), "this document is damaged or breaks off"),
    "g.txt": (
        "",
        lambda: BLOCK * 4,
        "its text has 3,407,872 characters, more than 2,097,152; --max-size 105M allows it",
    ),
    "h.jsonl": ("", lambda: make_jsonl({"1": (BLOCK * 4).decode(), "2": FIGURE}), "h.jsonl:1: its text has 3,407,872"),
    "i.csv": ("", lambda: b'id,text\n1,"' + BLOCK * 80, "skipped, larger than 16 MB"),
    "j.html": ("trafilatura", lambda: b"<html><body>" + b"<p>12 boats" * 420_000, "its text has 2,310,006"),
}
"""Files that are far more than they seem: what they need, what makes them, and what is said of them."""


def test_bombs_in_a_gigabyte(tmp_path: Path) -> None:
    """Each is one line, and the good figures in and beside them are found."""
    said = {}
    for name, (needs, make, line) in BOMBS.items():
        with suppress(pytest.skip.Exception):
            need(needs)
            (tmp_path / name).write_bytes(make())
            said[name] = line
    flow(tmp_path / "pipe.txt")
    said["pipe.txt"] = "larger than 64 MB; --max-size allows more"
    (tmp_path / "z.txt").write_text(FIGURE)
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "migstats", "extract", ".", "-f", "jsonl"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIGA, GIGA)),
    )  # fmt: skip
    lines = done.stderr.splitlines()
    assert len(lines) == len(said), done.stderr
    for (name, line), told in zip(sorted(said.items()), lines, strict=True):
        assert told.startswith(f"migstats: ./{name}")
        assert line in told
    assert done.returncode == 2
    assert done.stdout.count("rescues") == 3


def test_a_document_that_lies_is_not_unpacked() -> None:
    """What it says of its size is not believed: it is unpacked piece by piece until it is found out."""
    need("docx")
    data = make_word(b" " * (100 << 20), 999)
    source = Source(cast(BinaryIO, io.BytesIO(data)), "a.docx", print, limit=1 << 20)
    tracemalloc.start()
    with pytest.raises(MigstatsError, match="damaged"):
        list(read_source(source, Listener(print, print)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


LONG = (PIECE * 2_600).decode()
"""A little longer than a text may be where documents may have a megabyte."""
TEXTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "txt": ("", str.encode),
    "md": ("", lambda text: make_markdown("", text)),
    "jsonl": ("", lambda text: make_jsonl({"1": text})),
    "csv": ("", lambda text: make_csv({"1": text})),
    "html": ("trafilatura", lambda text: f"<html><body><p>{'<p>'.join([escape(text)] * 2)}".encode()),
    "docx": ("docx", lambda text: make_docx("", text)),
    "pdf": ("pypdfium2", lambda text: make_pdf("", text.replace("boats ", "boats\n"))),
}


@pytest.mark.parametrize("suffix", TEXTS)
def test_a_text_has_a_length(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too long is refused by all formats alike, with what lets it pass; and that does."""
    needs, make = TEXTS[suffix]
    need(needs)
    monkeypatch.setattr(_source, "_FEWEST", 0)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(make(LONG))
    failed: list[MigstatsError] = []
    documents = list(read_paths([str(path)], Listener(print, failed.append), Manner(limit=1 << 20)))
    assert not documents
    assert len(failed) == 1
    assert "more than 32,768" in failed[0].message
    assert failed[0].remedy
    enough = int(failed[0].remedy.removeprefix("--max-size ").removesuffix("M allows it"))
    passed = list(read_paths([str(path)], Listener(print, failed.append), Manner(limit=(enough + 1) << 20)))
    assert (len(passed), len(failed)) == (1, 1)


class Once(io.RawIOBase):
    """A stream without an end in which one cannot go back."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = (self._head or BLOCK)[: len(buffer)]
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


@pytest.mark.parametrize(
    ("head", "said"),
    [(b"", "larger than 1 MB"), (b"PK\x03\x04", "an archive that comes as a stream"),
     (b'{"a": 1}\n', "a line of more than 64 MB"), (b"---\n", "larger than 1 MB"),
     (b"<!doctype html>", "larger than 1 MB"), (b"%PDF-", "larger than 1 MB")],
    ids=["text", "zip", "JSON Lines", "front matter", "HTML", "PDF"],
)  # fmt: skip
def test_a_stream_without_an_end_is_left(head: bytes, said: str) -> None:
    """By what it begins with; a dump of lines is given up where no line can be read."""
    stream = Once(head)
    source = Source(cast(BinaryIO, unpack(cast(BinaryIO, stream), "-")), "-", print, limit=1 << 20)
    with pytest.raises(MigstatsError, match=said):
        list(read_source(source, Listener(print, print)))
    assert stream.given < 80 << 20


def test_a_page_too_deep_is_told(tmp_path: Path) -> None:
    """What a parser leaves out is not left out in silence."""
    need("trafilatura")
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{FIGURE}</p>{'<div>' * 5000}<p>12 boats</p></body></html>")
    told: list[str] = []
    documents = list(read_paths([str(path)], Listener(told.append, print)))
    assert [FIGURE in document.text for document in documents] == [True]
    assert [line.partition("a.html: ")[2] for line in told] == [
        "nested too deep, and read only as far as it is not; save the page as text"
    ]


def test_pictures_in_a_page_count_for_nothing(tmp_path: Path) -> None:
    """However large they are."""
    need("trafilatura")
    path = tmp_path / "a.html"
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 80_000}">'
    path.write_text(f"<html><body><article><p>{FIGURE}</p>{picture}</article></body></html>")
    documents = list(read_paths([str(path)], Listener(print, print), Manner(limit=1 << 20)))
    assert [document.text for document in documents] == [FIGURE]


@pytest.mark.parametrize(
    "head", ["a: b\n" * (LARGEST // 4), "a: " + "[" * 100_000, "a: " + "x" * 200_000, "\n" * 300_000], ids=len
)
def test_front_matter_has_an_end(head: str) -> None:
    """One that is too large says nothing, and the text is the text."""
    document = Document("a.txt", f"---\n{head}\n---\n{FIGURE}")
    assert describe(document) == document


def row(start: int, cells: int) -> tuple[str, Line]:
    """A row of a table whose cells could be cut in two."""
    text = "|".join(["234 567"] * cells)
    spans = [Cell(start + 8 * n, start + 8 * n + 7, start + 8 * n) for n in range(cells)]
    return text, Line((0, 0), tuple(spans))


def test_a_row_is_not_cut_in_a_million_ways() -> None:
    """A short one is; one that could be cut in too many ways stays whole."""
    for cells, ways in ((2, 4), (12, 4096), (13, 1), (200, 1)):
        text, line = row(0, cells)
        assert sum(map(len, recut.cuttings(text, line).values())) == ways


def test_a_long_table_is_compared_with_its_first_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are compared so many times as there are rows, not each with each."""
    counted = 0
    strain = recut._strain

    def count(*cells: Any) -> int:
        nonlocal counted
        counted += 1
        return strain(*cells)

    monkeypatch.setattr(recut, "_strain", count)
    options = [[(Cell(9 * n, 9 * n + 7, 9 * n),)] for n in range(3000)]
    assert len(recut.align(options)) == 3000
    assert counted < 3000 * 70


def test_the_cells_of_a_long_row_are_found_again() -> None:
    """Those that were cut out of others, and no others."""
    text, line = row(0, 3)
    halves = (Cell(0, 3, 0), Cell(4, 7, 4), *line.cells[1:])
    numbers = recut.new_numbers(text, line.cells, halves)
    assert {at: [str(number.value) for number in found] for at, found in numbers.items()} == {0: ["234", "567"]}


def test_a_last_line_is_searched_for_a_date_at_its_end(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is: each of its dates is held against each of its periods."""
    searched: list[int] = []
    find = find_periods

    def note(line: str, *given: Any) -> Any:
        searched.append(len(line))
        return find(line, *given)

    monkeypatch.setattr(dateline, "find_periods", note)
    text = "Boats and the sea.\n" * 60 + "1 January 2021 " * 600 + "and so on. 14 September 2018"
    analysis = analyse(Document("a.txt", text, language="en"), packs)
    assert analysis.document.published == "2018-09-14"
    assert 0 < max(searched) <= dateline.HEAD
