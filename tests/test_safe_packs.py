"""Packs are data: loading one runs no code, opens no other file, and ends in bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

import migstats
from migstats.cli import migstats as main
from migstats.errors import PackError
from migstats.loading.load import load_packs
from migstats.loading.yamlfile import read_yaml
from migstats.model import Document
from migstats.plainyaml import DEEPEST, LARGEST, LONGEST
from migstats.read._header import describe

HEAD = b"name: Ministry of boats\nsays: a ministry that does not exist\nrecognise:\n  wording: [ministry of boats]\n"
LAUGHS = b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n".encode() for i in range(1, 12)
)
REFUSED: dict[str, tuple[bytes, str]] = {
    "a call": (b"says: !!python/object/apply:os.system ['true']", "tags such as"),
    "a name of the language": (b"says: !!python/name:os.system", "tags such as"),
    "a tag of its own": (b"says: !include /etc/passwd", "tags such as !include"),
    "a billion laughs": (LAUGHS, "aliases are not taken"),
    "a list that holds itself": (b"says: &a [*a]", "aliases are not taken"),
    "a merged mapping": (b"a: &a {says: x}\nb:\n  <<: *a", "aliases are not taken"),
    "brackets without end": (b"says: " + b"[" * 200_000, f"nested more than {DEEPEST} deep"),
    "brackets that close": (b"says: " + b"[" * 20_000 + b"]" * 20_000, f"nested more than {DEEPEST} deep"),
    "dashes": (b"- " * 50_000 + b"a", f"nested more than {DEEPEST} deep"),
    "a text without end": (b"says: " + b"x" * (LONGEST + 1), f"more than {LONGEST:,} characters"),
    "a file without end": (b"# x\n" * (LARGEST // 4 + 1), "larger than 8 MB"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_more_than_data_is_refused(data: bytes, said: str) -> None:
    """One line with the file and the reason, in little memory."""
    tracemalloc.start()
    with pytest.raises(PackError) as caught:
        read_yaml(data, "boats.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said in str(caught.value)
    assert str(caught.value).startswith("boats.yaml")
    assert peak < 20 << 20


@pytest.mark.parametrize("data", [b"a: 'a *star and & sign'", b"a: [b*, c&d]", b"a: &anchor b"], ids=repr)
def test_signs_of_yaml_inside_a_text_are_text(data: bytes) -> None:
    """A star in a word is a star; an anchor that nothing refers to does no harm."""
    assert read_yaml(data, "boats.yaml")


@pytest.mark.parametrize("data", [row[0] for row in REFUSED.values()], ids=REFUSED)
def test_front_matter_is_no_way_in(data: bytes) -> None:
    """A document's own head is read as packs are; what is refused says nothing, and the text is read."""
    text = f"---\ntitle: Boats\n{data.decode()}\n---\nThe coast guard rescued 300 migrants in 2023.\n"
    assert describe(Document("a.txt", text)).title is None


def test_a_folder_is_all_that_is_read(tmp_path: Path) -> None:
    """A link out of the folder is a pack like any other or an error, and names never lead out of it."""
    outside = tmp_path / "secret.yaml"
    outside.write_bytes(b"root: x")
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "boats.yaml").write_bytes(HEAD.replace(b"boats]", b"boats, ../../secret]"))
    (packs / "more.yaml").symlink_to(outside)
    loaded = load_packs([packs])
    assert set(loaded.sources) - set(load_packs().sources) == {"boats"}
    assert [problem.path for problem in loaded.problems] == [str(packs / "more.yaml")] * len(loaded.problems)
    assert loaded.problems


