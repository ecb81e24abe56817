"""Scores the corpora beside the tests, by fold and by language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migstats.gold import Gold, read_gold
from migstats.loading.load import Packs
from migstats.runs.extract import Wanted, extract
from migstats.runs.walk import Listener, read_paths
from migstats.score import Score, score_document

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("fr", "en", "es", "ar")


def folds() -> list[str]:
    """The names of the folds: `dev/fold-1` and so on."""
    return sorted(str(p.relative_to(CORPUS)) for p in CORPUS.glob("*/fold-*"))


def gold_of(fold: str, language: str) -> Iterator[Gold]:
    """The gold files of one fold and language."""
    for path in sorted((CORPUS / fold).glob(f"*-{language}-*.gold.yaml")):
        yield read_gold(path)


def score_fold(fold: str, language: str, packs: Packs, score: Score | None = None) -> Score:
    """The score of one fold and language, added to `score` where one is given."""
    score = score or Score("language")
    listener = Listener(warn=lambda _: None, fail=_raise)
    for gold in gold_of(fold, language):
        for analysis, records in extract(read_paths([str(gold.text_path)], listener), packs, Wanted(), _raise):
            score_document(score, gold, analysis, records)
    return score


def false_in_negatives(language: str, packs: Packs) -> int:
    """How many figures are found in the texts that hold none."""
    listener = Listener(warn=lambda _: None, fail=_raise)
    found = 0
    for path in sorted(CORPUS.glob(f"*/fold-*/*-neg-{language}-*.txt")):
        for _, records in extract(read_paths([str(path)], listener), packs, Wanted(), _raise):
            found += len(records)
    return found


def _raise(error: Exception) -> None:
    raise error
