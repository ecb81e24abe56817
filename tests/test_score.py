"""Scoring: what is right, false and missed, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import GOLD, SEEDS, TEXT

from migstats.errors import MigstatsError, ReadError
from migstats.gold import Gold, compare, find_gold, find_span, is_same, read_gold
from migstats.loading.schema import Figure
from migstats.model import Analysis
from migstats.records.record import Record
from migstats.score import By, Score, as_values, quote_sentence, score_document

RIGHT = """\
id: a
language: en
published: 2024-01
figures:
  - {number: "1,200", indicator: rescues, value: 1200, unit: persons, period: 2023, place: [Sebta]}
  - {number: "15", indicator: rescues, value: 15, unit: persons, period: "2023", group: women}
  - {number: "30", indicator: rescues, value: 30, unit: persons, context: related}
"""


def make_gold(folder: Path, content: str = RIGHT, name: str = "a") -> Gold:
    """Write a gold file with its text, and read it."""
    (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    path = folder / f"{name}.gold.yaml"
    path.write_text(content, encoding="utf-8")
    return read_gold(path)


def run(gold: Gold, analysis: Analysis, records: list[Record], by: By = "indicator") -> Score:
    """Score one document."""
    score = Score(by)
    score_document(score, gold, analysis, records)
    return score


def test_all_right(tmp_path: Path, analysis: Analysis, records: list[Record]) -> None:
    """What is annotated is found; the related figure is neither asked for nor wrong."""
    score = run(make_gold(tmp_path), analysis, records)
    assert (score.total.right, score.total.false, score.total.missed) == (2, 0, 0)
    assert (score.total.f1, score.documents, score.perfect) == (1.0, 1, 1)
    assert score.attributes == {
        "qualifier": [2, 2],
        "unit": [2, 2],
        "period": [2, 2],
        "place": [1, 1],
        "modality": [2, 2],
        "group": [1, 1],
    }
    assert not score.errors


def test_false_and_missed_are_explained(tmp_path: Path, analysis: Analysis, records: list[Record]) -> None:
    """A false figure names its rule, a missed one what its number was taken for."""
    content = RIGHT.replace("indicator: rescues, value: 15,", "indicator: deaths, value: 15,")
    content += "  - {number: Two, indicator: boats_seized, value: 2, unit: boats}\n"
    content += '  - {number: "2023", indicator: deaths, value: 2023}\n'
    score = run(make_gold(tmp_path, content), analysis, records)
    assert (score.total.right, score.total.false, score.total.missed) == (1, 1, 3)
    assert score.perfect == 0
    false, *missed = score.errors
    assert (false.kind, false.said, false.why) == ("false", "rescues count 15", "group, rule en/rescue/person")
    assert false.sentence.endswith("including [15] women.")
    assert [error.why for error in missed] == ["figure", "unclaimed, nearest seize/boat, lacked seize", "year"]


@pytest.mark.parametrize(
    ("old", "new", "attribute"),
    [
        ("unit: persons, period: 2023", "unit: operations, period: 2023", "unit"),
        ("period: 2023", "period: 2022/2023", "period"),
        ("place: [Sebta]", "place: [Sebta, Melilla]", "place"),
        ("place: [Sebta]", "qualifier: at_least", "qualifier"),
        ("place: [Sebta]", "modality: planned", "modality"),
        ("place: [Sebta]", "change: {percent: 3, baseline: 2022}", "change"),
        ("place: [Sebta]", "high: 1300", "high"),
        ("group: women", "group: men", "group"),
    ],
)
def test_wrong_attributes_are_told(
    old: str, new: str, attribute: str, tmp_path: Path, analysis: Analysis, records: list[Record]
) -> None:
    """A right figure with a wrong attribute is right, and the attribute is an error of its own."""
    score = run(make_gold(tmp_path, RIGHT.replace(old, new, 1)), analysis, records)
    assert score.total.f1 == 1.0
    assert score.attributes[attribute][0] < score.attributes[attribute][1]
    assert [error.said.partition(":")[0] for error in score.errors] == [attribute]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("indicator", {"rescues"}),
        ("language", {"en"}),
        ("basis", {"anchor", "group"}),
        ("prefix", {"a"}),
    ],
)
def test_rows_are_by_what_is_asked(
    by: By, rows: set[str], tmp_path: Path, analysis: Analysis, records: list[Record]
) -> None:
    """The same figures under other headings."""
    score = run(make_gold(tmp_path), analysis, records, by)
    assert set(score.rows) == rows
    assert score.total.right == 2


def test_a_score_is_plain_json(tmp_path: Path, analysis: Analysis, records: list[Record]) -> None:
    """All of it can be handed on."""
    values = json.loads(json.dumps(as_values(run(make_gold(tmp_path), analysis, records[:1]))))
    assert (values["f1"], values["recall"], values["missed"]) == (0.6667, 0.5, 1)
    assert values["errors"][0]["kind"] == "missed"


def test_nothing_to_find_and_nothing_found_is_right(analysis: Analysis, tmp_path: Path) -> None:
    """An empty document is perfect."""
    score = run(make_gold(tmp_path, "id: a\n"), analysis, [])
    assert (score.total.precision, score.total.recall, score.total.f1, score.perfect) == (1.0, 1.0, 1.0, 1)


@pytest.mark.parametrize(
    ("text", "number", "nth", "span"),
    [
        ("1400 and 400", "400", 1, (9, 12)),
        ("400 and 400", "400", 2, (8, 11)),
        ("sixty-six", "six", 1, (6, 9)),
        ("sixty six", "six", 1, (6, 9)),
        ("une centaine, un", "un", 1, (14, 16)),
        ("4000", "400", 1, None),
        ("400", "400", 2, None),
        ("2,5 (net)", "2,5", 1, (0, 3)),
    ],
)
def test_numbers_are_found_by_occurrence(text: str, number: str, nth: int, span: tuple[int, int] | None) -> None:
    """An occurrence touches no other digit, and no other letter where it is a word."""
    assert find_span(text, number, nth) == span


@pytest.mark.parametrize(
    ("value", "measure", "right"),
    [(33.3, "share", True), (33.9, "share", False), (1200, "count", False)],
)
def test_shares_may_differ_by_half_a_point(value: float, measure: str, right: bool, records: list[Record]) -> None:
    """A third is written in more than one way; a count is exact."""
    record = replace(records[0], measure="share", value=33.33)
    figure = Figure.model_validate({"number": "a third", "indicator": "rescues", "value": value, "measure": measure})
    assert is_same(record, figure) is right


@pytest.mark.parametrize(
    ("period", "published", "right"),
    [
        ("2023", None, True),
        ("2023-01/2023-12", None, True),
        ("2023-01/2023-11", None, False),
        ("2023-01/2023-05", "2023-05", True),
        ("2022/2023", None, False),
        ("2023/..", "2023", True),
    ],
)
def test_periods_end_with_publication(period: str, published: str | None, right: bool, records: list[Record]) -> None:
    """Periods are compared by month, none beyond the month of publication."""
    figure = Figure.model_validate({"number": "1", "indicator": "rescues", "value": 1, "period": period})
    (found,) = [one for one in compare(records[0], figure, published) if one.name == "period"]
    assert found.right is right


def test_what_is_no_gold_is_told(tmp_path: Path, analysis: Analysis) -> None:
    """A wrong path, a number that is not in the text, a figure that is none."""
    with pytest.raises(ReadError, match="no such"):
        list(find_gold([tmp_path / "no"]))
    with pytest.raises(ReadError, match="no gold files"):
        list(find_gold([tmp_path]))
    with pytest.raises(ReadError, match="no gold file"):
        list(find_gold([SEEDS / "000_35c5f9dd746530cc.txt"]))
    with pytest.raises(MigstatsError, match=r"figures\.0\.value: field required"):
        make_gold(tmp_path, 'figures: [{number: "1"}]\n')
    gold = make_gold(tmp_path, 'figures: [{number: "77", value: 77, indicator: deaths}]\n')
    with pytest.raises(ReadError, match="'77' does not stand in the text"):
        run(gold, analysis, [])


def test_the_gold_of_the_seeds_stands_in_the_seeds() -> None:
    """45 figures and one related one, each where it says."""
    found = [read_gold(path) for path in find_gold([GOLD])]
    assert [gold.name for gold in found] == sorted(path.stem for path in SEEDS.glob("*.txt"))
    figures = [(figure, (SEEDS / f"{gold.name}.txt").read_text("utf-8")) for gold in found for figure in gold.figures]
    assert len(figures) == 46
    assert all(find_span(text, figure.number, figure.nth) for figure, text in figures)


def test_two_records_on_one_number_count_once(tmp_path: Path, analysis: Analysis, records: list[Record]) -> None:
    """A figure is used up by the first record that gets it right."""
    score = run(make_gold(tmp_path), analysis, [records[0], records[0], records[1]])
    assert (score.total.right, score.total.false) == (2, 1)


def test_a_number_that_nobody_read_is_told(tmp_path: Path, analysis: Analysis) -> None:
    """The worst miss: not even the ledger has it."""
    number = replace(analysis.readings[0].number, value=Decimal(1))
    blind = replace(analysis, ledger=(replace(analysis.ledger[0], number=number),))
    score = run(make_gold(tmp_path), blind, [])
    assert [error.why for error in score.errors] == ["year", "no number read here"]


def test_a_sentence_is_quoted_with_its_number() -> None:
    """A full stop inside a number ends no sentence."""
    text = "One. Some 16.000 left. Two."
    assert quote_sentence(text, (10, 16)) == "Some [16.000] left."