WATCHED = """
import json, os, sys
from migstats.engine import engine_of
from migstats.runs.extract import Wanted, extract_one
from migstats.loading.load import load_packs
from migstats.model import Document
text = "ministry of boats: in 2023, 12 boats were stopped. En 2023, 12 migrants ont \u00e9t\u00e9 intercept\u00e9s."
def run(*folders):
    packs = load_packs(folders)
    found = [extract_one(Document(n, text, n), packs, Wanted())[1] for n in packs.languages]
    return [*map(str, packs.problems), *(r.rule for rows in found for r in rows)]
from pathlib import Path
run()
run(Path(sys.argv[1]) / "bad")  # so that our own modules are there
seen = []
def hear(event, arguments):
    if event == "open":
        seen.append([event, str(arguments[0])])
    elif event.split(".")[0] in "exec import compile subprocess os socket shutil ctypes urllib".split():
        seen.append([event, str(arguments[0])[:80] if arguments else ""])
sys.addaudithook(hear)
said = run(Path(sys.argv[1]) / "bad")
json.dump([said, seen], sys.stdout)
"""
HOSTILE = """
name: ../../../secret
says: $(touch secret) `touch secret` {{7*7}} ${HOME} %(x)s !!python/object/apply:os.system
recognise:
  wording: [ministry of boats]
  headers: [../../secret.txt]
  names: ['../secret\\.txt']
fragments: {secret: '(?:../secret.txt|file:///etc/passwd)'}
rules:
  - id: boats-stopped
    says: __import__('os').system('touch secret')
    indicator: boats_seized
    unit: boats
    pattern: '$number (?:boats|$secret) were stopped'
    examples:
      - {text: "12 boats were stopped.", from: ../../secret.txt, name: ../../secret.txt}
"""


def is_constructor(event: str, what: str) -> bool:
    """Tell the methods of our own values, which are compiled after some use; what is run was compiled before."""
    return what.startswith("b'def __") if event == "compile" else event == "exec" and 'file "<string>"' in what


def test_loading_opens_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    """As the system of audits hears it: packs are read from their folder, and what is kept from the cache."""
    (tmp_path / "bad" / "sources").mkdir(parents=True)
    (tmp_path / "bad" / "sources" / "ministry.yaml").write_text(HOSTILE)
    for name, (data, _) in REFUSED.items():
        (tmp_path / "bad" / "sources" / f"{name.replace(' ', '-')}.yaml").write_bytes(HEAD + data + b"\n")
    (tmp_path / "secret.txt").write_text("secret")
    ours = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)],
        cwd=tmp_path,
        env=ours,
        capture_output=True,
        text=True,
        check=False,
    )
    said, seen = json.loads(done.stdout or "[[], []]")
    assert len([line for line in said if ".yaml" in line]) == len(REFUSED), done.stderr
    assert "ministry/boats-stopped" in said
    packs, own, cache = (
        tmp_path / "bad",
        Path(migstats.__file__).parent / "packs",
        Path(os.environ["MIGSTATS_CACHE_DIR"]),
    )
    opened = {Path(path) for event, path in seen if event == "open"}
    assert {path for path in opened if packs in path.parents} == set(packs.rglob("*.yaml"))
    assert [path for path in opened if not {packs, own, cache} & set(path.parents)] == []
    allowed = {"os.scandir", "os.listdir", "os.mkdir", "os.remove", "os.rename"}
    others = [
        (event, what) for event, what in seen if event not in {*allowed, "open"} and not is_constructor(event, what)
    ]
    assert others == []
    reached = {Path(what) for event, what in seen if event in allowed}
    assert [
        p for p in reached if not {packs, own, cache, tmp_path} & {p, *p.parents} and own.parent not in (p, p.parent)
    ] == []
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize(
    "command", [["show", "../secret"], ["show", "../../secret.txt"], ["test", "sources/../secret"]]
)
def test_a_name_is_no_path(command: list[str], tmp_path: Path) -> None:
    """A pack is found by its name among those there are, and nowhere else."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "boats.yaml").write_bytes(HEAD)
    (tmp_path / "secret.yaml").write_bytes(b"secret: 1")
    done = CliRunner().invoke(main, ["packs", *command, "--packs", str(tmp_path / "packs")])
    assert done.exit_code == 2
    assert "unknown pack" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [("language: ../../etc/passwd", "unknown language '../../etc/passwd'"), ("id: ../x", "unknown key"),
     ("extends: ../x.yaml", "unknown key"), ("tests: ../x.yaml", "unknown key"), ("path: ../x", "unknown key")],
)  # fmt: skip
def test_no_key_names_a_file(key: str, said: str, tmp_path: Path) -> None:
    """There is none that would be opened: those that others know are unknown here."""
    (tmp_path / "boats.yaml").write_bytes(HEAD + key.encode() + b"\n")
    problems = load_packs([tmp_path]).problems
    assert len(problems) == 1
    assert said in problems[0].message
