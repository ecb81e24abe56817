"""The five seed texts: every figure, right in every attribute, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import GOLD, SEEDS

from migstats.gold import Gold, find_span, read_gold
from migstats.loading.load import Packs
from migstats.loading.schema import Figure
from migstats.model import Analysis, LedgerEntry
from migstats.pipeline import analyse
from migstats.read._source import Source
from migstats.read.text import read
from migstats.records.record import Record, make_records
from migstats.score import Score, score_document

SOURCES = {
    "000": "ma-abroad-ministry",
    "001": "ma-interior-balance",
    "002": "ma-government-council",
    "003": "ma-agency-en",
    "004": "ma-parliament-report",
}
COUNTRY = {"000": "LBY", "001": "MAR", "002": "MAR", "003": "MAR", "004": "MAR"}
"""What each text is about; a figure with a place of its own has that place's country."""
ABROAD = {
    **dict.fromkeys(["000 1.926", "000 2.400", "000 152", "000 91"], "TUN"),
    "000 322": "EGY",
    **dict.fromkeys(["001 14", "001 4 290", "003 6", "003 1,400"], "ESP"),
}
PART_OF = {"004 1.725": "8.890", "002 1400": "22.000", "002 90": "50.000"}
"""The shares of those intercepted have no count to be a part of."""
INTERIOR = "ministère de l\N{RIGHT SINGLE QUOTATION MARK}Intérieur"
SAID_BY = {
    "000 16.000": "ministère chargé de la communauté marocaine résidant à l'étranger et des affaires de la migration",
    **dict.fromkeys(["001 78 685", "001 332"], INTERIOR),
    **dict.fromkeys(["002 Deux", "002 50.000", "002 90", "002 22.000", "002 1400"], "ministre"),
    **dict.fromkeys(["002 54.000", "002 74", "002 1900"], "ministre"),
    **dict.fromkeys(["003 419", "003 16,818"], "ministry"),
    **dict.fromkeys(["004 42.000", "004 156"], f"rapport du {INTERIOR}"),
    **dict.fromkeys(["004 8.890", "004 1.725"], "document"),
}
NATIONALS = {"000 152": "ressortissants marocains"}
"""Groups that the text tells and the gold leaves out."""
BASIS = {
    **dict.fromkeys(["000 16.000", "002 Deux", "002 50.000", "002 90", "002 22.000"], "stated"),
    **dict.fromkeys(["003 two", "003 50,000"], "stated"),
    **dict.fromkeys(["002 1400", "002 54.000", "002 74", "002 1900", "004 42.000", "004 42.071"], "year_to_date"),
}
"""All others have the period of their paragraph, or of the text's first sentence."""


def read_seed(path: Path, packs: Packs) -> tuple[Analysis, list[Record]]:
    """Read one seed."""
    with path.open("rb") as stream:
        document = next(read(Source(stream, path.name, print)))
    analysis = analyse(document, packs)
    return analysis, make_records(analysis, packs)


@pytest.fixture(scope="module")
def seeds(packs: Packs) -> dict[str, tuple[Analysis, list[Record]]]:
    """What is found in each seed."""
    return {path.name[:3]: read_seed(path, packs) for path in sorted(SEEDS.glob("*.txt"))}


GOLDS = {path.name[:3]: read_gold(path) for path in sorted(GOLD.glob("*.gold.yaml"))}
FIGURES = [(seed, figure) for seed, gold in GOLDS.items() for figure in gold.figures]
Seeds = dict[str, tuple[Analysis, list[Record]]]


def find_record(seed: str, figure: Figure, seeds: Seeds) -> Record:
    """Find the record at a figure's number."""
    analysis, records = seeds[seed]
    span = find_span(analysis.document.text, figure.number, figure.nth)
    found = [record for record in records if (record.start, record.end) == span]
    assert len(found) == 1, f"{figure.number}: {len(found)} records"
    return found[0]


def test_there_are_45_figures_and_a_related_one() -> None:
    """The gold is whole."""
    assert len(FIGURES) == 46
    assert sum(figure.context == "body" for _, figure in FIGURES) == 45


