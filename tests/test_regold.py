"""Corrections made in annotation tools become gold: what a person changed, and nothing else, is what `score` shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import SEEDS

from migstats.annotated._marks import Mark, Marked
from migstats.cli import migstats
from migstats.errors import MigstatsError
from migstats.gold import find_span, read_gold
from migstats.loading.load import Packs
from migstats.regold import Hearer, read_marked, write_gold

SEED = next(SEEDS.glob("001*"))
TEXT = "In 2023 some 1,200 migrants were rescued at sea; 15 of the 1,200 were women. Half were from X. 16 000km"


def run(*arguments: object) -> tuple[int, str]:
    """Run the program in this process."""
    done = CliRunner().invoke(migstats, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figures of a seed, as both tools get them."""
    folder = tmp_path_factory.mktemp("exported")
    for name in ("brat", "labelstudio"):
        assert run("extract", SEED, "-f", name, "-o", folder / name)[0] == 0
    return folder


def correct_brat(folder: Path, made: Path) -> Path:
    """Move one span and change one indicator, as it is done in brat."""
    made.mkdir()
    for file in folder.iterdir():
        content = file.read_bytes().decode("utf-8")
        if file.suffix == ".ann":
            name = re.search(r"T(\d+)\trescues", content)
            assert name
            content = re.sub(r"\trescues \d+ \d+\t[^\n]*", "\trescues 3 7\t2024", content)
            content = re.sub(rf"(AnnotatorNotes T{name[1]}\tvalue: )\d+", r"\g<1>2024", content)
            content = content.replace("\tvoluntary_returns ", "\tremovals ")
        (made / file.name).write_bytes(content.encode("utf-8"))
    return made


