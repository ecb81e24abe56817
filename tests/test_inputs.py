"""The seeds in every format: the same figures, in the same sentences, at their places in the text that is kept."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT, SEEDS
from makers import MANY, ONE, make_pdf

from migstats.cli import migstats
from migstats.errors import MigstatsError
from migstats.formats import Listener
from migstats.loading import load
from migstats.loading.load import Packs
from migstats.read._size import show_size
from migstats.read._source import Source
from migstats.runs.extract import Wanted, extract_one
from migstats.runs.walk import Manner, read_paths
from migstats.write._row import make_row

KEYS = """indicator measure unit value high qualifier period period_basis place country group change_percent
    change_baseline modality context attribution rule basis""".split()
TEXTS = {path.stem: path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))}

Row = dict[str, Any]


def need(modules: str) -> None:
    """Skip what needs an extra that is not installed, unless all of them are required."""
    for module in modules.split():
        if "MIGSTATS_EXTRAS" not in os.environ:
            pytest.importorskip(module, reason="needs an extra")


Extract = Callable[..., tuple[list[Row], list[str], int]]


@pytest.fixture
def extract(tmp_path: Path, packs: Packs, monkeypatch: pytest.MonkeyPatch) -> Extract:
    """Run the program: its records, what it said, its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "load_packs", lambda _=(): packs)

    def run(*arguments: str, given: bytes = b"") -> tuple[list[Row], list[str], int]:
        result = CliRunner().invoke(migstats, ["extract", "-f", "jsonl", *arguments], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        lines = result.stdout_bytes.decode().splitlines()
        return [json.loads(line) for line in lines], result.stderr_bytes.decode().splitlines(), result.exit_code

    return run


def make_any(suffix: str, texts: dict[str, str]) -> bytes:
    """Make a file of any format; one of one document holds the first text."""
    needs = (ONE.get(suffix) or MANY[suffix])[0]
    need(needs)
    return ONE[suffix][1](*next(iter(texts.items()))) if suffix in ONE else MANY[suffix][1](texts)


def squeeze(text: str) -> str:
    """Write a quote on one line, as a layout breaks it anywhere."""
    return " ".join(text.replace("-\n", "-").split())


def compare(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    """What must be the same in every format."""
    return sorted((*(str(row[key]) for key in KEYS), squeeze(row["number"]), squeeze(row["quote"])) for row in rows)


Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def expected(packs: Packs) -> Rows:
    """What the seeds give as they are."""
    rows: list[Row] = []
    for document in read_paths([str(SEEDS)], Listener(print, print)):
        records = extract_one(document, packs, Wanted(related=True))[1]
        rows += (make_row(record) for record in records)
    assert (len(rows), len([row for row in rows if row["context"] == "body"])) == (46, 45)
    return compare(rows)


def check_kept(rows: Sequence[Row], folder: Path) -> None:
    """Every span is right in the text that was kept, and its name is its hash."""
    texts: dict[str, str] = {}
    for path in folder.glob("*.txt"):
        data = path.read_bytes()
        assert sha256(data).hexdigest() == path.stem
        texts[path.stem] = data.decode()
    assert {row["sha256"] for row in rows} == set(texts)
    for row in rows:
        text = texts[row["sha256"]]
        assert text[row["start"] : row["end"]] == row["number"]
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]


@pytest.mark.parametrize("suffix", ONE)
def test_the_seeds_in_a_format_of_one_document(suffix: str, tmp_path: Path, expected: Rows, extract: Extract) -> None:
    """Each seed a file; read as a folder."""
    needs, make = ONE[suffix]
    need(needs)
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / f"{name}.{suffix}").write_bytes(make(name, text))
    rows, said, code = extract("in", "--related", "--keep-text", "kept")
    assert (said, code) == ([], 0)
    assert compare(rows) == expected
    check_kept(rows, tmp_path / "kept")
    assert {row["page"] is not None for row in rows} == {suffix == "pdf"}
    if suffix == "pdf":
        assert {row["page"] for row in rows} >= {1, 2}
    if suffix == "html":
        assert {row["url"] for row in rows} == {f"https://example.org/{name}" for name in TEXTS}


