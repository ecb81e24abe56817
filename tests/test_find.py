"""What a whole text tells of its numbers beyond the words that touch them."""

from __future__ import annotations

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse


def ledger(packs: Packs, language: str, text: str) -> list[str]:
    """Every number of a text with its kind; figures, and what may yet be one, as counts."""
    analysis = analyse(Document("-", text, language=language, published="2023-06"), packs)
    rows = [(text[entry.number.start : entry.number.end], entry.kind) for entry in analysis.ledger]
    counts = {"figure", "unclaimed", "others", "change", "share", *packs.codebook.counted}
    return [f"{number} {'count' if kind in counts else kind}" for number, kind in rows]


CASES = [
    ("fr", "portant le total des morts et disparus à 2048.", ["2048 count"]),
    ("fr", "à 2018, comme en 2048.", ["2018 year", "2048 year"]),
    ("en", "Press office, Tel. (+212) 5 37 00 00 00", ["212", "5", "37", "00", "00", "00"]),
    ("en", "The rise was (+212) in May.", ["212 difference"]),
    ("ar", "وصل مهاجران اثنان إلى سبتة", ["مهاجران count"]),
    ("ar", "صودر قاربان مطاطيان وقاربان آخران", ["قاربان count", "قاربان count"]),
    ("ar", "بين 07 - 13 / 08 / 1446هـ", ["07 date", "13 date", "08 date", "1446 date"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[row[1] for row in CASES])
def test_the_ledger_names_each_number_once(packs: Packs, language: str, text: str, wanted: list[str]) -> None:
    found = ledger(packs, language, text)
    assert found == [row if " " in row else f"{row} reference" for row in wanted]
