"""Dumps: JSON Lines read line by line, plain and packed, whatever their fields are called."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from migstats.errors import MigstatsError, NoDocument, ReadError
from migstats.model import Document
from migstats.read import _told, jsonl
from migstats.read._moment import read_moment
from migstats.read._size import LIMIT
from migstats.read._source import Fields, Source
from migstats.runs.walk import Listener, Manner, Meter, measure_paths, read_paths


def read_lines(*entries: object, fields: Fields | None = None, limit: int = LIMIT) -> tuple[list[Document], list[str]]:
    """Read entries, each a line; a text or bytes stand for a line as it is."""
    raw = [entry if isinstance(entry, bytes) else json.dumps(entry).encode() for entry in entries]
    said: list[str] = []
    source = Source(io.BytesIO(b"\n".join(raw)), "a.jsonl", said.append, fields or Fields(), limit)
    return list(jsonl.read(source)), said


@pytest.mark.parametrize("name", ["text", "body", "content", "maintext", "full_text", "articleBody"])
def test_the_text_is_found_under_its_usual_names(name: str) -> None:
    """No option is needed for a dump like others."""
    (document,), said = read_lines({"title": "A title", name: "12 boats"})
    assert (document.text, document.title, said) == ("12 boats", "A title", [])


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"id": "n-1"}, "a.jsonl#n-1"),
        ({"id": 7}, "a.jsonl#7"),
        ({"_id": "x"}, "a.jsonl#x"),
        ({"id": "a b/c"}, "a.jsonl#a b/c"),
        ({"id": None}, "a.jsonl:1"),
        ({"id": ""}, "a.jsonl:1"),
        ({"id": [1]}, "a.jsonl:1"),
        ({"id": True}, "a.jsonl:1"),
        ({}, "a.jsonl:1"),
    ],
)
def test_a_document_is_named_after_its_id_or_its_line(entry: dict[str, object], name: str) -> None:
    """What cannot be an id is none."""
    (document,), _ = read_lines({**entry, "text": "12 boats"})
    assert document.name == name


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("lead", {"lead": "12 boats", "text": "9 boats"}),
        ("article.body", {"article": {"body": "12 boats"}}),
        ("article.body", {"article.body": "12 boats", "article": {"body": "9 boats"}}),
        ("parts.1.text", {"parts": [{}, {"text": "12 boats"}]}),
    ],
)
def test_fields_can_be_named(path: str, entry: dict[str, object]) -> None:
    """By their name or their way through what holds them."""
    (document,), said = read_lines(entry, fields=Fields(text=path))
    assert (document.text, said) == ("12 boats", [])


def test_what_fields_tell_is_kept() -> None:
    """Date, address, title and language are the document's."""
    entry = {"text": "12 boats", "published_at": "2024-01-23T08:00:00Z", "link": "https://example.org/1"}
    (document,), _ = read_lines({**entry, "headline": "Boats", "lang": "en-GB", "timestamp": "2025-01-01"})
    told = (document.published, document.url, document.title, document.language)
    assert told == ("2024-01-23", "https://example.org/1", "Boats", "en")
    fields = Fields(date="meta.day", url="meta.at", id="meta.key")
    (document,), _ = read_lines({"text": "x", "meta": {"day": "2018-09", "at": "u", "key": 3}}, fields=fields)
    assert (document.name, document.published, document.url) == ("a.jsonl#3", "2018-09", "u")


def test_what_the_text_tells_counts_where_fields_are_silent() -> None:
    """A date line in the text is read as in a file of its own."""
    (one, two), _ = read_lines(
        {"text": " date 2018-09 Le conseil"}, {"text": " date 2018-09 Le conseil", "date": "2018-09-14"}
    )
    assert (one.published, two.published) == ("2018-09", "2018-09-14")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-23", "2024-01-23"),
        ("2024-1-3", "2024-01-03"),
        ("2024-01-23T10:00:00+01:00", "2024-01-23"),
        ("2024-01-23 10:00", "2024-01-23"),
        ("2024/01/23", "2024-01-23"),
        ("20240123", "2024-01-23"),
        ("2018-09", "2018-09"),
        ("2018", "2018"),
        (2018, "2018"),
        (1706004000, "2024-01-23"),
        (1706004000000, "2024-01-23"),
        ("Tue, 23 Jan 2024 10:00:00 +0100", "2024-01-23"),
        ("03/04/2024", None),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("soon", None),
        (True, None),
        (1e300, None),
        ({}, None),
        (None, None),
    ],
    ids=str,
)
def test_dates_are_read_however_they_are_written(value: object, expected: str | None) -> None:
    """A date that could be two is none."""
    assert read_moment(value) == expected


