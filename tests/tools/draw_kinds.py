"""Draw numbers that the gold does not call figures, each with the kind that it was given, to be read by eye.

usage: python tests/tools/draw_kinds.py [--seed N] [--count N] [--unclaimed] [FOLDER...]
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from migstats.gold import find_gold, find_span, read_gold
from migstats.loading.load import load_packs
from migstats.model import Document, LedgerEntry
from migstats.pipeline import analyse

ROOT = Path(__file__).resolve().parents[2]
AROUND = 60


def find_others(folders: list[Path]) -> Iterator[tuple[str, str, LedgerEntry]]:
    """Go through the numbers that are no figures by the gold: document, text, and what the ledger has."""
    packs = load_packs()
    for path in find_gold(folders):
        gold = read_gold(path)
        text = Path(gold.text_path).read_text(encoding="utf-8")
        figures = {span[0] for one in gold.figures if (span := find_span(text, one.number, one.nth))}
        for entry in analyse(Document(gold.name, text, published=gold.published), packs).ledger:
            if entry.number.start not in figures:
                yield gold.name, text, entry


def main() -> None:
    """Print a sample, and how many of all numbers nothing explains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--unclaimed", action="store_true", help="draw from the unclaimed ones instead")
    options = parser.parse_args()
    rows = list(find_others(options.folders or [ROOT / "tests" / "corpus"]))
    unclaimed = sum(entry.kind == "unclaimed" for _, _, entry in rows)
    chosen = [row for row in rows if (row[2].kind == "unclaimed") == options.unclaimed]
    for name, text, entry in random.Random(options.seed).sample(chosen, min(options.count, len(chosen))):
        start, end = entry.number.start, entry.number.end
        around = f"{text[max(0, start - AROUND) : start]}[{text[start:end]}]{text[end : end + AROUND]}"
        print(f"{entry.kind:14} {name:14} {' '.join(around.split())}")
    print(Counter(entry.kind for _, _, entry in rows).most_common())
    print(f"{unclaimed} of {len(rows)} unclaimed: {unclaimed / max(1, len(rows)):.1%}")


if __name__ == "__main__":
    main()
