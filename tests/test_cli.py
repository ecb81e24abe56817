"""The command line: streams, exit codes, pipes, and one clear line for whatever is wrong."""

from __future__ import annotations

import csv
import errno
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click
import pytest
from click.testing import CliRunner
from conftest import GOLD, MINISTRY, SEEDS
from jsonschema import Draft202012Validator
from terminal import read_terminal

from migstats.cli import migstats
from migstats.formats import formats
from migstats.loading import load
from migstats.loading.load import Packs
from migstats.write._row import COLUMNS

CAPTURE = "Two boats were seized off the coast in 2023 and 1,200 migrants were rescued at sea."


@dataclass(frozen=True)
class Done:
    """What a run left."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


Run = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a copy of the seeds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def run(folder: Path, packs: Packs, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, the program's own packs read once for all tests."""
    monkeypatch.chdir(folder)
    read_packs = load.load_packs
    monkeypatch.setattr(load, "load_packs", lambda extra=(): read_packs(extra) if extra else packs)

    def run_command(*arguments: str, data: bytes | None = None) -> Done:
        result = CliRunner().invoke(migstats, arguments, input=data or b"", prog_name="migstats")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout_bytes.decode("utf-8"), result.stderr_bytes.decode("utf-8"))

    return run_command


@pytest.fixture
def program(folder: Path) -> Run:
    """Run the program as its users do."""

    def run_program(*arguments: str, data: bytes | None = None) -> Done:
        command = [sys.executable, "-m", "migstats", *arguments]
        done = subprocess.run(command, input=data or b"", cwd=folder, capture_output=True, check=False, timeout=120)
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run_program


