"""Periods are found where they stand, as what they mean, whatever else the text holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import migstats
from migstats.model import Period
from migstats.periods.period import find_periods, match_periods
from migstats.periods.period_rule import PeriodReader, compile_periods
from migstats.periods.timespan import (
    YearlessPeriod,
    as_flow,
    as_stock,
    first_day,
    is_marker,
    last_day,
    reanchor,
    resolve_anaphor,
)
from migstats.texts.fold import fold

PACKS = Path(migstats.__file__).parent / "packs" / "languages"
LANGUAGES = sorted(path.stem for path in PACKS.glob("*.yaml"))
ROLES = {"baseline", "reference", "anaphor", "stock", "duration"}


@cache
def pack(language: str) -> dict[str, Any]:
    text = (PACKS / f"{language}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)["periods"]
    return data


@cache
def reader(language: str) -> PeriodReader:
    return compile_periods(pack(language))


def find(language: str, text: str, published: str | None = None) -> list[Period]:
    return find_periods(fold(text), reader(language), published)


def rows() -> Iterator[Any]:
    table = yaml.load((Path(__file__).parent / "data" / "periods.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for language, cases in table.items():
        for text, published, wanted in cases:
            yield pytest.param(language, text, published, wanted, id=f"{language}: {text}")


def examples() -> Iterator[Any]:
    for language in LANGUAGES:
        for entry in pack(language)["patterns"]:
            for example in entry["examples"]:
                yield pytest.param(language, entry, example, id=f"{language}: {example['text']}")


def wanted_period(words: str, iso: str, mark: str = "") -> tuple[str, str, str, str]:
    return words, iso, mark if mark and mark not in ROLES else "stated", mark if mark in ROLES else ""


@pytest.mark.parametrize(("language", "text", "published", "wanted"), list(rows()))
def test_texts(language: str, text: str, published: str | None, wanted: list[list[str]]) -> None:
    """A text names these periods, and no other."""
    got = [(text[p.start : p.end], p.iso, p.basis, p.role) for p in find(language, text, published)]
    assert got == [wanted_period(*row) for row in wanted]


@pytest.mark.parametrize(("language", "entry", "example"), list(examples()))
def test_examples(language: str, entry: dict[str, Any], example: dict[str, Any]) -> None:
    """Each example in a pack gives the one period it tells, by its own pattern."""
    found = match_periods(fold(example["text"]), reader(language), example.get("published"))
    told = [(period.iso, period.basis, period.role) for period, _ in found]
    if example["iso"] is None:
        assert told == []
        return
    assert told == [(example["iso"], example.get("basis", "stated"), example.get("role", ""))]
    patterns = entry["pattern"] if isinstance(entry["pattern"], list) else [entry["pattern"]]
    assert found[0][1].pattern in patterns


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-01/2023-05", date(2023, 1, 1), date(2023, 5, 31)),
        ("2011/..", date(2011, 1, 1), None),
        ("../2011", None, date(2011, 12, 31)),
        ("2014-08-01/2018-09", date(2014, 8, 1), date(2018, 9, 30)),
        ("", None, None),
        ("--07", None, None),
        ("--01/--05", None, None),
        ("same-year", None, None),
        ("2023-02-30", None, None),
    ],
)
def test_days(iso: str, first: date | None, last: date | None) -> None:
    """An interval has a first and a last day, an open end has none."""
    assert (first_day(iso), last_day(iso)) == (first, last)


@pytest.mark.parametrize(
    ("language", "text", "published", "year", "iso"),
    [
        ("fr", "en juillet", None, 2019, "2019-07"),
        ("fr", "en juillet", "2023-09", 2019, "2019-07"),
        ("fr", "entre janvier et mai", None, 2019, "2019-01/2019-05"),
        ("fr", "entre novembre et février", "2021-04", 2019, "2018-11/2019-02"),
        ("en", "on 29 February", None, 2019, "2019-02"),
        ("en", "since July", None, 2019, "2019-07/.."),
        ("es", "hasta el 31 de agosto", "2021-09", 2019, "2019-01/2019-08-31"),
        ("fr", "en juillet 2020", "2023-09", 2019, "2020-07"),
        ("fr", "hier", "2023-09-04", 2019, "2023-09-03"),
    ],
)
def test_reanchor(language: str, text: str, published: str | None, year: int, iso: str) -> None:
    """A period told without its year takes another; one told with it keeps its own."""
    (period,) = find(language, text, published)
    moved = reanchor(period, year)
    assert moved.iso == iso
    assert isinstance(period, YearlessPeriod) == (moved is not period)


@pytest.mark.parametrize(
    ("marker", "before", "iso"),
    [
        ("same", "2023-01/2023-05", "2023-01/2023-05"),
        ("previous", "2023-01/2023-05", "2022-01/2022-05"),
        ("previous", "2023", "2022"),
        ("same:2021", "2023-01/2023-05", "2021-01/2021-05"),
        ("same-year", "2023-03", "2023"),
        ("previous-year", "2023-03", "2022"),
        ("next-year", "2014/2018", "2019"),
        ("previous-month", "2023-01", "2022-12"),
        ("same-month", "2023-01-31", "2023-01"),
        ("same-day", "2023-01-31", "2023-01-31"),
        ("previous", "2024-02-29", "2023-02-28"),
        ("previous", None, ""),
        ("same:2021", None, "2021"),
        ("same", "2011/..", "2011/.."),
        ("previous", "--07", ""),
        ("same", "--07", "--07"),
    ],
)
def test_anaphors(marker: str, before: str | None, iso: str) -> None:
    """A period told by another is reckoned from it."""
    told = None if before is None else Period(0, 1, before)
    assert resolve_anaphor(Period(5, 9, marker, role="anaphor"), told).iso == iso


def test_a_baseline_keeps_its_role() -> None:
    """A period compared to stays one when it is solved."""
    solved = resolve_anaphor(Period(5, 9, "previous", role="baseline"), Period(0, 1, "2023"))
    assert (solved.iso, solved.role, solved.basis) == ("2022", "baseline", "inherited")


@pytest.mark.parametrize(
    ("period", "stock", "flow"),
    [
        (Period(0, 1, "2021-04-30", role="stock"), "2021-04-30", "2021-01/2021-04-30"),
        (Period(0, 1, "2017-12", role="stock"), "2017-12", "2017"),
        (Period(0, 1, "2023-05-02", basis="publication", role="stock"), "2023-05-02", ""),
        (Period(0, 1, "2023-01/2023-05", basis="year_to_date"), "2023-05", "2023-01/2023-05"),
        (YearlessPeriod(0, 1, "--09", role="stock"), "--09", "--01/--09"),
        (Period(0, 1, "2023"), "2023", "2023"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.iso,
)
def test_stocks_and_flows(period: Period, stock: str, flow: str) -> None:
    """A total stands at a date, events run up to it."""
    assert (as_stock(period).iso, as_flow(period).iso) == (stock, flow)


@pytest.mark.parametrize(
    "fault",
    [
        {"patterns": [{"pattern": "$nothing", "is": ""}]},
        {"patterns": [{"pattern": "in $yaer", "is": "{year}"}]},
        {"patterns": [{"pattern": "(in $year", "is": "{year}"}]},
        {"patterns": [{"pattern": "in) $year", "is": "{year}"}]},
        {"patterns": [{"pattern": "?$year", "is": "{year}"}]},
        {"patterns": [{"pattern": "$year", "is": "{year}", "roel": "stock"}]},
        {"patterns": [{"pattern": "$year", "is": "{year}", "role": "stok"}]},
        {"patterns": [{"pattern": "$gap in $year", "is": "{year}"}]},
        {"fragments": {"a": "$b", "b": "$a"}, "patterns": [{"pattern": "$a", "is": ""}]},
        {"month": {}},
    ],
    ids=str,
)
def test_faults(fault: dict[str, Any]) -> None:
    """A pack that does not hold is refused."""
    with pytest.raises(ValueError, match=r"pattern|unknown|fragment"):
        compile_periods(fault)


def dates() -> st.SearchStrategy[str | None]:
    day = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(date.isoformat)
    return st.one_of(st.none(), day, day.map(lambda iso: iso[:7]), day.map(lambda iso: iso[:4]))


def phrases() -> st.SearchStrategy[str]:
    """Words of the packs and marks in any order: more often a period than any text."""
    words = [
        word
        for language in LANGUAGES
        for entry in pack(language)["patterns"]
        for example in entry["examples"]
        for word in example["text"].split()
    ]
    return st.lists(st.sampled_from([*words, "2019", "31", "\n", ",", "ـ", "é", "0", "29 février", "(", "12"])).map(
        " ".join
    )


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(), phrases()), published=st.one_of(dates(), st.text(max_size=12)))
def test_spans(language: str, text: str, published: str | None) -> None:
    """Whatever the text, periods lie in it, in order, apart, and end no sooner than they begin."""
    at = 0
    for period in find(language, text, published):
        assert at <= period.start < period.end <= len(text)
        at = period.end
        first, last = first_day(period.iso), last_day(period.iso)
        assert first is None or last is None or first <= last
        assert is_marker(period.iso) or set(period.iso) <= set("0123456789-/.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_published_of_any_precision(language: str) -> None:
    """Every example can be read at any date of publication."""
    for published in (None, "2024", "2024-02", "2024-02-29", "2024-02-29T10:00:00Z", "0000", "9999-12-31", "soon"):
        for entry in pack(language)["patterns"]:
            for example in entry["examples"]:
                for period in find(language, example["text"], published):
                    moved = reanchor(period, 2023)
                    for solved in (as_stock(moved), as_flow(moved), resolve_anaphor(moved, period)):
                        assert first_day(solved.iso) is None or solved.iso
