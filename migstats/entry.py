"""Reads the entries of a language pack's word lists."""

from __future__ import annotations

import itertools
import re

from migstats.fold import fold, key

GAP = ".."
"""In an entry: up to a few words of the same clause, numbers among them."""


def expand_word(word: str) -> list[str]:
    """The spellings of one word of an entry: `arrêt(é|ée)` gives two; a final `*` stays."""
    pieces = re.split(r"\(([^()]*)\)", word)
    choices = [[p] if i % 2 == 0 else p.split("|") for i, p in enumerate(pieces)]
    return ["".join(c) for c in itertools.product(*choices)]


def expand_phrase(phrase: str) -> list[str]:
    """The entries that one stands for: choices of several words, and words that may be missing, are written out.

    >>> expand_phrase("taken (into custody|away)")
    ['taken into custody', 'taken away']
    """
    for found in re.finditer(r"\(([^()]*)\)", phrase):
        choices = found.group(1).split("|")
        whole = phrase[: found.start()][-1:] in ("", " ") and phrase[found.end() :][:1] in ("", " ")
        if any(" " in c.strip() for c in choices) or (whole and "" in choices):
            variants = [f"{phrase[: found.start()]}{c}{phrase[found.end() :]}" for c in choices]
            return [e for v in variants for e in expand_phrase(" ".join(v.split()))]
    return [phrase]


def split_phrase(phrase: str) -> list[list[str]]:
    """The words of an entry, each as its spellings; hyphens and apostrophes part words, as in tokens."""
    rows: list[list[str]] = []
    for word in phrase.split():
        if word == GAP:
            rows.append([GAP])
            continue
        spellings = [re.split(r"[-']", key(fold(s))) for s in expand_word(word)]
        longest = max(len(s) for s in spellings)
        if all(len(s) == longest for s in spellings):
            rows.extend(list(dict.fromkeys(s[i] for s in spellings)) for i in range(longest))
        else:
            rows.append(list(dict.fromkeys(s[0] for s in spellings)))
    return [[w for w in row if w] or [""] for row in rows]
