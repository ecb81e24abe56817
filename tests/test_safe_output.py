"""What is written can be looked at: no text, name, pack or message commands a terminal, a page or a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import traceback
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner
from conftest import TEXT
from hostile import BELLS, COMMANDS, FORMULAS, HIDDEN, NAME, PATHS_OUT, make_bad_packs, make_packs, make_texts
from terminal import read_terminal

from migstats.check import Finding
from migstats.cli import main, migstats
from migstats.cli.extract import list_formats
from migstats.errors import MigstatsError
from migstats.loading import load
from migstats.loading.load import Packs
from migstats.model import Analysis, Document
from migstats.output import find_lines, find_store
from migstats.present import Look, find_form, form_names
from migstats.records.record import Found, Record
from migstats.runs.examine import Examined
from migstats.show import defuse
from migstats.study import Study
from migstats.write import md, webannotation, xlsx
from migstats.write._row import escape_json, make_safe

OURS = re.compile("\x1b\\[([0-9;]*)m|\r\x1b\\[K|\r\n")
"""What the program itself tells a terminal: colours, the line of progress."""
WORDS = "document source language title url group place attribution quote number rule".split()
"""What of a record is free text."""
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LOOKS = {"", "0", "1", "2", "31", "32", "33", "34", "35", "36", "94"}
OBEYED = re.compile(
    f"[\0-\x08\x0b-\x1f\x7f-\x9f{HIDDEN}\u200c\u200f\u2029-\u202e\u2060-\u2067\u206a-\u206f\U0001d173"
    "\U000e0000-\U000e007f]"
)

Words = Sequence[str]
READ_PACKS = load.load_packs
TEXTS, PACKS, BAD, ROWS, GOLD, BRAT = "texts", "packs", "bad", "rows.jsonl", "gold", "brat"
FORMATS = [form for form in list_formats() if find_store(form) is None]
SAYING: tuple[Words, ...] = (
    *(("extract", TEXTS, "-f", form) for form in FORMATS),
    ("extract", TEXTS, "--packs", PACKS),
    ("extract", TEXTS, "--strict"),
    *(("check", TEXTS, "--ledger", "-f", form) for form in form_names()),
    ("check", TEXTS, "--ledger", "--packs", PACKS),
    *(("check", TEXTS, "--explain", number) for number in ("1", "6")),
    ("check", "texts.txt", "--explain", "8", "-f", "json"),
    *(("check", "texts.txt", "--explain", str(number), "--packs", PACKS) for number in range(1, 10, 2)),
    *(("series", ROWS, TEXTS, "-f", form) for form in ("table", "jsonl", "csv")),
    ("series", ROWS, "--wide", "-f", "table"),
    ("report", TEXTS, ROWS, "-o", "a.html", "--packs", PACKS),
    ("score", GOLD, "--errors", "--by", "prefix"),
    ("score", GOLD, "-f", "json"),
    ("gold", "import", BRAT, "-o", NAME),
    ("packs", "list", "--packs", PACKS),
    ("packs", "list", "--packs", BAD),
    ("packs", "show", "en", "--packs", PACKS),
    ("packs", "show", "failing", "--packs", BAD),
    ("packs", "test", "--packs", BAD, "codebook"),
    ("packs", "diff", PACKS, BAD, "texts.txt"),
    ("codebook", "--packs", PACKS),
    ("codebook", "--packs", PACKS, "-f", "json"),
    ("schema", "--packs", PACKS),
    ("explain", "--all"),
)
"""Commands that show what they were given."""
REFUSING: tuple[Words, ...] = (
    (NAME,),
    (f"--{NAME}",),
    ("extract", NAME),
    ("extract", f"{NAME}*"),
    ("extract", "texts.txt", "-f", NAME),
    ("extract", "texts.txt", "-o", f"no/{NAME}.csv"),
    ("extract", "texts.txt", "-o", f"a.{NAME}"),
    ("extract", "texts.txt", "--indicator", NAME),
    ("extract", "texts.txt", "--basis", NAME),
    ("extract", "texts.txt", "--published", NAME),
    ("extract", "texts.txt", "--max-size", NAME),
    ("extract", "texts.txt", "--jobs", NAME),
    ("extract", "texts.txt", "--packs", NAME),
    ("extract", "texts.txt", "--text-field", NAME, "--in-language", NAME),
    ("extract", "-", "--stdin-filename", f"{NAME}.pdf"),
    ("check", "texts.txt", "--explain", f"{NAME}:1"),
    ("check", "texts.txt", "--select", NAME),
    ("series", "texts.txt", "-o", NAME),
    ("report", "texts.txt", "-q", "-o", f"no/{NAME}.html"),
    ("report", "texts.txt", "-o", NAME),
    ("score", NAME),
    ("score", GOLD, "--by", NAME),
    ("gold", "import", NAME, "-o", "b"),
    ("packs", "show", NAME),
    ("packs", "diff", NAME, NAME, NAME),
    ("codebook", NAME),
    ("explain", NAME),
)
"""Commands that say what is wrong with what they were given."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that can be named, all of it hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = make_texts(folder)
    make_packs(folder)
    make_bad_packs(folder)
    (folder / "texts.txt").write_bytes(next(texts.glob("*\n.txt")).read_bytes())
    with contextlib.chdir(folder):
        for extra in ((), (PACKS,), (BAD,)):
            packs = _load_packs(extra)
            assert list(packs.sources.values())
            assert packs.languages["en"]
    write_rows(folder)
    write_gold(folder)
    write_brat(folder)
    return folder