@pytest.mark.parametrize("suffix", MANY)
def test_the_seeds_in_a_format_of_many_documents(suffix: str, tmp_path: Path, expected: Rows, extract: Extract) -> None:
    """All seeds in one file, by one process and by two."""
    needs, make = MANY[suffix]
    need(needs)
    (tmp_path / f"d.{suffix}").write_bytes(make(TEXTS))
    rows, said, code = extract(f"d.{suffix}", "--related", "--keep-text", "kept")
    assert (said, code) == ([], 0)
    assert compare(rows) == expected
    check_kept(rows, tmp_path / "kept")
    if suffix in ("jsonl.zst", "warc.gz"):
        again, _, _ = extract(f"d.{suffix}", "--related", "--jobs", "2")
        assert again == rows
    shards = [extract(f"d.{suffix}", "--related", "--shard", f"{n}/2")[0] for n in (1, 2)]
    assert sorted(map(str, shards[0] + shards[1])) == sorted(map(str, rows))


@pytest.mark.parametrize("suffix", [*ONE, *MANY])
def test_standard_input_may_be_any_of_them(suffix: str, extract: Extract) -> None:
    """Known by the name that is given, and by its content alone where that tells."""
    name = "003_be7defbec7ca76e9"
    data = make_any(suffix, {name: TEXTS[name]})
    rows, said, code = extract("-", "--stdin-filename", f"x.{suffix}", given=data)
    assert (len(rows), said, code) == (7, [], 0)
    assert all(row["document"].startswith(f"x.{suffix}") for row in rows)
    rows, said, code = extract("-", given=data)
    assert (len(rows), said, code) == (7, [], 0)


BROKEN = b"12 boats were seized in 2023"
BAD: dict[str, dict[str, tuple[bytes, str]]] = {
    "txt": {"broken": (b"\0\1\2", "this is a binary file, no text")},
    "md": {"broken": (b"\0\1\2", "this is a binary file, no text")},
    "html": {"broken": (b"<html><body><script>1</script></body></html>", "no text in this page")},
    "pdf": {"broken": (BROKEN, "this is no PDF, or a damaged one; fetch or save it anew"),
            "cut": (b"%PDF-1.4\n1 0 obj\n<<", "this PDF is damaged or breaks off; fetch or save it anew")},
    "docx": {"broken": (BROKEN, "this document is damaged or breaks off; open it and save it anew"),
             "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
                           "an old Word file (.doc), or one with a password; save it as .docx without a password")},
    "jsonl": {"broken": (b"{\n", "no JSON: expecting property name enclosed in double quotes at column 2; nor is there "
                                 "a document in any other line; one object a line is wanted; the line is passed over")},
    "csv": {"broken": (b"a,b\n1,2\n", "no field with a text; nor is there a document in any other line; name it with "
                                      "--text-field; there are a, b")},
    "warc": {"broken": (BROKEN, "this is no WARC file, or a damaged one; fetch it anew")},
    "zip": {"broken": (BROKEN, "the archive is damaged or breaks off; pack it anew")},
    "txt.gz": {"broken": (b"\x1f\x8b\x08" + bytes(20), "the compressed file is damaged or breaks off")},
    "txt.zst": {"broken": (b"\x28\xb5\x2f\xfd" + b"12", "the compressed file is damaged or breaks off")},
}  # fmt: skip
EXTRAS = {"html": "trafilatura", "pdf": "pypdfium2", "docx": "docx", "warc": "fastwarc", "txt.zst": "backports.zstd"}


def bad_files() -> Iterator[tuple[str, str, bytes, str]]:
    """Files that cannot be read, each with what is to be said of it."""
    for suffix, kinds in BAD.items():
        for kind, (data, said) in kinds.items():
            yield suffix, kind, data, said
        if suffix not in ("txt.gz", "txt.zst"):
            yield suffix, "empty", b"", "the file is empty"


