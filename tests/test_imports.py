"""Imports go one way: a module takes only from those above it in this list."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import migstats

ROOT = Path(migstats.__file__).parent

PLAN = """
version folder plainyaml errors extras interrupt collector value model
caching: regex snapshot cache
constraint vocabulary read formats
loading: yamlfile schema runaway patterns codes load
texts: fold view token phrase sentence passage
words: entry tag lexicon spot item
numbers: grammar digit addition cardinal share qualifier touch kind interval numeral claim dual
periods: timespan dating template period_rule period dateline
place language
tables: cell almanac recut grid caption rows stack inline
find frame recognise
matching: wording nounphrase sharing scope path link slot reach measured candidate match heads clause topic flow
  listing segment column tabulate carry change retell
readings: moment percent timing complement telling narrow resolve ledger
study
records: record columns arrow annotation
show whole write bounds check output mark alike series lines publish recall sieve engine pipeline
lack report
runs: walk shard extract examine keep crew work fingerprint resume
why present spark gold annotated regold examples score notebook library cli __main__
"""
"""The stages from the first to the last; before a colon stands a room, behind it what it holds, in order, too."""


def read_plan() -> list[str]:
    """List the modules of the plan, those of a room with its name before theirs."""
    order: list[str] = []
    for line in PLAN.replace("\n  ", " ").strip().splitlines():
        room, colon, names = line.rpartition(": ")
        order += [f"{room}.{name}" if colon else name for name in names.split()]
    return order


ORDER = read_plan()
ROOMS = {name.partition(".")[0] for name in ORDER if "." in name}

MODULES = sorted(ROOT.rglob("*.py"))
HEAVY = ("pydantic", "yaml", "rich", "importlib.metadata", "importlib.resources", "decimal")


def unit(path: Path) -> str:
    """Tell which name of the plan a file belongs to."""
    return name_of(path.relative_to(ROOT).with_suffix("").parts)


def name_of(parts: Sequence[str]) -> str:
    """Tell which name of the plan a module has: in a room its own, elsewhere that of its package."""
    return ".".join(parts[:2]) if parts[0] in ROOMS else parts[0]


def imports(path: Path) -> Iterator[str]:
    """List what a file imports from us, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            if node.module and node.module.split(".")[0] == "migstats":
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "migstats")


def test_every_module_has_its_place() -> None:
    """The list names all there is, and nothing else."""
    there = {unit(path) for path in MODULES if path.name != "__init__.py" or unit(path).count(".") == 0}
    assert sorted(there - {"__init__"}) == sorted(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_imports_go_one_way(path: Path) -> None:
    """No import from below, none through the package's root."""
    for name in imports(path):
        assert name != "migstats", "import from the module, not from the package"
        target = name_of(name.split(".")[1:])
        if path.name == "__init__.py" and path.parent == ROOT:
            assert target in ("version", *migstats._HOMES.values())
        elif unit(path).endswith(".__init__"):
            raise AssertionError("a room says what it is for, and no more")
        elif target == unit(path):
            assert name.split(".")[-1].startswith("_") or path.parent.name == target, "formats do not know each other"
        else:
            assert ORDER.index(target) < ORDER.index(unit(path)), f"{unit(path)} takes from {target}, which is below it"


def test_formats_and_commands_stand_alone() -> None:
    """A format or a command takes nothing from another: only from the helpers of its folder."""
    for path in MODULES:
        folder = path.parent.name
        if folder in ("read", "write", "lines", "cli", "check", "present"):
            for name in imports(path):
                if name.startswith(f"migstats.{folder}."):
                    assert name.rpartition(".")[2].startswith("_")


def test_help_starts_fast() -> None:
    """Nothing heavy is imported to show the help."""
    code = (
        "import sys\n"
        "from migstats.cli import migstats\n"
        "migstats.main(['--help'], standalone_mode=False)\n"
        f"sys.exit(' '.join({{name for name in {HEAVY!r} if name in sys.modules}}) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "extract" in done.stdout


@pytest.mark.parametrize("command", [["extract", "-f", "jsonl"], ["check"]], ids=" ".join)
def test_a_second_run_starts_fast(command: list[str]) -> None:
    """What packs are compiled into is kept: neither YAML nor the shape of packs is needed again."""
    seed = next((ROOT.parent / "seeds").glob("003*"))
    code = (
        "import sys\n"
        "from migstats.cli import migstats\n"
        f"migstats.main([*{command!r}, {str(seed)!r}], standalone_mode=False)\n"
        "told = [name for name in ('pydantic', 'yaml', 'importlib.metadata', 'rich') if name in sys.modules]\n"
        "print(*told, file=sys.stderr)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout
    assert set(done.stderr.split()) <= ({"rich"} if command == ["check"] else set())


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    """A module opens with a sentence, and is no longer than 300 lines."""
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert len(source.splitlines()) <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 46, f"{node.name} is too long"