def correct_label_studio(folder: Path, made: Path) -> Path:
    """Do the same as it comes out of Label Studio: submitted, with the time, and other regions as they were."""
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        moved = next(part["id"] for part in result if part["value"].get("labels") == ["rescues"])
        for part in result:
            if part["id"] == moved:
                part["value"] |= {"start": 3, "end": 7} | ({"text": "2024"} if part["type"] == "labels" else {})
                part["value"] |= {"number": 2024.0} if part["from_name"] == "value" else {}
            if part["value"].get("labels") == ["voluntary_returns"]:
                part["value"]["labels"] = ["removals"]
        old = {"id": 1, "result": [], "updated_at": "2024-01-01", "was_cancelled": False}
        task["annotations"] = [
            {"id": 2, "result": result, "updated_at": "2024-02-01", "was_cancelled": False}, old,
            {"id": 3, "result": [], "updated_at": "2024-03-01", "was_cancelled": True},
        ]  # fmt: skip
    made.mkdir()
    (made / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return made / "export.json"


@pytest.mark.parametrize(("name", "correct"), [("brat", correct_brat), ("labelstudio", correct_label_studio)])
def test_score_shows_just_what_was_corrected(
    name: str, correct: Callable[[Path, Path], Path], exported: Path, tmp_path: Path
) -> None:
    """One span and one indicator: each wrong as it was found, and missed as it should be."""
    corrected = correct(exported / name, tmp_path / "corrected")
    assert run("gold", "import", corrected, "-o", tmp_path / "gold") == (0, "1 documents, 9 figures\n")
    code, out = run("score", tmp_path / "gold", "--errors", "-f", "json")
    score = json.loads(out)
    assert code == 0
    assert (score["right"], score["false"], score["missed"]) == (7, 2, 2)
    shown = sorted((error["kind"], error["said"].split()[0]) for error in score["errors"])
    assert shown == [
        ("false", "rescues"),
        ("false", "voluntary_returns"),
        ("missed", "removals"),
        ("missed", "rescues"),
    ]


def test_without_corrections_all_is_right(exported: Path, tmp_path: Path) -> None:
    """Text and figures come back as they went, attributes too."""
    assert run("gold", "import", exported / "brat", "-o", tmp_path)[0] == 0
    assert (tmp_path / f"{SEED.stem}.txt").read_bytes() == SEED.read_bytes()
    _, out = run("score", tmp_path, "--errors", "-f", "json")
    assert json.loads(out)["errors"] == []


def test_predictions_are_no_gold(exported: Path, tmp_path: Path) -> None:
    """What nobody has looked at is not imported."""
    code, out = run("gold", "import", exported / "labelstudio" / "tasks.json", "-o", tmp_path)
    assert code == 2
    assert "nobody has submitted an annotation" in out


def make(packs: Packs, folder: Path, *marks: Mark) -> tuple[list[dict[str, Any]], list[str]]:
    """Make a gold file of marks: its figures, and what was said."""
    said: list[str] = []
    marked = Marked("a", "a.ann", TEXT, {"language": "en", "published": "2024-01"}, marks)
    write_gold(marked, folder, packs, Hearer(said.append, lambda error: said.append(str(error))))
    gold = read_gold(folder / "a.gold.yaml")
    assert (gold.language, gold.published) == ("en", "2024-01")
    return [figure.model_dump(exclude_defaults=True) for figure in gold.figures], said


def mark(words: str, nth: int = 1, **values: Any) -> Mark:
    """Mark some words."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Mark(at, at + len(words), {"indicator": "rescues", **values})


def test_what_is_not_told_is_read(packs: Packs, tmp_path: Path) -> None:
    """A value from the number, a unit from the codebook; blanks around the mark do not count."""
    figures, said = make(packs, tmp_path, mark(" 1,200 ", 2), mark("15 "))
    assert figures == [
        {"number": "15", "indicator": "rescues", "value": 15, "unit": "persons"},
        {"number": "1,200", "nth": 2, "indicator": "rescues", "value": 1200, "unit": "persons"},
    ]
    assert said == []
    assert find_span(TEXT, "1,200", 2) == (TEXT.rindex("1,200"), TEXT.rindex("1,200") + 5)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (mark("1,200", value=12), "the value is 12, but the number reads as 1200"),
        (mark("1,200", indicator="rescue"), "unknown indicator 'rescue'; did you mean 'rescues'?"),
        (mark("1,200", unit="sheep"), "unknown unit 'sheep'"),
        (mark("1,200", perod="2023"), "unknown key 'perod'; did you mean 'period'?"),
        (mark("1,200", period="last year"), "period"),
        (mark("migrants"), "its value is not told, and cannot be read"),
        (mark("00", value=200), "not a whole number; mark all of it"),
    ],
)
def test_what_is_odd_is_told(marked: Mark, expected: str, packs: Packs, tmp_path: Path) -> None:
    """With where it stands; the other figures are written."""
    figures, said = make(packs, tmp_path, marked, mark("15"))
    assert figures[-1]["number"] == "15"
    assert len(said) == 1
    assert expected in said[0]
    assert said[0].startswith("a.ann: ")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "{", "no JSON"),
        ("a.json", "{}", "no list of tasks"),
        ("a.json", '[{"annotations": [{"result": [{}]}]}]', "task 1 is none of ours"),
        (
            "a.ann",
            "T1\trescues 0 2\tIn\n#1\tAnnotatorNotes T1\tvalue: [",
            "a.ann:2: the note 'value: [' cannot be read",
        ),
        ("a.txt", "", "no annotations"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, content: str, said: str, tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "a.txt").write_text("In 2023")
    (tmp_path / name).write_text(content)
    with pytest.raises(MigstatsError) as caught:
        list(read_marked(tmp_path / name))
    assert said in str(caught.value)
    with pytest.raises(MigstatsError, match="no such file"):
        list(read_marked(tmp_path / "none"))


def test_brat_reads_what_brat_writes(tmp_path: Path) -> None:
    """Spans in pieces, attributes of others, events and relations, lines in any order."""
    (tmp_path / "a.txt").write_text("12 or\n13 boats")
    lines = ["#1\tAnnotatorNotes T2\tvalue: 12, place: [A, B], high:", "A1\tNegated T2", "A2\tUnit T2 boats",
             "T2\tboats_seized 0 2;6 8\t12 13",
             "R1\tPart_of Arg1:T2 Arg2:T2", "E1\tboats_seized:T2", "*\tEquiv T2 T2"]  # fmt: skip
    (tmp_path / "a.ann").write_text("\n".join(lines) + "\n")
    (read,) = read_marked(tmp_path)
    expected = {"indicator": "boats_seized", "unit": "boats", "value": 12, "place": ["A", "B"], "high": None}
    assert read.marks == (Mark(0, 8, expected),)
