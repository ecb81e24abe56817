"""A text is text: whatever stands in it, in its name or in a record, no page that shows it runs or loads anything."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import open_page
from hostile import INJECTIONS

from migstats.loading.load import Packs, load_packs
from migstats.model import Document
from migstats.notebook import MarkedText, make_table
from migstats.recall import Gathered
from migstats.records.record import Record
from migstats.report.page import make_page
from migstats.report.text import show
from migstats.runs.examine import examine_one
from migstats.write.labelstudio import set_up

WORDS = "document source language title url place group attribution change_baseline number quote rule pack".split()
"""What of a record is free text; the indicator is, too, where records come from a file."""
LOOK = """
const tags = new Set(), names = new Set(), links = new Set();
for (const one of document.querySelectorAll('*')) {
  tags.add(one.tagName.toLowerCase());
  for (const attribute of one.attributes) {
    names.add(attribute.name);
    if (/^(href|src|action|data|ping|style|xlink:href|srcdoc|formaction)$/.test(attribute.name))
      links.add(attribute.name + '=' + attribute.value);
  }
}
return {tags: [...tags], names: [...names], links: [...links], text: document.documentElement.textContent};
"""
TOUCH = """
for (const one of document.querySelectorAll('*'))
  for (const kind of ['mouseover', 'focus', 'toggle', 'load', 'error', 'click'])
    if (kind !== 'click' || !one.closest('a[href]')) one.dispatchEvent(new Event(kind));