def write_rows(folder: Path) -> None:
    """Write records as an earlier run would have, with hostile words."""
    command = [sys.executable, "-m", "migstats", "extract", "-q", "texts.txt", "-f", "jsonl"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 3
    for row in rows:
        row |= {name: f"{row[name]} {COMMANDS}" for name in WORDS}
    broken = {**rows[0], "measure": COMMANDS, COMMANDS: 1}
    (folder / ROWS).write_text("".join(json.dumps(row) + "\n" for row in [*rows, broken]))


def write_gold(folder: Path) -> None:
    """Write gold files: one that is right but for its words, one that is none."""
    gold = folder / GOLD
    gold.mkdir()
    name = NAME[:60]
    text = (folder / "texts.txt").read_bytes()
    said = json.dumps(COMMANDS)
    for stem, figures in (
        (f"a{name}", f"- {{number: '700', value: 701, indicator: {said}, place: [{said}], group: {said}}}"),
        (f"b{name}", f"- {{number: {said}, value: {said}, measure: {said}}}"),
    ):
        (gold / f"{stem}.txt").write_bytes(text)
        (gold / f"{stem}.gold.yaml").write_text(f"id: {said}\nlanguage: {said}\nfigures:\n  {figures}\n")


def write_brat(folder: Path) -> None:
    """Write a folder of brat with marks of nothing that is known."""
    brat = folder / BRAT
    brat.mkdir()
    (brat / f"{NAME[:60]}.txt").write_text("12 boats")
    sign = COMMANDS.replace("\r", "")
    (brat / f"{NAME[:60]}.ann").write_text(f"T1\t{sign.split()[0]} 0 2\t12\n#1\tAnnotatorNotes T1\t{sign}: {sign}\n")


def show(words: Words, folder: Path, term: str) -> str:
    """Give what a terminal is sent, by standard output and standard error."""
    process, master = pty.fork()
    if not process:
        _run(words, folder, term)
    seen = read_terminal(master)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) in (0, 1, 2)
    return seen.decode("utf-8")


def _run(words: Words, folder: Path, term: str) -> NoReturn:
    """Be the program, at a terminal; packs are not read anew for each run."""
    code: object = 99
    try:
        os.chdir(folder)
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            os.environ.pop(name, None)
        os.environ["TERM"] = term
        sys.argv = ["migstats", *words]
        sys.stdin, sys.stdout, sys.stderr = open(os.devnull), open(1, "w"), open(2, "w")  # noqa: SIM115
        load.load_packs = _load_packs
        main()
    except SystemExit as end:
        code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code if isinstance(code, int) else 99)


@cache
def _load_once(extra: tuple[Path, ...]) -> Packs:
    return READ_PACKS(extra)


def _load_packs(extra: Words | Sequence[Path] = ()) -> Packs:
    """Load packs, once in all runs together where they were loaded before."""
    return _load_once(tuple(map(Path, extra)))


