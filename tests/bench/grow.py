"""Measure how time grows with the size of one document: a text of one size and one of ten times that.

usage: python tests/bench/grow.py [--kilobytes N]

Four kinds of text: the seeds, numbers alone, words alone, separators alone, each told to be in English.
"""

from __future__ import annotations

import argparse
import time

from made import dense

from migstats.loading.load import load_packs
from migstats.model import Document
from migstats.runs.work import Desk, Task

WORDS = "the town council said that migrants were rescued at sea and that boats would be seized before the winter "
TIMES = 10


def main() -> None:
    """Measure and print rows of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kilobytes", type=int, default=100, help="size of the smaller text")
    small = parser.parse_args().kilobytes * 1000
    kinds = {
        "dense": "\n".join(dense(5)) + "\n",
        "numbers, in one line": "1,234 56 789 2021 12.5% ",
        "numbers, in lines": "1,234\n56\n789\n",
        "words, in one line": WORDS,
        "words, in lines": WORDS + "\n",
        "separators, in one line": ", ; . - ( ",
        "separators, in lines": "| | |\n",
        "spaces": " ",
    }
    desk = Desk(Task(form="jsonl"), load_packs())
    desk.do(Document("a.txt", kinds["dense"], language="en"))
    print(f"| text | {small // 1000} KB, CPU seconds | {TIMES * small // 1000} KB | times |\n|---|---|---|---|")
    for name, piece in kinds.items():
        spent = []
        for size in (small, small * TIMES):
            text = (piece * (size // len(piece) + 1))[:size]
            start = time.process_time()
            outcome = desk.do(Document("a.txt", text, language="en"))
            spent.append(time.process_time() - start)
            if outcome.error:
                raise SystemExit(str(outcome.error))
        print(f"| {name} | {spent[0]:.2f} | {spent[1]:.2f} | {spent[1] / spent[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
