"""Records: what they hold, and that the schema says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from conftest import TEXT
from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from migstats.constraint import make_model, surely_holds
from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.model import Analysis, Period
from migstats.records.record import COLUMNS, Record, make_records, plain, record_schema
from migstats.write._row import make_row

KEYS = """id document source language published title url indicator measure unit value high qualifier period
period_start period_end period_basis place country group change_percent change_baseline modality context attribution
part_of number start end quote quote_start quote_end page basis rule pack version sha256""".split()

SAMPLE = Record(
    id="a1", document="-", source=None, language="en", published="2024-01", title=None, url=None, indicator="rescues",
    measure="count", unit="persons", value=12, high=None, qualifier="exact", period="2023", period_start=None,
    period_end=None, period_basis="stated", place=None, country="ESP", group=None, change_percent=-1.5,
    change_baseline=None, modality="reported", context="body", attribution=None, part_of=None, number="12", start=0,
    end=2, quote="12 rescued", quote_start=0, quote_end=10, page=None, basis="anchor", rule="rescue/person", pack="en",
    version="0.1.0", sha256="0" * 64,
)  # fmt: skip


def test_keys_stand_in_the_promised_order() -> None:
    """The flat keys are an interface: their names and their order do not change."""
    assert list(COLUMNS) == KEYS


def test_spans_point_at_the_text(records: list[Record]) -> None:
    """Number and quote are what stands at their spans."""
    for record in records:
        assert TEXT[record.start : record.end] == record.number
        assert TEXT[record.quote_start : record.quote_end] == record.quote
        assert record.quote_start <= record.start < record.end <= record.quote_end


def test_attributes_come_in_the_text_s_words(records: list[Record]) -> None:
    """Place and group quote the text, periods have their days."""
    total, part, related = records
    assert (total.place, total.country, part.group) == ("Sebta", "ESP", "women")
    assert (total.period_start, total.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert related.context == "related"


def test_a_part_names_its_total(records: list[Record]) -> None:
    """`part_of` is the id of the record that it is a part of."""
    total, part, _ = records
    assert part.part_of == total.id
    assert total.part_of is None


def test_ids_are_stable_and_differ(analysis: Analysis, packs: Packs) -> None:
    """An id hangs on text, span, indicator and measure, not on the document's name."""
    ids = [record.id for record in make_records(analysis, packs)]
    moved = replace(analysis, document=replace(analysis.document, name="elsewhere.txt"))
    assert ids == [record.id for record in make_records(moved, packs)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids)
    assert ids[0] == "41274d3ff4e2d427"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("16000", 16000), ("16000.0", 16000), ("33.3", 33.3), ("1.2E+6", 1200000), ("-62", -62), ("0", 0)],
)
def test_whole_values_are_integers(value: str, expected: float) -> None:
    """16000.0 is printed as 16000."""
    found = plain(Decimal(value))
    assert found == expected
    assert isinstance(found, int) == (Decimal(value) % 1 == 0)


@pytest.mark.parametrize(
    ("iso", "start", "end"),
    [
        ("2018-09", date(2018, 9, 1), date(2018, 9, 30)),
        ("2011/..", date(2011, 1, 1), None),
        ("../2020", None, date(2020, 12, 31)),
        ("2021-01/2021-11", date(2021, 1, 1), date(2021, 11, 30)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_periods_have_days(analysis: Analysis, packs: Packs, iso: str, start: date | None, end: date | None) -> None:
    """First and last day follow from the period; open ends are null."""
    reading = replace(analysis.readings[0], period=Period(0, 0, iso, "inherited"))
    record = make_records(replace(analysis, readings=(reading,)), packs)[0]
    assert (record.period_start, record.period_end, record.period_basis) == (start, end, "inherited")


@pytest.mark.parametrize(
    "change",
    [{"indicator": "rescue"}, {"unit": "boats"}, {"measure": "share"}],
    ids=["unknown-indicator", "unit-of-another", "share-in-persons"],
)
def test_codes_are_the_codebook_s(analysis: Analysis, packs: Packs, change: dict[str, str]) -> None:
    """A reading with a code that the codebook does not have is no record."""
    wrong = replace(analysis.readings[0], **change)  # type: ignore[arg-type]
    with pytest.raises(MigstatsError):
        make_records(replace(analysis, readings=(wrong,)), packs)


@pytest.mark.parametrize(
    "change", [{"modality": "maybe"}, {"basis": "guess"}, {"context": "menu"}, {"country": "Spain"}]
)
def test_vocabularies_are_closed(analysis: Analysis, packs: Packs, change: dict[str, str]) -> None:
    """A value outside its vocabulary is refused."""
    wrong = replace(analysis.readings[0], **change)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        make_records(replace(analysis, readings=(wrong,)), packs)


def test_rows_hold_to_the_schema(records: list[Record], packs: Packs) -> None:
    """Every row has every key and validates against the JSON Schema that is printed."""
    schema = record_schema(packs.codebook)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for record in records:
        row = make_row(record)
        assert list(row) == KEYS
        validator.validate(row)
        with pytest.raises(Exception, match="not one of"):
            validator.validate({**row, "indicator": "nonsense"})
    assert schema["required"] == KEYS
    assert schema["additionalProperties"] is False


def test_pages_are_counted_from_one(analysis: Analysis, packs: Packs) -> None:
    """The page is the one on which the number starts."""
    paged = replace(analysis, document=replace(analysis.document, pages=(0, TEXT.index("Read"))))
    assert [record.page for record in make_records(paged, packs)] == [1, 1, 2]


ANYTHING = some.one_of(
    some.none(), some.booleans(), some.integers(-2, 9), some.floats(), some.text("a1-/. ", max_size=9), some.dates(),
    some.sampled_from(["2023", "2023-01", "2023-01/..", "2023\n", "ESP", "esp", "a" * 64, "at_least", "body", "share"]),
    some.decimals(), some.binary(max_size=2), some.lists(some.just("a"), max_size=1),
)  # fmt: skip


@given(changes=some.dictionaries(some.sampled_from(KEYS), ANYTHING, max_size=3))
def test_the_quick_check_takes_nothing_that_the_model_refuses(changes: dict[str, object]) -> None:
    """What it is sure of, pydantic takes as it is."""
    record = replace(SAMPLE, **changes)  # type: ignore[arg-type]
    if surely_holds(record):
        values = {name: getattr(record, name) for name in COLUMNS}
        taken = make_model(Record).model_validate(values)
        assert repr({name: getattr(taken, name) for name in COLUMNS}) == repr(values)


def test_the_quick_check_takes_what_is_found(records: list[Record]) -> None:
    """No record that is made needs a second look."""
    assert all(surely_holds(record) for record in [*records, SAMPLE])
    for wrong in ({"period": "2023-1"}, {"start": -1}, {"page": 0}, {"country": "Spain"}, {"value": "1"}):
        assert not surely_holds(replace(SAMPLE, **wrong))