@pytest.mark.parametrize(
    ("suffix", "kind", "data", "said"), list(bad_files()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_bad_file_is_one_line_and_the_rest_goes_on(
    suffix: str, kind: str, data: bytes, said: str, tmp_path: Path
) -> None:
    """Path, reason, remedy."""
    need(EXTRAS.get(suffix, ""))
    bad, good = tmp_path / f"{kind}.{suffix}", tmp_path / "z.txt"
    bad.write_bytes(data)
    good.write_text("In 2023 the navy seized 14 boats of migrants.")
    failures: list[MigstatsError] = []
    documents = list(read_paths([str(bad), str(good)], Listener(print, failures.append)))
    assert [document.name for document in documents] == [str(good)]
    told = [
        str(failure).removeprefix(f"{bad}: ").removeprefix(f"{bad}:1: ").removeprefix(f"{bad}:2: ")
        for failure in failures
    ]
    assert told == [said]


def test_encrypted_and_scanned_pdf(tmp_path: Path, extract: Extract) -> None:
    """Each is told with its remedy, exit 2, and the rest is done."""
    need("pypdfium2 reportlab")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    for name, secret in (("a.pdf", StandardEncryption("user", "owner")), ("b.pdf", None)):
        canvas = Canvas(str(tmp_path / name), encrypt=secret)
        canvas.rect(10, 10, 50, 50)
        if secret:
            canvas.drawString(72, 72, "12 boats")
        canvas.showPage()
        canvas.save()
    (tmp_path / "c.pdf").write_bytes(make_pdf("c", "In 2023 the navy seized 14 boats of smugglers of migrants."))
    rows, said, code = extract("a.pdf", "b.pdf", "c.pdf")
    assert [row["value"] for row in rows] == [14]
    assert code == 2
    assert said == [
        "migstats: a.pdf: it is encrypted; save it without its password",
        "migstats: b.pdf: no text in its 1 pages, they are pictures or empty; "
        "recognise its text first, as with ocrmypdf",
    ]


@pytest.mark.parametrize("suffix", [*ONE, *MANY])
def test_a_document_larger_than_allowed_is_told(suffix: str, tmp_path: Path) -> None:
    """With what allows more; in a dump the others are read."""
    one = suffix in ONE
    text = "14 boats were seized in 2023. " * (900 if one else 9000)
    data = make_any(suffix, {"a": text, "b": "12 boats were seized."})
    (tmp_path / f"d.{suffix}").write_bytes(data)
    said: list[str] = []

    def fail(error: MigstatsError) -> None:
        said.append(str(error))

    limit = 4_000 if one and suffix != "pdf" else 2_000 if one else 200_000
    documents = list(read_paths([str(tmp_path / f"d.{suffix}")], Listener(said.append, fail), Manner(limit=limit)))
    assert len(documents) == (0 if one else 1)
    assert len(said) == 1
    assert f"larger than {show_size(limit)}; --max-size allows more" in said[0]


def test_what_is_told_of_all_documents(tmp_path: Path, extract: Extract) -> None:
    """Date, language and source beside a text; names that there are no packs for are refused."""
    (tmp_path / "a.txt").write_text("In 2023 the navy seized 14 boats of migrants.")
    told = ["--published", "2023-05", "--in-language", "en", "--from-source", "ma-agency-en", "--max-size", "1K"]
    rows, said, code = extract("a.txt", *told)
    assert [(row["published"], row["language"], row["source"]) for row in rows] == [("2023-05", "en", "ma-agency-en")]
    assert (said, code) == ([], 0)
    for option, value, answer in (
        ("--in-language", "frr", "unknown language 'frr'; did you mean 'fr'?"),
        ("--from-source", "ma-agency-enn", "unknown source 'ma-agency-enn'; did you mean 'ma-agency-en'?"),
        ("--max-size", "much", "'much' is no size; write it as 500K, 64M or 2G"),
    ):
        assert extract("a.txt", option, value)[1:] == ([f"migstats: {answer}"], 2)


@cache
def heavy_modules() -> tuple[str, ...]:
    """Libraries of formats."""
    return ("trafilatura", "lxml", "pypdfium2", "docx", "fastwarc", "backports.zstd", "zipfile", "csv")


@pytest.mark.parametrize("start", ["import migstats", "from migstats.cli import migstats", "import migstats.runs.walk"])
def test_no_library_of_a_format_is_imported_before_it_is_needed(start: str) -> None:
    """Not to start, and not to read a text."""
    code = f"import sys\n{start}\nprint(*(n for n in {heavy_modules()[:6]!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_a_source_is_one_stream() -> None:
    """A helper of readers: too much is refused before it is held."""
    source = Source(io.BytesIO(b"x" * 11), "a", print, limit=10)
    with pytest.raises(MigstatsError, match="larger than 10 bytes"):
        source.load()
