"""Reads the noun phrase that a number counts."""

from __future__ import annotations

from collections.abc import Sequence

from migstats.frame import CASE, NATIONAL, PERSON
from migstats.language import Grammar
from migstats.value import dataclass
from migstats.words.item import Item
from migstats.words.tag import EMPTY

PARTS = frozenset(["percent", "fraction"])
"""Forms of numbers that are a part of something."""
RATED = 6
"""Items behind a phrase in which "a day" makes it a rate."""
REACH = 9
"""Items that a noun phrase may take."""
_NONE: frozenset[str] = frozenset()
_GOVERNING = frozenset(["of", "be", "measure"])
_STOPS = frozenset(
    ["be", "relative", "versus", "and", "including", "measure", "container", "not", "planned", "restart", "compared",
     "attribution", "up", "down", "to", "per", "total", "respectively", "aboard"]
)  # fmt: skip
_QUOTES = frozenset("\"'")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """What stands after a number: the classes of its noun, and where the phrase ends."""

    end: int
    """Index of the first item after the phrase."""
    classes: frozenset[str] = _NONE
    events: frozenset[str] = _NONE
    """Events whose noun is counted."""
    claims: frozenset[str] = _NONE
    status: str = "empty"
    """`known`, `claimed` (another thing is counted), `unknown` (a word of no class) or `empty` (nothing is named)."""
    other: bool = False
    """"4,000 others": more of the same."""
    head: int = -1
    """Index of the noun."""
    word: str = ""
    """The unknown word."""
    within: frozenset[str] = _NONE
    """Events told by participles inside the phrase ("300 rescued migrants")."""


def read_phrase(items: Sequence[Item], at: int, grammar: Grammar, people: frozenset[str]) -> NounPhrase:
    """The noun phrase of the number at `items[at]`; `people` are the classes that count people."""
    return _Walk(items, at, grammar, people).run()


