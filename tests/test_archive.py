"""Archives and packed dumps: what they hold is read as if it lay in a folder, and what is wrong with it is told."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS
from test_read import Heard

from migstats import extras
from migstats.read import csv
from migstats.read._size import LIMIT
from migstats.read._source import Fields, Source
from migstats.runs.walk import Manner, read_paths


@pytest.fixture
def heard() -> Heard:
    """Nothing yet."""
    return Heard()


def pack(path: Path, files: Mapping[str, bytes]) -> str:
    """Make a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return str(path)


def test_a_zip_is_read_like_a_folder(tmp_path: Path, heard: Heard) -> None:
    """In sorted order, hidden files and unknown kinds left out, dumps read on as streams."""
    files = {
        "b/two.txt": b"2 boats",
        "a.txt": b"1 boat",
        ".hidden.txt": b"3",
        "__MACOSX/a.txt": b"4",
        "b/photo.png": b"5",
        "c.jsonl.gz": gzip.compress(b'{"id": "x", "text": "6 boats"}\n{"text": "7 boats"}\n'),
    }
    name = pack(tmp_path / "n.zip", files)
    documents = list(read_paths([name], heard.listener))
    assert [d.name.removeprefix(name) for d in documents] == [
        "/a.txt", "/b/two.txt", "/c.jsonl.gz#x", "/c.jsonl.gz:2",
    ]  # fmt: skip
    assert [d.text for d in documents] == ["1 boat", "2 boats", "6 boats", "7 boats"]
    assert not heard.warnings + heard.failures


def test_paths_cannot_leave_an_archive(tmp_path: Path, heard: Heard) -> None:
    """Such an entry is told, and nothing is written anywhere."""
    outs = ["../a.txt", "/etc/b.txt", "x/../../c.txt", "C:\\d.txt", "..\\e.txt", "\\\\host\\share\\f.txt"]
    name = pack(tmp_path / "n.zip", {**dict.fromkeys(outs, b"1 boat"), "good.txt": b"2 boats"})
    assert [d.text for d in read_paths([name], heard.listener)] == ["2 boats"]
    assert len(heard.failures) == len(outs)
    assert {failure.message for failure in heard.failures} == {"its path leads out of the archive"}
    assert [path.name for path in tmp_path.iterdir()] == ["n.zip"]


def spoil(data: bytes) -> bytes:
    """Break what is in an archive, and leave its list of contents as it is."""
    at = data.index(b"a.txt") + 8
    return data[:at] + bytes(40) + data[at + 40 :]


def encrypt(data: bytes) -> bytes:
    """Say of the first file that it is encrypted."""
    listed = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01" + data[7 : listed + 8] + b"\x01" + data[listed + 9 :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoil, "n.zip/a.txt: the compressed file is damaged or breaks off"),
        (encrypt, "n.zip/a.txt: it is encrypted; unpack it with its password first"),
    ],
)
def test_a_bad_entry_is_told_and_the_rest_goes_on(
    change: Callable[[bytes], bytes], said: str, tmp_path: Path, heard: Heard
) -> None:
    """One line with its name."""
    name = pack(tmp_path / "n.zip", {"a.txt": random.Random(1).randbytes(500).hex().encode(), "b.txt": b"2 boats"})
    Path(name).write_bytes(change(Path(name).read_bytes()))
    assert [d.text for d in read_paths([name], heard.listener)] == ["2 boats"]
    assert [str(failure) for failure in heard.failures] == [f"{tmp_path}/{said}"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and no more", "the archive is damaged or breaks off; pack it anew"),
        (b"", "the file is empty"),
        (b"12 boats", "the archive is damaged or breaks off; pack it anew"),
    ],
)
def test_a_bad_archive_is_one_line(data: bytes, said: str, tmp_path: Path, heard: Heard) -> None:
    """And what comes after it is read."""
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_text("2 boats")
    assert [d.text for d in read_paths([str(tmp_path)], heard.listener)] == ["2 boats"]
    told = [*map(str, heard.failures), *heard.warnings]
    assert [line.removeprefix(f"{tmp_path}/a.zip: ").removeprefix("skipped, ") for line in told] == [said]


def test_an_archive_without_documents_is_told(tmp_path: Path, heard: Heard) -> None:
    """One line."""
    assert not list(read_paths([pack(tmp_path / "n.zip", {"a.png": b"1"})], heard.listener))
    assert str(heard.failures[0]) == f"{tmp_path}/n.zip: no documents in this archive"