def test_a_pipe_gets_json_lines(run: Run) -> None:
    """One figure a line, nothing on stderr, in the order of the files."""
    done = run("extract", "seeds/")
    assert (done.code, done.err) == (0, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows
    assert [row["document"] for row in rows] == sorted(row["document"] for row in rows)
    assert {row["document"] for row in rows} == {f"seeds/{path.name}" for path in SEEDS.glob("*.txt")}


@pytest.mark.parametrize(
    "command", [["check", "--exit-zero"], ["series", "-f", "table"], ["explain", "S03"]], ids=" ".join
)
def test_lines_that_are_piped_end_with_their_last_word(run: Run, command: list[str]) -> None:
    """What fills a line of a terminal is none of a file's."""
    done = run(*command, *([] if command[0] == "explain" else ["seeds"]))
    assert done.err == ""
    assert len(done.out.splitlines()) > 3
    assert [line for line in done.out.splitlines() if line != line.rstrip(" ")] == []


def test_every_row_holds_to_the_schema(run: Run) -> None:
    """What `schema` prints is what `extract` prints."""
    validator = Draft202012Validator(json.loads(run("schema").out))
    for line in run("extract", "seeds", "--related").out.splitlines():
        validator.validate(json.loads(line))


def test_spans_point_at_the_text(run: Run) -> None:
    """`text[start:end] == number`, and the same for the quote."""
    for line in run("extract", "seeds", "--related").out.splitlines():
        row = json.loads(line)
        text = Path(row["document"]).read_bytes().decode("utf-8")
        assert text[row["start"] : row["end"]] == row["number"]
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_formats_agree(run: Run) -> None:
    """JSON, JSON Lines, CSV and files hold the same figures."""
    lines = [json.loads(line) for line in run("extract", "seeds", "-f", "jsonl").out.splitlines()]
    assert json.loads(run("extract", "seeds", "-f", "json").out) == lines
    assert run("extract", "seeds", "-o", "out.csv") == Done(0, "", "")
    with open("out.csv", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["id"] for row in table] == [row["id"] for row in lines]
    assert list(table[0]) == list(COLUMNS)
    run("extract", "seeds", "-o", "out.json")
    assert json.loads(Path("out.json").read_text("utf-8")) == lines


def test_runs_are_the_same(run: Run, program: Run) -> None:
    """Deterministic to the byte, in this process and in another."""
    assert program("extract", "seeds") == run("extract", "seeds") == run("extract", "seeds")


def test_standard_input_is_a_document(run: Run) -> None:
    """`-` reads standard input; it may be given a name."""
    path = next(SEEDS.glob("002*"))
    by_name = [json.loads(line) for line in run("extract", str(path)).out.splitlines()]
    piped = [json.loads(line) for line in run("extract", "-", data=path.read_bytes()).out.splitlines()]
    assert [row["document"] for row in piped] == ["-"] * len(by_name)
    assert [row["id"] for row in piped] == [row["id"] for row in by_name]
    named = run("extract", "-", "--stdin-filename", "a/b.txt", data=path.read_bytes()).out.splitlines()
    assert json.loads(named[0])["document"] == "a/b.txt"


def test_figures_can_be_chosen(run: Run) -> None:
    """By indicator, source, language, basis, context."""
    rows = [json.loads(line) for line in run("extract", "seeds").out.splitlines()]
    one = [json.loads(line) for line in run("extract", "seeds", "--indicator", "rescues").out.splitlines()]
    assert one == [row for row in rows if row["indicator"] == "rescues"]
    two = run("extract", "seeds", "--indicator", "rescues,departures", "--language", "fr").out.splitlines()
    expected = [r for r in rows if r["indicator"] in ("rescues", "departures") and r["language"] == "fr"]
    assert [json.loads(line) for line in two] == expected
    source = next(row["source"] for row in rows if row["source"])
    chosen = run("extract", "seeds", "--source", source).out.splitlines()
    assert [json.loads(line) for line in chosen] == [row for row in rows if row["source"] == source]
    sure = run("extract", "seeds", "--basis", "anchor").out.splitlines()
    assert {json.loads(line)["basis"] for line in sure} <= {"pattern", "anchor"}
    assert all(row["context"] == "body" for row in rows)
    assert len(run("extract", "seeds", "--related").out.splitlines()) == len(rows) + 1


def test_the_date_can_be_given(run: Run) -> None:
    """`--published` stands for what the text does not say."""
    done = run("extract", "-", "--published", "2024-02", data=CAPTURE.encode())
    assert {json.loads(line)["published"] for line in done.out.splitlines()} == {"2024-02"}
    assert run("extract", "-", "--published", "soon", data=b"x").said == [
        "migstats: 'soon' is no date; write it as 2018, 2018-09 or 2018-09-14"
    ]


def test_nothing_found_is_no_failure(run: Run) -> None:
    """No figures, no lines, exit 0."""
    assert run("extract", "-", data=b"Nothing of that happened in the town.") == Done(0, "", "")


def test_a_text_in_no_known_language_is_told(run: Run) -> None:
    """No number is passed over in silence."""
    done = run("extract", "-", data="12 αβ".encode())
    assert (done.code, done.out) == (0, "")
    assert done.said == ["migstats: -: in no language that there is a pack for; no number of it was read"]


BAD_PACK = MINISTRY.replace(', period: "2023"', "").partition('      - text: "12')[0]
"""One whose example does not tell all that is found."""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.txt"], "no.txt: no such file or folder"),
        (["no/*.txt"], "no/*.txt: no file matches this"),
        (["nothing"], "nothing: no documents in this folder; documents are files in " + ", ".join(sorted(formats()))),
        (["empty.txt"], "empty.txt: the file is empty"),
        (["binary.txt"], "binary.txt: this is a binary file, no text"),
        (["a.gold.yaml"], "a.gold.yaml: annotations, no document"),
        (["--packs", "unknown-key.yaml"], "unknown-key.yaml:7: rules.0.indicatr: unknown key; "
         "did you mean 'indicator'?"),
        (["--packs", "duplicate-key.yaml"], "duplicate-key.yaml:2: duplicate key 'name'; keep one of them"),
        (["--packs", "unquoted.yaml"], "unquoted.yaml:13: rules.0.examples.0.figures.0.number: must be text, but to "
         'YAML this is a number; quote it: "75.000"'),
        (["--packs", "pattern.yaml"], "pattern.yaml:9: rules.0.pattern.0: the pattern does not compile: missing ), "
         "unterminated subpattern at '((?:0) boats'; close each '(' with a ')', or write '\\(' for the sign itself"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)  # fmt: skip
def test_a_bad_input_is_one_line_and_the_rest_is_done(arguments: Sequence[str], said: str, run: Run) -> None:
    """Path, reason, remedy; exit 2; the seeds all the same."""
    Path("nothing").mkdir()
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(b"\x7fELF\0\0\1")
    Path("a.gold.yaml").write_text("id: a\n")
    for name, old, new in (
        ("unknown-key", "indicator:", "indicatr:"),
        ("duplicate-key", "name: A ministry", "name: A ministry\nname: B"),
        ("unquoted", '"1.200"', "75.000"),
        ("pattern", "$number", "($number"),
    ):
        Path(f"{name}.yaml").write_text(BAD_PACK.replace(old, new, 1))
    good = run("extract", "seeds")
    bad = run("extract", *arguments, "seeds")
    assert bad.said == [f"migstats: {said}"]
    assert (bad.code, bad.out) == (2, good.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "jsnol"], "unknown format 'jsnol'; did you mean 'jsonl'?"),
        (["-o", "out.cvs"], "unknown suffix '.cvs'; did you mean '.csv'?"),
        (["-o", "no/out.csv"], "/out.csv: cannot be written: no such file or directory"),
        (["--indicator", "rescue"], "unknown indicator 'rescue'; did you mean 'rescues'?"),
        (["--source", "ma-agency-enn"], "unknown source 'ma-agency-enn'; did you mean 'ma-agency-en'?"),
        (["--language", "frr"], "unknown language 'frr'; did you mean 'fr'?"),
        (["--basis", "anchors"], "unknown basis 'anchors'; did you mean 'anchor'?"),
        (["--packs", "no"], "no: no such folder of packs"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_name_is_one_line_with_the_nearest(arguments: Sequence[str], said: str, run: Run) -> None:
    """Nothing is done, and exit 2."""
    done = run("extract", "seeds", *arguments)
    assert len(done.said) == 1
    assert done.said[0].endswith(said)
    assert (done.code, done.out) == (2, "")
    assert not list(Path.cwd().glob("*out*"))


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_other_encodings_are_read_and_said(encoding: str, run: Run) -> None:
    """A text that is not UTF-8 gives the same figures, and a line says how it was read."""
    path = next(SEEDS.glob("004*"))
    text = path.read_text("utf-8").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = text.encode("latin-1", "replace").decode("latin-1")
    Path("a.txt").write_bytes(text.encode("utf-8"))
    Path("b.txt").write_bytes(text.encode(encoding))
    plain, other = run("extract", "a.txt"), run("extract", "b.txt")
    assert plain.err == ""
    assert (other.code, len(other.said)) == (0, 1)
    assert "read as" in other.said[0]
    assert other.out == plain.out.replace('"a.txt"', '"b.txt"')
    assert run("extract", "-q", "b.txt") == Done(0, other.out, "")
    strict = run("extract", "--strict", "b.txt", "seeds")
    assert (strict.code, strict.out, strict.said) == (2, "", other.said)


def refuse_secret(open_path: Callable[..., IO[bytes]]) -> Callable[..., IO[bytes]]:
    """Open every file but the secret one."""

    def open_or_refuse(path: Path, *arguments: str, **options: str) -> IO[bytes]:
        if path.name == "secret.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return open_path(path, *arguments, **options)

    return open_or_refuse


def test_no_permission_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is told, and the others are done."""
    Path("secret.txt").write_text(CAPTURE)
    Path("secret.txt").chmod(0)
    if os.access("secret.txt", os.R_OK):  # root may read everything
        monkeypatch.setattr(Path, "open", refuse_secret(Path.open))
    done = run("extract", "secret.txt", "seeds")
    assert done.said == ["migstats: secret.txt: no permission to read this"]
    assert done.code == 2
    assert done.out


def test_a_failing_example_is_told_with_its_line(run: Run) -> None:
    """`packs test` exits 1, with file, line, and what is wrong."""
    example = 'examples:\n  - text: "Nothing happened in 2023: 12 days of rain."\n    figures:\n'
    example += '      - {number: "12", indicator: deaths, value: 12}\n'
    Path("p.yaml").write_text("name: P\nrecognise: {}\nlanguage: en\n" + example)
    done = run("packs", "test", "--packs", "p.yaml", "p")
    assert done.said == ["migstats: p.yaml:7: '12' was not found as deaths count 12"]
    assert (done.code, done.out) == (1, "1 examples, 1 failing\n")
    mended = Path("p.yaml").read_text().partition("    figures:")[0] + "    because: rain\n"
    Path("p.yaml").write_text(mended)
    assert run("packs", "test", "--packs", "p.yaml", "p") == Done(0, "1 examples, 0 failing\n", "")


def test_a_figure_too_many_fails_an_example(run: Run) -> None:
    """The figures of an example are the whole of what is found in it."""
    text = f'name: P\nrecognise: {{}}\nlanguage: en\nexamples:\n  - text: "{CAPTURE}"\n'
    Path("p.yaml").write_text(text)
    done = run("packs", "test", "--packs", "p.yaml", "p")
    assert done.code == 1
    assert any(line.startswith("migstats: p.yaml:5: '1,200' was found as rescues") for line in done.said)


def test_the_examples_of_our_packs_hold(run: Run) -> None:
    """Every example of every pack gives its figures and no others."""
    done = run("packs", "test")
    assert done.err == ""
    assert done.code == 0


def test_a_change_of_packs_is_shown(run: Run) -> None:
    """What a new pack gains and loses over documents."""
    Path("old").mkdir()
    Path("new").mkdir()
    text = BAD_PACK.replace('"1.200"', '"1.200"').replace("stopped", "painted")
    Path("old/ministry.yaml").write_text("name: A ministry\nrecognise: {wording: [ministry of boats]}\nlanguage: en\n")
    Path("new/ministry.yaml").write_text(text)
    Path("a.txt").write_text("The ministry of boats said on Monday that 31 boats were painted by the harbour.")
    done = run("packs", "diff", "old", "new", "a.txt")
    assert done.out.splitlines()[0].startswith("+ a.txt:42 boats_seized count 31 boats")
    assert done.out.splitlines()[-1] == "1 gained, 0 lost"
    assert run("packs", "diff", "new", "old", "a.txt").out.splitlines()[-1] == "0 gained, 1 lost"
    assert run("packs", "diff", "old", "old", "a.txt").out == "0 gained, 0 lost\n"


def test_packs_are_listed_and_shown(run: Run) -> None:
    """Every pack is in the list, and is printed as it is written."""
    done = run("packs", "list")
    assert done.code == 0
    for line in done.out.splitlines()[2:]:
        if line.startswith(("language", "source")):
            name = line.split()[1]
            assert run("packs", "show", f"{line.split()[0]}s/{name}").out
    assert run("packs", "show", "codebok").said == ["migstats: unknown pack 'codebok'; did you mean 'codebook'?"]
    Path("ministry.yaml").write_text(BAD_PACK)
    rule = run("packs", "show", "--packs", "ministry.yaml", "ministry/boats-stopped").out
    assert rule == BAD_PACK.partition("rules:\n")[2]
    wrong = run("packs", "show", "--packs", "ministry.yaml", "ministry/boats-stoped")
    assert wrong.said == ["migstats: unknown rule 'boats-stoped'; did you mean 'boats-stopped'?"]


def test_check_shows_the_document(run: Run) -> None:
    """Each figure marked in place, every other number with its kind, within 80 columns and without colour."""
    done = run("check", "seeds/001_eb861d2eade4c3fe.txt")
    assert (done.code, done.err) == (1, "")
    assert "[78 685 attempts_aborted]" in " ".join(done.out.split())
    assert "\x1b" not in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80
    values = json.loads(run("check", "-f", "json", "seeds/001_eb861d2eade4c3fe.txt").out)
    assert {entry["number"] for entry in values["numbers"]} >= {"2024", "78 685"}
    bad = run("check", "seeds/001_eb861d2eade4c3fe.txt", "no.txt")
    assert (bad.code, bad.out, len(bad.said)) == (2, done.out, 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["001*"], 1),
        (["004*"], 0),
        (["004*", "--fail-level", "note"], 1),
        (["001*", "--fail-level", "error"], 0),
        (["001*", "--exit-zero"], 0),
        (["001*", "--ignore", "C01"], 0),
        (["001*", "--ignore", "shares-short"], 0),
        (["001*", "--select", "T,S"], 0),
        (["00*", "--select", "partial-breakdown", "-f", "sarif"], 1),
        (["no*", "--exit-zero"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_exit_code_tells_whether_something_was_found(arguments: Sequence[str], code: int, run: Run) -> None:
    """0 clean, 1 something as grave as asked for, 2 something could not be read."""
    assert run("check", f"seeds/{arguments[0]}", *arguments[1:]).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "seeds", "-f", "sarf"], "unknown format 'sarf'; did you mean 'sarif'?"),
        (["check", "seeds", "--select", "S99"], "unknown code 'S99'"),
        (["check", "seeds", "--fail-level", "warn"], "unknown level 'warn'; did you mean 'warning'?"),
        (["explain", "partial-brekdown"], "unknown code 'partial-brekdown'; did you mean 'partial-breakdown'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_check_names_the_nearest(arguments: Sequence[str], said: str, run: Run) -> None:
    """A wrong name is one line, and exit 2."""
    done = run(*arguments)
    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert said in done.said[0]


def test_codes_are_explained(run: Run) -> None:
    """One with its example and what to do, all of them in families, and as JSON."""
    one = run("explain", "S02")
    assert one.code == 0
    assert one.out.startswith("S02 partial-breakdown (warning, sums)")
    assert "What to do:" in one.out
    assert run("explain", "partial-breakdown") == one
    codes = json.loads(run("explain", "--all", "-f", "json").out)
    shown = run("explain", "--all").out
    assert all(code["id"] in shown and code["family"] in shown for code in codes)
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert run("explain").code == run("explain", "--all", "S01").code == 2


def test_the_codebook_is_shown(run: Run) -> None:
    """Codes, units, definitions; one of them when asked."""
    assert len(json.loads(run("codebook", "-f", "json").out)) == 26
    assert "attempts_aborted" in run("codebook").out
    assert list(json.loads(run("codebook", "-f", "json", "deaths").out)) == ["deaths"]
    assert run("codebook", "death").said == ["migstats: unknown indicator 'death'; did you mean 'deaths'?"]


def test_scores_are_told(run: Run) -> None:
    """Text and JSON, a floor, errors, and what is no gold."""
    for path in GOLD.iterdir():
        shutil.copy(path, "seeds")
    done = run("score", "seeds", "--errors")
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("documents 5, all right in ")
    values = json.loads(run("score", "seeds", "-f", "json").out)
    assert values["right"] + values["missed"] == 45
    assert run("score", "seeds", "--min-f1", "1.1").code == 1
    assert run("score", "seeds", "--only", "003").out.splitlines()[-1].startswith("documents 1,")
    assert run("score", "nothing").said == ["migstats: nothing: no such file or folder"]
    assert run("score", "seeds", "--by", "languages").said == [
        "migstats: unknown key 'languages'; did you mean 'language'?"
    ]


def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    """`extract … | head -1` says nothing on stderr."""
    for index in range(60):
        shutil.copytree(folder / "seeds", folder / f"many/{index}")
    command = f"{sys.executable} -m migstats extract many | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    json.loads(done.stdout)


def test_ctrl_c_leaves_valid_lines(folder: Path) -> None:
    """Exit 130, and what was written can be read."""
    for index in range(400):
        shutil.copytree(folder / "seeds", folder / f"many/{index}")
    command = [sys.executable, "-m", "migstats", "extract", "many", "-f", "jsonl"]
    with subprocess.Popen(command, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(0.1)
        program.send_signal(signal.SIGINT)
        rest, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert b"Traceback" not in said
    for line in (first + rest).splitlines():
        json.loads(line)


def test_a_terminal_gets_a_table(folder: Path) -> None:
    """Colour and a table on a terminal, no colour with NO_COLOR, no escape sequence of a text."""
    (folder / "a.txt").write_text("\x1b[31mEvil\x1b]0;title\x07 news: 1,200 migrants were rescued at sea in 2023.")
    plain = on_terminal(["extract", "a.txt", "-q"], {"NO_COLOR": "1"})
    assert "indicator" in plain
    assert "rescues" in plain
    assert "\x1b[3" not in plain
    assert "\x1b[36m" in on_terminal(["extract", "a.txt", "-q"], {"TERM": "xterm-256color"})
    for arguments in (["check", "a.txt"], ["extract", "a.txt"], ["extract", "-f", "csv", "a.txt"]):
        shown = on_terminal([*arguments, "-q"], {"NO_COLOR": "1"})
        assert "\x1b[31m" not in shown
        assert "\x1b]0" not in shown


def on_terminal(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """Run the program on a terminal."""
    master, slave = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "migstats", *arguments]
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={**settings, "TERM": "xterm", **environment}
    ) as program:
        os.close(slave)
        shown = read_terminal(master)
        program.wait(timeout=60)
    return shown.decode("utf-8")


@pytest.mark.parametrize("arguments", [[], ["extract"], ["extrct", "x"], ["extract", "--formt", "x", "y"]])
def test_usage_errors_exit_2(arguments: Sequence[str]) -> None:
    """What is no command, or lacks an argument."""
    result = CliRunner().invoke(migstats, list(arguments))
    assert result.exit_code == 2


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List all commands."""
    context = click.Context(group)
    found: list[tuple[str, ...]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


@pytest.mark.parametrize("path", commands(migstats), ids=" ".join)
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    """Nothing is left unsaid."""
    command: click.Command = migstats
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
    assert CliRunner().invoke(migstats, [*path, "--help"]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "sqlite"], "the format sqlite is no text; name a file or a folder for it with -o"),
        (["-o", "a.sqlite", "--resume"], "--resume cannot go on with the format sqlite, which is written as a whole"),
        (
            ["-o", "a.md", "--spreadsheet-safe"],
            "--spreadsheet-safe does nothing for the format md; it is for csv, hxl, tsv",
        ),
        (["-o", "seeds"], "seeds: has 000_35c5f9dd746530cc.txt in it, which would be lost; name a new folder"),
        (["-o", "a.docx"], "unknown suffix '.docx'"),
    ],
)
def test_formats_say_what_they_cannot(folder: Path, run: Run, arguments: list[str], said: str) -> None:
    """In one line, before anything is done."""
    done = run("extract", "seeds", *arguments)
    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert said in done.err
    assert [entry.name for entry in folder.iterdir()] == ["seeds"]


