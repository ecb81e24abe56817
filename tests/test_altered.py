"""The seeds, altered mechanically: the same figures are found, at the characters of the altered text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from altered import (
    RELATED,
    Alter,
    Draft,
    apostrophes,
    chain,
    decompose,
    group_by,
    number_otherwise,
    publish_later,
    read_drafts,
    reorder,
    shout_headlines,
    years_later,
)

from migstats.gold import compare, is_same
from migstats.loading.load import Packs
from migstats.pipeline import analyse
from migstats.read._source import Source
from migstats.read.text import read
from migstats.records.record import Record, make_records

NO_BREAK, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"
TYPOGRAPHIC = "\N{RIGHT SINGLE QUOTATION MARK}"
LAST_FIRST = {"001": (0, 6, 5, 3, 4, 2, 1), "002": (0, 4, 3, 1, 2), "003": (0, 1, 6, 3, 2), "004": (0, 4, 1, 6, 3)}
"""What opens a text, and what goes on from the line before, stay where they are."""
ROUND = {"001": (0, 2, 4, 5, 3, 1), "002": (0, 3, 1, 4), "003": (0, 1, 3, 6, 2, 4), "004": (0, 1, 6, 4)}

ALTERS: dict[str, Alter] = {
    "as they are": chain(),
    "other numbers": number_otherwise(1),
    "other numbers again": number_otherwise(4),
    "thousands with a full stop": group_by("."),
    "thousands with a space": group_by(" "),
    "thousands with a no-break space": group_by(NO_BREAK),
    "thousands with a narrow no-break space": group_by(NARROW),
    "thousands with a thin space": group_by(THIN),
    "thousands with nothing": group_by(""),
    "other years": years_later(2),
    "earlier years": years_later(-3),
    "published later": publish_later,
    "paragraphs, the last first": reorder(LAST_FIRST),
    "paragraphs, turned round": reorder(ROUND),
    "plain apostrophes": apostrophes("'"),
    "typographic apostrophes": apostrophes(TYPOGRAPHIC),
    "headlines in capitals": shout_headlines,
    "accents apart": decompose,
    "other numbers, narrow spaces, other years": chain(number_otherwise(3), group_by(NARROW), years_later(3)),
    "other numbers, no spaces, accents apart": chain(number_otherwise(1), group_by(""), decompose),
    "in another order, in capitals, typographic": chain(reorder(LAST_FIRST), shout_headlines, apostrophes(TYPOGRAPHIC)),
    "all at once": chain(
        number_otherwise(2), group_by(NO_BREAK), years_later(1), publish_later, reorder(ROUND),
        apostrophes("'"), shout_headlines, decompose,
    ),
}  # fmt: skip

DRAFTS = {draft.name[:3]: draft for draft in read_drafts()}
CASES = [(name, seed) for name in ALTERS for seed in DRAFTS] + [("thousands with a comma", "003")]


@pytest.mark.parametrize(("name", "seed"), CASES, ids=lambda value: value.replace(" ", "-"))
def test_an_altered_seed_gives_the_same_figures(name: str, seed: str, packs: Packs) -> None:
    """Every figure, right in every attribute that its gold tells, where its number stands; and no other."""
    draft = ALTERS.get(name, group_by(","))(DRAFTS[seed])
    faults = find_faults(draft, packs)
    assert not faults, "\n".join(faults)


def find_faults(draft: Draft, packs: Packs) -> list[str]:
    """Tell what is found otherwise than it should be."""
    document = next(read(Source(BytesIO(draft.text.encode("utf-8")), f"{draft.name}.txt", print)))
    assert (document.text, document.published) == (draft.text, draft.published)
    left = make_records(analyse(document, packs), packs)
    faults = []
    for mark in draft.marks:
        figure = mark.figure
        found = next((r for r in left if r.start == mark.span[0] and is_same(compose(r), figure)), None)
        if found is None:
            faults.append(f"not found: {figure.number} {figure.indicator}")
            continue
        left.remove(found)
        faults += find_attributes(found, draft, mark.span)
        if figure.context != RELATED:
            wrong = [one for one in compare(compose(found), figure, draft.published) if not one.right]
            faults += [f"{figure.number} {one.name}: {one.found}, not {one.wanted}" for one in wrong]
        if found.context != figure.context:
            faults.append(f"{figure.number} context: {found.context}")
    return faults + [f"too many: {record.number} {record.indicator} {record.measure}" for record in left]


def find_attributes(record: Record, draft: Draft, span: tuple[int, int]) -> list[str]:
    """Tell which characters are pointed at wrongly."""
    faults = []
    if (record.start, record.end) != span:
        faults.append(f"{record.number} span: {record.start}, {record.end}, not {span}")
    if draft.text[record.start : record.end] != record.number:
        faults.append(f"{record.number} number: the text has {draft.text[record.start : record.end]}")
    if draft.text[record.quote_start : record.quote_end] != record.quote:
        faults.append(f"{record.number} quote")
    if not record.quote_start <= record.start < record.end <= record.quote_end:
        faults.append(f"{record.number} stands outside its quote")
    return faults


def compose(record: Record) -> Record:
    """Write a record's words with their accents on their letters, as the gold does."""
    place, group = (unicodedata.normalize("NFC", words or "") or None for words in (record.place, record.group))
    return replace(record, place=place, group=group)
