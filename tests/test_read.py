"""Reading: texts are exact, whatever their encoding, and what cannot be read says why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migstats.errors import BinaryInput, MigstatsError, ReadError
from migstats.formats import Listener, formats, read_source
from migstats.model import Document
from migstats.read import text as text_format
from migstats.read._header import is_date
from migstats.read._source import Source
from migstats.runs.walk import read_paths

ACCENTS = "Près de 1\u202f535 réseaux démantelés, à l’œuvre."


@dataclass
class Heard:
    """What was said on the way."""

    warnings: list[str] = field(default_factory=list)
    failures: list[MigstatsError] = field(default_factory=list)

    @property
    def listener(self) -> Listener:
        """Listen."""
        return Listener(self.warnings.append, self.failures.append)


@pytest.fixture
def heard() -> Heard:
    """Nothing yet."""
    return Heard()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with documents, annotations, hidden and other files."""
    monkeypatch.chdir(tmp_path)
    names = "b.txt a.md sub/c.TXT .hidden.txt .git/d.txt e.gold.yaml photo.png sub/notes.yaml"
    for name in names.split():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def read_bytes(data: bytes) -> tuple[Document, list[str]]:
    """Read bytes as a text."""
    warnings: list[str] = []
    (document,) = text_format.read(Source(BytesIO(data), "a.txt", warnings.append))
    return document, warnings


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_unicode_is_read_and_said(encoding: str, said: str) -> None:
    """The text is the same in every Unicode encoding; what is not UTF-8 is said."""
    document, warnings = read_bytes(ACCENTS.encode(encoding))
    assert document.text == ACCENTS
    assert [said in warning for warning in warnings] == ([True] if said else [])


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_code_pages_are_read_and_said(encoding: str) -> None:
    """Accents in Latin-1 and Windows-1252 come out right, with a warning."""
    text = "Près de 400 réseaux démantelés"
    document, warnings = read_bytes(text.encode(encoding))
    assert document.text == text
    assert len(warnings) == 1
    assert "not UTF-8" in warnings[0]


def test_a_spoilt_byte_does_not_garble_the_rest() -> None:
    """UTF-8 with one bad byte stays UTF-8."""
    document, warnings = read_bytes("réseaux démantelés: 12".encode() + b"\xff")
    assert document.text == "réseaux démantelés: 12\ufffd"
    assert "1 places" in warnings[0]


def test_lone_surrogates_are_replaced() -> None:
    """Half a character is no character."""
    document, _ = read_bytes("12 é réseaux ".encode("utf-16") + b"\x00\xd8")
    assert document.text == "12 é réseaux \ufffd"
    document.text.encode("utf-8")


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16-le")])
def test_empty_texts_are_refused(data: bytes) -> None:
    """An empty file is an error, not an empty result."""
    with pytest.raises(ReadError, match="empty"):
        read_bytes(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4, b"PK\x03\x04\x14\0\x08\0"])
def test_binary_files_are_refused(data: bytes) -> None:
    """A file that is no text is not read as one."""
    with pytest.raises(BinaryInput):
        read_bytes(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_text_is_never_changed(text: str) -> None:
    """Whatever is written is what is read; only a byte order mark at the start is none of the text."""
    document, _ = read_bytes(text.encode())
    assert document.text == text.removeprefix("\ufeff")


def test_line_ends_are_kept() -> None:
    """Spans count what is in the file."""
    assert read_bytes(b"one\r\ntwo\rthree\n")[0].text == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (" date 2018-09 Le conseil", "2018-09"),
        (" date 2024-01-23 #irregular #aborted\n\nThe", "2024-01-23"),
        ("date: 2019\nText", "2019"),
        (" date 2018-13 Le conseil", None),
        (" date 2018-02-31 Le conseil", None),
        ("The date 2018-09 is late", None),
        ("En 2018, 54.000 tentatives", None),
        ("---\ndate: 2021-11-03\ntitle: Bilan\n---\nText", "2021-11-03"),
        ("---\npublished: 2021\n---\nText", "2021"),
        ("---\ndate: soon\n---\nText", None),
        ("---\n: : :\n---\nText", None),
        ("---\n- a\n---\nText", None),
    ],
)
def test_the_head_tells_the_date(head: str, published: str | None) -> None:
    """A date line or front matter sets the publication date, and stays in the text."""
    document, _ = read_bytes(head.encode())
    assert document.published == published
    assert document.text == head


