"""Whatever is done to a text, the program reads it to the end, and every span stays true."""

from __future__ import annotations

import pytest
from anything import TEXTS, chance_of
from promises import hold

from migstats.loading.load import Packs

ROUNDS, EACH = 100, 100
WHOLE = 120


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_mutated_pieces_are_read_to_the_end(round_: int, packs: Packs) -> None:
    """Ten thousand pieces of the corpora, cut, doubled, shuffled, glued, in capitals: all that is promised holds."""
    for number in range(round_ * EACH, (round_ + 1) * EACH):
        hold(TEXTS["mutant"](chance_of(3, number)), packs)


@pytest.mark.parametrize("number", range(WHOLE))
def test_mutated_texts_are_read_to_the_end(number: int, packs: Packs) -> None:
    """So it is with whole texts."""
    hold(TEXTS["whole_mutant"](chance_of(3, number)), packs)
