"""The view: what the layout broke up is put together, one code point for one."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from migstats.loading.load import Packs
from migstats.model import Document, Mark
from migstats.runs.extract import Wanted, extract_one
from migstats.texts.fold import fold
from migstats.texts.view import HIDDEN, cut_words, view_head, view_text

PAGE = (
    "In 2023, the navy res-\ncued 1,200\nReport of 2024, page 3\nmigrants in the Strait of\nGibraltar.\n"
    "Lost at sea: 40 migrants\nThe navy rescued 300 migrants in 2022."
)
KINDS = {"-\n": "hyphen", "\n": "wrap", "Report of 2024, page 3": "running", "Lost at sea: 40 migrants": "related"}


def make_document() -> Document:
    """A page with a broken word, a line that ends in a sentence, a foot line, and a link to another text."""
    found = re.finditer(r"-\n|\n(?!Lost|The)|Report[^\n]*|Lost[^\n]*", PAGE)
    marks = tuple(Mark(m.start(), m.end(), KINDS[m.group()]) for m in found)
    return Document("a.pdf", PAGE, "en", marks=marks, pages=(0, PAGE.index("migrants")))


def test_sentences_run_over_what_parts_them(packs: Packs) -> None:
    """Figures are read as if the text ran on; spans, numbers and quotes are those of the text."""
    analysis, records = extract_one(make_document(), packs, Wanted(related=True))
    found = [(r.number, r.indicator, r.context, r.page) for r in records]
    assert found[0] == ("1,200", "rescues", "body", 1)
    assert found[-1] == ("300", "rescues", "body", 2)
    assert [row[2] for row in found[1:-1]] == ["related"]
    assert all(PAGE[r.start : r.end] == r.number and PAGE[r.quote_start : r.quote_end] == r.quote for r in records)
    assert records[0].quote == PAGE[: PAGE.index("\nLost")]
    assert records[0].place == "Strait of Gibraltar"
    running = [PAGE[e.number.start : e.number.end] for e in analysis.ledger if e.kind == "running"]
    assert running == ["2024", "3"]
    assert set(HIDDEN) <= set(packs.codebook.kinds)


def test_words_are_cut_without_breaks() -> None:
    """Attributes are words, not pieces of a layout."""
    document = make_document()
    assert cut_words(document, PAGE.index("res-"), PAGE.index("cued") + 4) == "rescued"
    assert cut_words(document, PAGE.index("1,200"), PAGE.index("migrants") + 8) == "1,200 migrants"
    assert cut_words(document, 0, 7) == "In 2023"
    assert "page 3" in view_head(document)


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9))))
def test_a_view_is_as_long_as_its_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the marks are, an offset in the view is one in the text."""
    marks = [
        Mark(min(start, len(text)), min(start + length, len(text)), kind)
        for (start, length), kind in zip(sorted(spans), ["wrap", "hyphen", "running", "related"] * 9, strict=False)
    ]
    assert len(view_text(text, marks)) == len(text)
    assert view_text(text, []) == fold(text)
