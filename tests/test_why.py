"""Why a number is what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migstats.cli import migstats
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.runs.examine import Examined, examine_one
from migstats.why import explain_number, find_number

TEXT = (
    "In 2023 the navy rescued nearly 1,200 migrants off Larache, 300 of them women, and the police arrested 12 others. "
    "Some 45 gromits were painted. It cost 3 million euros. A boat carried 14 cats; 77 came."
)


@pytest.fixture(scope="module")
def examined(packs: Packs) -> Examined:
    """One text with numbers of many kinds."""
    return examine_one(Document("a.txt", TEXT, published="2024-01-05"), packs)


def why(number: str, examined: Examined, packs: Packs) -> dict[str, str]:
    """What is told of a number, by what it is about."""
    index = find_number(examined, offset=TEXT.index(number))
    return dict(explain_number(examined, index, packs))


def test_a_figure_tells_its_words_and_its_rule(examined: Examined, packs: Packs) -> None:
    """Noun, event, qualifier, and where period and place come from."""
    told = why("1,200", examined, packs)
    assert told["read as"] == "1 200, approximately (cardinal; 'nearly')"
    assert told["figure"].startswith("rescues, count, in persons: ")
    assert "of pack en; anchor: " in told["rule"]
    assert told["noun"].startswith("'migrants' at ")
    assert told["event"] == f"'rescued' at {TEXT.index('rescued')} is in rescue"
    assert told["period"] == "2023: told in its sentence ('In 2023' at 0)"
    assert told["place"] == f"'Larache' at {TEXT.index('Larache')}"


def test_what_competed_and_lost_is_told(examined: Examined, packs: Packs) -> None:
    """Another event of the sentence, with its distance."""
    told = why("1,200", examined, packs)
    assert "lost" not in told or "against" in told["lost"]
    both = examine_one(Document("b.txt", "In 2023, 1,200 migrants rescued at sea were deported to Mali."), packs)
    rows = explain_number(both, find_number(both, offset=9), packs)
    lost = [says for what, says in rows if what == "lost"]
    assert any("distance" in says and "against" in says for says in lost)


def test_a_part_tells_what_it_hangs_on(examined: Examined, packs: Packs) -> None:
    """The number that lent it its reading, and the issues that it is in."""
    told = why("300", examined, packs)
    assert told["hangs on"].startswith("'1,200' at ")
    assert told["part of"] == f"the number at {TEXT.index('1,200')}"
    assert told["issue"].startswith("S06 (note): ")


@pytest.mark.parametrize(
    ("number", "kind"),
    [("2023", "year: a year"), ("3 million", "money: an amount of money"), ("14", "animals: animals")],
)
def test_another_number_tells_its_kind(number: str, kind: str, examined: Examined, packs: Packs) -> None:
    """With what the codebook says of it."""
    assert why(number, examined, packs)["kind"] == kind


def test_the_words_that_give_a_kind_are_quoted(examined: Examined, packs: Packs) -> None:
    """Before it, behind it, or the period that holds it."""
    assert why("3 million", examined, packs)["because"] == "'euros' stands behind it"
    assert why("2023", examined, packs)["because"] == "it belongs to 'In 2023'"


def test_what_is_no_figure_tells_what_it_lacked(examined: Examined, packs: Packs) -> None:
    """The nearest rule, and the word that it lacked."""
    told = why("45", examined, packs)
    assert told["noun"] == "'gromits' is in no class that any pack knows"
    assert "'gromits' is in no class" in told["lacked"]
    assert why("77", examined, packs).keys() >= {"nearest", "lacked"}


def test_every_number_of_the_seeds_has_a_reason(packs: Packs) -> None:
    """Each number of each seed can be asked about; what is no figure has words for its kind."""
    for path in sorted(Path("seeds").glob("*.txt")):
        examined = examine_one(Document(path.name, path.read_text("utf-8")), packs)
        for n in range(1, len(examined.analysis.ledger) + 1):
            told = dict(explain_number(examined, n, packs))
            assert "rule" in told or ":" in told["kind"], (path.name, n, told)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(migstats, ["check", *arguments], prog_name="migstats")


def test_a_number_is_named_by_place_or_offset(tmp_path: Path) -> None:
    """`N` of one document, or `FILE:OFFSET`; as text or JSON."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    by_place = run(str(path), "--explain", "2")
    by_offset = run("--explain", f"{path}:{TEXT.index('1,200') + 2}")
    assert by_place.exit_code == by_offset.exit_code == 0
    assert by_place.output == by_offset.output
    values = json.loads(run(str(path), "--explain", "2", "-f", "json").output)
    assert values["index"] == 2
    assert values["why"][0]["what"] == "number"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--explain", "x"], "'x' names no number"),
        (["a.txt", "b.txt", "--explain", "2"], "there is a number 2 in each document; name one"),
        (["a.txt", "--explain", "99"], "a.txt: there is no number 99; its numbers are 1 to "),
        (["--explain", "a.txt:3"], "a.txt: no number stands at 3"[:25]),
        (["a.txt", "--explain", "2", "-f", "sarif"], "unknown format 'sarif'"),
        ([], "no document is named"),
    ],
    ids=str,
)
def test_what_names_no_number_is_told(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and exit 2."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("abcdefg. " + TEXT)
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