def test_formulas_are_made_harmless(folder: Path, run: Run) -> None:
    """In standard output and in files alike, with one process or more."""
    (folder / "=1+1.txt").write_text(CAPTURE)
    plain = run("extract", "=1+1.txt", "-f", "csv").out
    assert plain.splitlines()[1].split(",")[1] == "=1+1.txt"
    safe = run("extract", "=1+1.txt", "-f", "csv", "--spreadsheet-safe").out
    assert safe == plain.replace(",=1+1.txt", ",'=1+1.txt")
    for jobs in ("1", "2"):
        assert run("extract", "=1+1.txt", "--spreadsheet-safe", "-o", "a.csv", "-j", jobs).code == 0
        assert (folder / "a.csv").read_text(encoding="utf-8") == safe


def test_folders_and_databases_are_made(folder: Path, run: Run) -> None:
    """By suffix or by name; what could not be read is told all the same."""
    for arguments in (["-o", "package"], ["-o", "a.sqlite"], ["-f", "brat", "-o", "brat"]):
        done = run("extract", "seeds", "missing.txt", *arguments)
        assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert sorted(entry.name for entry in (folder / "package").iterdir()) == [
        "codebook.csv", "datapackage.json", "documents.csv", "figures.csv",
    ]  # fmt: skip
    assert len(list((folder / "brat").glob("*.ann"))) == 5
