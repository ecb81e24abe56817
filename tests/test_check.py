"""The checks: each seed gives what it must, each code is given where it should be and nowhere near."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from conftest import ROOT, SEEDS

from migstats.check import LEVELS, Choice, find_code, list_codes
from migstats.errors import UnknownName
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.read._source import Source
from migstats.read.text import read
from migstats.runs.examine import Examined, examine_one

FOUND = {
    "000": ["S01", "S02"],
    "001": ["C01"],
    "002": ["P02", "P02", "S06"],
    "003": ["D01", "T01", "T01", "T01"],
    "004": ["R01", "S06", "T03"],
}
"""What each seed gives beside a missing date: a sum that holds and a partial breakdown; shares that leave 21 %; a year
to date told as a year; an indicator announced and missing, and damaged text; a claim told twice, a subtotal, a related
link.
"""
SAID = {
    "000": ["12 000 + 4 000 = 16 000", "14 493 of ~ 16 000: 1 507 are not told"],
    "001": ["58 + 12 + 9 = 79 %: 21 % are not told"],
    "002": ["'en 2018' is told of", "1 400 is a part of 22 000: 6.4 %"],
    "003": ["the tags announce attempts_aborted", "'presidents of Sebta'"],
    "004": ["42 071 and \u2265 42 000 are one claim", "1 725 is a part of 8 890: 19.4 %", "300 (attempts_aborted)"],
}


def examine_seed(seed: str, packs: Packs) -> Examined:
    """Read one seed as the command does."""
    path = next(SEEDS.glob(f"{seed}*.txt"))
    with path.open("rb") as stream:
        return examine_one(next(read(Source(stream, path.name, print))), packs)


@pytest.mark.parametrize("seed", FOUND)
def test_each_seed_gives_what_it_must(seed: str, packs: Packs) -> None:
    """These findings, and no other above the level of a note."""
    findings = examine_seed(seed, packs).findings
    assert sorted(one.code for one in findings if one.code != "T02") == FOUND[seed]
    messages = "\n".join(one.message for one in findings)
    for said in SAID[seed]:
        assert said in messages


def test_codes_are_whole() -> None:
    """Each has a family, a level, an example, a name of its own; ids are in order within their family."""
    codes = list_codes()
    assert len({code.id for code in codes}) == len({code.name for code in codes}) == len(codes)
    assert all(code.level in LEVELS and code.says and code.remedy and code.example for code in codes)
    families = {code.id[0]: code.family for code in codes}
    assert all(families[code.id[0]] == code.family for code in codes)
    assert len(families) == len(set(families.values())) == 8


@pytest.mark.parametrize("code", [code.id for code in list_codes() if code.id != "K02"])
def test_the_example_of_a_code_gives_it(code: str, packs: Packs) -> None:
    """What `explain` shows is so; the code that needs an address is in the table."""
    found = examine_one(document_of({"text": find_code(code).example, "published": None}), packs).findings
    assert code in [one.code for one in found]


def test_codes_can_be_chosen(packs: Packs) -> None:
    """By beginning or name."""
    document = Document("a", find_code("S06").example)
    assert {one.code for one in examine_one(document, packs, Choice(("S",))).findings} == {"S06"}
    assert "S06" not in {one.code for one in examine_one(document, packs, Choice((), ("subtotal",))).findings}
    with pytest.raises(UnknownName):
        Choice(("X",)).check()


def document_of(case: dict[str, Any]) -> Document:
    """Make the document of a row of the table, with a date unless it is to have none."""
    published = case.get("published", "2024-03-05")
    text = case["text"]
    if published is None and text.startswith("date "):
        published = text.split()[1]
    return Document("a.txt", text, language=case.get("language"), published=published, url=case.get("url"))


def read_table() -> list[Any]:
    """Read the table of small documents."""
    rows = yaml.safe_load((ROOT / "tests" / "data" / "checks.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["id"]) for row in rows]


TABLE = read_table()


@pytest.mark.parametrize("case", TABLE)
def test_a_document_gives_its_codes_and_no_other(case: dict[str, Any], packs: Packs) -> None:
    """What it must give, notes included."""
    findings = examine_one(document_of(case), packs).findings
    told = [f"{one.code} {one.message}" for one in findings]
    assert sorted(one.code for one in findings) == sorted(case["codes"]), told


def test_each_code_is_given_twice_and_missed_twice() -> None:
    """The table has two documents that give a code and two near misses, for every code."""
    rows = [row.values[0] for row in TABLE]
    assert len(rows) >= 60
    for code in (code.id for code in list_codes()):
        assert sum(code in row["codes"] for row in rows) >= 2, f"{code}: too few documents that give it"
        near = [row for row in rows if row.get("near") == code]
        assert len(near) >= 2, f"{code}: too few near misses"
        assert not any(code in row["codes"] for row in near), f"{code}: a near miss gives it"
