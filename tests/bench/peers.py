"""Measure migstats beside its peers, on the same texts in the same process, and print rows of Markdown.

usage, in an environment of the benchmark's own (pip install quantulum3 spacy eyecite, and this package):
    python tests/bench/peers.py [--rounds N] [--documents N]

The texts are the seeds, again and again. Slow peers read fewer of them: what is compared is megabytes of UTF-8 a second
of CPU time, each the median of the rounds, in each of which all take their turn.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from statistics import median

from made import MEGA, dense

from migstats.collector import collect_seldom
from migstats.loading.load import load_packs
from migstats.model import Document
from migstats.runs.work import Desk, Task

NOUNS = "migrants people persons boats networks attempts migrantes personas redes ressortissants réseaux مهاجر"
SHARE = {"quantulum3": 20, "eyecite": 5}
"""One text in so many is read by a slow peer."""

Reader = Callable[[str], object]


def make_migstats() -> Reader:
    """Documents in, JSON Lines out."""
    collect_seldom()
    desk = Desk(Task(form="jsonl"), load_packs())
    return lambda text: desk.do(Document("a.txt", text))


def make_quantulum3() -> Reader:
    """Quantities of a text, without its classifier."""
    from quantulum3 import parser

    return parser.parse  # type: ignore[no-any-return]


def make_spacy() -> Reader:
    """A blank pipeline with a ruler: a number, and a noun behind it."""
    import spacy

    nlp = spacy.blank("xx")
    number = {"LIKE_NUM": True}
    patterns = [
        {"label": "FIGURE", "pattern": [number, *[{"IS_ALPHA": True}] * gap, {"LOWER": noun}]}
        for noun in NOUNS.split()
        for gap in range(3)
    ]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return lambda text: [(entity.text, entity.start_char) for entity in nlp(text).ents]


def make_eyecite() -> Reader:
    """Citations, which these texts have none of."""
    from eyecite import get_citations

    return get_citations  # type: ignore[no-any-return]


MAKERS = {
    "migstats": make_migstats,
    "quantulum3": make_quantulum3,
    "spaCy blank + ruler": make_spacy,
    "eyecite": make_eyecite,
}


def rate(read: Reader, texts: Sequence[str]) -> float:
    """Megabytes a CPU second."""
    start = time.process_time()
    for text in texts:
        read(text)
    return sum(len(text.encode()) for text in texts) / MEGA / (time.process_time() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=2500)
    asked = parser.parse_args()
    readers = {}
    for name, make in MAKERS.items():
        try:
            readers[name] = make()
        except ImportError as error:
            print(f"{name} is left out: {error}")
    texts = dense(asked.documents)
    for read in readers.values():
        rate(read, texts[:5])
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(asked.rounds):
        for name, read in readers.items():
            rates[name].append(rate(read, texts[: max(5, len(texts) // SHARE.get(name, 1))]))
    ours = median(rates["migstats"])
    print("| program | MB a CPU second, median | lowest to highest | migstats is times as fast |\n|---|---|---|---|")
    for name, row in rates.items():
        print(f"| {name} | {median(row):.3f} | {min(row):.3f} to {max(row):.3f} | {ours / median(row):.1f} |")


if __name__ == "__main__":
    main()
