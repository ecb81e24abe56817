"""Writing: every format holds every figure, safely."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from migstats.errors import MigstatsError, UnknownName
from migstats.mark import describe_check, mark_text, summarise, write_check
from migstats.model import Analysis
from migstats.output import find_format, format_names, format_of, open_output
from migstats.record import Record
from migstats.show import defuse, show_number, show_value, squeeze
from migstats.write._row import COLUMNS, escape_json, make_row

ESCAPE = "\x1b[31m\x9b2J\x07"


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def written(name: str, records: list[Record]) -> str:
    """Write records in a format."""
    stream = io.StringIO()
    find_format(name).write(records, stream)
    return stream.getvalue()


def test_the_formats_are_those_of_the_folder() -> None:
    """A file in `write/` is a format."""
    assert format_names() == ["csv", "json", "jsonl", "table"]


@pytest.mark.parametrize("name", format_names())
def test_every_format_keeps_the_contract(name: str, records: list[Record]) -> None:
    """A format has a suffix of its own, names every indicator, and writes nothing but text for no records."""
    assert format_of(Path(f"x{find_format(name).SUFFIX.upper()}")) == name
    assert written(name, records).count("rescues") >= len(records)
    assert written(name, records).endswith("\n")
    assert "rescues" not in written(name, [])


def test_json_and_lines_and_csv_say_the_same(records: list[Record]) -> None:
    """The same keys and values in all of them."""
    rows = [make_row(record) for record in records]
    assert json.loads(written("json", records)) == rows
    assert [json.loads(line) for line in written("jsonl", records).splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(written("csv", records), newline="")))
    assert [list(row) for row in table] == [list(COLUMNS)] * len(rows)
    expected = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
    assert table == expected


def test_no_records_are_an_empty_list() -> None:
    """Nothing found is not nothing written, where the format needs a frame."""
    assert json.loads(written("json", [])) == []
    assert written("jsonl", []) == ""
    assert written("csv", []).splitlines() == [",".join(COLUMNS)]


def test_lines_are_written_as_they_come(records: list[Record]) -> None:
    """A format that streams has written each record before the next is made."""
    for name, before in (("jsonl", 0), ("csv", 1)):
        stream = io.StringIO()

        def watch(out: io.StringIO = stream, head: int = before) -> Iterator[Record]:
            for done, record in enumerate(records):
                assert out.getvalue().count("\n") >= done + head
                yield record

        find_format(name).write(watch(), stream)


def test_json_is_closed_when_the_records_break_off(records: list[Record]) -> None:
    """What Ctrl-C leaves behind can be read."""

    def break_off() -> Iterator[Record]:
        yield records[0]
        raise KeyboardInterrupt

    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        find_format("json").write(break_off(), stream)
    assert len(json.loads(stream.getvalue())) == 1


@pytest.mark.parametrize("columns", ["", "80", "40", "200"])
def test_the_table_keeps_to_its_width(columns: str, records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    """80 columns where there is no terminal; nothing is cut off."""
    monkeypatch.setenv("COLUMNS", columns)
    text = written("table", records)
    assert max(len(line) for line in text.splitlines()) <= max(int(columns or 80), 78)
    assert "1 200" in text
    assert "women" in text.replace("\n", "")
    assert "\x1b" not in text


def test_a_text_does_not_command_the_terminal(records: list[Record], analysis: Analysis) -> None:
    """Escape sequences are shown, never sent."""
    nasty = [replace(record, group=ESCAPE, quote=ESCAPE, document=ESCAPE) for record in records]
    for name in format_names():
        stream = Terminal()
        find_format(name).write(nasty, stream)
        assert "\x9b" not in stream.getvalue()
        assert "[31m\x9b" not in stream.getvalue()
        assert "\x1b[31m" not in stream.getvalue()
    stream = Terminal()
    document = analysis.document
    write_check(Analysis(type(document)(ESCAPE, ESCAPE + "\r" + document.text), (), ()), [], stream)
    assert "\x1b[31m" not in stream.getvalue()
    assert "\r" not in stream.getvalue()


def test_json_keeps_what_it_escapes() -> None:
    """An escape is the same character."""
    text = "a\x9b\x7f\u2028b"
    escaped = escape_json(json.dumps(text, ensure_ascii=False))
    assert escaped.isascii()
    assert json.loads(escaped) == text


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    """A run that breaks off leaves the old file as it was, and no other behind."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(KeyboardInterrupt), open_output(path) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    with open_output(path) as stream:
        stream.write("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link is replaced, not the link."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with open_output(tmp_path / "link.csv") as stream:
        stream.write("new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    """No file takes the place of /dev/null."""
    with open_output(Path(os.devnull)) as stream:
        stream.write("new")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("where", ["no/such/out.csv", "."])
def test_what_cannot_be_written_says_why(where: str, tmp_path: Path) -> None:
    """A missing folder, or a folder in the file's place."""
    with pytest.raises(MigstatsError, match="cannot be written"), open_output(tmp_path / where):
        pass


@pytest.mark.parametrize("name", ["jsnl", "CSV", "nonsense"])
def test_unknown_formats_name_the_nearest(name: str) -> None:
    """A misspelling is told what was meant."""
    with pytest.raises(UnknownName) as caught:
        find_format(name)
    assert caught.value.remedy


def test_numbers_are_shown_for_people() -> None:
    """Thousands apart, and how exactly they are stated."""
    assert show_number(1234567) == "1 234 567"
    assert show_value(4290, None, "at_least", "persons") == "≥ 4 290"
    assert show_value(200, 300, "exact", "persons") == "200\u2013300"
    assert show_value(58, None, "exact", "percent") == "58 %"
    assert squeeze(" a\n b\tc ") == "a b c"
    assert defuse(None) is None


def test_figures_are_marked_in_place(analysis: Analysis, records: list[Record]) -> None:
    """The text as it is, each figure's number in brackets with its code."""
    text = mark_text(analysis.document.text, records).plain
    assert "rescued [1,200 rescues] people off Sebta, including [15 rescues] women." in text
    assert "[30 rescues related]" in text
    for record in records:
        text = text.replace(f"[{record.number} ", record.number).replace("rescues related]", "").replace("rescues]", "")
    assert text == analysis.document.text


def test_check_shows_text_figures_and_ledger(analysis: Analysis, records: list[Record]) -> None:
    """Every number of the text is in it, with what it is."""
    stream = io.StringIO()
    write_check(analysis, records, stream)
    shown = stream.getvalue()
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "[1,200 rescues]" in shown
    assert "unclaimed" in shown
    assert "seize" in shown
    assert shown.rstrip().endswith("3 figures, 2 other numbers: 1 unclaimed, 1 year")
    assert summarise([], []) == "0 figures, 0 other numbers"


def test_check_has_plain_values(analysis: Analysis, records: list[Record]) -> None:
    """The same as JSON."""
    values = json.loads(json.dumps(describe_check(analysis, records)))
    assert [entry["kind"] for entry in values["numbers"]] == ["year", "figure", "figure", "unclaimed", "figure"]
    assert values["numbers"][3]["lacked"] == "seize"
    assert len(values["figures"]) == 3
