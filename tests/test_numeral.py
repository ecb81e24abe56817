"""Numbers are read with their spans, values, qualifiers and kinds, in four languages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migstats.model import Number
from migstats.numbers.numeral import NumeralReader, compile_numerals, read_numbers
from migstats.texts.fold import fold

LANGUAGES = ("fr", "en", "es", "ar")
DATA = Path(__file__).parent / "data"
PACKS = Path(__file__).parent.parent / "migstats" / "packs" / "languages"


@cache
def reader(language: str) -> NumeralReader:
    pack = yaml.load((PACKS / f"{language}.yaml").read_bytes(), yaml.CSafeLoader)
    return compile_numerals(pack["digits"], pack["numerals"], pack["qualifiers"], pack["kinds"])


def read(language: str, text: str) -> list[Number]:
    return read_numbers(fold(text), reader(language), text)


def told(text: str, number: Number) -> str:
    """Write a number as the tables below do: number=value, upper end, kind, form, qualifier, sign."""
    parts = [f"{text[number.start : number.end]}={number.value}"]
    parts += [f"..{number.high}"] if number.high is not None else []
    parts += [f"[{number.kind}]"] if number.kind else []
    parts += [number.form] if number.form != "cardinal" else []
    parts += [number.qualifier] if number.qualifier != "exact" else []
    parts += ["+" if number.sign > 0 else "-"] if number.sign else []
    return " ".join(parts)


def rows() -> Iterator[Any]:
    table = yaml.load((DATA / "numbers.yaml").read_bytes(), yaml.CSafeLoader)
    for language, cases in table.items():
        for text, wanted in cases.items():
            yield pytest.param(language, text, wanted, id=f"{language}-{text}")


@pytest.mark.parametrize(("language", "text", "wanted"), list(rows()))
def test_reading(language: str, text: str, wanted: list[str] | None) -> None:
    assert [told(text, number) for number in read(language, text)] == (wanted or [])


EXPRESSIONS = [
    ("fr", "soit plus de 300 cas", "plus de 300"),
    ("fr", "d'environ 50.000 cas", "environ 50.000"),
    ("fr", "entre 200 et 300 cas", "200 et 300"),
    ("fr", "en hausse (+ 44 %)", "+ 44 %"),
    ("en", "some 300 or so", "some 300 or so"),
    ("en", "up 12 per cent", "12 per cent"),
    ("es", "algo más de 40 redes", "algo más de 40"),
    ("ar", "أزيد من 300 محاولة", "أزيد من 300"),
]


@pytest.mark.parametrize(("language", "text", "expression"), EXPRESSIONS, ids=[row[1] for row in EXPRESSIONS])
def test_the_expression_holds_qualifier_and_sign(language: str, text: str, expression: str) -> None:
    (number,) = read(language, text)
    assert text[number.lead : number.tail] == expression


AMBIGUOUS = [
    ("en", "16.818 people", 16818, "separator"),
    ("en", "an area of 1.234 km", Decimal("1.234"), ""),
    ("en", "16,818 people", 16818, ""),
    ("fr", "1,250 migrants", 1250, "separator"),
    ("fr", "1,250 %", Decimal("1.250"), ""),
    ("fr", "1,250 million", Decimal(1250000), ""),
    ("fr", "12.000 personnes", 12000, ""),
    ("es", "10,501 personas", 10501, "separator"),
    ("es", "(+1.306 %)", 1306, ""),
]


@pytest.mark.parametrize(("language", "text", "value", "note"), AMBIGUOUS, ids=[row[1] for row in AMBIGUOUS])
def test_one_mark_before_three_digits(language: str, text: str, value: Decimal, note: str) -> None:
    (number,) = read(language, text)
    assert (number.value, number.note) == (value, note)


def spell(words: dict[str, Any], value: int) -> str:
    """Spell a number below 10,000 with the words of a language."""
    parts = []
    thousands, rest = divmod(value, 1000)
    hundreds, small = divmod(rest, 100)
    if thousands:
        parts.append(words["thousands"][thousands - 1])
    if hundreds and small:
        parts.append(words["hundreds"][hundreds - 1] + words["hundred_joiner"] + words["below_hundred"][small])
    elif hundreds:
        parts.append(words["hundreds_alone"][hundreds - 1])
    elif small or not thousands:
        parts.append(words["below_hundred"][small])
    return str(words["thousand_joiner"]).join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_come_back_as_values(language: str) -> None:
    words = yaml.load((DATA / "number_words.yaml").read_bytes(), yaml.CSafeLoader)[language]
    spelt = {value: spell(words, value) for value in range(10_000)} | words["powers"]
    wrong = {}
    for value, text in spelt.items():
        for written in (text, text.capitalize(), text.replace("-", " ")):
            numbers = read(language, written)
            if [(n.start, n.end, n.value) for n in numbers] != [(0, len(written), value)]:
                wrong[written] = numbers
    assert not wrong


GROUPINGS = {
    "fr": (".", " ", "\u00a0", "\u202f", "\u2009", "'", ","),
    "en": (",", " ", "\u00a0", "\u202f", "\u2009", "'", "."),
    "es": (".", " ", "\u00a0", "\u202f", "\u2009", ","),
    "ar": (",", "٬", "،", ".", " "),
}
STYLES = [(language, mark) for language, marks in GROUPINGS.items() for mark in marks]


@pytest.mark.parametrize(("language", "mark"), STYLES, ids=[f"{language}-{mark!a}" for language, mark in STYLES])
@given(value=st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_come_back_as_values(language: str, mark: str, value: int) -> None:
    written = f"{value:,}".replace(",", mark)
    (number,) = read(language, f"({written})")
    assert (number.start, number.end) == (1, 1 + len(written))
    assert number.value == value


@given(value=st.integers(min_value=0, max_value=10**9), digits=st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_digits_of_other_scripts(value: int, digits: str) -> None:
    written = "".join(digits[int(digit)] for digit in str(value))
    (number,) = read("ar", written)
    assert (number.start, number.end) == (0, len(written))
    assert number.value == value


@given(groups=st.lists(st.tuples(st.integers(1, 12), st.integers(0, 9)), min_size=1, max_size=4))
@pytest.mark.parametrize("mark", [",", "."])
def test_decimals_come_back(groups: list[tuple[int, int]], mark: str) -> None:
    text = "; ".join(f"{whole}{mark}{part} %" for whole, part in groups)
    for language in LANGUAGES:
        found = [number.value for number in read(language, text)]
        assert found == [Decimal(f"{whole}.{part}") for whole, part in groups]


@cache
def vocabulary() -> list[str]:
    """Words of all languages that number reading knows, and the marks around them."""
    words = {word for language in LANGUAGES for word in reader(language).vocabulary}
    return [*sorted(words), *"0123456789", "12", "200", "1.234", "2018", *" .,-/:'()+%$\n", " ", " ", " "]


@given(pieces=st.lists(st.sampled_from(vocabulary()), max_size=30), language=st.sampled_from(LANGUAGES))
def test_spans_are_sorted_apart_and_inside(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    check_spans(text, read(language, text))


@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: str) -> None:
    check_spans(text, read(language, text))


def check_spans(text: str, numbers: list[Number]) -> None:
    reached = 0
    for number in numbers:
        assert reached <= number.start < number.end <= len(text)
        assert 0 <= number.lead <= number.start
        assert number.end <= number.tail <= len(text)
        reached = max(number.end, number.high_end or 0)
        if number.high is not None:
            assert number.high > number.value
            assert number.high_end is not None
            assert number.end < number.high_end <= number.tail


def test_no_digit_is_passed_over() -> None:
    text = "A320, n° 27-14, 24/7, 1.2.3.4, 12,5,6 et 2018-09-14; +212 537 22 33 44; 3/4; 10:45; 31,480 611 902"
    for language in LANGUAGES:
        covered: set[int] = set()
        for number in read(language, text):
            covered.update(range(number.start, number.tail))
        assert not [at for at, char in enumerate(text) if char.isdigit() and at not in covered]


PIECES = ["1 ", "1,", "234,", "one ", "half ", "1-", "1. \n", "more than ", "two hundred and ", "twenty point "]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        read("en", piece * times)
        return time.process_time() - started

    assert seconds(6000) < 60 * seconds(600) + 0.5
