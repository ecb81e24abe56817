"""Whatever characters or bytes are fed to the program, it reads them to the end and says only what is true of them."""

from __future__ import annotations

import json
import unicodedata
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migstats.constraint import make_model
from migstats.errors import MigstatsError
from migstats.fold import fold
from migstats.load import Packs, load_packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.read._source import Source
from migstats.read.text import read
from migstats.record import Record, make_records
from migstats.write._row import make_row

DIGITS = "".join(chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Nd")
TENS = [DIGITS[i : i + 10] for i in range(0, len(DIGITS), 10)]
ODD = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\ufeff\u00ad\u0640\u064b\u0301\u20e3\0\x1b\x07\x9b"
)
WORDS = """
migrants rescued 300 1.234 12,5 % in_2023 ont_été_expulsés personnes réseaux démantelé de of and et و مهاجر إنقاذ ألف
عمليتي mil millones_de rescatados entre from to ( ) : ; - \u2013 | % 12_345 3/4 1er 2022-2023 1e9 0 \u06f5\u06f6 ² ½ Ⅳ ①
\u0661\u0662\u066c\u0663\u0664\u0665 \U0001d7d9 \u0bf0 万 date_2018-09 --- # * 1. • « » " Lire_aussi Read_also http://a.b/1
"""
PIECES = [*(word.replace("_", " ") for word in WORDS.split()), "\t", "\n", "\n\n", "\u2028"]
ANY = st.text(st.characters(codec="utf-8"), max_size=300)
STRANGE = st.text(st.one_of(st.sampled_from(ODD), st.sampled_from(DIGITS), st.sampled_from("aé .,\n%()")), max_size=120)
SENTENCES = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(ODD)), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
TEXTS = st.one_of(ANY, STRANGE, SENTENCES, GLUED)
MODEL = make_model(Record)
QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def hold(text: str, packs: Packs, language: str | None = None) -> list[Record]:
    """Extract, and hold all that is promised of any answer."""
    analysis = analyse(Document("a.txt", text, language=language), packs)
    spans = [(entry.number.start, entry.number.end) for entry in analysis.ledger]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    records = make_records(analysis, packs)
    assert [record.start for record in records] == sorted(record.start for record in records)
    for record in records:
        assert text[record.start : record.end] == record.number
        assert text[record.quote_start : record.quote_end] == record.quote
        assert record.quote_start <= record.start < record.end <= record.quote_end
        MODEL.model_validate(json.loads(json.dumps(make_row(record))))
    return records


@QUICK
@given(text=TEXTS, language=st.sampled_from([None, "fr", "en", "es", "ar"]))
def test_any_text_is_read_to_the_end(text: str, language: str | None, packs: Packs) -> None:
    """Spans are in order and inside, numbers and quotes are the text's own, every record validates."""
    hold(text, packs, language)


@QUICK
@given(text=TEXTS)
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one, and folding what is folded changes nothing."""
    view = fold(text)
    assert len(view) == len(text)
    assert fold(view) == view
    assert [c == "\n" for c in view] == [c in "\n\u2028\u2029" for c in text]


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
