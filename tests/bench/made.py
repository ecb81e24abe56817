"""Makes texts for the benchmarks: the seeds again and again, and news of which one in a hundred tells of migration."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SENTENCES = 20
OF_ALL = 100
"""One document in so many tells of migration."""
MEGA = 1_000_000


def dense(count: int) -> list[str]:
    """The seeds, again and again."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [texts[number % len(texts)] for number in range(count)]


def news() -> Iterator[str]:
    """News without end, in four languages by turns."""
    chance = random.Random(1)
    rows = [row.split("\t") for row in (ROOT / "tests/bench/news.tsv").read_text(encoding="utf-8").splitlines()]
    of = {(name, kind): [s for n, k, s in rows if (n, k) == (name, kind)] for name, kind, _ in rows}
    languages = list(dict.fromkeys(name for name, _, _ in rows))
    for number in range(1 << 62):
        name = languages[number // OF_ALL % len(languages)]
        told = [_fill(chance.choice(of[name, "news"]), chance) for _ in range(SENTENCES)]
        if number % OF_ALL == OF_ALL // 2:
            told.insert(3, _fill(chance.choice(of[name, "migration"]), chance))
        yield " ".join(told[:7]) + "\n" + " ".join(told[7:])


def _fill(sentence: str, chance: random.Random) -> str:
    return sentence.format(
        n=chance.randint(12, 900), m=chance.randint(2, 90), s=chance.randint(2, 9), y=chance.randint(2014, 2025),
        p=chance.randint(11, 49) / 10, k=f"{chance.randint(1, 40)}{chance.randint(100, 999)}",
    )  # fmt: skip


def write_dump(path: Path, texts: Iterator[str] | list[str], megabytes: float | None = None) -> Path:
    """Write texts as JSON Lines, all of them or so many megabytes."""
    size = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            line = json.dumps({"id": f"d{number}", "text": text}, ensure_ascii=False) + "\n"
            stream.write(line)
            size += len(line.encode())
            if megabytes is not None and size >= megabytes * MEGA:
                break
    return path


def sample(count: int) -> list[str]:
    """The first news."""
    return list(islice(news(), count))
