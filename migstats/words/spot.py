"""Finds the words of a language pack's classes in a row of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migstats.texts.token import Token
from migstats.words.lexicon import LAYERS, Entry, Head, Lexicon, Test
from migstats.words.tag import EMPTY, Hit, Tags

GAP_WORDS = 5
"""Words that a gap may pass over."""
_CLAUSE_MARKS = frozenset(".;:!?()")
_JOINERS = frozenset("-'")


def spot(lexicon: Lexicon, tokens: Sequence[Token]) -> list[Hit]:
    """The entries in the tokens. Nouns and events, small words, and contexts are found apart: in each, the longest."""
    return _Finding(lexicon, tokens).find()


class _Finding:
    """Finds the entries in the tokens of one sentence."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        self.hits: list[Hit] = []
        self.content: dict[int, Hit] = {}
        self.roles: list[Hit] = []
        self.owner: dict[int, int] = {}
        """The first token of the noun or event that has a token."""
        self.free = 0
        """The first token that no small word has taken."""
        self.words: set[str] = set()
        """The words of the sentence in all their forms, once they are asked for."""

    def find(self) -> list[Hit]:
        """Go through the tokens once."""
        heads, lexicon = self.lexicon.heads, self.lexicon
        for i, token in enumerate(self.tokens):
            if not token.word:
                continue
            word = token.key
            head = heads[word] if word in heads else lexicon.open(word)
            if head is None:
                continue
            going_on = self._going_on(i, head) if head.longer else ()
            if going_on:
                self._enter(i, head, going_on)
            else:
                self._enter_word(i, head)
        return [*self.hits, *self.content.values(), *_fit_roles(self.roles, self.content, self.owner)]

    def _going_on(self, at: int, head: Head) -> tuple[Entry, ...]:
        """The longer entries that may stand at a token, told by the word behind it."""
        after = _next_word(self.tokens, at)
        if after < 0:
            return head.longer if head.gapped else ()
        word = self.tokens[after].key
        known = head.after.get(word)
        return self.lexicon.going_on(head, word) if known is None else known

    def _may_stand(self, entry: Entry) -> bool:
        """Tell whether the sentence has the further words of an entry at all, as most often it has not."""
        if not self.words:
            self.words.update(form for token in self.tokens if token.word for form in self.lexicon.forms(token.key))
        for test in entry.rest:
            if test is not None and not test.prefixes and test.exact.isdisjoint(self.words):
                return False
        return True

    def _enter_word(self, i: int, head: Head) -> None:
        """Take what a word says that stands alone."""
        if head.contexts is not EMPTY:
            self.hits.append(Hit((i,), head.contexts))
        if head.narrows is not EMPTY:
            self.hits.append(Hit((i,), head.narrows))
        if head.content is not EMPTY and i not in self.owner:
            self.content[i] = Hit((i,), head.content)
            self.owner[i] = i
        if head.roles is not EMPTY and i >= self.free:
            self.roles.append(Hit((i,), head.roles))
            self.free = i + 1

    def _enter(self, i: int, head: Head, going_on: Iterable[Entry]) -> None:
        """Take the longest of what stands at a word, by layer."""
        at = (i,)
        likely = [entry for entry in going_on if self._may_stand(entry)]
        followed = [(places, e) for e in likely if (places := follow(self.lexicon, self.tokens, i, e))]
        if not followed:
            self._enter_word(i, head)
            return
        found: dict[str, dict[tuple[int, ...], Tags]] = {name: {} for name in LAYERS}
        for name, tags in zip(LAYERS, (head.contexts, head.narrows, head.roles, head.content), strict=True):
            if name in ("contexts", "narrows") or (tags is not EMPTY and (name == "roles" or i not in self.owner)):
                found[name][at] = tags
        for places, entry in followed:
            name = entry.layer
            if name == "content" and any(place in self.owner for place in places):
                continue
            place = at if name == "contexts" else places
            found[name][place] = found[name].get(place, EMPTY) | entry.tags
        loose = (found["contexts"][at], _longest(found["narrows"]).tags)
        self.hits.extend(Hit(at, tags) for tags in loose if tags is not EMPTY)
        if found["content"]:
            self.content[i] = hit = _longest(found["content"])
            self.owner.update((place, i) for place in hit.tokens)
        if found["roles"] and i >= self.free:
            hit = _longest(found["roles"])
            self.roles.append(hit)
            self.free = hit.tokens[-1] + 1 if hit.tokens == tuple(range(i, hit.tokens[-1] + 1)) else i + 1


def _longest(found: Mapping[tuple[int, ...], Tags]) -> Hit:
    places = max(found, key=lambda p: (len(p), -p[-1]))
    return Hit(places, found[places])


def _fit_roles(roles: Iterable[Hit], content: Mapping[int, Hit], owner: Mapping[int, int]) -> Iterable[Hit]:
    """The small words, less those inside a longer noun or verb; one that reaches over a noun keeps to a word of its
    own.
    """
    for hit in roles:
        owners = {owner[place] for place in hit.tokens if place in owner}
        if not owners:
            yield hit
        elif len(owners) == 1 and len(content[next(iter(owners))].tokens) > len(hit.tokens):
            continue
        else:
            free = [place for place in hit.tokens if place not in owner or content[owner[place]].tokens[0] == place]
            yield from [Hit((free[0],), hit.tags)] if free else []


def follow(lexicon: Lexicon, tokens: Sequence[Token], at: int, entry: Entry) -> tuple[int, ...]:
    """The tokens that an entry takes from `at` on; empty where it does not stand there."""
    places = [at]
    spare = 0
    for test in entry.rest:
        if test is None:
            spare = GAP_WORDS
            continue
        after, spare = _next_accepted(lexicon, tokens, (places[-1], spare), test), 0
        if after < 0:
            return ()
        places.append(after)
    return tuple(places)


def _next_word(tokens: Sequence[Token], at: int) -> int:
    """The word right behind a token, but for an apostrophe or a hyphen; -1 where there is none."""
    for i in range(at + 1, len(tokens)):
        token = tokens[i]
        if token.word:
            return i
        if token.key not in _JOINERS or (token.key == "-" and token.start != tokens[i - 1].end):
            return -1
    return -1


def _next_accepted(lexicon: Lexicon, tokens: Sequence[Token], after: tuple[int, int], test: Test) -> int:
    """The next word that is accepted behind a token, with at most so many other words before it; -1 where the clause
    ends first.
    """
    at, spare = after
    if not spare:
        i = _next_word(tokens, at)
        return i if i >= 0 and test.accepts(lexicon.forms(tokens[i].key)) else -1
    for i in range(at + 1, len(tokens)):
        token = tokens[i]
        if token.word:
            if test.accepts(lexicon.forms(token.key)):
                return i
            if spare == 0:
                return -1
            spare -= not _is_prefix(tokens, i)
        elif token.key in _JOINERS:
            if token.key == "-" and token.start != tokens[i - 1].end:
                return -1
        elif (token.key in _CLAUSE_MARKS and not _within_number(tokens, i)) or spare == 0:
            return -1
    return -1


def _is_prefix(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is only a prefix, cut from the word that it is written on to."""
    return i + 1 < len(tokens) and tokens[i + 1].word and tokens[i + 1].start == tokens[i].end


def _within_number(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark stands inside a number written in digits."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i + 1].key.isdigit()
        and tokens[i - 1].key.isdigit()
    )
