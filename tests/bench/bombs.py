"""Measure what hostile inputs cost: each is read by a process of its own, with the seconds and the memory that it took.

usage: python tests/bench/bombs.py [--megabytes N] [--seconds N] [--rows] [KIND...]

The inputs are made here: texts of one sign or word again and again, lines without an end, archives and pages that
unpack to far more than they are, and streams that never end. Memory is the largest resident set of the process, as the
system counts it. A process that takes more seconds of the processor than allowed is ended, and its row says so.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

MEGA = 1_000_000
FIGURE = "In 2023 the navy rescued 300 migrants at sea.\n"
BLOCK = bytes(MEGA)
GIGA = 1_000

Maker = Callable[[Path, int], None]


def repeat(piece: str, head: str = "", times: float = 1) -> Maker:
    """Make a text of a piece again and again."""

    def make(path: Path, size: int) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.write(head)
            wanted = int(size * times)
            each = piece * (MEGA // 10 // len(piece) + 1)
            for _ in range(wanted // len(each.encode())):
                stream.write(each)

    return make


def count_up(path: Path, size: int) -> None:
    """Make one sentence of numbers, all different: a hundred thousand of them in about 0.7 MB."""
    numbers = ", ".join(str(number) for number in range(1, size // 7))
    path.write_text(f"In 2023 the navy rescued {numbers} and 7 migrants.", encoding="utf-8")


def make_line(path: Path, size: int) -> None:
    """Make a dump of two lines, the first of them long."""
    words = "the town council said that migrants were rescued at sea " * (size // 56)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "long", "text": words}) + "\n")
        stream.write(json.dumps({"id": "good", "text": FIGURE}) + "\n")


def make_entry(text: str, piece: str) -> Maker:
    """Make a dump of one long line, which holds a piece again and again, and of a good one."""

    def make(path: Path, size: int) -> None:
        with path.open("w", encoding="utf-8") as stream:
            stream.write('{"id": 1, "text": "12 boats", "rest": [' + text)
            stream.write(piece * (size * 6 // len(piece)))
            stream.write('0]}\n{"id": 2, "text": "300 migrants were rescued"}\n')

    return make


def make_html(piece: str, end: str = "") -> Maker:
    """Make a page of a tag again and again, the same deep."""

    def make(path: Path, size: int) -> None:
        times = size // len(piece + end)
        path.write_text(f"<html><body>{piece * times}{FIGURE}{end * times}</body></html>", encoding="utf-8")

    return make


def make_pdf(path: Path, size: int) -> None:
    """Make one page beside as many objects as fit: a million in about 40 MB."""
    count = size // 40
    content = f"BT /F1 12 Tf 72 700 Td ({FIGURE.strip()}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    write_pdf(path, objects, count)


def make_pages(path: Path, size: int) -> None:
    """Make as many pages as fit."""
    count = size // 160
    content = "BT /F1 12 Tf 72 700 Td (In 2023 the navy rescued 300 migrants.) Tj ET"
    kids = " ".join(f"{number + 5} 0 R" for number in range(count))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
               f"<</Length {len(content)}>>stream\n{content}\nendstream",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *[page] * count]  # fmt: skip
    write_pdf(path, objects, 0)


def write_pdf(path: Path, objects: list[str], further: int) -> None:
    """Write objects, and further ones that nothing refers to."""
    at = 0
    places = []
    with path.open("wb") as stream:
        at += stream.write(b"%PDF-1.4\n")
        for number in range(len(objects) + further):
            places.append(at)
            body = objects[number] if number < len(objects) else "0"
            at += stream.write(f"{number + 1} 0 obj\n{body}\nendobj\n".encode())
        stream.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        stream.writelines(f"{place:010} 00000 n \n".encode() for place in places)
        stream.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF".encode())


def make_docx(inside: Callable[[int], Iterator[bytes]], lying: bool = False) -> Maker:
    """Make a Word document whose text is far more than it is packed, and may say that it is not."""

    def make(path: Path, size: int) -> None:
        from docx import Document  # what belongs to one beside its text

        made = io.BytesIO()
        Document().save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in old.namelist():
                if name != "word/document.xml":
                    archive.writestr(name, old.read(name))
            with archive.open("word/document.xml", "w", force_zip64=not lying) as stream:
                for block in inside(size):
                    stream.write(block)
        if lying:
            shrink(path)

    return make


def shrink(path: Path) -> None:
    """Let an archive say of its files that they are small."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        large = {info.file_size for info in archive.infolist() if info.file_size > MEGA}
    for size in large:
        data = bytearray(bytes(data).replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    path.write_bytes(data)


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def paragraphs(size: int) -> Iterator[bytes]:
    """A hundred times as many paragraphs."""
    yield WORD.encode()
    for _ in range(size * 100 // MEGA):
        yield b"<w:p><w:r><w:t>12 boats</w:t></w:r></w:p>" * 24_000
    yield b"</w:body></w:document>"


def nested(size: int) -> Iterator[bytes]:
    """Elements as deep as there is room."""
    yield WORD.encode() + b"<w:sdt>" * (size // 7) + b"<w:p/>" + b"</w:sdt>" * (size // 7) + b"</w:body></w:document>"


def laughs(_: int) -> Iterator[bytes]:
    """Entities that stand for others."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = WORD + "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    yield f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>{body}'.encode()


def make_zip(name: str, lying: bool = False) -> Maker:
    """Make an archive of one file of a hundred times the size, and a good one."""

    def make(path: Path, size: int) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(name, "w", force_zip64=not lying) as stream:
                for _ in range(size * 100 // MEGA):
                    stream.write(b"and 12 boats" * (MEGA // 12))
            archive.writestr("z.txt", FIGURE)
        if lying:
            shrink(path)

    return make


def make_files(path: Path, size: int) -> None:
    """Make an archive of many small files: a hundred thousand in about 10 MB."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(size // 100):
            archive.writestr(f"{number}.txt", "x")


def make_gz(path: Path, size: int) -> None:
    """Pack a hundred times the size."""
    with gzip.open(path, "wb", 1) as stream:
        for _ in range(size * 100 // MEGA):
            stream.write(b"and 12 boats" * (MEGA // 12))


def make_zst(path: Path, size: int) -> None:
    """The same, packed otherwise."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    with zstd.open(path, "wb") as stream:
        for _ in range(size * 100 // MEGA):
            stream.write(b"and 12 boats" * (MEGA // 12))


def make_fifo(path: Path, _: int) -> None:
    """Make a pipe that something writes to without an end."""
    os.mkfifo(path)
    code = f"import sys\nwith open({str(path)!r}, 'wb') as s:\n  while True: s.write(b'and 12 boats ' * 100000)"
    writers.append(subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL))


writers: list[subprocess.Popen[bytes]] = []

KINDS: dict[str, tuple[str, Maker]] = {
    "digits": (".txt", repeat("7")),
    "digits, parted": (".txt", repeat("1 234 ")),
    "digits with points": (".txt", repeat("1.234.")),
    "separators": (".txt", repeat(",;.-(: ")),
    "commas": (".txt", repeat(",")),
    "spaces": (".txt", repeat(" ", FIGURE)),
    "line ends": (".txt", repeat("\n", FIGURE)),
    "one letter": (".txt", repeat("a")),
    "one Arabic letter": (".txt", repeat("\u0648")),
    "combining marks": (".txt", repeat("\u0301", "a")),
    "and": (".txt", repeat("and ")),
    "and, in one word": (".txt", repeat("and")),
    "migrants": (".txt", repeat("migrants ")),
    "brackets that open": (".txt", repeat("(")),
    "brackets": (".txt", repeat("()")),
    "quotes": (".txt", repeat('"')),
    "percent": (".txt", repeat("12 % ")),
    "bars": (".txt", repeat("| 1 ")),
    "number words": (".txt", repeat("two hundred ")),
    "number words, hyphened": (".txt", repeat("two-")),
    "dates": (".txt", repeat("1 January 2021 ")),
    "dates, cut": (".txt", repeat("2021-01-")),
    "numbers in one sentence": (".txt", count_up),
    "figures in one sentence": (".txt", repeat("300 migrants were rescued and ")),
    "figures in one paragraph": (".txt", repeat(FIGURE.strip() + " ")),
    "a line of five times that": (".txt", repeat("the town council said that migrants were rescued ", times=5)),
    "the same, as JSON Lines": (".jsonl", lambda path, size: make_line(path, size * 5)),
    "a line too long, as JSON Lines": (".jsonl", lambda path, size: make_line(path, size * 8)),
    "JSON Lines, a list of objects": (".jsonl", make_entry("", "{},")),
    "JSON Lines, a list of numbers": (".jsonl", make_entry("", "10000,")),
    "CSV, cells without an end": (".csv", repeat("ab,", "id,text\n", times=6)),
    "CSV, a quote that opens": (".csv", repeat("12 boats\n", 'id,text\n1,"', times=6)),
    "front matter": (".txt", repeat("a: b\n", "---\n")),
    "front matter, one list": (".txt", repeat("[", "---\na: ")),
    "Markdown signs": (".md", repeat("*[_`")),
    "Markdown links": (".md", repeat("[a](b) ")),
    "Markdown, links that open": (".md", repeat("[")),
    "Markdown, comments that open": (".md", repeat("<!--")),
    "HTML, deep": (".html", make_html("<div>", "</div>")),
    "HTML, deep in a line": (".html", make_html("<b>", "</b>")),
    "HTML, tables in tables": (".html", make_html("<table><tr><td>1")),
    "HTML, links": (".html", make_html("<a href=x>12 boats</a> ")),
    "HTML, paragraphs": (".html", make_html("<p>12 boats")),
    "HTML, comments that open": (".html", make_html("<!-- <!")),
    "HTML, half tags": (".html", make_html("<a ")),
    "PDF, a million objects": (".pdf", lambda path, size: make_pdf(path, size * 4)),
    "PDF, pages": (".pdf", make_pages),
    "Word, a bomb": (".docx", make_docx(paragraphs)),
    "Word, a bomb that lies": (".docx", make_docx(paragraphs, lying=True)),
    "Word, deep": (".docx", make_docx(nested)),
    "Word, entities": (".docx", make_docx(laughs)),
    "Excel": (".xlsx", make_zip("xl/worksheets/sheet1.xml")),
    "zip, a bomb": (".zip", make_zip("a.txt")),
    "zip, a bomb that lies": (".zip", make_zip("a.txt", lying=True)),
    "zip, one line": (".zip", make_zip("a.jsonl")),
    "zip, many files": (".zip", make_files),
    "gz, a bomb": (".txt.gz", make_gz),
    "gz, one line": (".jsonl.gz", make_gz),
    "zst, a bomb": (".txt.zst", make_zst),
    "a pipe without an end": (".txt", make_fifo),
}


def run(path: Path, seconds: int) -> tuple[float, float, str, str]:
    """Extract from a file: the seconds of the processor, the peak in megabytes, the exit code, what was said."""
    command = [sys.executable, "-m", "migstats", "extract", path.name, "-f", "jsonl", "--in-language", "en"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    with (path.parent / "out").open("w+b") as out, (path.parent / "err").open("w+b") as err:
        with subprocess.Popen(command, stdout=out, stderr=err, cwd=path.parent, preexec_fn=limit) as program:  # noqa: PLW1509
            _, status, used = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        figures = sum(block.count(b"\n") for block in iter(lambda: out.read(MEGA), b""))
        err.seek(0)
        said = err.read(MEGA).decode().splitlines()
    code = str(program.returncode) if program.returncode >= 0 else f"ended after {seconds} s"
    line = said[-1].removeprefix("migstats: ") if said else ""
    more = f" (and {len(said) - 1} lines)" if len(said) > 1 else ""
    what = f"{line[:150]}{more}" if line else f"{figures} figures"
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MEGA, code, what


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="words of the names of kinds; all of them if none")
    parser.add_argument("--megabytes", type=float, default=10, help="size of a text")
    parser.add_argument("--seconds", type=int, default=1800, help="of the processor, at most")
    asked = parser.parse_args()
    print("| input | MB | CPU seconds | peak MB | exit code | said |\n|---|---|---|---|---|---|")
    for name, (suffix, make) in KINDS.items():
        if asked.kinds and not any(kind in name for kind in asked.kinds):
            continue
        with TemporaryDirectory() as folder:
            path = Path(folder, f"input{suffix}")
            make(path, int(asked.megabytes * MEGA))
            seconds, peak, code, said = run(path, asked.seconds)
            size = path.stat().st_size / MEGA
            for writer in writers:
                writer.wait()
            writers.clear()
        print(
            f"| {name} | {size:.2g} | {seconds:.1f} | {peak:.0f} | {code} | {said.replace('|', chr(92) + '|')} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
