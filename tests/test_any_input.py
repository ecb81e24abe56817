"""Whatever characters or bytes are fed to the program, it reads them to the end and says only what is true of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from anything import DIGITS, FILES, ODD, PIECES, chance_of, spoil
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import MANY
from promises import hold, hold_folding, read_any

from migstats.errors import MigstatsError
from migstats.formats import Listener, read_source
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.read._source import Source
from migstats.read.csv import fits
from migstats.read.text import read

ANY = st.text(st.characters(codec="utf-8"), max_size=300)
STRANGE = st.text(st.one_of(st.sampled_from(ODD), st.sampled_from(DIGITS), st.sampled_from("aé .,\n%()")), max_size=120)
SENTENCES = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(ODD)), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
TEXTS = st.one_of(ANY, STRANGE, SENTENCES, GLUED)
QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150, derandomize=True)

STUMBLED = {
    "a header of marks": "\u0bf0\nx\u202d 00\t",
    "a header above two columns that says nothing": "\U00011951\nd\U00011957 \U00011958%",
    "a header of a mark that joins": "\u200d\n\u200d\u09e6\u2068\U000116c1%",
    "Arabic inside a Spanish sentence": "حو5ألف مه quien e",
    "Arabic inside an English sentence": "in the يش ها8ألف",
    "a number that goes on in the next line": "مهجرين من إحبط7\nألف من يك",
    "French written on to Arabic": "5oé ul deعمليتي",
    "English written on to Arabic": "5their pمليون لى لأ the",
    "a Latin letter inside Arabic": "نت سجلات مفوضيةnخمس ملايين سري",
    "Arabic between a verb and its country": "7nos dejaron el ان ال ما Perú",
    "a word in two lines": "دي٧يمني مر\u2028حلا،رت رب",
}
"""Texts that could not be read, or of which something untrue was said; each cut down to what it took."""


@QUICK
@given(text=TEXTS, language=st.sampled_from([None, "fr", "en", "es", "ar"]))
def test_any_text_is_read_to_the_end(text: str, language: str | None, packs: Packs) -> None:
    """Spans are in order and inside, numbers and quotes are the text's own, every record validates."""
    hold(text, packs, language)


@pytest.mark.parametrize("text", STUMBLED.values(), ids=STUMBLED)
def test_what_was_stumbled_over_is_read_to_the_end(text: str, packs: Packs) -> None:
    """In whatever language it is said to be."""
    for language in (None, *packs.languages):
        hold(text, packs, language)


@QUICK
@given(text=TEXTS)
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one, and folding what is folded changes nothing."""
    hold_folding(text)


@QUICK
@given(data=st.one_of(st.binary(max_size=400), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_a_text_or_one_clear_refusal(data: bytes, packs: Packs) -> None:
    """What is read holds no lone surrogate, so that it can be written again."""
    refused: list[str] = []
    documents = []
    try:
        documents = list(read(Source(BytesIO(data), "a.txt", lambda _: None)))
    except MigstatsError as error:
        refused = str(error).splitlines()
    assert len(documents) + len(refused) == 1
    assert all(line.startswith("a.txt: ") for line in refused)
    for document in documents:
        document.text.encode("utf-8")
        hold(document.text, packs, document.language if document.language in packs.languages else None)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_noise_or_a_spoilt_one_is_read_or_refused(kind: str, packs: Packs) -> None:
    """In every format: whatever can be read is a text, all else one line that names the file."""
    name = f"a.{kind.replace('markdown', 'md')}"
    good = FILES[kind]()
    assert any("1,200" in document.text for document in read_any(good, name))
    for number in range(60):
        chance = chance_of(7, number)
        data = spoil(good, chance) if number % 6 else chance.randbytes(chance.randrange(1, 300))
        for document in read_any(data, name):
            document.text.encode("utf-8")
            if number % 10 == 1:
                hold(document, packs, "en")


def test_a_header_of_several_lines_is_no_dump() -> None:
    """A line feed alone ends a line of a dump."""
    assert fits(b"id,text\n1,12 boats")
    assert not fits(b"id,text\r1,12 boats")


def test_a_file_without_a_name_in_an_archive_is_passed_over() -> None:
    """The others are read."""
    data = MANY["zip"][1]({"a": "12 boats", "b": "9 boats"}).replace(b"news/a.txt", b"\0ews/a.txt")
    assert [document.name for document in read_any(data, "n.zip")] == ["n.zip/news/b.txt"]


def test_a_document_packed_by_a_program_of_the_future_is_refused() -> None:
    """In one line, as a damaged one is."""
    data = bytearray(FILES["docx"]())
    data[data.index(b"PK\x01\x02") + 6] = 183
    with pytest.raises(MigstatsError, match=r"a\.docx: this document is damaged"):
        list(read_source(Source(BytesIO(bytes(data)), "a.docx", print), Listener(print, print)))


@pytest.mark.parametrize(
    "digits", [DIGITS[i : i + 10] for i in range(0, len(DIGITS), 10)], ids=lambda d: hex(ord(d[0]))
)
def test_the_digits_of_every_script_are_numbers(digits: str, packs: Packs) -> None:
    """A figure is the same in all of them, its number as written."""
    text = f"In 2023 the navy rescued {digits[3]}{digits[1]}{digits[2]} migrants at sea."
    assert [(r.value, r.number) for r in hold(text, packs, "en")] == [(312, digits[3] + digits[1] + digits[2])]


@pytest.mark.parametrize(
    "text", ["0 million migrants", "0 millones de 0 0", "0 ألف 0", "\u00bd 0 mil", "0 thousand 0 million"]
)
def test_nothing_times_a_scale_ends(text: str, packs: Packs) -> None:
    """Nought before a scale is read alone, and reading goes on behind it."""
    for language in packs.languages:
        analysis = analyse(Document("a.txt", text, language=language), packs)
        assert any(entry.number.value == 0 for entry in analysis.ledger)
