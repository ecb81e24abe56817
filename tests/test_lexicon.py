"""The entries of word lists, and what they find."""

from __future__ import annotations

import pytest

from migstats.texts.fold import fold
from migstats.texts.token import cut_tokens
from migstats.words.lexicon import compile_lexicon
from migstats.words.spot import spot


def found(entry: str, text: str) -> list[str]:
    """Find an entry in a text: each time the words that it takes."""
    tokens = cut_tokens(fold(text))
    hits = spot(compile_lexicon([("verbs", "act", [entry])]), tokens)
    return [" ".join(tokens[at].key for at in hit.tokens) for hit in hits]


@pytest.mark.parametrize(
    ("entry", "text", "words"),
    [
        ("arrêt(é|ée|és)", "ils sont arrêtés", ["arretes"]),
        ("arrest*", "two arrests", ["arrests"]),
        (
            "taken (into custody|away)",
            "taken away, taken into custody, taken out",
            ["taken away", "taken into custody"],
        ),
        ("put (him|) ashore", "put ashore, put him ashore, put her ashore", ["put ashore", "put him ashore"]),
        ("attein(t|ts) l'(île|outre-mer)", "atteint l'outre-mer", ["atteint l outre mer"]),
        ("attein(t|ts) l'(île|outre-mer)", "atteint l'île", ["atteint l ile"]),
        ("attein(t|ts) l'(île|outre-mer)", "atteint l'âge", []),
        ("gagn(é|er) (France|Grande-Bretagne)", "gagné Grande-Terre", []),
        ("(didn't|not) survive", "they didn't survive", ["didn t survive"]),
        ("(didn't|not) survive", "they didn survive", []),
        ("venu(s|) (de|d')", "venus d'ailleurs, venu de loin", ["venus d", "venu de"]),
        ("brought .. home", "brought them all safely home", ["brought home"]),
        ("brought .. home", "brought them. Home", []),
    ],
)
def test_an_entry_takes_its_words(entry: str, text: str, words: list[str]) -> None:
    """All the words of one spelling, and nothing that has only some of them."""
    assert found(entry, text) == words


def test_a_word_without_an_end_is_looked_at_and_forgotten() -> None:
    """Only so far as entries go, and it takes no room among the words that are remembered."""
    lexicon = compile_lexicon([("counted", "boat", ["boat*"])])
    long = "boat" * 100_000
    head = lexicon.open(long)
    assert head is not None
    assert head.content.counted == {"boat"}
    assert lexicon.open("x" * 100_000) is None
    assert not lexicon.heads
    assert not lexicon.forms_of
    with pytest.raises(ValueError, match="more than 100 letters"):
        compile_lexicon([("counted", "boat", ["b" * 200 + "*"])])
