"""Tells what the clause of a number says beside it."""

from __future__ import annotations

from migstats.language import Grammar
from migstats.matching.slot import Match, Slot
from migstats.words.item import Item

WORDY = 2
"""More words of content than these before a number tell of something else."""
_JOINS = frozenset(["of_them", "be", "aboard", "including", "measure", "container"])
"""Functions of words that tie a number to what was counted before it."""


def says_more(match: Match, slot: Slot, grammar: Grammar) -> bool:
    """Whether the clause of a sentence's own people tells something that no pack knows: a predicate behind those who
    open the sentence, or many words before them.
    """
    if match.scene.block.kind != "paragraph":
        return False
    items, start = match.scene.items, clause_start(match, slot)
    before = items[start : slot.at]
    if any(item.tags.function & _JOINS for item in before):
        return False
    plain = sum(_is_plain(item, grammar) for item in before)
    behind = items[slot.phrase.end : slot.phrase.end + 1]
    opens = start == 0 and not plain and slot.link.kind == "none"
    if opens and slot.phrase.end < len(items) - 1:
        return not (behind[0].mark or behind[0].number or "and" in behind[0].tags.function)
    return plain > WORDY


def clause_start(match: Match, slot: Slot) -> int:
    """Where the words before a number begin that are its own: behind another number, a semicolon or "while"."""
    items, start = match.scene.items, slot.at
    while start > 0 and not ends_clause(items[start - 1]):
        start -= 1
    return start


def ends_clause(item: Item) -> bool:
    """Tell whether a clause ends at an item: another number, a semicolon or "while"."""
    return item.candidate or item.key == ";" or "restart" in item.tags.function


def _is_plain(item: Item, grammar: Grammar) -> bool:
    """Whether an item is a word of content: no mention, no mark, none of the small words."""
    mention = item.mark or item.number or item.period or item.place or item.tags.function
    small = item.key in grammar.prepositions or item.key in grammar.determiners or item.key in grammar.auxiliaries
    return not (mention or small)
