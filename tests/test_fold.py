"""A view has the length of its text, and reads alike whatever the typesetting."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migstats.texts.fold import FILLER, fold, key

FOLDED = [
    ("Été à Ceuta", "ete a ceuta"),
    ("ÑANDÚ ça œuvre", "nandu ca œuvre"),
    ("1\u202f535\u00a0000\u2009m", "1 535 000 m"),
    ("l’État d`ici", "l'etat d'ici"),
    ("2019–2020 — −5", "2019-2020 - -5"),
    ("« oui » “so”", '" oui " "so"'),
    ("٢٦٬٠٠٠ ۱۲٫۵٪", "26٬000 12٫5%"),
    ("１２３％", "123%"),
    ("إحباط أزيد آلاف", "احباط ازيد الاف"),
    ("مائة، على؛", "مايه, علي;"),
    ("a\tb\r\nc", "a\tb \nc"),
    ("\u202bنص\u202c \ufeffx", " نص   x"),
    ("co\u00adop", f"co{FILLER}op"),
    ("مُهاجِر", f"م{FILLER}هاج{FILLER}ر"),
    ("e\u0301te\u0301", f"e{FILLER}te{FILLER}"),
    ("İstanbul ß ﬁ", "istanbul ß ﬁ"),
]


@pytest.mark.parametrize(("text", "view"), FOLDED, ids=[view for _, view in FOLDED])
def test_fold(text: str, view: str) -> None:
    assert fold(text) == view


@pytest.mark.parametrize(
    ("word", "looked_up"), [("Réseaux", "reseaux"), ("رُحِّل", "رحل"), ("بـ", "ب"), ("co\u00adop", "coop")]
)
def test_key(word: str, looked_up: str) -> None:
    assert key(word) == looked_up


def test_every_character_folds_to_one_that_folds_to_itself() -> None:
    for point in range(sys.maxunicode + 1):
        view = fold(chr(point))
        assert len(view) == 1
        assert fold(view) == view


@given(st.text())
def test_offsets_hold(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text).count("\n") >= text.count("\n")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
