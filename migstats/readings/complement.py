"""Reads the phrases that hang on a figure: "in Nador", "via the ports of ...", "from Mali", "by sea"."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.model import Place, Span
from migstats.value import dataclass
from migstats.words.item import Item

KINDS = ("manner", "goal", "origin", "place")
"""What a small word may say of the words behind it; the most telling first."""
OF, OPEN = "of", ""
_SMALL = frozenset([*KINDS, "determiners", "prepositions"])
_LIGHT = frozenset(["of", "and", "be", "adjective", "total", "between", "to"])
_ENDS = frozenset(["be", "relative", "restart", "attribution", "versus", "planned", "including"])
_INNER = "'-"


@dataclass(frozen=True, slots=True)
class Complement:
    """A phrase with what introduces it. Indices are those of the sentence's items."""

    kind: str
    """One of `KINDS`, `of`, or empty where nothing introduces it."""
    first: int
    """Where the words that introduce it begin."""
    start: int
    """Where what they introduce begins."""
    end: int

    def places(self, items: Sequence[Item]) -> list[Place]:
        """The places named in it."""
        return [item.place for item in items[self.first : self.end] if item.place and names_place(item)]

    def narrows(self, items: Sequence[Item]) -> bool:
        """Whether it names a place, a people, or people of one kind."""
        return any(item.place is not None or "group" in item.tags.narrows for item in items[self.start : self.end])


def names_place(item: Item) -> bool:
    """Whether an item is the name of a place, not of a people."""
    return item.place is not None and item.place.kind != "people"


def is_mark(item: Item) -> bool:
    """Whether an item is a mark between words, not inside one."""
    return item.mark and item.key not in _INNER


def cut_span(items: Sequence[Item], start: int, end: int) -> Span | None:
    """The span of the items from `start` to `end`, less the small words and marks that close it."""
    while end > start and (items[end - 1].mark or items[end - 1].tags.function & {"and", "of"}):
        end -= 1
    return (items[start].start, items[end - 1].end) if end > start else None


def read_complements(items: Sequence[Item], start: int, stop: int) -> list[Complement]:
    """The phrases between two items, up to the first mark that joins none of them; verbs and numbers part them."""
    found: list[Complement] = []
    opened = -1
    for i in range(start, stop + 1):
        last = i == stop or (is_mark(items[i]) and not _joins(items, i, stop))
        parted = last or _parts(items[i])
        if opened >= 0 and (parted or _opens(items, opened, i)):
            found.append(_close(items, opened, i))
            opened = -1
        if last:
            break
        if opened < 0 and not parted:
            opened = i
    return found


def _close(items: Sequence[Item], first: int, end: int) -> Complement:
    kind = next((k for k in KINDS if k in items[first].tags.narrows), "")
    if not kind:
        kind = OF if "of" in items[first].tags.function else OPEN
    return Complement(kind, first, pass_small(items, first, end), end)


def _opens(items: Sequence[Item], first: int, i: int) -> bool:
    """Whether a new phrase begins at `i`: not in "coming from", nor in "from Mali and from Senegal"."""
    kinds = items[i].tags.narrows & set(KINDS)
    if not kinds or pass_small(items, first, i) == i:
        return False
    return not ("and" in items[i - 1].tags.function and kinds & items[first].tags.narrows)


def _parts(item: Item) -> bool:
    """Whether an item stands between two phrases."""
    if (item.number is not None and item.number.kind != "article") or item.period is not None:
        return True
    tags = item.tags
    if tags.function & _ENDS or "aside" in tags.narrows:
        return True
    if tags.verbs | tags.agentive | tags.intransitive and not (tags.nouns | tags.counted):
        return True
    return "prepositions" in tags.narrows and not (tags.narrows & set(KINDS) or "of" in tags.function)


def _joins(items: Sequence[Item], at: int, stop: int) -> bool:
    """Whether a comma stands between two places, or before those counted said more closely (", mostly from Mali")."""
    if items[at].key != ",":
        return False
    i = at + 1
    while i < stop and "adjective" in items[i].tags.function:
        i += 1
    if i < stop and "origin" in items[i].tags.narrows:
        return True
    i = pass_small(items, i, stop)
    if i >= stop or items[i].place is None:
        return False
    return not names_place(items[i]) or names_place(items[at - 1])


def joins_places(items: Sequence[Item], at: int) -> bool:
    """Whether "and" stands between two places."""
    i = pass_small(items, at + 1, len(items))
    return at > 0 and names_place(items[at - 1]) and i < len(items) and names_place(items[i])


def pass_small(items: Sequence[Item], i: int, stop: int) -> int:
    """The first item from `i` on that is no preposition, article, "of", or mark inside a word."""
    while (
        i < stop
        and not items[i].place
        and (
            items[i].tags.narrows & _SMALL
            or items[i].tags.function & _LIGHT
            or items[i].number is not None
            or (items[i].mark and items[i].key in _INNER)
        )
    ):
        i += 1
    return i
