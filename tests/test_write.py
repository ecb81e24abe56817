"""Writing: every format holds every figure, safely."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from migstats.check import LEVELS, Finding
from migstats.errors import MigstatsError, UnknownName
from migstats.mark import mark_text, runs_left, summarise
from migstats.model import Analysis, LedgerEntry, Number
from migstats.output import Stream, find_format, find_lines, find_store, format_names, format_of
from migstats.present import Look, find_form, form_names
from migstats.records.record import Record
from migstats.runs.examine import Examined
from migstats.show import defuse, show_number, show_value, squeeze
from migstats.study import Study
from migstats.whole import open_output
from migstats.write._row import COLUMNS, escape_json, make_row

TEXTS = [name for name in format_names() if find_store(name) is None]
ESCAPE = "\x1b[31m\x9b2J\x07"


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def written(name: str, records: list[Record]) -> str:
    """Write records in a format."""
    stream = io.StringIO()
    cast(Stream, find_format(name)).write(records, stream)
    return stream.getvalue()


def test_the_formats_are_those_of_the_folder() -> None:
    """A file in `write/` is a format."""
    assert TEXTS == ["csv", "hxl", "json", "jsonl", "md", "sdmx", "table", "tsv", "webannotation"]
    stores = ["brat", "datapackage", "labelstudio", "parquet", "sqlite", "xlsx"]
    assert format_names() == sorted(TEXTS + stores)
    suffixes = [suffix for name in format_names() for suffix in find_format(name).SUFFIXES]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_keeps_the_contract(name: str, records: list[Record]) -> None:
    """A format has a suffix of its own, names every indicator, and writes nothing but text for no records."""
    for suffix in find_format(name).SUFFIXES:
        assert format_of(Path(f"x{suffix.upper()}")) == name
    assert written(name, records).count("rescues") >= len(records)
    assert written(name, records).endswith("\n")
    assert "rescues" not in written(name, [])
    lines = find_lines(name)
    if lines:
        assert written(name, records) == lines.HEAD + "".join(map(lines.write_line, records))


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
    for name, before in (("jsonl", 0), ("csv", 1), ("tsv", 1), ("hxl", 2), ("sdmx", 1)):
        stream = io.StringIO()

        def watch(out: io.StringIO = stream, head: int = before) -> Iterator[Record]:
            for done, record in enumerate(records):
                assert out.getvalue().count("\n") >= done + head
                yield record

        cast(Stream, find_format(name)).write(watch(), stream)


def test_json_is_closed_when_the_records_break_off(records: list[Record]) -> None:
    """What Ctrl-C leaves behind can be read."""

    def break_off() -> Iterator[Record]:
        yield records[0]
        raise KeyboardInterrupt

    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        cast(Stream, find_format("json")).write(break_off(), stream)
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
    for name in TEXTS:
        stream = Terminal()
        cast(Stream, find_format(name)).write(nasty, stream)
        assert "\x9b" not in stream.getvalue()
        assert "[31m\x9b" not in stream.getvalue()
        assert "\x1b[31m" not in stream.getvalue()
    stream = Terminal()
    document = replace(analysis.document, name=ESCAPE, text=ESCAPE + "\r" + analysis.document.text)
    for name in form_names():
        finding = Finding("T02", ESCAPE, ((0, 3),), "note")
        examined = Examined(Study(Analysis(document, (), ())), (), (finding,))
        find_form(name).write([examined], stream, Look(ledger=True))
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


def test_other_numbers_are_marked_with_their_kinds(analysis: Analysis, records: list[Record]) -> None:
    """In braces, dimmed; what nothing explains stands out."""
    marked = mark_text(analysis.document.text, records, analysis.ledger)
    assert marked.plain.startswith("In {2023 year} the navy")
    assert "{Two unclaimed} boats" in marked.plain
    styles = {marked.plain[span.start : span.end]: span.style for span in marked.spans}
    assert styles["{2023 year}"] == "dim"
    assert styles["{Two unclaimed}"] == "yellow"
    assert styles["1,200"] == "bold green"


def test_marks_hold_together_from_right_to_left() -> None:
    """In Arabic a mark is isolated, so that its number and its label are not torn apart."""
    text = "\u0648\u0635\u0644 300 \u0645\u0647\u0627\u062c\u0631"
    number = Number(4, 7, Decimal(300))
    assert runs_left(text)
    assert not runs_left("300 left")
    assert "\u2068{300 unclaimed}\u2069" in mark_text(text, [], [LedgerEntry(number, "unclaimed")]).plain


def examined_by(analysis: Analysis, records: list[Record]) -> Examined:
    """Make what the checks could give of a text."""
    found = Finding("S06", "15 is a part of 1 200: 1.3 %", ((49, 51), (25, 30)), "note")
    return Examined(Study(analysis), tuple(records), (found, Finding("T02", "no date", (), "warning")))


def test_check_shows_text_figures_and_issues(analysis: Analysis, records: list[Record]) -> None:
    """Every number of the text is in it, with what it is; the gravest issue first."""
    stream = io.StringIO()
    find_form("text").write([examined_by(analysis, records)], stream, Look(ledger=True))
    shown = stream.getvalue()
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "[1,200 rescues]" in shown
    assert "(nearest: seize/boat)" in shown
    assert "5 numbers: 3 figures, 1 year, 1 unclaimed" in shown
    assert shown.index("no date") < shown.index("1.3 %")
    assert "2 issues: 1 warning, 1 note; `migstats explain T02` says what that means" in shown
    assert summarise([]) == "0 numbers: 0 figures, 0 unclaimed"


def test_issues_have_their_places(analysis: Analysis, records: list[Record]) -> None:
    """Line and column count from 1, in code points."""
    examined = examined_by(analysis, records)
    shown = {}
    for name in ("concise", "github"):
        stream = io.StringIO()
        find_form(name).write([examined], stream, Look())
        shown[name] = stream.getvalue().splitlines()
    assert shown["concise"] == [
        "news/a.txt:1:50: note S06 subtotal: 15 is a part of 1 200: 1.3 %",
        "news/a.txt:1:1: warning T02 no-publication-date: no date",
    ]
    assert shown["github"][0] == (
        "::notice file=news/a.txt,line=1,col=50,title=S06 subtotal::15 is a part of 1 200: 1.3 %25"
    )


def test_sarif_is_what_scanners_read(analysis: Analysis, records: list[Record]) -> None:
    """Rules, levels, regions in code points, and the other numbers as related places."""
    stream = io.StringIO()
    find_form("sarif").write([examined_by(analysis, records)], stream, Look())
    log = json.loads(stream.getvalue())
    run = log["runs"][0]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    first, second = run["results"]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "S06"
    assert {rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]} == set(LEVELS)
    region = first["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["charOffset"], region["charLength"]) == (1, 50, 49, 2)
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["charOffset"] == 25
    assert second["relatedLocations"] == []


def test_check_has_plain_values(analysis: Analysis, records: list[Record]) -> None:
    """The same as JSON."""
    stream = io.StringIO()
    find_form("json").write([examined_by(analysis, records)], stream, Look())
    values = json.loads(stream.getvalue())
    assert [entry["kind"] for entry in values["numbers"]] == ["year", "figure", "figure", "unclaimed", "figure"]
    assert values["numbers"][3]["lacked"] == "seize"
    assert len(values["figures"]) == 3
    assert values["issues"][0]["spans"][0] == {"start": 49, "end": 51, "text": analysis.document.text[49:51]}