return [window.ran || null, location.href];
"""
ATTRIBUTED = {
    "aria-hidden", "aria-label", "aria-labelledby", "aria-live", "charset", "class", "content", "d", "data-c", "data-s",
    "dir", "for", "hidden", "href", "http-equiv", "id", "lang", "name", "rel", "role", "scope", "style", "text-anchor",
    "title", "type", "value", "viewbox", "viewBox", "x", "y",
}  # fmt: skip
"""All attributes that our pages have."""
OURS = ("href=#", "href=data:,", "style=text-align: left", "style=white-space: pre-wrap")
"""What links and looks of our pages begin with."""
TAGS = set(
    "html head meta title link style body a header h1 h2 h3 h4 p nav ul li main section div table caption thead tbody "
    "tr th td bdi span details summary dl dt dd form label input select option output svg path text figure article "
    "small i sup sub mark footer script".split()
)
"""All elements that our pages have."""


@cache
def read_texts() -> tuple[Gathered, ...]:
    """Read a text for each injection, with it in all that is known of the text, and around and within its figures."""
    found = []
    for number, sign in enumerate(INJECTIONS):
        text = (
            f"{sign} In 2023 the navy rescued {number + 2},200 migrants off {sign}, 35 % more than in 2022. {sign}\n"
            f"In 2022 it rescued {number + 1},700 migrants {sign}, of whom 9{sign}5 were women. {sign} 12 {sign} boats."
        )
        document = Document(f"{number}{sign}", text, "en", "2024-01", source=sign, title=sign, url=sign)
        done = examine_one(document, _packs())
        assert done.records, sign
        records = [replace(record, group=sign, place=sign) for record in done.records]
        found.append(Gathered(records, replace(done.analysis, document=replace(done.analysis.document, language=sign))))
    return tuple(found)


def make_records(code: bool = True) -> list[Record]:
    """Make records as a file might hold them: each word of them an injection."""
    records = []
    for number, (sign, one) in enumerate(zip(INJECTIONS, read_texts(), strict=True)):
        for record in one.records:
            changed: dict[str, Any] = dict.fromkeys(WORDS, sign) | {"id": f"{number}{sign}{record.start}"}
            changed |= {"indicator": sign, "unit": sign} if code else {}
            records.append(replace(record, **changed))
    return records


@cache
def _packs() -> Packs:
    return load_packs()


def page_of_texts() -> str:
    """A report over texts."""
    return make_page(read_texts(), _packs(), "".join(INJECTIONS))


def page_of_records() -> str:
    """A report over records."""
    return make_page([Gathered(make_records()), Gathered(make_records(code=False))], _packs(), "records")


def page_of_notebook() -> str:
    """What a notebook shows, in a page that forbids nothing."""
    marked = [
        MarkedText(one.analysis.document.text, tuple(one.records))._repr_html_() for one in read_texts() if one.analysis
    ]
    body = "\n".join((make_table(make_records()), *marked))
    return f"<!doctype html><meta charset=utf-8><title>x</title><link rel=icon href='data:,'><body>{body}"


def without_policy(page: str) -> str:
    """The same page without what forbids scripts and requests: what stands in it must be harmless by itself."""
    bare, count = re.subn(r"<meta http-equiv=Content-Security-Policy [^>]*>", "", page)
    assert count == 1
    return bare


PAGES = {
    "texts": page_of_texts,
    "records": page_of_records,
    "texts, nothing forbidden": lambda: without_policy(page_of_texts()),
    "records, nothing forbidden": lambda: without_policy(page_of_records()),
    "notebook": page_of_notebook,
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_runs_or_loads_what_a_text_says(name: str, browser: Any, tmp_path: Path) -> None:
    """In a real browser: no script but ours runs, nothing is asked for, nothing is an element or an attribute."""
    page = PAGES[name]()
    open_page(browser, page.encode("utf-8", "replace").decode("utf-8"), tmp_path)
    found = browser.execute_script(LOOK)
    assert set(found["tags"]) <= TAGS
    assert set(found["names"]) <= ATTRIBUTED
    assert {
        link
        for link in found["links"]
        if not link.startswith(("href=#", "href=data:,", "style=text-align", "style=white-"))
    } == set()
    ran, where = browser.execute_script(TOUCH)
    assert ran is None
    assert where.partition("#")[0] == (tmp_path / "page.html").as_uri()
    for sign in INJECTIONS:
        seen = show(sign).replace("\r", "").strip()
        assert " ".join(seen.split()) in " ".join(found["text"].split()), ascii(sign)


@pytest.mark.parametrize("name", ["texts", "records"])
def test_charts_name_hostile_series(name: str) -> None:
    """There are charts among what was opened above, with an injection in the name of each."""
    page = PAGES[name]()
    labels = [unescape(label) for label in re.findall(r'<svg [^>]*aria-label="Chart of ([^"]*)"', page)]
    assert len(labels) > (len(INJECTIONS) // 2 if name == "texts" else 0)
    assert page.count("<script>") == 1


def test_a_page_that_runs_a_text_would_be_found_out(browser: Any, tmp_path: Path) -> None:
    """What stands unescaped is run, and is seen to have run."""
    (tmp_path / "page.html").write_text("<!doctype html><link rel=icon href='data:,'>" + INJECTIONS[0])
    browser.get((tmp_path / "page.html").as_uri())
    assert browser.execute_script(TOUCH)[0] == [0]


def test_the_setup_of_a_labelling_page_holds_any_code(packs: Packs) -> None:
    """Its XML says what the codebook says."""
    entry = next(iter(packs.codebook.indicators.values()))
    fit = [sign for sign in INJECTIONS if re.fullmatch("[\t\n\x20-\ud7ff\ue000-\ufffd]*", sign)]
    indicators = {sign: entry.model_copy(update={"says": sign}) for sign in fit}
    root = ElementTree.fromstring(set_up(packs.codebook.model_copy(update={"indicators": indicators})))
    labels = [(one.get("value"), one.get("hint")) for one in root.iter("Label")]
    assert labels == [(sign, sign) for sign in fit]
    assert {one.tag for one in root.iter()} == {
        "View", "Header", "Labels", "Label", "Text", "Number", "Choices", "Choice", "TextArea"
    }  # fmt: skip