def test_the_first_date_that_cannot_be_read_is_told() -> None:
    """Once a file, not once a line."""
    documents, said = read_lines(*({"text": "12 boats", "date": "03/04/2024"} for _ in range(3)))
    assert [document.published for document in documents] == [None] * 3
    assert len(said) == 1
    assert said[0].startswith("a.jsonl:1: '03/04/2024' is no date")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "12', "no JSON: unterminated string starting at column 10"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "no JSON that can be held"),
        (b'{"n": ' + b"1" * 5000 + b"}", "no JSON that can be held"),
        (b'{"txt": "12 boats"}', "no field with a text; name it with --text-field; there are txt"),
        (b'{"text": " "}', "its text is empty"),
        (b'{"text": ""}', "its text is empty"),
        (b"{}", "no field with a text"),
    ],
    ids=lambda value: value[:20].decode() if isinstance(value, bytes) else "",
)
def test_a_bad_line_is_told_and_the_rest_goes_on(line: bytes, said: str) -> None:
    """One warning with file, line and reason."""
    documents, told = read_lines({"text": "1"}, line, b"", {"text": "2"})
    assert [document.name for document in documents] == ["a.jsonl:1", "a.jsonl:4"]
    assert len(told) == 1
    assert told[0].startswith(f"a.jsonl:2: {said}")


def test_a_named_field_that_is_no_text_is_told() -> None:
    """The remedy differs from that of a field that is not there."""
    _, said = read_lines({"a": "1"}, {"a": 1}, {"b": "1"}, fields=Fields(text="a"))
    assert said[0] == "a.jsonl:2: its text is no text but other data"
    assert said[1] == "a.jsonl:3: no field 'a' with a text; name it with --text-field; there are b"


def test_many_bad_lines_are_counted() -> None:
    """A spoilt dump does not flood the terminal."""
    _, said = read_lines({"text": "1"}, *[b"{"] * 70)
    assert len(said) == _told.TOLD + 1
    assert said[-1] == "a.jsonl: 20 further lines could not be read"


@pytest.mark.parametrize("lines", [[b"{"], [b"{", b'{"a": 1}'], [b"{"] * (_told.PATIENCE + 5)], ids=len)
def test_a_file_without_a_document_is_one_error(lines: list[bytes]) -> None:
    """It is no dump: nothing is told line by line."""
    with pytest.raises(NoDocument) as caught:
        read_lines(*lines)
    assert str(caught.value).startswith("a.jsonl:1: no JSON")


def test_a_line_too_long_to_hold_is_told() -> None:
    """It is passed over without being held."""
    documents, said = read_lines({"text": "1"}, {"text": "x" * 500}, {"text": "2"}, limit=64)
    assert [document.text for document in documents] == ["1", "2"]
    assert len(said) == 1
    assert said[0] == "a.jsonl:2: larger than 64 bytes; --max-size allows more"


def test_other_encodings() -> None:
    """A byte order mark is none of the first line; Latin-1 is read and said; UTF-16 is refused."""
    (document,), said = read_lines(b'\xef\xbb\xbf{"text": "12 boats"}')
    assert (document.text, said) == ("12 boats", [])
    (document,), said = read_lines('{"text": "\xe9migr\xe9s"}'.encode("latin-1"))
    assert document.text == "\xe9migr\xe9s"
    assert said == ["a.jsonl: not UTF-8: read as Windows-1252 (Latin-1)"]
    with pytest.raises(ReadError, match="UTF-16"):
        read_lines('{"text": "12"}'.encode("utf-16"))
    (document,), _ = read_lines(rb'{"text": "12 \ud800 boats"}')
    assert document.text == "12 \ufffd boats"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1))
def test_texts_are_never_changed(texts: list[str]) -> None:
    """What was put into a dump is what comes out of it, line for line."""
    documents, said = read_lines(*({"id": number, "text": text} for number, text in enumerate(texts)))
    assert [document.text for document in documents] == texts
    assert not said


