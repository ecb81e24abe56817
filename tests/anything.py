"""Makes texts that nobody would write, each out of a seed and a number: the same anywhere, in any order."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, partial

import pytest
from conftest import ROOT, SEEDS
from folds import CORPUS
from makers import MANY, ONE

DIGITS = "".join(chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Nd")
ODD = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\ufeff\u00ad\u0640\u064b\u0301\u20e3\0\x1b\x07\x9b\x85\r\f\u2028\u2029"
)
WORDS = """
migrants rescued 300 1.234 12,5 % in_2023 ont_été_expulsés personnes réseaux démantelé de of and et و مهاجر إنقاذ ألف
عمليتي mil millones_de rescatados entre from to ( ) : ; - \u2013 | % 12_345 3/4 1er 2022-2023 1e9 0 \u06f5\u06f6 ² ½ Ⅳ ①
\u0661\u0662\u066c\u0663\u0664\u0665 \U0001d7d9 \u0bf0 万 date_2018-09 --- # * 1. • « » " Lire_aussi Read_also http://a.b/1
"""
PIECES = [*(word.replace("_", " ") for word in WORDS.split()), "\t", "\n", "\n\n", "\u2028"]
SIGNS = "0123456789.,  ()%:;-\n\u0660\u064b\u00a0"
WINDOW = 240
"""Characters of a text that small mutations begin with, at most."""

SAID = "In 2023 the navy rescued 1,200 migrants at sea.\nRead also: 12 boats\n\nTwo | 3 | 4\n"

Chance = random.Random
Maker = Callable[[Chance], str]


@cache
def read_corpora() -> tuple[str, ...]:
    """The texts of all corpora, and the seeds."""
    paths = [*sorted(SEEDS.glob("*.txt")), *sorted(CORPUS.glob("*/fold-*/*.txt"))]
    return tuple(path.read_bytes().decode("utf-8") for path in paths)


@cache
def read_vocabulary() -> tuple[tuple[str, ...], ...]:
    """The words of each language pack, whatever they are for."""
    packs = sorted((ROOT / "migstats/packs/languages").glob("*.yaml"))
    return tuple(tuple(sorted(set(re.findall(r"[^\W\d_]{2,}", path.read_text(encoding="utf-8"))))) for path in packs)


def cut(text: str, chance: Chance) -> str:
    """Keep a piece from anywhere."""
    start, end = _two_places(text, chance)
    return text[start:end] or text


def double(text: str, chance: Chance) -> str:
    """Say a piece twice."""
    start, end = _two_places(text, chance)
    return text[:end] + text[start:]


def shuffle(text: str, chance: Chance) -> str:
    """Put the words in another order."""
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def glue(text: str, chance: Chance) -> str:
    """Take the spaces out of a piece."""
    start, end = _two_places(text, chance)
    return text[:start] + text[start:end].replace(" ", "") + text[end:]


def shout(text: str, _: Chance) -> str:
    """Write all in capitals."""
    return text.upper()


def riddle(text: str, chance: Chance) -> str:
    """Put digits and signs in the place of a piece."""
    start, end = _two_places(text, chance)
    return text[:start] + "".join(chance.choices(SIGNS, k=min(80, 8 + len(text) // 4))) + text[end:]


def sprinkle(text: str, chance: Chance) -> str:
    """Put characters that are not seen, and some that are, anywhere."""
    letters = list(text)
    for _ in range(1 + len(text) // 20):
        letters.insert(chance.randrange(len(letters) + 1), chance.choice(ODD))
    return "".join(letters)


def decompose(text: str, chance: Chance) -> str:
    """Take letters and their marks apart, or put them together, as compatible ones too."""
    return unicodedata.normalize(chance.choice(["NFD", "NFKC", "NFKD"]), text)


def transcribe(text: str, chance: Chance) -> str:
    """Write the digits in those of another script."""
    zero = 10 * chance.randrange(len(DIGITS) // 10)
    return re.sub("[0-9]", lambda found: DIGITS[zero + int(found.group())], text)


def break_lines(text: str, chance: Chance) -> str:
    """End lines where spaces are, in any manner."""
    ends = ["\n", "\r\n", "\r", "\n\n", "\t", " | ", "\n- ", "\n1. "]
    return re.sub(" ", lambda found: chance.choice(ends) if chance.random() < 0.1 else found.group(), text)


def splice(text: str, chance: Chance) -> str:
    """Put a piece of another text, in another language perhaps, into this one."""
    other = chance.choice(read_corpora())
    at, start = chance.randrange(len(text) + 1), chance.randrange(len(other))
    return text[:at] + other[start : start + len(text) // 2] + text[at:]


MUTATIONS: Mapping[str, Callable[[str, Chance], str]] = {
    one.__name__: one
    for one in (cut, double, shuffle, glue, shout, riddle, sprinkle, decompose, transcribe, break_lines, splice)
}


def mutate(text: str, chance: Chance) -> str:
    """Do one to three things to a text."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        text = chance.choice(list(MUTATIONS.values()))(text, chance)
    return text