class _Walk:
    """Goes from the number to the right until the noun is read or cannot come any more."""

    def __init__(self, items: Sequence[Item], at: int, grammar: Grammar, people: frozenset[str]) -> None:
        self.items = items
        self.at = at
        self.grammar = grammar
        self.people = people
        named = at - 1 if at > 1 and items[at - 1].key == "," else at
        self.other = any("other" in item.tags.function for item in items[max(0, named - 1) : named])
        """Whether it counts the rest of something: "4,000 others", "the others, 4,000"."""
        self.unknown: list[str] = []
        self.within: frozenset[str] = _NONE
        self.of_used = False
        number = items[at].number
        self.partial = number is not None and number.form in PARTS
        """Whether the number is a part of something: its noun comes behind "of" or not at all."""

    def run(self) -> NounPhrase:
        i = self.at + 1
        if self.items[self.at].tags.duals:
            return self._known(self.at)
        if self._is_amount_of_change():
            return NounPhrase(i, claims=frozenset(["difference"]), status="claimed")
        while i < len(self.items) and i - self.at <= REACH:
            item = self.items[i]
            if item.mark:
                if item.key in _QUOTES or (item.key == "-" and not item.spaced):
                    i += 1
                    continue
                break
            if item.number is not None or item.period is not None:
                break
            if self._is_noun(item, i):
                return self._known(i)
            if not self._passes(item, i):
                if not self.partial and item.tags.function & {"up", "down"} and i <= self.at + 2:
                    return NounPhrase(i + 1, claims=frozenset(["difference"]), status="claimed")
                break
            i += 1
        return self._without_noun(i)

    def _is_noun(self, item: Item, i: int) -> bool:
        tags = item.tags
        if tags.counted or tags.claims:
            return not (tags.verbs and not tags.nouns and self._noun_follows(i))
        if tags.nouns:
            return not self._noun_follows(i) or self.grammar.head_first
        return item.place is not None and item.place.kind == "people" and not self._noun_follows(i)

    def _noun_follows(self, i: int) -> bool:
        """Whether a counted noun stands next, past adjectives: then the word at `i` only describes it."""
        if self.grammar.head_first:
            return False
        for item in self.items[i + 1 : i + 3]:
            if item.tags.counted:
                return True
            if item.mark or item.number or item.tags.function - {"adjective"}:
                return False
        return False

    def _passes(self, item: Item, i: int) -> bool:
        """Whether the phrase may go on behind a word that is not its noun."""
        tags, function = item.tags, item.tags.function
        if "other" in function:
            if i == self.at + 1 and self._tells_difference(i):
                return False
            self.other = True
            return True
        if "of_them" in function:
            self.other = True
            return False
        if "of" in function and not self.of_used and not self.unknown and (i == self.at + 1 or self.other):
            self.of_used = True
            return True
        if "adjective" in function or (tags.contexts and not tags.events and not function):
            return True
        if item.key in self.grammar.determiners:
            return self.of_used or i > self.at + 1
        small = function or item.key in self.grammar.prepositions or item.key in self.grammar.auxiliaries
        elsewhere = item.place is not None and (item.place.kind == "people" or not self._noun_follows(i))
        if small or elsewhere or (self.partial and not self.of_used and not tags.events):
            return False
        return self._describes_ahead(item, i) if tags.events else self._skips(item, i)

    def _tells_difference(self, i: int) -> bool:
        """Whether "more" stands alone behind a number in brackets: "(1,600 more, +883 %)"."""
        item, following = self.items[i], self.items[i + 1] if i + 1 < len(self.items) else None
        alone = following is not None and following.mark and following.key in ",)"
        return item.depth > 0 and bool(item.tags.function & {"up", "down"}) and alone

    def _describes_ahead(self, item: Item, i: int) -> bool:
        """Whether a participle stands before the noun that it describes ("300 rescued migrants"); its event is kept."""
        follows = self._noun_follows(i)
        self.within = self.within | item.tags.events if follows else self.within
        return follows

    def _skips(self, item: Item, i: int) -> bool:
        """Whether a word of no class may stand before the noun; behind "others" it may be the verb of a clause."""
        if self.other and self.grammar.bare_relatives:
            return False
        if not self.unknown and self._is_no_plural(item):
            return False
        self.unknown.append(item.key)
        return len(self.unknown) <= (1 if self.grammar.head_first else 2) and self._known_follows(i)

    def _is_no_plural(self, item: Item) -> bool:
        """In a language whose noun comes first: whether a word behind several cannot be what they count, but a verb."""
        number, ending = self.items[self.at].number, self.grammar.plural_ending
        several = number is not None and number.value > 1
        return several and self.grammar.head_first and bool(ending) and not item.key.endswith(ending)

    def _known_follows(self, i: int) -> bool:
        """Whether a noun of a known class stands right after one or two unknown words."""
        for item in self.items[i + 1 : i + 3]:
            if item.mark or item.number or item.period:
                return False
            if item.tags.counted or item.tags.claims or item.tags.nouns:
                return not self.grammar.head_first
            if item.tags.function - {"adjective"} or item.key in self.grammar.prepositions:
                return False
        return False

    def _known(self, i: int) -> NounPhrase:
        """The phrase whose first noun stands at `i`: the nouns and adjectives that follow belong to it."""
        last = head = i
        chain = [i]
        for j in range(i + 1, min(len(self.items), self.at + REACH + 3)):
            item = self.items[j]
            if (item.mark and not (item.key == "-" and not item.spaced)) or item.number or item.period:
                break
            if item.tags.counted or item.tags.claims:
                if not self._chains(head, item):
                    break
                chain.append(j)
                last = j
                head = head if self.grammar.head_first else j
            elif self._describes(item):
                last = j
            elif not (item.mark or self._modifies(j, head)):
                break
        return self._phrase(head, chain, last)

    def _chains(self, head: int, item: Item) -> bool:
        """Whether a second noun belongs to the phrase of the first."""
        if item.tags.verbs and not item.tags.nouns:
            return False
        if self.grammar.head_first:
            return not item.tags.function and bool(item.tags.counted)
        ending = self.grammar.plural_ending
        return not (ending and self.items[head].key.endswith(ending))

    def _describes(self, item: Item) -> bool:
        """In a language whose noun comes first: an adjective behind it."""
        if not self.grammar.head_first:
            return False
        if item.place is not None and item.place.kind == "people":
            return True
        return "adjective" in item.tags.function or bool(
            item.tags.contexts and not item.tags.function and not item.tags.verbs
        )

    def _modifies(self, j: int, head: int) -> bool:
        """In a language whose noun comes last: an unknown word between two nouns of one phrase."""
        item, ending = self.items[j], self.grammar.plural_ending
        if self.grammar.head_first or (ending and self.items[head].key.endswith(ending)):
            return False
        if (
            item.tags.function
            or item.tags.verbs
            or item.key in self.grammar.prepositions
            or item.key in self.grammar.determiners
        ):
            return False
        following = self.items[j + 1] if j + 1 < len(self.items) else None
        return following is not None and bool(following.tags.counted) and not following.mark

    def _phrase(self, head: int, chain: Sequence[int], last: int) -> NounPhrase:
        tags, place = self.items[head].tags, self.items[head].place
        classes = set(tags.counted)
        for i in chain:
            if i != head and classes & self.people:
                classes |= self.items[i].tags.counted & self.people
        if not (tags.counted or tags.nouns or tags.claims) and place is not None:
            classes.add(PERSON)
        if classes & self.people and any(self._names_people(i) for i in range(self.at + 1, last + 1)):
            classes.add(NATIONAL)
        if tags.nouns:
            classes.add(CASE)
        if self._is_rate(last + 1):
            return NounPhrase(last + 1, claims=frozenset(["rate"]), status="claimed")
        if self._is_difference(last + 1):
            return NounPhrase(last + 1, claims=frozenset(["difference"]), status="claimed")
        status = "known" if classes else "claimed"
        return NounPhrase(
            last + 1, frozenset(classes), tags.nouns, tags.claims, status, self.other, head, within=self.within
        )

    def _is_difference(self, i: int) -> bool:
        """Whether "more than in" stands right behind the phrase: "two migrants more than in 2019"."""
        function = self.items[i].tags.function if i < len(self.items) else _NONE
        return not self.partial and bool(function & {"up", "down"}) and bool(function & {"versus", "compared"})

    def _is_amount_of_change(self) -> bool:
        """Whether a noun of rising or falling governs the number: "a fall of 25 people", "the fall was of 25"."""
        items, i = self.items, self.at - 1
        following = items[self.at + 1].tags.function if self.at + 1 < len(items) else _NONE
        if self.partial or i < 1 or not items[i].tags.function & _GOVERNING or "to" in following:
            return False
        while i > 1 and (items[i].tags.function & _GOVERNING or items[i].period is not None):
            i -= 1
        tags, before = items[i].tags, items[i - 1]
        moves = tags.function & {"up", "down"} and not (tags.counted or tags.events or tags.function & {"versus"})
        article = before.number is not None and before.number.kind == "article"
        return bool(moves) and (article or before.key in self.grammar.determiners)

    def _names_people(self, i: int) -> bool:
        place = self.items[i].place
        return place is not None and place.kind == "people" and place.country is not None

    def _is_rate(self, i: int) -> bool:
        """Whether "a day" or "per week" stands behind the phrase."""
        if any("per" in item.tags.function for item in self.items[max(0, self.at - 3) : self.at]):
            return True
        for item in self.items[i : i + RATED]:
            if item.mark or item.number is not None or "and" in item.tags.function:
                return False
            if "per" in item.tags.function:
                return True
        return False

    def _without_noun(self, i: int) -> NounPhrase:
        if self.unknown:
            return NounPhrase(min(i + 1, len(self.items)), status="unknown", other=self.other, word=self.unknown[0])
        if self._is_rate(self.at + 1):
            return NounPhrase(self.at + 1, claims=frozenset(["rate"]), status="claimed")
        noun = self.items[self.at - 2].tags if self.at >= 2 else EMPTY
        if self.items[self.at - 1].key in self.grammar.postposing and noun.claims and not noun.counted:
            return NounPhrase(self.at + 1, claims=noun.claims, status="claimed", other=self.other)
        before = self.items[self.at - 2] if self.at >= 2 and self.items[self.at - 1].key == "," else None
        summed = self.at + 1 < len(self.items) and "total" in self.items[self.at + 1].tags.function
        if before is not None and summed and before.tags.counted:
            return NounPhrase(self.at + 1, before.tags.counted, status="known", head=self.at - 2)
        return NounPhrase(self.at + 1, status="empty", other=self.other)