class Endless(io.RawIOBase):
    """A dump that has no end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        line = b'{"text": "12 boats"}\n'
        memoryview(cast(bytearray, buffer))[: len(line)] = line
        return len(line)


def test_the_first_document_comes_before_the_last_is_read() -> None:
    """Nothing waits for the end."""
    stream = cast(BinaryIO, io.BufferedReader(Endless(), 64))
    assert next(iter(jsonl.read(Source(stream, "a.jsonl", print)))).text == "12 boats"


@pytest.fixture
def heard() -> tuple[list[str], Listener]:
    """Hear warnings and failures alike."""
    said: list[str] = []

    def fail(error: MigstatsError) -> None:
        said.append(str(error))

    return said, Listener(said.append, fail)


@pytest.mark.parametrize("name", ["d.jsonl", "d.jsonl.gz", "d.NDJSON", "d.ndjson.GZ", "d.dump", "d", "d.gz", "d.json"])
@pytest.mark.parametrize("packed", [False, True])
def test_formats_are_found_by_suffix_and_content(
    name: str, packed: bool, tmp_path: Path, heard: tuple[list[str], Listener]
) -> None:
    """A packed file is known by its first bytes, a dump by its suffix or its first line."""
    data = b'{"id": "a", "text": "12 boats"}\n{"id": "b", "text": "9 boats"}\n'
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    documents = read_paths([str(tmp_path / name)], heard[1])
    assert [document.name for document in documents] == [f"{tmp_path / name}#a", f"{tmp_path / name}#b"]
    assert not heard[0]


def test_a_text_that_begins_like_a_dump_is_a_text(tmp_path: Path, heard: tuple[list[str], Listener]) -> None:
    """The suffix decides, and what is no JSON is a text."""
    (tmp_path / "a.txt").write_text('{"text": "12 boats"}')
    (tmp_path / "b").write_text("{12 boats}\n")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"12 boats"))
    texts = [document.text for document in read_paths([str(tmp_path / name) for name in ("a.txt", "b")], heard[1])]
    assert texts == ['{"text": "12 boats"}', "{12 boats}\n"]
    assert [document.text for document in read_paths([str(tmp_path / "c.txt.gz")], heard[1])] == ["12 boats"]


@pytest.mark.parametrize("cut", [10, 40])
def test_a_broken_archive_is_told(cut: int, tmp_path: Path, heard: tuple[list[str], Listener]) -> None:
    """What could be unpacked is read; the break is one line."""
    data = gzip.compress(b"".join(b'{"text": "%d boats"}\n' % number for number in range(200)))
    (tmp_path / "d.jsonl.gz").write_bytes(data[:-cut])
    list(read_paths([str(tmp_path / "d.jsonl.gz")], heard[1]))
    assert heard[0] == [f"{tmp_path}/d.jsonl.gz: the compressed file is damaged or breaks off"]


def test_a_dump_of_other_things_in_a_folder_is_passed_over(tmp_path: Path, heard: tuple[list[str], Listener]) -> None:
    """As the output of an earlier run would be."""
    (tmp_path / "a.txt").write_text("12 boats")
    (tmp_path / "out.jsonl").write_text('{"value": 12}\n' * 3)
    failures: list[MigstatsError] = []
    listener = Listener(heard[0].append, failures.append)
    assert [document.text for document in read_paths([str(tmp_path)], listener)] == ["12 boats"]
    assert not failures
    assert [said.partition(": ")[2][:7] for said in heard[0]] == ["skipped"]


def test_the_meter_follows_the_bytes(tmp_path: Path, heard: tuple[list[str], Listener]) -> None:
    """At the end all of what was measured has been read."""
    for name in ("a.jsonl", "b.jsonl.gz"):
        data = b'{"text": "12 boats"}\n' * 500
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    manner = Manner(meter=Meter())
    positions = [manner.meter.position for _ in read_paths([str(tmp_path)], heard[1], manner)]
    total = measure_paths([str(tmp_path)])
    assert total == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert positions == sorted(positions)
    assert positions[-1] == total


def test_the_seeds_as_a_dump_are_the_seeds(tmp_path: Path, heard: tuple[list[str], Listener]) -> None:
    """The same documents but for their names."""
    paths = sorted(SEEDS.glob("*.txt"))
    entries = ({"id": path.name, "text": path.read_bytes().decode()} for path in paths)
    (tmp_path / "seeds.jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    dumped = list(read_paths([str(tmp_path / "seeds.jsonl")], heard[1]))
    plain = list(read_paths([str(path) for path in paths], heard[1]))
    assert [(one.text, one.published) for one in dumped] == [(one.text, one.published) for one in plain]
    assert [one.name for one in dumped] == [f"{tmp_path}/seeds.jsonl#{path.name}" for path in paths]
