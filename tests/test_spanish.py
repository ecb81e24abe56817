"""Constructions of Spanish press language, in small texts of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "spanish.yaml").read_bytes())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["says"])
def test_a_construction_is_read(row: dict[str, Any], packs: Packs) -> None:
    """Every figure of the text is found, with what it counts, and nothing else."""
    text = row["text"]
    found = [
        (text[r.number.start : r.number.end], r.indicator, r.measure)
        for r in analyse(Document("a.txt", text, language="es"), packs).readings
    ]
    assert found == [(number, indicator, *(measure or ["count"])) for number, indicator, *measure in row["figures"]]