def test_bombs_are_refused(tmp_path: Path, heard: Heard) -> None:
    """A file that unpacks to more than is allowed is not held; an archive in an archive is not opened."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"1 boat")
    bomb = b" boats" * 1_000_000
    files = {"a.txt": bomb, "b.jsonl": b'{"text": "' + bomb + b'"}\n{"text": "1 boat"}', "c.zip": inner.getvalue()}
    name = pack(tmp_path / "n.zip", {**files, "d.txt": b"2 boats"})
    assert Path(name).stat().st_size < 100_000
    manner = Manner(limit=1 << 20)
    assert [d.text for d in read_paths([name], heard.listener, manner)] == ["1 boat", "2 boats"]
    assert [str(failure).removeprefix(f"{name}/") for failure in heard.failures] == [
        "a.txt: larger than 1 MB; --max-size allows more",
        "c.zip: an archive in an archive; unpack it first",
    ]
    assert heard.warnings == [f"{name}/b.jsonl:1: larger than 1 MB; --max-size allows more"]


@pytest.mark.parametrize("suffix", ["txt", "md", "txt.gz"])
def test_a_file_larger_than_allowed_is_told(suffix: str, tmp_path: Path, heard: Heard) -> None:
    """However small it is packed."""
    data = b"boats " * 1000
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith("gz") else data)
    assert not list(read_paths([str(path)], heard.listener, Manner(limit=5999)))
    assert str(heard.failures[0]) == f"{path}: larger than 5.86 KB; --max-size allows more"
    assert len(list(read_paths([str(path)], heard.listener, Manner(limit=6000)))) == 1


def read_rows(data: bytes, fields: Fields | None = None, limit: int = LIMIT) -> tuple[list[tuple[str, str]], list[str]]:
    """Read a CSV file."""
    said: list[str] = []
    source = Source(io.BytesIO(data), "a.csv", said.append, fields or Fields(), limit)
    return [(d.name, d.text) for d in csv.read(source)], said


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_parts_its_cells(separator: str) -> None:
    """Cells may hold line ends and the separator; what is not there is not read."""
    rows = [["id", "date", "body"], ["7", "2024-01-02", f'"12{separator}000\n""boats"""'], ["8", "", "9 boats"], [""]]
    data = "\r\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    assert read_rows(data) == ([("a.csv#7", f'12{separator}000\n"boats"'), ("a.csv#8", "9 boats")], [])


def test_a_bad_row_is_told_with_its_line() -> None:
    """An empty text, a cell that is too large, no text at all."""
    data = b'text,n\n1 boat,1\n,2\n"' + b"x" * 200 + b'",3\n2 boats,4\n'
    documents, said = read_rows(data, limit=128)
    assert documents == [("a.csv:2", "1 boat"), ("a.csv:5", "2 boats")]
    assert said == ["a.csv:3: its text is empty", "a.csv:4: larger than 128 bytes; --max-size allows more"]


def test_a_csv_file_of_other_things_is_no_dump(tmp_path: Path, heard: Heard) -> None:
    """As one of figures: it is passed over in a folder, and an error where it is named."""
    (tmp_path / "a.csv").write_text("month,arrivals\n2024-01,1200\n")
    assert not list(read_paths([str(tmp_path)], heard.listener))
    assert not heard.failures
    assert not list(read_paths([str(tmp_path / "a.csv")], heard.listener))
    assert "no field with a text" in str(heard.failures[0])
    assert "name it with --text-field; there are month, arrivals" in str(heard.failures[0])


def test_fields_of_csv_can_be_named() -> None:
    """As those of JSON Lines."""
    fields = Fields(text="lead", id="key")
    assert read_rows(b"key,lead,text\nk,12 boats,x\n", fields) == ([("a.csv#k", "12 boats")], [])


def test_zstandard_is_unpacked(tmp_path: Path, heard: Heard) -> None:
    """A dump of several frames; one that breaks off is told."""
    zstd = pytest.importorskip("backports.zstd", reason="needs the extra zst")
    lines = [json.dumps({"id": path.name, "text": path.read_bytes().decode()}).encode() for path in SEEDS.glob("*.txt")]
    data = b"".join(zstd.compress(line + b"\n") for line in lines)
    (tmp_path / "d.jsonl.zst").write_bytes(data)
    assert len(list(read_paths([str(tmp_path)], heard.listener))) == 5
    assert not heard.failures
    (tmp_path / "d.jsonl.zst").write_bytes(data[:-9])
    assert len(list(read_paths([str(tmp_path)], heard.listener))) == 4
    assert [failure.message for failure in heard.failures] == ["the compressed file is damaged or breaks off"]


def test_what_is_not_installed_is_named_once_with_its_remedy(
    tmp_path: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is the same for every file, so that a terminal shows it once."""
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    monkeypatch.setattr("sys.version_info", (3, 13))
    for name in ("a.txt.zst", "b.txt.zst"):
        (tmp_path / name).write_bytes(b"\x28\xb5\x2f\xfd\0")
    (tmp_path / "c.txt").write_text("12 boats")
    assert [d.text for d in read_paths([str(tmp_path)], heard.listener)] == ["12 boats"]
    assert {str(failure) for failure in heard.failures} == {
        ".zst cannot be read: backports.zstd is not installed; pip install 'migstats[zst]'"
    }