def hold(shown: str) -> None:
    """See that a terminal was sent nothing that it would obey, but for our own colours."""
    assert "Traceback" not in shown
    codes = {code for found in OURS.finditer(shown) for code in (found[1] or "").split(";")}
    assert codes <= LOOKS
    left = OBEYED.search(OURS.sub("", shown))
    assert left is None, (left, shown[max(0, left.start() - 200) : left.end() + 50])


@pytest.mark.parametrize("words", SAYING, ids=lambda words: " ".join(filter(str.isprintable, words)) or "none")
def test_what_is_shown_commands_nothing(words: Words, place: Path) -> None:
    """Whatever command shows a hostile text, in whatever format, on a terminal with colours."""
    shown = show(words, place, "xterm-256color")
    hold(shown)
    assert len(shown) > 100 or words[0] in ("report", "gold")


@pytest.mark.parametrize("words", REFUSING, ids=lambda words: " ".join(filter(str.isprintable, words)) or "none")
def test_what_is_said_of_a_mistake_commands_nothing(words: Words, place: Path) -> None:
    """A message quotes what was given, and is still what it is; a name with a line break tells no line of its own."""
    shown = show(words, place, "dumb")
    hold(shown)
    assert shown
    assert "\x1b" not in shown
    assert not any(line.startswith("migstats: all is well") for line in shown.splitlines())


