"""Prints how the program scores on the corpora beside the tests, a row a fold and language.

python tests/tools/score_folds.py [LANGUAGES] [FOLD...]     python tests/tools/score_folds.py fr,en press/fold-4
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from folds import LANGUAGES, false_in_negatives, folds, score_fold

from migstats.loading.load import load_packs
from migstats.score import Score


def show(name: str, score: Score) -> str:
    """One row of a Markdown table."""
    total = score.total
    told = " | ".join(
        f"{right / all_:.3f}" if all_ else "–"
        for right, all_ in (score.attributes.get(a, [0, 0]) for a in ("unit", "qualifier", "period", "change"))
    )
    return (
        f"| {name} | {total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f} "
        f"| {total.right} / {total.false} / {total.missed} | {told} |"
    )


def main(languages: list[str], wanted: list[str]) -> None:
    """Print the table: each fold by language, then all folds together."""
    packs = load_packs()
    print("| fold, language | P | R | F1 | right / false / missed | unit | qualifier | period | change |")
    print("|---|---|---|---|---|---|---|---|---|")
    for language in languages:
        whole = Score("language")
        for fold in wanted or folds():
            print(show(f"{fold} {language}", score_fold(fold, language, packs)))
            score_fold(fold, language, packs, whole)
        print(show(f"**all, {language}**", whole))
        if not wanted and language in ("fr", "en"):
            print(f"| figures in texts without any, {language} | | | | {false_in_negatives(language, packs)} | | | | |")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(given[0].split(",") if given else list(LANGUAGES), given[1:])
