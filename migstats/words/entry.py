"""Reads the entries of a language pack's word lists."""

from __future__ import annotations

import itertools
from math import prod

from migstats.caching.regex import expression
from migstats.texts.fold import key

GAP = ".."
"""In an entry: up to a few words of the same clause, numbers among them."""
_MOST = 10_000
"""Spellings of one entry."""
_CHOICE = expression(r"\(([^()]*)\)")
_JOINERS = expression(r"[-']")
"""Marks that part words, as in tokens."""


def expand_phrase(phrase: str) -> list[str]:
    """The entries that one stands for: choices between different numbers of words are written out.

    >>> expand_phrase("taken (into custody|away)")
    ['taken into custody', 'taken away']
    >>> expand_phrase("arrest(ed|s)")
    ['arrest(ed|s)']
    """
    for found in _CHOICE.finditer(phrase):
        before, after = phrase[: found.start()], phrase[found.end() :]
        choices = found.group(1).split("|")
        whole = before[-1:] in ("", " ") and after[:1] in ("", " ")
        if not (any(" " in c.strip() for c in choices) or (whole and "" in choices)):
            alike = _group(choices, after)
            if len(alike) == 1:
                continue
            choices = [f"({'|'.join(group)})" for group in alike]
        made = [e for c in choices for e in expand_phrase(" ".join(f"{before}{c}{after}".split()))]
        if len(made) > _MOST:
            raise ValueError(f"{phrase[:60]!r} stands for more than {_MOST:,} wordings, write fewer choices")
        return made
    return [phrase]


def _group(choices: list[str], after: str) -> list[list[str]]:
    """The choices by how many words marks part them into: "(la|l')île", "(France|Grande-Bretagne)"."""
    closed = after[:1] in ("", " ")
    groups: dict[int, list[str]] = {}
    for choice in choices:
        groups.setdefault(len(_JOINERS.findall(choice.rstrip("-'") if closed else choice)), []).append(choice)
    return list(groups.values())


def split_phrase(phrase: str) -> list[list[str]]:
    """The words of an entry that `expand_phrase` has written out, each as its spellings; a final `*` stays.

    >>> split_phrase("l'(île|îlot) d(e|u)")
    [['l'], ['ile', 'ilot'], ['de', 'du']]
    """
    rows: list[list[str]] = []
    for word in key(phrase).split():
        if word == GAP:
            rows.append([GAP])
        elif "(" in word:
            spellings = [_JOINERS.split(s.rstrip("-'")) for s in _spell(word)]
            rows.extend(list(dict.fromkeys(row)) for row in zip(*spellings, strict=True))
        else:
            rows.extend([part] for part in _JOINERS.split(word.rstrip("-'")))
    return rows


def _spell(word: str) -> list[str]:
    """The spellings of one word: `arret(e|ee)` gives two."""
    choices = [[piece] if n % 2 == 0 else piece.split("|") for n, piece in enumerate(_CHOICE.split(word))]
    if prod(map(len, choices)) > _MOST:
        raise ValueError(f"{word[:60]!r} stands for more than {_MOST:,} words, write fewer choices")
    return ["".join(pieces) for pieces in itertools.product(*choices)]
