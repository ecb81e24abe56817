"""What is held back by its words alone has no figure; a text that has one is never held back."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEEDS
from folds import CORPUS

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import sift
from migstats.records.record import Record
from migstats.runs.extract import Wanted, extract_one
from migstats.runs.work import MANY, Desk, Task
from migstats.sieve import Sieve, literal_of

TEXTS = sorted([*SEEDS.glob("*.txt"), *CORPUS.glob("**/*.txt")])
LINES_OF = 5
"""The lines of one text in so many are tried one by one: a line has less around it that could speak for it."""


@pytest.fixture(scope="module")
def sieve(packs: Packs) -> Sieve:
    """The sieve of the program's own packs."""
    made = sift(packs)
    assert made is not None
    return made


def records_of(text: str, packs: Packs) -> list[Record]:
    """All records of a text, read in whatever way."""
    analysis, records = extract_one(Document("a.txt", text), packs, Wanted(related=True))
    assert analysis.document.language is not None, "a text in no language is told, and not held back"
    return records


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_texts_that_are_held_back_have_no_figure(path: Path, sieve: Sieve, packs: Packs) -> None:
    """Records are the same with the sieve and without it, in all corpora."""
    text = path.read_text(encoding="utf-8")
    if sieve.holds_back(text, None):
        assert records_of(text, packs) == []


@pytest.mark.parametrize("path", TEXTS[::LINES_OF], ids=[path.stem for path in TEXTS[::LINES_OF]])
def test_lines_that_are_held_back_have_no_figure(path: Path, sieve: Sieve, packs: Packs) -> None:
    """So it is with single lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and sieve.holds_back(line, None):
            assert records_of(line, packs) == []


@pytest.mark.parametrize(
    "text",
    [
        "The council said on Monday that 12 schools would open for 340 pupils.",
        "Le conseil municipal a annoncé que 12 écoles ouvriraient avant l'hiver.",
        "El ayuntamiento anunció que 12 escuelas abrirán antes del invierno.",
        "أعلن المجلس البلدي أن 12 مدرسة ستفتح أبوابها قبل الشتاء.",
        "Some 40 fans left the stadium early after the third goal.",
        "The airline said that 300 passengers were on board when the plane left.",
    ],
)
def test_other_news_is_held_back(text: str, sieve: Sieve) -> None:
    """News of other subjects is not read, whatever it counts."""
    assert sieve.holds_back(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 the navy rescued 1,200 MIGRANTS at sea.",
        "In 2023 the navy rescued 1,200 mi\u00adgrants at sea.",
        "Some 1,200 people left Cuba in 2023, the office said.",
        "Its 14 passengers were returned\nto Cuba in 2023, the office said.",
        "Quelque 12.000 ressortissants ont été rapatriés en 2020.",
        "La marina rescató a 300 inmigrantes.",
        "أنقذت البحرية 300 مُهاجِرٍ في عرض البحر.",
        "أنقذت البحرية وللمهاجرين 300 مقعد.",
        "أفشل الأمن في المدينة 300 مرشح في عبور المكان.",
    ],
)
def test_news_of_migration_is_read(text: str, sieve: Sieve) -> None:
    """A word of migration lets a text pass, in whatever letters; so does an event that needs none, with its country."""
    assert not sieve.holds_back(text, None)


def test_a_text_in_no_language_is_not_held_back(sieve: Sieve) -> None:
    """That it is in none is told where texts are read."""
    assert not sieve.holds_back("12 345 678", None)
    assert not sieve.holds_back("Miasto otworzy 12 szkół", None)
    assert not sieve.holds_back("The council opened 12 schools.", "xx")
    assert sieve.holds_back("The council opened 12 schools.", "en")


def test_words_are_not_remembered_without_end(sieve: Sieve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crawl has millions of different words."""
    monkeypatch.setattr("migstats.sieve._KEPT", 100)
    for n in range(300):
        assert sieve.holds_back(f"the council of plain{n}", None)
    assert len(sieve.plain) <= 100


def test_a_desk_gives_the_same_with_the_sieve(packs: Packs) -> None:
    """A run of many documents, held back or not, gives what each gives alone."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS[::40]]
    texts += ["The council opened 12 schools.", "12 345 678"]
    desk, task = Desk(Task(form="jsonl"), packs), Task(form="jsonl")
    for _ in range(MANY):
        desk.do(Document("a.txt", "The council opened 12 schools."))
    for n, text in enumerate(texts):
        document = Document(f"{n}.txt", text)
        assert desk.do(document) == Desk(task, packs).do(document)


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("$number boats were stopped", "stopped"),
        ("$number (?:attacks|assaults) (?:on|against) the presidents of", "presidents"),
        ("(?:boats|ships) $number", ""),
        ("boats $number|ships $number", ""),
        ("$number boats? seen", "seen"),
        (r"\bships\b $number", ""),
        ("$number refused[a-z]* entry", "entry"),
    ],
)
def test_the_word_that_a_pattern_needs(pattern: str, word: str) -> None:
    """Only a whole word that stands in whatever the pattern matches; where there is none, nothing is held back."""
    assert literal_of(pattern) == word