def test_front_matter_tells_title_address_and_language() -> None:
    """What front matter says of the document is taken over."""
    document, _ = read_bytes(b"---\ntitle: '2023: a year'\nurl: https://example.org/1\nlang: fr\n---\nText")
    assert (document.title, document.url, document.language) == ("2023: a year", "https://example.org/1", "fr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2018", True), ("2018-09", True), ("2018-09-14", True), ("2018-9", False), ("2018-02-30", False), ("", False)],
)
def test_dates_are_iso(text: str, expected: bool) -> None:
    """Year, month and day are dates; what the calendar does not have is none."""
    assert is_date(text) is expected


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["in"], ["in/a.md", "in/b.txt", "in/sub/c.TXT"]),
        (["in/"], ["in/a.md", "in/b.txt", "in/sub/c.TXT"]),
        (["in/*.txt"], ["in/b.txt"]),
        (["in/**/*.TXT"], ["in/sub/c.TXT"]),
        (["in/b.txt", "in"], ["in/b.txt", "in/a.md", "in/sub/c.TXT"]),
        (["./in/b.txt"], ["./in/b.txt"]),
        (["in/.hidden.txt"], ["in/.hidden.txt"]),
        (["in/sub/notes.yaml"], ["in/sub/notes.yaml"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_paths_are_walked_in_order(paths: list[str], names: list[str], heard: Heard) -> None:
    """Folders and globs come sorted, hidden files and annotations are left out, nothing comes twice."""
    assert [document.name for document in read_paths(paths, heard.listener)] == names
    assert not heard.failures


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(folder: Path, heard: Heard) -> None:
    """Every bad input is one failure with its path; the good ones are read."""
    (folder / "empty").mkdir()
    (folder / "none.txt").write_bytes(b"")
    (folder / "bin.txt").write_bytes(b"\0\1\2")
    bad = ["no.txt", "no*.md", "empty", "none.txt", "bin.txt", "in/e.gold.yaml"]
    names = [document.name for document in read_paths([*bad, "in/b.txt"], heard.listener)]
    assert names == ["in/b.txt"]
    assert [failure.path for failure in heard.failures] == bad


def test_a_binary_file_in_a_folder_is_skipped(folder: Path, heard: Heard) -> None:
    """A folder may hold what is no text: it is said, and is no failure."""
    (folder / "in" / "z.txt").write_bytes(b"\0\1\2")
    list(read_paths(["in"], heard.listener))
    assert not heard.failures
    assert [warning.partition(":")[0] for warning in heard.warnings] == ["in/z.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_said(folder: Path, heard: Heard) -> None:
    """A file that may not be read says so."""
    (folder / "in" / "b.txt").chmod(0)
    list(read_paths(["in/b.txt"], heard.listener))
    assert "permission" in heard.failures[0].message


def test_a_folder_without_permission_is_one_failure(
    folder: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named or met on the way, it is told once, and the rest is read."""
    listed = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    assert folder.exists()
    monkeypatch.setattr(os, "scandir", refuse)
    assert [document.name for document in read_paths(["in", "in/sub"], heard.listener)] == ["in/a.md", "in/b.txt"]
    assert [str(failure) for failure in heard.failures] == ["in/sub: no permission to read this"] * 2


def test_no_permission_is_said_in_words(folder: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for one who may read everything."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    assert folder.exists()
    monkeypatch.setattr(Path, "open", refuse)
    list(read_paths(["in/b.txt"], heard.listener))
    assert str(heard.failures[0]) == "in/b.txt: no permission to read this"


def test_a_reader_that_stumbles_does_not_end_the_run(
    folder: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw is told of the one file, and the rest is read."""
    real = text_format.read

    def stumble(source: Source) -> Iterator[Document]:
        if source.name == "in/b.txt":
            raise IndexError("out of range")
        yield from real(source)

    monkeypatch.setattr(text_format, "read", stumble)
    (folder / "in" / "z.txt").write_text("12 boats")
    assert [document.name for document in read_paths(["in"], heard.listener)][-1] == "in/z.txt"
    said = "in/b.txt: could not be read: IndexError: out of range; this is a mistake of the program"
    assert [str(failure) for failure in heard.failures] == [said]


def test_every_format_keeps_the_contract(heard: Heard) -> None:
    """A module of `read/` has suffixes, a reader, and refuses an empty file with its path."""
    assert set(formats()) >= {".txt", ".md", ".jsonl"}
    for suffix, reader in formats().items():
        assert suffix.startswith(".")
        assert suffix == suffix.lower()
        assert hasattr(reader, "read") != hasattr(reader, "entries")
        with pytest.raises(ReadError) as caught:
            list(read_source(Source(BytesIO(b""), f"x{suffix}", lambda _: None), heard.listener))
        assert str(caught.value) == f"x{suffix}: the file is empty"