@pytest.mark.parametrize(("seed", "figure"), FIGURES, ids=[f"{seed}-{figure.number}" for seed, figure in FIGURES])
def test_every_attribute_is_right(seed: str, figure: Figure, seeds: Seeds) -> None:
    """What the gold tells, to the letter; where it tells no place, there is none."""
    record = find_record(seed, figure, seeds)
    number = f"{seed} {figure.number}"
    told = {
        "indicator": figure.indicator, "measure": figure.measure or "count", "value": figure.value, "high": None,
        "unit": figure.unit, "qualifier": figure.qualifier, "modality": figure.modality, "context": figure.context,
        "change_percent": figure.change.percent if figure.change else None,
        "change_baseline": figure.change.baseline if figure.change else None,
    }  # fmt: skip
    if figure.period:
        told["period"] = figure.period
    told["group"] = figure.group or NATIONALS.get(number)
    if figure.context == "body":
        told["place"] = "; ".join(figure.place) or None
        told["period_basis"] = BASIS.get(number, "inherited")
        told["country"] = ABROAD.get(number, COUNTRY[seed])
        told["attribution"] = SAID_BY.get(number)
    assert {key: getattr(record, key) for key in told} == told


@pytest.mark.parametrize("seed", GOLDS)
def test_nothing_else_is_found(seed: str, seeds: Seeds) -> None:
    """No wrong figure, none twice."""
    assert len(seeds[seed][1]) == len(GOLDS[seed].figures)


def test_parts_point_at_their_totals(seeds: Seeds) -> None:
    """The number of each part, with that of its total."""
    found = {}
    for seed, (_, records) in seeds.items():
        numbers = {record.id: record.number for record in records}
        found.update({f"{seed} {r.number}": numbers[r.part_of] for r in records if r.part_of})
    assert found == PART_OF


@pytest.mark.parametrize("seed", SOURCES)
def test_the_source_is_recognised(seed: str, seeds: Seeds) -> None:
    """Each seed comes from another source."""
    document = seeds[seed][0].document
    assert (document.source, document.language) == (SOURCES[seed], GOLDS[seed].language)
    assert document.published == GOLDS[seed].published


def test_what_only_one_source_says_is_a_pattern_of_its_own(seeds: Seeds) -> None:
    """The presidents of Sebta and Melilia are attacked by the rule of the agency's translation."""
    rules = {record.rule for record in seeds["003"][1] if record.basis == "pattern"}
    assert rules == {"ma-agency-en/attacks-on-the-presidents", "ma-agency-en/people-at-the-presidents"}


@pytest.mark.parametrize("seed", SOURCES)
def test_no_number_is_passed_over_in_silence(seed: str, seeds: Seeds) -> None:
    """The ledger has every digit of the text; none of its numbers is unclaimed."""
    analysis = seeds[seed][0]
    ledger = analysis.ledger
    assert [entry for entry in ledger if entry.kind == "unclaimed"] == []
    covered = {n for entry in ledger for n in range(entry.number.start, max(entry.number.end, entry.number.tail))}
    text = analysis.document.text
    assert [text[n - 20 : n + 20] for n, char in enumerate(text) if char.isdigit() and n not in covered] == []
    assert len({start(entry) for entry in ledger}) == len(ledger)


def start(entry: LedgerEntry) -> int:
    """Tell where a number of the ledger begins."""
    return entry.number.start


def test_our_own_score_says_the_same(seeds: Seeds) -> None:
    """F1 1.000 over the 45 figures, with every attribute right."""
    score = Score("indicator")
    for seed, gold in GOLDS.items():
        score_document(score, _beside_text(gold), *seeds[seed])
    assert (score.total.right, score.total.false, score.total.missed) == (45, 0, 0)
    assert score.documents == score.perfect == 5
    assert {name: right for name, (right, every) in score.attributes.items() if right != every} == {}


def _beside_text(gold: Gold) -> Gold:
    """Let a gold file know where its text is."""
    return Gold(gold.path, str(SEEDS / f"{gold.name}.txt"), gold.language, gold.published, gold.figures)
