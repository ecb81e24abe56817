"""All that is promised of any answer, whatever the text."""

from __future__ import annotations

import json

from migstats.constraint import make_model
from migstats.examine import examine_one
from migstats.fold import fold
from migstats.load import Packs
from migstats.model import Document
from migstats.pipeline import sift
from migstats.record import Record
from migstats.write._row import make_row

MODEL = make_model(Record)


def hold(text: str, packs: Packs, language: str | None = None) -> list[Record]:
    """Extract and check, and hold what is promised."""
    hold_folding(text)
    done = examine_one(Document("a.txt", text, language=language), packs)
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