def make_unicode(chance: Chance) -> str:
    """Characters from all over Unicode, or from a few neighbourhoods of it."""
    near = [chance.randrange(0x110000) for _ in range(chance.randrange(1, 4))] if chance.random() < 0.7 else []
    points = (chance.choice(near) + chance.randrange(128) if near else chance.randrange(0x110000) for _ in range(60))
    text = "".join(chr(point) for point in points if point < 0x110000 and not 0xD800 <= point < 0xE000)
    return text[: chance.randrange(1, 60)]


def make_odd(chance: Chance) -> str:
    """Digits of any script, marks, and characters that are not seen."""
    return "".join(chance.choice(chance.choice([ODD, DIGITS, "aé .,\n%()"])) for _ in range(chance.randrange(1, 60)))


def make_pieces(chance: Chance) -> str:
    """Words and numbers of the trade in any order, glued or not."""
    pieces = chance.choices([*PIECES, *ODD], k=chance.randrange(1, 25))
    return chance.choice([" ", " ", ""]).join(pieces)


def make_babble(chance: Chance) -> str:
    """Words of a language in any order, with numbers and signs."""
    words = chance.choice(read_vocabulary())
    told: list[str] = []
    for _ in range(chance.randrange(2, 25)):
        told.append(chance.choice(words))
        if chance.random() < 0.3:
            told.append(
                str(chance.randrange(10 ** chance.randrange(1, 8))) if chance.random() < 0.8 else chance.choice(PIECES)
            )
    return " ".join(told)


def make_mutant(chance: Chance) -> str:
    """A piece of a text from the corpora, mutated."""
    text = chance.choice(read_corpora())
    start = chance.randrange(len(text))
    return mutate(text[start : start + chance.randrange(10, WINDOW)], chance)


def make_whole_mutant(chance: Chance) -> str:
    """A whole text from the corpora, mutated."""
    return mutate(chance.choice(read_corpora()), chance)


def make_bytes(chance: Chance) -> bytes:
    """Bytes of any kind, or of a text in some encoding, a few of them spoilt."""
    if chance.random() < 0.3:
        return chance.randbytes(chance.randrange(1, 80))
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1256", "utf-7"])
    data = bytearray(make_mutant(chance).encode(encoding, "replace") or b" ")
    for _ in range(chance.randrange(4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def spoil(data: bytes, chance: Chance) -> bytes:
    """Change, cut out, put in or repeat a few bytes of a file, or break it off."""
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at, many = chance.randrange(len(spoilt) + 1), chance.randrange(1, 40)
        match chance.randrange(9):
            case 0 | 1:
                spoilt[at : at + 1] = chance.randbytes(1)
            case 2 | 3:
                del spoilt[at : at + many]
            case 4 | 5:
                spoilt[at:at] = chance.randbytes(many)
            case 6 | 7:
                spoilt[at:at] = spoilt[at : at + 4 * many]
            case _:
                del spoilt[at:]
    return bytes(spoilt)


def _make_one(kind: str) -> bytes:
    needs, make = ONE[kind]
    for module in needs.split():
        pytest.importorskip(module)
    return make("a", SAID)


FILES: Mapping[str, Callable[[], bytes]] = {
    **{kind: cache(partial(_make_one, kind)) for kind in ONE},
    **{kind: cache(partial(make, {"a": SAID, "b": SAID * 3})) for kind, (_, make) in MANY.items()},
}
"""A file of each format."""

TEXTS: Mapping[str, Maker] = {
    one.__name__.removeprefix("make_"): one
    for one in (make_unicode, make_odd, make_pieces, make_babble, make_mutant, make_whole_mutant)
}


def chance_of(seed: int, number: int) -> Chance:
    """What decides of one text."""
    return random.Random(f"{seed}/{number}")


def _two_places(text: str, chance: Chance) -> tuple[int, int]:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return start, end
