"""All that is promised of any answer, whatever the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

from migstats.constraint import make_model
from migstats.errors import MigstatsError
from migstats.formats import Listener, read_source
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import sift
from migstats.read._source import Source
from migstats.records.record import Record
from migstats.runs.examine import examine_one
from migstats.texts.fold import fold
from migstats.value import replace
from migstats.write._row import make_row

MODEL = make_model(Record)


def read_any(data: bytes, name: str) -> Iterator[Document]:
    """Read a file; what is refused is an error of the program's own, with the name of the file."""
    told: list[MigstatsError] = []
    try:
        yield from read_source(Source(BytesIO(data), name, lambda _: None), Listener(lambda _: None, told.append))
    except MigstatsError as error:
        told.append(error)
    assert all(str(error).startswith(name) for error in told)


def hold(text: str | Document, packs: Packs, language: str | None = None) -> list[Record]:
    """Extract and check, and hold what is promised."""
    document = Document("a.txt", text) if isinstance(text, str) else text
    document, text = replace(document, language=language), document.text
    hold_folding(text)
    done = examine_one(document, packs)
    assert done.document.text == text
    spans = [(entry.number.start, entry.number.end) for entry in done.analysis.ledger]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    records = list(done.records)
    assert [record.start for record in records] == sorted(record.start for record in records)
    assert {(record.start, record.end) for record in records} <= set(spans)
    for record in records:
        hold_record(record, text)
    for finding in done.findings:
        assert all(0 <= start <= end <= len(text) for start, end in finding.spans)
    sieve = sift(packs)
    if records and sieve is not None:
        assert not sieve.holds_back(text, language)
    return records


def hold_record(record: Record, text: str) -> None:
    """Its number and its sentence are the text's own, and it is what its schema says."""
    assert text[record.start : record.end] == record.number
    assert text[record.quote_start : record.quote_end] == record.quote
    assert record.quote_start <= record.start < record.end <= record.quote_end
    MODEL.model_validate(json.loads(json.dumps(make_row(record), allow_nan=False)))


def hold_folding(text: str) -> None:
    """One character for one, lines stay lines, and folding what is folded changes nothing."""
    view = fold(text)
    assert len(view) == len(text)
    assert fold(view) == view
    assert [c == "\n" for c in view] == [c in "\n\u2028\u2029" for c in text.replace("\r\n", " \n").replace("\r", "\n")]
