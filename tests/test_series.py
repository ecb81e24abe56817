"""Figures of many documents side by side: what is one line, which value is taken, what follows, what does not fit."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from migstats.alike import load_alike
from migstats.cli import migstats
from migstats.lines import csv as csv_format
from migstats.lines import jsonl, sqlite, table
from migstats.loading.load import Packs, load_packs
from migstats.recall import holds_records, make_record, recall
from migstats.records.record import Record
from migstats.series.build import build_series
from migstats.series.line import Findings, Line
from migstats.series.stand import bound, undo_change

SEEDS = Path(__file__).parent.parent / "seeds"

Row = dict[str, Any]
NETWORKS = {"indicator": "networks_dismantled", "unit": "networks", "country": "MAR", "period": "2023"}
PEOPLE = {"indicator": "rescues", "unit": "persons", "country": "MAR", "period": "2023"}


def make(value: float, document: str = "a", base: Row = NETWORKS, **further: Any) -> Record:
    """Make a record as the program writes it."""
    row = {**base, **further}
    start = int(row.pop("start", 0))
    period = row.get("period")
    ends = period.split("/") if period else []
    text = sha256(row.pop("text", document).encode()).hexdigest()
    months = {"01": 31, "02": 28, "03": 31, "04": 30, "06": 30, "09": 30, "12": 31}
    first = (ends[0] if ends and ends[0] != ".." else None) or None
    last = (ends[-1] if ends and ends[-1] != ".." else None) or None
    full = {
        "id": sha256(f"{text}:{start}:{value}:{row}".encode()).hexdigest()[:16],
        "document": document, "source": None, "language": "en", "published": None, "title": None, "url": None,
        "measure": "count", "value": value, "high": None, "qualifier": "exact", "period_basis": "stated",
        "place": None, "group": None, "change_percent": None, "change_baseline": None, "modality": "reported",
        "context": "body", "attribution": None, "part_of": None, "number": str(value), "start": start,
        "end": start + len(str(value)), "quote": f"{value} in {document}", "quote_start": start, "quote_end": start + 9,
        "page": None, "basis": "anchor", "rule": "r", "pack": "en", "version": "0", "sha256": text,
    }  # fmt: skip
    full["period_start"] = first and (first + "-01-01"[len(first) - 4 :])[:10]
    full["period_end"] = last and (f"{last}-12-31" if len(last) == 4 else f"{last}-{months.get(last[5:7], 31):02}"[:10])
    return make_record({**full, **row})


def told(*values: float) -> list[Record]:
    """Make one record a value, each in a text of its own."""
    return [make(value, document=f"d{nth}") for nth, value in enumerate(values)]


def only(records: Iterable[Record], packs: Packs) -> Line:
    """Give the only line of records."""
    (line,) = build_series(records, packs).lines
    return line


SAME: dict[str, list[Record]] = {
    "one text": told(419),
    "two texts": told(419, 419),
    "three witnesses": told(419, 419, 419),
    "a copy of a text": [make(419, "a", text="one"), make(419, "b", text="one")],
    "whole year written as an interval": [make(419, "a"), make(419, "b", period="2023-01-01/2023-12-31")],
    "one place in two languages": [
        make(14, "a", PEOPLE, place="Ceuta; Melilla"),
        make(14, "b", PEOPLE, place="Sebta; Melilla"),
    ],
    "places in another order": [
        make(14, "a", PEOPLE, place="Melilla; Ceuta"),
        make(14, "b", PEOPLE, place="Sebta; Melilla"),
    ],
    "place that is just the country": [
        make(14, "a", PEOPLE, place="Maroc"),
        make(14, "b", PEOPLE),
    ],
    "one group in two languages": [make(14, "a", PEOPLE, group="femmes"), make(14, "b", PEOPLE, group="mujeres")],
    "nationality by name and with a noun": [
        make(14, "a", PEOPLE, group="ressortissants marocains"),
        make(14, "b", PEOPLE, group="Moroccans"),
    ],
}

AGREEING: dict[str, list[Record]] = {
    "exact and at least": [make(42071, "a"), make(42000, "b", qualifier="at_least")],
    "exact and approximate": [make(15851, "a"), make(16000, "b", qualifier="approximately")],
    "exact and bare round": [make(54120, "a"), make(54000, "b")],
    "approximate and at least": [make(50000, "a", qualifier="approximately"), make(50000, "b", qualifier="at_least")],
    "exact and at most": [make(480, "a"), make(500, "b", qualifier="at_most")],
    "exact inside a range": [make(250, "a"), make(200, "b", high=300)],
    "two ranges that overlap": [make(200, "a", high=300), make(280, "b", high=350)],
    "shares that differ by a decimal": [
        make(58, "a", measure="share", unit="percent", group="women"),
        make(57.8, "b", measure="share", unit="percent", group="femmes"),
    ],
    "told twice in one text": [make(42071, "a", start=9), make(42000, "a", start=50, qualifier="at_least")],
    "three ways to round": [make(1535, "a"), make(1500, "b", qualifier="at_least"), make(1500, "c")],
}

REVISED: dict[str, list[Record]] = {
    "later in a month": [
        make(415, "a", source="ministry", published="2024-01"),
        make(419, "b", source="ministry", published="2024-06"),
    ],
    "later on a day": [
        make(419, "a", source="ministry", published="2024-01-24"),
        make(415, "b", source="ministry", published="2024-01-23"),
    ],
    "told by the site": [
        make(415, "a", url="https://www.example.org/1", published="2024-01"),
        make(419, "b", url="https://example.org/2", published="2024-02"),
    ],
    "revised twice": [
        make(411, "a", source="ministry", published="2024-01"),
        make(415, "b", source="ministry", published="2024-02"),
        make(419, "c", source="ministry", published="2024-03"),
    ],
}

CONTRADICTING: dict[str, list[Record]] = {
    "two texts of nobody known": told(330, 419),
    "two sources": [
        make(331, "a", source="one", published="2024-01"),
        make(419, "b", source="two", published="2024-02"),
    ],
    "one source, no dates": [make(331, "a", source="one"), make(419, "b", source="one")],
    "one source on one day": [
        make(331, "a", source="one", published="2024-01-02"),
        make(419, "b", source="one", published="2024-01-02"),
    ],
    "a month and a day in it": [
        make(331, "a", source="one", published="2024-01"),
        make(419, "b", source="one", published="2024-01-02"),
    ],
    "at least more than was": [make(331, "a"), make(400, "b", qualifier="at_least")],
    "approximate but far": [make(331, "a"), make(400, "b", qualifier="approximately")],
    "one day in one place": [
        make(52, "a", PEOPLE, period="2023-05-02", place="Lampedusa"),
        make(61, "b", PEOPLE, period="2023-05-02", place="Lampedusa"),
    ],
}

APART: dict[str, list[Record]] = {
    "two years": [make(419, "a"), make(332, "b", period="2024")],
    "a year and a year to date": [make(419, "a"), make(380, "b", period="2023-01/2023-09")],
    "years to date of other months": [
        make(380, "a", period="2023-01/2023-09"),
        make(390, "b", period="2023-01/2023-10"),
    ],
    "a year to date told in December": [
        make(380, "a", period="2023-01/2023-12", period_basis="year_to_date"),
        make(419, "b"),
    ],
    "a month and the year": [make(41, "a", period="2023-04"), make(41, "b")],
    "a stock and a flow": [
        make(60000, "a", PEOPLE, indicator="migrants_present"),
        make(60000, "b", PEOPLE, indicator="arrivals"),
    ],
    "a stock on two dates": [
        make(60000, "a", PEOPLE, indicator="refugees", period="2023-01-31"),
        make(61000, "b", PEOPLE, indicator="refugees", period="2023-06-30"),
    ],
    "attempts and people": [
        make(54000, "a", indicator="attempts_aborted", unit="attempts"),
        make(54000, "b", indicator="attempts_aborted", unit="persons"),
    ],
    "two countries": [make(419, "a"), make(419, "b", country="ESP")],
    "two places": [make(14, "a", PEOPLE, place="Ceuta"), make(14, "b", PEOPLE, place="Lampedusa")],
    "a place and the whole country": [make(14, "a", PEOPLE, place="Ceuta"), make(14, "b", PEOPLE)],
    "two groups": [make(14, "a", PEOPLE, group="women"), make(14, "b", PEOPLE, group="minors")],
    "a group and all": [make(14, "a", PEOPLE, group="women"), make(14, "b", PEOPLE)],
    "to a place and from it": [make(14, "a", PEOPLE, group="vers la Guinée"), make(14, "b", PEOPLE, group="Guinée")],
    "planned and done": [make(152, "a", PEOPLE), make(152, "b", PEOPLE, modality="planned")],
    "denied and done": [make(152, "a", PEOPLE), make(152, "b", PEOPLE, modality="denied")],
    "a count and a share": [
        make(58, "a", PEOPLE, group="women"),
        make(58, "b", PEOPLE, group="women", measure="share", unit="percent"),
    ],
    "shares of nobody knows whom": [
        make(58, "a", PEOPLE, measure="share", unit="percent"),
        make(60, "b", PEOPLE, measure="share", unit="percent"),
    ],
    "changes on other years": [
        make(20, "a", PEOPLE, measure="change", unit="percent", change_baseline="2022"),
        make(20, "b", PEOPLE, measure="change", unit="percent", change_baseline="2019"),
    ],
    "changes on nobody knows what": [
        make(20, "a", PEOPLE, measure="change", unit="percent"),
        make(30, "b", PEOPLE, measure="change", unit="percent"),
    ],
    "no period told": [make(419, "a", period=None), make(419, "b", period=None)],
    "no country or place told": [make(419, "a", country=None), make(419, "b", country=None)],
    "several in one text": [make(30, "a", PEOPLE, start=1), make(45, "a", PEOPLE, start=9)],
    "shares in one sentence": [
        make(4, "a", PEOPLE, measure="share", unit="percent", group="women"),
        make(5, "a", PEOPLE, measure="share", unit="percent", group="women"),
    ],
    "one share of two groups that are not named": [
        make(5, "a", PEOPLE, measure="share", unit="percent", start=1),
        make(5, "a", PEOPLE, measure="share", unit="percent", start=20),
    ],
    "a number and nearly the same in one sentence": [make(112, "a", PEOPLE), make(110, "a", PEOPLE)],
    "nearly the same without a period": [
        make(963, "a", PEOPLE, start=1, period=None),
        make(1000, "a", PEOPLE, start=40, period=None),
    ],
    "several events in days": [
        make(52, "a", PEOPLE, period="2023-05-02"),
        make(61, "b", PEOPLE, period="2023-05-02"),
    ],
    "too far to be one thing": told(12, 419),
    "since a year and in a year": [make(1900, "a", period="2011/.."), make(1900, "b", period="2011")],
}


@pytest.mark.parametrize("records", SAME.values(), ids=SAME)
def test_same(records: list[Record], packs: Packs) -> None:
    line = only(records, packs)
    assert len(line.told) == 1
    assert {record.document for record in line.told[0].witnesses} == {record.document for record in records}
    assert line.state == ("single" if len(line.told[0].texts) == 1 else "agreeing")


@pytest.mark.parametrize("records", AGREEING.values(), ids=AGREEING)
def test_agreeing(records: list[Record], packs: Packs) -> None:
    line = only(records, packs)
    assert (line.state, len(line.told)) == ("agreeing", len(records))
    assert line.why == ("exact before rounded" if line.told[0].exactness == 0 else "the most exact of 2")
    assert (line.value, line.qualifier) == (line.told[0].value, line.told[0].qualifier)


@pytest.mark.parametrize("records", REVISED.values(), ids=REVISED)
def test_revised(records: list[Record], packs: Packs) -> None:
    found = build_series(records, packs)
    (line,) = found.lines
    assert (line.state, line.why) == ("revised", "later revision before earlier")
    assert line.value == max(records, key=lambda record: record.published or "").value
    assert [conflict.code.name for conflict in found.conflicts] == ["source-revised"]


@pytest.mark.parametrize("records", CONTRADICTING.values(), ids=CONTRADICTING)
def test_contradicting(records: list[Record], packs: Packs) -> None:
    found = build_series(records, packs)
    (line,) = found.lines
    assert line.state == "contradicting"
    assert line.value is None, "nothing decides"
    assert [conflict.code.level for conflict in found.conflicts] == ["warning"]


@pytest.mark.parametrize("records", APART.values(), ids=APART)
def test_not_comparable(records: list[Record], packs: Packs) -> None:
    found = build_series(records, packs)
    assert len(found.lines) == 2
    assert not found.conflicts
    assert {line.state for line in found.lines} == {"single"}


def test_parts_are_kept_from_totals(packs: Packs) -> None:
    total = make(2400, "a", PEOPLE)
    part = make(1400, "a", PEOPLE, start=50, part_of=total.id)
    other = make(2380, "b", PEOPLE, qualifier="approximately")
    found = build_series([total, part, other], packs)
    assert [[one.value for one in line.told] for line in found.lines] == [[2400, 2380], [1400]]
    assert found.lines[1].key.apart == "part of a total that the text does not name"


def test_part_of_another_year_is_that_years_total(packs: Packs) -> None:
    total = make(22000, "a", PEOPLE, period="2014/2018")
    part = make(1400, "a", PEOPLE, start=50, period="2018", part_of=total.id)
    other = make(1400, "b", PEOPLE, period="2018")
    assert [line.state for line in build_series([total, part, other], packs).lines] == ["single", "agreeing"]


def test_the_narrowest_is_taken(packs: Packs) -> None:
    line = only([make(69000, "a", qualifier="approximately"), make(70312, "b", qualifier="at_least")], packs)
    assert (line.value, line.qualifier, line.why) == (70312, "at_least", "the most exact of 2")


def test_more_witnesses_decide(packs: Packs) -> None:
    line = only(told(331, 419, 419), packs)
    assert (line.value, line.why) == (419, "told by 2 texts, the other by 1")


def test_official_text_decides(packs: Packs) -> None:
    official = next(name for name, source in packs.sources.items() if source.official)
    line = only([make(331, "a", source=official), *told(419, 419)], packs)
    assert (line.value, line.why) == (331, "official before relayed")


CODES: dict[str, tuple[str, list[Record]]] = {
    "end of a period": (
        "same-count-other-period",
        [make(2, "a", PEOPLE, period="2014/2017"), make(2, "b", PEOPLE, period="2014/2016")],
    ),
    "beginning of a period": (
        "same-count-other-period",
        [
            make(50000, "a", PEOPLE, period="2013/2017", qualifier="at_least"),
            make(50000, "b", PEOPLE, period="2014/2017"),
        ],
    ),
    "one source": ("source-differs", [make(331, "a", source="one"), make(419, "b", source="one")]),
    "one site": (
        "source-differs",
        [make(331, "a", url="https://example.org/1"), make(419, "b", url="https://www.example.org/2")],
    ),
    "two sources": ("texts-differ", [make(331, "a", source="one"), make(419, "b", source="two")]),
    "rounded up": ("restatement-drifts", [make(42071, "a"), make(43000, "b")]),
    "more than too many": ("restatement-drifts", [make(42071, "a"), make(42500, "b", qualifier="at_least")]),
    "implied and told": (
        "implied-differs",
        [make(419, "a", change_percent=44, change_baseline="2022"), make(256, "b", period="2022")],
    ),
}

NO_CODE: dict[str, list[Record]] = {
    "up to two publications": [
        make(22000, "a", PEOPLE, period="2014/2018-09", published="2018-09-14"),
        make(22000, "b", PEOPLE, period="2014/2019-03", published="2019-03"),
    ],
    "other counts": [make(2, "a", PEOPLE, period="2014/2017"), make(7, "b", PEOPLE, period="2014/2016")],
    "periods apart": [make(2, "a", PEOPLE, period="2010/2012"), make(2, "b", PEOPLE, period="2014/2016")],
    "both told in one text": [
        make(2, "a", PEOPLE, period="2014/2017"),
        make(2, "a", PEOPLE, period="2014/2016", start=40),
    ],
    "truncated": [make(42071, "a"), make(42000, "b", qualifier="at_least")],
    "implied agrees": [make(419, "a", change_percent=44, change_baseline="2022"), make(291, "b", period="2022")],
}


@pytest.mark.parametrize(("code", "records"), CODES.values(), ids=CODES)
def test_findings(code: str, records: list[Record], packs: Packs) -> None:
    (conflict,) = build_series(records, packs).conflicts
    assert conflict.code.name == code
    assert {record.document for record in conflict.witnesses} == {"a", "b"}


@pytest.mark.parametrize("records", NO_CODE.values(), ids=NO_CODE)
def test_near_misses(records: list[Record], packs: Packs) -> None:
    assert not build_series(records, packs).conflicts


IMPLIED: list[tuple[str, Row, str, tuple[int, int]]] = [
    ("a year", {"value": 419, "change_percent": 44, "change_baseline": "2022"}, "2022", (290, 292)),
    ("a rescue", {"value": 16818, "change_percent": 35, "change_baseline": "2022"}, "2022", (12412, 12504)),
    ("a fall", {"value": 1400, "change_percent": -62, "change_baseline": "2022", "qualifier": "at_least"},
     "2022", (3636, 3997)),
    ("the year before", {"value": 419, "change_percent": 44, "change_baseline": "previous-year"}, "2022", (290, 292)),
    ("same months", {"value": 150, "change_percent": 25, "change_baseline": "2022", "period": "2023-01/2023-09"},
     "2022-01/2022-09", (116, 124)),
    ("same months, by a mark", {"value": 153, "change_percent": 25.5, "change_baseline": "same:2022",
                                "period": "2023-01/2023-09"}, "2022-01/2022-09", (122, 122)),
    ("a month", {"value": 153, "change_percent": -9, "change_baseline": "2023-05", "period": "2023-06"},
     "2023-05", (167, 169)),
    ("doubled", {"value": 201, "change_percent": 100, "change_baseline": "2022"}, "2022", (96, 106)),
]  # fmt: skip


@pytest.mark.parametrize(("given_", "period", "ends"), [row[1:] for row in IMPLIED], ids=[row[0] for row in IMPLIED])
def test_implied(given_: Row, period: str, ends: tuple[int, int], packs: Packs) -> None:
    row = dict(given_)
    lines = build_series([make(row.pop("value"), "a", **row)], packs).lines
    (line,) = [line for line in lines if line.derived]
    assert (line.state, line.key.period, line.told) == ("derived", period, ())
    assert (line.value, line.high or line.value) == ends
    assert line.implied[0].sum in line.why


@pytest.mark.parametrize(
    "row",
    [
        {"change_percent": 44},
        {"change_percent": -100, "change_baseline": "2022"},
        {"change_percent": 44, "change_baseline": "2024"},
        {"change_percent": 44, "change_baseline": "2022-05"},
        {"change_percent": 44, "change_baseline": "2022", "period": None},
        {"change_percent": 44, "change_baseline": "2022", "modality": "planned"},
    ],
    ids=["no baseline", "fall to nothing", "baseline later", "a month for a year", "no period", "planned"],
)
def test_nothing_implied(row: Row, packs: Packs) -> None:
    assert not any(line.implied for line in build_series([make(419, "a", **row)], packs).lines)


def test_implied_stands_beside_told(packs: Packs) -> None:
    change = make(419, "a", change_percent=44, change_baseline="2022")
    lines = build_series([change, make(291, "b", period="2022"), make(419, "c")], packs).lines
    first, second = lines
    assert (first.value, first.derived, first.implied[0].holds) == (291, False, True)
    assert (second.state, second.implied) == ("agreeing", ())


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 2))
def test_derived_interval_holds_the_truth(before: int, now: int, digits: int) -> None:
    """Whatever the earlier value was, the interval has it when the percentage was rounded from it."""
    percent = round((now - before) / before * 100, digits)
    ends = undo_change(bound(now), int(percent) if percent == int(percent) else percent)
    assert ends is None or ends[0] <= before <= ends[1]


RECORDS = [
    *told(419, 419, 331),
    make(42071, "e", PEOPLE),
    make(42000, "f", PEOPLE, qualifier="at_least"),
    make(43000, "g", PEOPLE),
    make(30, "h", PEOPLE, start=1),
    make(45, "h", PEOPLE, start=9),
    make(500, "i", change_percent=20, change_baseline="2022", period="2023"),
    make(2, "j", PEOPLE, period="2014/2017"),
    make(2, "k", PEOPLE, period="2014/2016"),
    make(8, "l", PEOPLE, period=None),
]


def values_of(found: Findings) -> list[tuple[object, ...]]:
    """What must not change: the lines with their values, states and reasons."""
    rows = [(line.key, line.value, line.high, line.qualifier, line.state, line.why) for line in found.lines]
    return [*rows, *(conflict.code.name for conflict in found.conflicts)]  # type: ignore[list-item]


@given(st.permutations(RECORDS))
@settings(max_examples=50, deadline=None)
def test_order_changes_nothing(records: Sequence[Record]) -> None:
    packs = _packs()
    assert build_series(records, packs) == build_series(RECORDS, packs)


@given(st.sampled_from(sorted({record.document for record in RECORDS})))
@settings(deadline=None)
def test_a_copy_changes_no_value(document: str) -> None:
    packs = _packs()
    copies = [replace(record, document="copy") for record in RECORDS if record.document == document]
    assert values_of(build_series([*RECORDS, *copies], packs)) == values_of(build_series(RECORDS, packs))


@lru_cache
def _packs() -> Packs:
    """The packs, for tests that are run many times."""
    return load_packs()


@pytest.mark.parametrize(
    ("one", "other"),
    [("سبتة", "Ceuta"), ("Canarias", "îles Canaries"), ("Mesrata", "Misrata"), ("Méditerranée", "the Mediterranean")],
)
def test_places_alike(one: str, other: str) -> None:
    alike = load_alike()
    assert alike.place(one, None) == alike.place(other, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("نساء", "women"),
        ("pays d'Afrique de l'Ouest", "West Africa"),
        ("مصري", "Egyptians"),
        ("hacia Europa", "to Europe"),
    ],
)
def test_groups_alike(one: str, other: str) -> None:
    alike = load_alike()
    assert alike.group(one) == alike.group(other)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the seeds, as the program writes them."""
    path = tmp_path_factory.mktemp("series") / "seeds.jsonl"
    done = CliRunner().invoke(migstats, ["extract", str(SEEDS), "-o", str(path)])
    assert done.exit_code == 0, done.output
    return path


