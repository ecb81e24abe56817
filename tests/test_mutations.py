"""Whatever is done to a text, the program reads it to the end, and every span stays true."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from folds import CORPUS

from migstats.load import Packs, load_packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.record import make_records

TEXTS = sorted(CORPUS.glob("*/fold-*/*.txt"))
ROUNDS = 120


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def mutate(text: str, chance: random.Random) -> str:
    """Cut, double, shuffle, glue or upper-case a text."""
    kind = chance.randrange(6)
    at, to = sorted(chance.sample(range(len(text) + 1), 2))
    if kind == 0:
        return text[at:to]
    if kind == 1:
        return text[:to] + text[at:]
    if kind == 2:
        words = text.split(" ")
        chance.shuffle(words)
        return " ".join(words)
    if kind == 3:
        return text[:at] + text[at:to].replace(" ", "") + text[to:]
    if kind == 4:
        return text.upper()
    return text[:at] + "".join(chance.choice("0123456789.,  ()%:;-\n\u0660\u064b\u00a0") for _ in range(80)) + text[to:]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_mutated_texts_are_read_to_the_end(seed: int, packs: Packs) -> None:
    """No mutation of a text makes the program stop, and each record points at its own characters."""
    chance = random.Random(seed)
    path: Path = chance.choice(TEXTS)
    text = mutate(path.read_text(encoding="utf-8"), chance)
    analysis = analyse(Document(path.name, text), packs)
    starts = [entry.number.start for entry in analysis.ledger]
    assert starts == sorted(starts)
    for record in make_records(analysis, packs):
        assert text[record.start : record.end] == record.number
        assert text[record.quote_start : record.quote_end] == record.quote
