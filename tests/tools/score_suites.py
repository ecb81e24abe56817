"""Scores the reader of numbers against suites of cases, given as a folder of JSON Lines."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from migstats.model import Number
from migstats.numbers.numeral import NumeralReader, compile_numerals, read_numbers
from migstats.texts.fold import fold

TESTS = Path(__file__).resolve().parents[1]
PACKS = TESTS.parent / "migstats" / "packs" / "languages"
CLOSE = Decimal("0.0006")
"""Shares have one decimal in percent, so their value as a fraction is only this close."""


def load_reader(language: str) -> NumeralReader:
    """Compile the numbers of a language pack."""
    with (PACKS / f"{language}.yaml").open("rb") as stream:
        pack = yaml.load(stream, yaml.CSafeLoader)
    return compile_numerals(pack["digits"], pack["numerals"], pack["qualifiers"], pack["kinds"])


def is_right(case: dict[str, Any], numbers: list[Number]) -> bool:
    """Tell whether a case is met: its number is found, or, where its value is null, none is."""
    span = case["start"], min(case["end"], len(case["text"]))
    if case["value"] == "null":
        return not any(number.start < span[1] and span[0] < number.end for number in numbers)
    return any(_matches(case, number, span) for number in numbers)


def _matches(case: dict[str, Any], number: Number, span: tuple[int, int]) -> bool:
    """Compare span and value; the suites count sign and percent sign as parts of the number, and a third as 0.33."""
    quote = case["text"][span[0] : span[1]]
    lead = 0 if number.lead < 0 else number.lead
    starts = {number.start, lead if number.sign else number.start}
    ends = {number.end, number.tail if number.form == "percent" else number.end}
    trimmed = span[0] + len(quote) - len(quote.lstrip()), span[1] - len(quote) + len(quote.rstrip())
    if trimmed[0] not in starts or trimmed[1] not in ends:
        return False
    wanted, value = Decimal(str(case["value"])), number.value
    if trimmed[0] != number.start and number.sign < 0:
        value = -value
    if number.form == "fraction" and case["kind"] == "cardinal":
        value /= 100
    return value == wanted or (wanted % 1 != 0 and abs(value - wanted) < CLOSE)


def read_cases(folder: Path) -> Iterator[dict[str, Any]]:
    """Give the cases of all suites in a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def main(folder: str) -> int:
    """Print what is right for each language, and every case that is not, with its reason where one is listed."""
    listed = read_exceptions()
    right: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    total: Counter[str] = Counter()
    unlisted = 0
    readers: dict[str, NumeralReader] = {}
    for case in read_cases(Path(folder)):
        language = case["language"]
        if language not in readers:
            readers[language] = load_reader(language)
        total[language] += 1
        numbers = read_numbers(fold(case["text"]), readers[language], case["text"])
        if is_right(case, numbers):
            right[language] += 1
            continue
        kind, because = listed.get((language, case["text"]), ("unlisted", "no reason is listed"))
        excused[language] += kind == "convention"
        unlisted += kind == "unlisted"
        print(describe(case, numbers), kind, because, sep="; ")
    for language in sorted(total):
        held = total[language] - excused[language]
        print(
            f"{language}: {right[language]} of {total[language]} right ({right[language] / total[language]:.1%}), "
            f"{right[language]} of {held} without the conventions that clash ({right[language] / held:.1%})"
        )
    return int(unlisted > 0)


def read_exceptions() -> dict[tuple[str, str], tuple[str, str]]:
    """Give kind and reason of the cases that are not met: a convention is left out of the count, a gap is not."""
    with (TESTS / "suite_exceptions.yaml").open("rb") as stream:
        rows = yaml.load(stream, yaml.CSafeLoader) or []
    return {(row["language"], text): (row["kind"], row["because"]) for row in rows for text in row["texts"]}


def describe(case: dict[str, Any], numbers: list[Number]) -> str:
    """Tell what a case wants and what was found."""
    found = ", ".join(f"{case['text'][number.start : number.end]}={number.value}" for number in numbers)
    return f"{case['language']} {case['text']!r}: wants {case['quote']!r}={case['value']}, found {found or 'none'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