def list_commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List all commands."""
    found: list[tuple[str, ...]] = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        found += list_commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


def test_no_command_is_left_out() -> None:
    """Each command is among those that are tried above."""
    tried = {tuple(words[:length]) for words in SAYING for length in (1, 2)}
    assert set(list_commands(migstats)) <= tried


@pytest.mark.parametrize("sign", sorted({*COMMANDS, *BELLS, *"\0\x85\u2029\u202d\U0001d173"}), ids=ascii)
def test_each_sign_alone(sign: str) -> None:
    """On a terminal it is gone or seen; in JSON it is escaped, and read back as it was."""
    if sign.isprintable():
        assert defuse(sign) == sign
        return
    assert OBEYED.search(str(defuse(f"a{sign}b"))) is None
    written = escape_json(json.dumps(f"a{sign}b", ensure_ascii=False))
    assert OBEYED.search(written) is None
    assert json.loads(written) == f"a{sign}b"


def test_an_error_is_one_line() -> None:
    """Whatever its path and message hold."""
    said = str(MigstatsError("no\nsuch\x85thing", path="a\r\nb\u2028c", line=3, remedy="try\x0banother"))
    assert len(said.splitlines()) == 1
    assert said.startswith("a\u2424b\u2424c:3: no\u2424such")


def say_everywhere(record: Record, text: str) -> Record:
    """Put a text into each free text of a record."""
    changed: dict[str, Any] = dict.fromkeys(WORDS, text)
    return replace(record, **changed)


@pytest.mark.parametrize("form", ["csv", "tsv", "hxl"])
def test_cells_are_exact_and_can_be_made_safe(form: str, records: list[Record]) -> None:
    """A formula is in the file as it is in the text; asked for, there is none, and nothing else has changed."""
    lines = find_lines(form)
    assert lines
    for formula in FORMULAS:
        record = say_everywhere(records[0], formula)
        delimiter = "\t" if form == "tsv" else ","
        exact, safe = (
            next(csv.reader(io.StringIO(lines.write_line(one), newline=""), delimiter=delimiter))
            for one in (record, make_safe(record))
        )
        assert exact.count(formula) == len(WORDS)
        assert safe == [f"'{cell}" if cell == formula and not formula.startswith("#") else cell for cell in exact]
        assert not any(cell.startswith(STARTS) for cell in safe)


def test_a_workbook_holds_no_formula(records: list[Record], packs: Packs, tmp_path: Path) -> None:
    """Nor a link, nor an error: what a text is, is typed as a text, in each sheet."""
    openpyxl = pytest.importorskip("openpyxl")
    rows = [say_everywhere(records[0], formula) for formula in FORMULAS]
    entry = next(iter(packs.codebook.indicators.values()))
    codes = {formula: entry.model_copy(update={"says": formula}) for formula in FORMULAS}
    codebook = packs.codebook.model_copy(update={"indicators": codes})
    found = [Found(Document(formula, "x", url=formula, title=formula, source=formula), rows) for formula in FORMULAS]
    xlsx.save(found, tmp_path / "a.xlsx", codebook)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert sum(cell.value == "=1+1" and cell.data_type == "s" for cell in cells) > len(WORDS)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "@")))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        text = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in text
    assert b"<hyperlink" not in text


def test_series_can_be_made_safe(place: Path) -> None:
    """As CSV; another format is refused."""
    rows = [json.loads(line) for line in (place / ROWS).read_text().splitlines()[:-1]]
    for row, formula in zip(rows, FORMULAS, strict=False):
        row |= {"indicator": formula, "unit": formula, "group": formula, "document": formula}
    (place / "formulas.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = []
    for further in ((), ("--spreadsheet-safe",), ("--wide", "--spreadsheet-safe")):
        command = ["series", str(place / "formulas.jsonl"), "-f", "csv", "--exit-zero", *further]
        written = io.StringIO(CliRunner().invoke(migstats, command).stdout, newline="")
        told.append([cell for row in csv.reader(written) for cell in row])
    exact, *safe = told
    assert any(cell.startswith(STARTS) for cell in exact)
    assert not any(cell.startswith(STARTS) for cells in safe for cell in cells)
    assert [cell.removeprefix("'") for cell in safe[0]] == exact
    refused = CliRunner().invoke(migstats, ["series", "a", "-f", "jsonl", "--spreadsheet-safe"])
    assert "it is for csv" in refused.stderr


@pytest.mark.parametrize("form", ["brat", "labelstudio", "datapackage"])
def test_no_name_leads_out_of_a_folder(form: str, records: list[Record], packs: Packs, tmp_path: Path) -> None:
    """Whatever documents are called, all files are in the folder that was asked for, each under a name of its own."""
    found = [Found(Document(name, TEXT), [replace(records[0], document=name)]) for name in PATHS_OUT]
    store = find_store(form)
    assert store
    (tmp_path / "inner").mkdir()
    store.save(found, tmp_path / "inner" / "out", packs.codebook)
    assert [entry.name for entry in tmp_path.iterdir()] == ["inner"]
    assert [entry.name for entry in (tmp_path / "inner").iterdir()] == ["out"]
    files = list((tmp_path / "inner" / "out").iterdir())
    assert all(file.is_file() and not file.name.startswith(".") for file in files)
    assert form != "brat" or len(files) == 2 * len(PATHS_OUT) + 2


def test_tables_keep_their_rows(records: list[Record]) -> None:
    """A line break or a bar in a name or in a text makes no row, no heading and no cell."""
    sign = "a\n| b | c |\r\n## d\u2028- e\x0b`f`"
    rows = [say_everywhere(record, sign) for record in records]
    stream = io.StringIO()
    md.write(rows, stream)
    heading, _, head, ruler, *lines = stream.getvalue().splitlines()
    assert heading.startswith("## a ")
    assert len(lines) == len(rows)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in (head, ruler, *lines)} == {7}


def test_findings_are_told_to_scanners_as_text(analysis: Analysis, records: list[Record]) -> None:
    """SARIF takes brackets for links; names of files that are no UTF-8 are no obstacle."""
    document = replace(analysis.document, name=os.fsdecode(b"caf\xe9 [a](javascript:b).txt"))
    finding = Finding("S06", "[x](javascript:y)\x1b \\ \u202e", ((0, 2),), "note")
    stream = io.StringIO()
    form = find_form("sarif")
    form.write([Examined(Study(replace(analysis, document=document)), tuple(records), (finding,))], stream, Look())
    (result,) = json.loads(stream.getvalue())["runs"][0]["results"]
    assert result["message"]["text"] == r"\[x\](javascript:y)\u241b \\ ".replace("\\u241b", "\u241b")
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", uri)


@pytest.mark.parametrize("url", ["javascript:x()", "data:text/html,x", "https://a/\x1b[5m", "file:///etc/passwd", "x"])
def test_what_is_no_address_is_no_link(url: str, records: list[Record]) -> None:
    """An annotation's scope is a page; the record inside it keeps what the text says."""
    noted = webannotation.annotate(replace(records[0], url=url))
    assert "scope" not in noted["target"]
    assert json.loads(noted["body"][1]["value"])["url"] == url
