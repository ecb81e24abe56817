"""A text in two languages is read sentence by sentence in the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.recognise import common_words, guess_language
from migstats.records.record import make_records
from migstats.texts.fold import fold
from migstats.texts.passage import Tongues, find_passages, learn_tongues, mask, outside
from migstats.texts.sentence import Layout
from migstats.texts.token import cut_tokens

FRENCH = "Le ministère de l’intérieur a dit que ses agents avaient démantelé 419 réseaux de trafic de migrants en 2023."
ENGLISH = "The ministry said that the authorities had dismantled 63 smuggling networks in the first half of 2024."
SPANISH = "Según el ministerio, las autoridades rescataron a 512 migrantes en las costas de la isla durante 2022."
ARABIC = "وأعلنت الوزارة أنها أنقذت 730 مهاجرا غير نظامي خلال سنة 2021."
FIGURES = {
    FRENCH: ("networks_dismantled", 419, "2023"),
    ENGLISH: ("networks_dismantled", 63, "2024-01/2024-06"),
    SPANISH: ("rescues", 512, "2022"),
    ARABIC: ("rescues", 730, "2021"),
}
PAGES = {
    "French, then Arabic": (f"{FRENCH}\n\n{ARABIC}\n", [FRENCH, ARABIC]),
    "Arabic, then French": (f"{ARABIC}\n\n{FRENCH}\n", [ARABIC, FRENCH]),
    "Arabic, then English": (f"{ARABIC}\n{ENGLISH}\n", [ARABIC, ENGLISH]),
    "French, then English": (f"{FRENCH}\n\n{ENGLISH}\n", [FRENCH, ENGLISH]),
    "Spanish, then English": (f"{SPANISH} {ENGLISH}\n", [SPANISH, ENGLISH]),
    "a Spanish sentence between English ones": (
        f"The figures were published by the ministry on Monday. {SPANISH} {ENGLISH}",
        [SPANISH, ENGLISH],
    ),
    "an Arabic quotation": (
        f"Le communiqué de la marine dit : « {ARABIC} » Et il ajoute ceci : {FRENCH}",
        [ARABIC, FRENCH],
    ),
    "a French quotation": (f"وجاء في بيان الوزارة: «{FRENCH}» {ARABIC}", [FRENCH, ARABIC]),
    "four languages": (f"{FRENCH}\n{SPANISH}\n{ENGLISH}\n{ARABIC}", [FRENCH, SPANISH, ENGLISH, ARABIC]),
}


@pytest.mark.parametrize(("text", "told"), PAGES.values(), ids=PAGES)
def test_each_sentence_is_read_in_its_own_language(text: str, told: list[str], packs: Packs) -> None:
    """Every figure of every language, each with its place in the whole text, and nothing else."""
    records = make_records(analyse(Document("page.txt", text), packs), packs)
    assert [(r.indicator, r.value, r.period) for r in records] == [FIGURES[sentence] for sentence in told]
    for record, sentence in zip(records, told, strict=True):
        assert text[record.start : record.end] == record.number == str(FIGURES[sentence][1])
        assert sentence.rstrip(".") in record.quote


def test_a_name_in_another_script_does_not_break_its_sentence(packs: Packs) -> None:
    """What stands on both sides of a foreign name is still one sentence."""
    text = "وأعلنت منظمة أطباء (Doctors in the Middle of the Sea) أنها أنقذت 730 مهاجرا غير نظامي خلال سنة 2021."
    [record] = make_records(analyse(Document("page.txt", text), packs), packs)
    assert (record.indicator, record.value, record.quote) == ("rescues", 730, text)


def test_no_number_of_another_language_is_passed_over(packs: Packs) -> None:
    """The ledger holds the numbers of both languages, in the order of the text."""
    text = f"{FRENCH}\n{ARABIC}"
    numbers = [text[e.number.start : e.number.end] for e in analyse(Document("page.txt", text), packs).ledger]
    assert numbers == ["419", "2023", "730", "2021"]


QUIET = {
    "a name in Arabic": ("fr", "L'organisation (المنظمة الدولية) a secouru 12 migrants."),
    "an address": ("ar", "للمزيد: https://example.org/news/2024/05/migrants.html"),
    "two foreign words": ("fr", "Les agents parlent de « push backs » et de « hot returns » : 12 migrants."),
    "words that both have": ("es", "Se habilitaron 20 plazas y un total de 18 agentes y 26 traductores y guardias."),
    "one language": ("fr", FRENCH),
}


@pytest.fixture(scope="module")
def tongues(packs: Packs) -> Tongues:
    return learn_tongues({name: common_words(packs.peek(name, "grammar")) for name in packs.languages})


@pytest.mark.parametrize(("language", "text"), QUIET.values(), ids=QUIET)
def test_a_name_is_no_passage(language: str, text: str, tongues: Tongues) -> None:
    """A few words of another language leave the sentence whole."""
    assert find_passages(text, fold(text), language, tongues, Layout(frozenset(), ())) == {}


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_seeds_are_in_one_language(path: Path, tongues: Tongues) -> None:
    """Nothing is taken out of a text in one language."""
    text = path.read_text(encoding="utf-8")
    main = guess_language(text, tongues.common) or ""
    assert find_passages(text, fold(text), main, tongues, Layout(frozenset(), ())) == {}


BORDERS = {
    "a number before the run": ("Il dit : 300 مهاجر في البحر", "300 مهاجر في البحر"),
    "a number behind the run": ("Il dit : أنقذنا في البحر 300", "أنقذنا في البحر 300"),
    "numbers on both sides": ("En 2023 : « أنقذنا في البحر 300 » en 2024", " « أنقذنا في البحر 300 »"),
    "a number that is not its own": ("Il dit أنقذنا في البحر 300 personnes", "أنقذنا في البحر"),
    "a whole line": ("Il dit :\n12 - أنقذنا في البحر.\nBien", "12 - أنقذنا في البحر."),
}


@pytest.mark.parametrize(("text", "passage"), BORDERS.values(), ids=BORDERS)
def test_a_run_takes_the_numbers_that_are_its_own(text: str, passage: str, tongues: Tongues) -> None:
    """What stands between the scripts is parted at a mark."""
    [(name, [(start, end)])] = find_passages(text, fold(text), "fr", tongues, Layout(frozenset(), ())).items()
    assert (name, text[start:end].strip()) == ("ar", passage.strip())


WORDS = st.lists(st.sampled_from([*FRENCH.split(), *ENGLISH.split(), *ARABIC.split(), "\n", "300", "."]), max_size=60)


@given(WORDS)
def test_what_is_masked_is_void_and_as_long(words: list[str]) -> None:
    """A mask keeps length, lines and all that it does not cover; what it covers holds no word and no number."""
    text = " ".join(words)
    spans = [(m, min(len(text), m + 17)) for m in range(3, len(text), 40)]
    masked = mask(text, spans)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    for start, end in outside(len(text), spans):
        assert masked[start:end] == text[start:end]
    for start, end in spans:
        assert not any(c.isdigit() or (c.isalpha() and c != "\u0640") for c in masked[start:end])


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("mig\u2028rants", (3, 4)),
        ("mig\r\nrants", (3, 5)),
        ("mig-rants", (3, 4)),
        ("mig--rants", (3, 5)),
        ("mig and rants", (3, 8)),
        ("mig\rrants", (3, 4)),
    ],
)
def test_two_words_are_not_joined_over_what_is_masked(text: str, span: tuple[int, int]) -> None:
    """Where a line ends inside a mask it still does, and the mask is no part of a word beside it."""
    words = [token.key for token in cut_tokens(fold(mask(text, [span]))) if token.word]
    assert words == ["mig", "rants"]


def test_a_number_is_read_in_one_language(packs: Packs) -> None:
    """Arabic words inside a sentence of another language are that language's alone."""
    text = f"{FRENCH} It was told in the house to the press: {ARABIC} and that is what they said of it."
    ledger = analyse(Document("a.txt", text, language="fr"), packs).ledger
    starts = [entry.number.start for entry in ledger]
    assert text.index("730") in starts
    assert len(starts) == len(set(starts))


def test_time_grows_with_the_number_of_passages(tongues: Tongues) -> None:
    """A page of many short passages is cut at once; a thousand of them are told apart, each once."""
    text = f"{FRENCH} {ENGLISH}\n" * 1000
    found = find_passages(text, fold(text), "fr", tongues, Layout(frozenset(), ()))
    assert [len(spans) for spans in found.values()] == [1000]
