"""Folding copies a text into the view that matching runs on, one code point for one."""

# ruff: noqa: RUF001  the characters that only look like others are what this module is about

from __future__ import annotations

import re
import unicodedata

from migstats.caching.regex import expression

FILLER = "\u0640"
"""The Arabic tatweel: a letter to `\\w`, so that a word with marks inside stays one word."""

_LONE_RETURN = expression(r"\r(?!\n)")
"""What ends a line in the files of old systems; the one before a line feed is a space."""

ARABIC_GROUP, ARABIC_DECIMAL = "\u066c", "\u066b"

_STANDS_FOR = {
    **dict.fromkeys("\v\f\r\x1c\x1d\x1e\x1f\x85", " "),
    **dict.fromkeys("\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " "),
    **dict.fromkeys("\u00ad\u200c\u200d", FILLER),
    **dict.fromkeys("’‘‛\u02bc\u02bb´`′＇\u02b9\u02c8", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("«»“”„‟″＂", '"'),
    **dict.fromkeys("\u0623\u0625\u0622\u0671", "\u0627"),
    "\n": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0629": "\u0647",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0624": "\u0648",
    "\u0626": "\u064a",
    "،": ",",
    "؛": ";",
    "٪": "%",
    ARABIC_GROUP: ARABIC_GROUP,
    ARABIC_DECIMAL: ARABIC_DECIMAL,
    "\u0153": "\u0153",
    "\u0152": "\u0153",
}


class _Folding(dict[int, str]):
    """A table for `str.translate` that learns each character when it first meets it."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_character(chr(point))
        return folded


def _fold_character(char: str) -> str:
    """Give the one character that stands for `char` in a view."""
    if char in _STANDS_FOR:
        return _STANDS_FOR[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return FILLER
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Zs":
        return " "
    base = unicodedata.normalize("NFKD", char) if _is_presentation(char) else unicodedata.normalize("NFD", char)
    kept = "".join(part for part in base if unicodedata.category(part) not in ("Mn", "Me"))
    if len(kept) != 1:
        kept = char
    lower = kept.lower()
    if len(lower) != 1:
        lower = kept
    return _STANDS_FOR.get(lower, lower)


def _is_presentation(char: str) -> bool:
    """Tell a compatibility form of one letter (full width, Arabic presentation form) from a letter of its own."""
    return "\uff00" <= char <= "\uffef" or "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff"


_TABLE = _Folding()


def fold(text: str) -> str:
    """Fold `text` for matching; every offset in the result is the same offset in `text`.

    >>> fold("Près de 1\u202f535 « réseaux »")
    'pres de 1 535 " reseaux "'
    """
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    return text.translate(_TABLE)


def key(word: str) -> str:
    """Give the form under which a word is looked up: folded, without fillers."""
    return fold(word).replace(FILLER, "")


def fold_pattern(pattern: str) -> str:
    r"""Fold the letters of a pattern, escapes such as `\W` left as they are.

    >>> fold_pattern(r"Réseaux\W")
    'reseaux\\W'
    """
    pieces = re.findall(r"\\.|[^\\]+", pattern)
    return "".join(piece if piece[0] == "\\" else fold(piece) for piece in pieces)
