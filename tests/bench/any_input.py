"""Read texts that nobody would write, a million of them, and hold all that is promised of any answer.

usage: python tests/bench/any_input.py --count 1000000 --state FILE [--seed N] [--jobs N] [--kind KIND] [--minutes N]

Each text is made of the seed and its number alone, so that one that fails can be made again: `--only NUMBER`. The
state, a file of JSON, tells how far it came: the same command goes on from there. A text that takes more than `--alarm`
seconds of the processor is told as one that hangs. What fails is printed, and kept in the state; the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from anything import FILES, TEXTS, chance_of, make_bytes, spoil
from promises import hold, read_any

from migstats.loading.load import Packs, load_packs

KINDS = {**dict.fromkeys(TEXTS, 20), "whole_mutant": 1, "bytes": 10, **dict.fromkeys(FILES, 0.2)}
"""How often each kind is made: texts, the bytes of texts, spoilt files of each format."""
BLOCK = 500
"""Texts that a process is given at once."""
LANGUAGES = (None, None, None, None, "fr", "en", "es", "ar")


class Asked(NamedTuple):
    """What a process has to know."""

    seed: int
    kind: str | None
    alarm: float


class Hangs(BaseException):
    """A text took too long."""


def ring(_: int, __: FrameType | None) -> None:
    raise Hangs


@cache
def packs() -> Packs:
    signal.signal(signal.SIGPROF, ring)
    return load_packs()


def make(asked: Asked, number: int) -> tuple[str, str | bytes, str | None]:
    """Make one text or file: its kind, itself, and the language that it is said to be in."""
    chance = chance_of(asked.seed, number)
    [kind] = chance.choices(list(KINDS), list(KINDS.values()))
    kind = asked.kind or kind
    language = chance.choice(LANGUAGES)
    if kind in FILES:
        return kind, spoil(FILES[kind](), chance), language
    return kind, make_bytes(chance) if kind == "bytes" else TEXTS[kind](chance), language


def try_one(kind: str, text: str | bytes, language: str | None) -> int:
    """Hold what is promised of one text or file; give how many records it had."""
    if isinstance(text, str):
        return len(hold(text, packs(), language))
    name = "a." + {"bytes": "txt", "markdown": "md"}.get(kind, kind)
    return sum(len(hold(document, packs(), language)) for document in read_any(text, name))


def locate(error: BaseException) -> list[str]:
    """Tell what went wrong, and in which lines: the last ones of where it began."""
    first = error.__cause__ or error
    return [
        *(f"{frame.filename}:{frame.lineno} {frame.line}" for frame in traceback.extract_tb(first.__traceback__)[-4:]),
        f"{type(first).__name__}: {first}",
    ]


def try_block(asked: Asked, first: int, end: int) -> dict[str, Any]:
    """Try the texts of one block."""
    told: dict[str, Any] = {"texts": end - first, "records": 0, "characters": 0, "seconds": 0.0, "failures": []}
    kinds: Counter[str] = Counter()
    packs()
    for number in range(first, end):
        kind, text, language = make(asked, number)
        kinds[kind] += 1
        told["characters"] += len(text)
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, asked.alarm)
        try:
            told["records"] += try_one(kind, text, language)
        except (Exception, Hangs) as error:
            told["failures"].append({"number": number, "kind": kind, "language": language, "said": locate(error)})
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        told["seconds"] += time.process_time() - start
    told["kinds"] = dict(kinds)
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def enter(state: dict[str, Any], told: dict[str, Any]) -> None:
    """Add what a block gave."""
    for name in ("texts", "records", "characters", "seconds", "failures"):
        state[name] += told[name]
    state["kinds"] = dict(Counter(state["kinds"]) + Counter(told["kinds"]))
    state["peak"] = max(state["peak"], told["peak"])


def run(state: dict[str, Any], asked: Asked, jobs: int, count: int) -> Iterator[dict[str, Any]]:
    """Try block after block, in order, on so many processes."""
    blocks = ((n, min(n + BLOCK, count)) for n in range(state["texts"], count, BLOCK))
    with ProcessPoolExecutor(jobs) as pool:
        waiting: list[Future[dict[str, Any]]] = [
            pool.submit(try_block, asked, *one) for one in islice(blocks, 2 * jobs)
        ]
        try:
            while waiting:
                told = waiting.pop(0).result()
                waiting += [pool.submit(try_block, asked, *one) for one in islice(blocks, 1)]
                enter(state, told)
                yield told
        finally:
            for one in waiting:
                one.cancel()


def load_state(path: Path | None, asked: Asked) -> dict[str, Any]:
    """Give how far it came."""
    fresh = {"texts": 0, "records": 0, "characters": 0, "seconds": 0.0, "failures": [], "kinds": {}, "peak": 0}
    fresh |= {"seed": asked.seed, "kind": asked.kind}
    if path is None or not path.exists():
        return fresh
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if (state["seed"], state["kind"]) != (asked.seed, asked.kind):
        raise SystemExit(f"{path} is of another seed or kind")
    return state


def save_state(path: Path | None, state: dict[str, Any]) -> None:
    if path is not None:
        made = path.with_suffix(".part")
        made.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
        made.replace(path)


def show(state: dict[str, Any]) -> str:
    rate = state["texts"] / max(state["seconds"], 0.001)
    counted = f"{state['texts']:,} texts, {state['characters']:,} characters, {state['records']:,} records"
    return f"{counted}, {rate:.0f} texts a CPU second, peak {state['peak']} MB, {len(state['failures'])} failures"


def main() -> int:
    """Run until the count, or the time, is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--alarm", type=float, default=20, help="CPU seconds that one text may take")
    parser.add_argument("--only", type=int, help="try this one text, and print it")
    given = parser.parse_args()
    asked = Asked(given.seed, given.kind, given.alarm)
    if given.only is not None:
        kind, text, language = make(asked, given.only)
        print(kind, language, ascii(text))
        print(try_one(kind, text, language), "records")
        return 0
    state = load_state(given.state, asked)
    start = said = time.monotonic()
    for told in run(state, asked, given.jobs, given.count):
        save_state(given.state, state)
        for failure in told["failures"]:
            print(json.dumps(failure, ensure_ascii=True, indent=1), flush=True)
        now = time.monotonic()
        if now - said > 60:
            said = now
            print(show(state), file=sys.stderr, flush=True)
        if now - start > 60 * given.minutes:
            break
    print(show(state))
    return 1 if state["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
