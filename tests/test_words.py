"""Words live in packs: no Python file holds a word of a language, a source, a place or an indicator.

What a program says to its user, in English, is no such word; so the modules that read texts are held to more than
those that talk.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import migstats

ROOT = Path(migstats.__file__).parent
PACKS = ROOT / "packs"
MODULES = sorted(ROOT.rglob("*.py"))
TALKING = set(
    """annotated check cli codes crew engine errors examine examples extract extras fingerprint gold lack
library lines load mark model notebook output patterns pipeline present publish read recall record
report resume runaway schema score series shard show spark version walk why work write yamlfile
__init__ __main__""".split()
)
"""Modules that hold what is said to the user, and the names of the record; all others only read texts."""

NAMES = set("always break decade either followed meta never paragraph previous season uncounted week weekend".split())
"""Names of kinds, sides and units in the code, which English has as words too."""

MISSING = ("yamlfile", "missing")
"""What pydantic calls a key that is not there, and we an indicator."""

NAME = re.compile(r"\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*")
WORD = re.compile(r"[^\W\d_]{4,}")
MESSAGES = ("Error", "Fault", "UnknownName", "BinaryInput", "TypeVar", "NewType")


def unit(path: Path) -> str:
    """Tell which module a file is, or which package of those that talk it belongs to."""
    first, *_, last = (*path.relative_to(ROOT).parts, path.name)
    return first if first in TALKING else last.removesuffix(".py")


@cache
def contents() -> Mapping[str, Any]:
    """Read every pack as plain YAML, by its path."""
    return {
        str(path.relative_to(PACKS)): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for path in sorted(PACKS.rglob("*.yaml"))
    }


def leaves(node: object) -> Iterator[str]:
    """Go through the texts of a pack."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    elif isinstance(node, str):
        yield node


def keys(node: object) -> Iterator[str]:
    """Go through the keys of a pack: names that code and packs share."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key)
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


@cache
def shared_names() -> frozenset[str]:
    """Gather the names that packs and code have in common: keys, units, closed values, and the names of the code."""
    names = {key for content in contents().values() for key in keys(content)}
    names.update(leaves(contents()["codebook.yaml"]["units"]))
    names.update(text for name in ("loading/schema.py", "vocabulary.py") for text, _ in literals(ROOT / name))
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.arg | ast.keyword):
                names.add(str(node.arg))
    return frozenset(part.lower() for name in names for part in (name, *re.split(r"[_\W]+", name)))


@cache
def pack_words(english: bool) -> frozenset[str]:
    """Gather the words of the language packs: of English, or of the others less those that English has too."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for name, content in contents().items():
        if name.startswith("languages/") and isinstance(content, Mapping):
            spoken = {key: value for key, value in content.items() if key not in ("examples", "name")}
            found = {word.lower() for leaf in leaves(spoken) for word in WORD.findall(leaf)}
            words["/en." in name].update(found)
    return frozenset(words[True]) if english else frozenset(words[False] - words[True])


@cache
def place_names() -> frozenset[str]:
    """Gather the names of places, in lower case."""
    lines = (PACKS / "places.tsv").read_text(encoding="utf-8").splitlines()
    names = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    return frozenset(name for name in names if len(name) >= 4)


@cache
def source_names() -> frozenset[str]:
    """Gather the names of sources, and the words that they are recognised by."""
    names: set[str] = set()
    for name, content in contents().items():
        if name.startswith("sources/") and isinstance(content, Mapping):
            names.update([Path(name).stem, str(content["name"]), *leaves(content.get("recognise"))])
    return frozenset(name for name in names if len(name) >= 4)


def literals(path: Path) -> Iterator[tuple[str, int]]:
    """List the texts of a file that are neither docstrings nor messages of errors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        elif isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and _name(node.func).endswith(MESSAGES)):
            skipped.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.value, node.lineno


def _name(node: ast.expr) -> str:
    """Name what is called."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def files() -> list[object]:
    """List the files as test parameters."""
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in MODULES]


@pytest.mark.parametrize("path", files())
def test_no_letters_of_other_alphabets(path: Path) -> None:
    """Only ASCII letters stand in code; one that must stand there is escaped, and so seen."""
    source = path.read_text(encoding="utf-8")
    documented = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT and token.start[0] not in documented:
            odd = [one for one in token.string if not one.isascii() and unicodedata.category(one)[0] in "LM"]
            assert not odd, f"{path.name}:{token.start[0]}: {''.join(odd)}"


@pytest.mark.parametrize("path", files())
def test_no_word_of_a_language(path: Path) -> None:
    """A word of a language pack stands in that pack alone."""
    words = pack_words(english=False) | (pack_words(english=True) if unit(path) not in TALKING else frozenset())
    words -= shared_names() | NAMES
    for text, line in literals(path):
        for word in WORD.findall(text):
            assert word.lower() not in words, f"{path.name}:{line}: '{word}'"


@pytest.mark.parametrize("path", files())
def test_no_word_is_compared_with_a_key(path: Path) -> None:
    """What a word of the text is, its pack says, be the word ever so short; only marks are compared as they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "key":
            for part in (part for other in node.comparators for part in ast.walk(other)):
                text = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
                assert not any(letter.isalpha() for letter in text), f"{path.name}:{node.lineno}: '{text}'"


@pytest.mark.parametrize("path", files())
def test_no_language_place_source_or_indicator(path: Path) -> None:
    """No `if language ==`, no name of a place or a source, no code of an indicator or an event."""
    codebook = contents()["codebook.yaml"]
    ids = {name.split("/")[-1].split(".")[0] for name in contents() if name.startswith("languages/")}
    for text, line in literals(path):
        where = f"{path.name}:{line}: '{text}'"
        assert text not in ids, where
        assert text not in codebook["indicators"] or (unit(path), text) == MISSING, where
        assert text not in codebook["events"], where
        assert not any(name in text for name in source_names()), where
        for name in NAME.findall(text):
            assert name.lower() not in place_names(), where


def test_the_guard_itself_works(tmp_path: Path) -> None:
    """A word that should not be there is seen."""
    path = tmp_path / "x.py"
    path.write_text('"""Doc: navires."""\nA = "rescaped"\nraise ValueError("navires")\n', encoding="utf-8")
    assert [text for text, _ in literals(path)] == ["rescaped"]
    assert {"tentative", "migrants"} & (pack_words(english=False) | pack_words(english=True))
    assert {"tripoli", "melilla", "ceuta"} <= place_names()