def test_seeds(seeds: Path, packs: Packs) -> None:
    """What the texts of the seeds tell together."""
    found = build_series(recall(str(seeds)), packs)
    networks = [line for line in found.lines if line.key.series.indicator == "networks_dismantled"]
    assert [(line.key.period, line.value, line.high, line.state) for line in networks] == [
        ("2018-01/2018-09", 74, None, "single"),
        ("2021-01/2021-11", 156, None, "single"),
        ("2022", 290, 292, "derived"),
        ("2023", 419, None, "single"),
        ("2024", 332, None, "single"),
    ]
    derived = {line.key.series.indicator: (line.value, line.high) for line in found.lines if line.derived}
    assert derived["rescues"] == (12412, 12504)
    assert {conflict.code.name for conflict in found.conflicts} == {"same-count-other-period"}
    assert any(conflict.message.startswith("regularization_operations, MAR") for conflict in found.conflicts)


def test_records_give_what_documents_give(seeds: Path) -> None:
    run = CliRunner()
    written = run.invoke(migstats, ["series", str(seeds)])
    read = run.invoke(migstats, ["series", str(SEEDS)])
    assert (written.exit_code, read.exit_code) == (1, 1), "the seeds differ on a period"
    assert written.stdout == read.stdout


def test_database_of_figures_is_read(seeds: Path, tmp_path: Path, packs: Packs) -> None:
    path = tmp_path / "figures.db"
    done = CliRunner().invoke(migstats, ["extract", str(SEEDS), "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert holds_records(str(path))
    assert build_series(recall(str(path)), packs) == build_series(recall(str(seeds)), packs)


def test_formats_tell_the_same(seeds: Path, tmp_path: Path, packs: Packs) -> None:
    found = build_series(recall(str(seeds)), packs)
    lines, cells = StringIO(), StringIO()
    jsonl.write(found, lines)
    csv_format.write(found, cells)
    sqlite.write_file(found, tmp_path / "s.sqlite")
    by_json = [json.loads(line) for line in lines.getvalue().splitlines()]
    by_csv = list(csv.DictReader(StringIO(cells.getvalue())))
    with sqlite3.connect(tmp_path / "s.sqlite") as base:
        by_sqlite = base.execute("SELECT indicator, period, value, state FROM lines ORDER BY line").fetchall()
        assert base.execute("SELECT count(*) FROM findings").fetchone() == (2,)
        assert base.execute("SELECT count(*) FROM told").fetchone() == (45,)
    keys = ("indicator", "period", "value", "state")
    assert [tuple(row[key] for key in keys) for row in by_json] == by_sqlite
    assert [tuple(row[key] for key in keys) for row in by_csv] == [
        tuple("" if value is None else str(value) for value in row) for row in by_sqlite
    ]
    assert sum(len(one["witnesses"]) for row in by_json for one in row["told"]) == 45


def test_wide_has_a_year_a_column(seeds: Path, packs: Packs) -> None:
    found = build_series(recall(str(seeds)), packs)
    cells = StringIO()
    csv_format.write(found, cells, wide=True)
    rows = [row for row in csv.DictReader(StringIO(cells.getvalue())) if row["indicator"] == "networks_dismantled"]
    assert [(row["months"], row["derived"], row["2022"], row["2023"], row["2024"]) for row in rows] == [
        ("01-09", "False", "", "", ""),
        ("01-11", "False", "", "", ""),
        ("01-12", "True", "290\u2013292", "", ""),
        ("01-12", "False", "", "419", "332"),
    ]


def test_table_draws_bars(seeds: Path, packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    found = build_series(recall(str(seeds)), packs)
    shown, wide = StringIO(), StringIO()
    table.write(found, shown)
    table.write(found, wide, wide=True)
    assert "\u2265 419 ████████" in shown.getvalue()
    assert "290\u2013292 ░░░░░░" in shown.getvalue()
    assert "same-count-other-period" in shown.getvalue()
    assert max(map(len, shown.getvalue().splitlines())) <= 80
    assert "█▆" in wide.getvalue()


def test_command_fails_at_a_level(seeds: Path) -> None:
    run = CliRunner()
    assert run.invoke(migstats, ["series", str(seeds)]).exit_code == 1
    assert run.invoke(migstats, ["series", str(seeds), "--fail-level", "error"]).exit_code == 0
    assert run.invoke(migstats, ["series", str(seeds), "--exit-zero"]).exit_code == 0
    wrong = run.invoke(migstats, ["series", str(seeds), "--fail-level", "warnin"])
    assert (wrong.exit_code, "did you mean 'warning'" in wrong.output) == (2, True)


def test_bad_records_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"indicator": "x", "measure": "count", "sha256": "0"}\n', encoding="utf-8")
    done = CliRunner().invoke(migstats, ["series", str(path), str(SEEDS)])
    assert done.exit_code == 2
    assert "bad.jsonl:1: no record" in done.output


def test_only_a_country(seeds: Path) -> None:
    done = CliRunner().invoke(migstats, ["series", str(seeds), "--country", "lby"])
    assert {json.loads(line)["country"] for line in done.stdout.splitlines()} == {"LBY"}
