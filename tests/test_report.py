"""The page to hand over: complete, safe, small, and right in a real browser."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from chromium import open_page
from click.testing import CliRunner

from migstats.check import Choice
from migstats.cli import migstats
from migstats.loading.load import Packs, load_packs
from migstats.model import Document
from migstats.recall import Gathered, recall
from migstats.report.chart import draw_chart
from migstats.report.page import make_page
from migstats.report.text import cut_text, show
from migstats.runs.examine import examine_one
from migstats.runs.walk import Listener, read_paths
from migstats.series.build import build_series

ROOT = Path(__file__).parent.parent
FOLDERS = {"seeds": ROOT / "seeds", "corpus": ROOT / "tests" / "corpus"}
BASE, TIMES = 150_000, 3
"""Bytes that a page may have, and how many times its texts."""

TRAP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> In 2023 the navy rescued 1,200 migrants off Sebta & "
    "Melilla, 35 % more than in 2022.</div><h1>No</h1>\n\x1b[31m\x00 In 2022 it rescued 700 migrants. \ud800"
)


class Reader(HTMLParser):
    """Gathers the ids and links of a page, and the elements that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.ids += [told["id"] or ""] if "id" in told else []
        if tag == "a":
            self.links.append(told["href"] or "")
        self.loads += [told[name] or "" for name in ("src", "srcset", "action", "style", "onclick") if name in told]
        if tag == "link":
            self.loads += [told["href"] or ""] if told["href"] != "data:," else []


@lru_cache
def _packs() -> Packs:
    return load_packs()


@lru_cache
def _read(folder: str) -> tuple[Gathered, ...]:
    """Read a folder of texts."""
    wrong: list[object] = []
    documents = read_paths([str(FOLDERS[folder])], Listener(wrong.append, wrong.append))
    done = [examine_one(document, _packs(), Choice()) for document in documents]
    return tuple(
        Gathered([record for record in one.records if record.context == "body"], one.analysis, one.findings)
        for one in done
    )


@lru_cache
def _page(folder: str) -> str:
    return make_page(_read(folder), _packs(), f"The {folder}")


def trapped() -> tuple[Gathered, str]:
    """A text that tries what a text should not be able to do, and its page."""
    done = examine_one(Document("<b>a&b</b>.txt", TRAP, language="en", title="<i>t</i>"), _packs())
    gathered = Gathered(done.records, done.analysis, done.findings)
    return gathered, make_page([gathered], _packs(), "<script>alert(3)</script>")


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_lead_somewhere(folder: str) -> None:
    """Each figure has its mark, each link its goal, each goal its own name."""
    reader = Reader(_page(folder))
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    figures = sum(len(one.records) for one in _read(folder))
    assert sum(re.fullmatch(r"f\d+", name) is not None for name in reader.ids) == figures > 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_loaded(folder: str) -> None:
    """The page has no address to load from, and its policy allows nothing but its own style and script."""
    page = _page(folder)
    assert Reader(page).loads == []
    (policy,) = re.findall(r'Content-Security-Policy content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;; ")
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest.replace('+', '&#43;')}&#39;" in policy.replace("+", "&#43;")


@pytest.mark.parametrize("folder", FOLDERS)
def test_size(folder: str) -> None:
    texts = sum(len(one.analysis.document.text.encode()) for one in _read(folder) if one.analysis)
    assert len(_page(folder).encode()) <= BASE + TIMES * texts


def test_html_in_a_text_is_text() -> None:
    gathered, page = trapped()
    assert [record.value for record in gathered.records] == [1200, 700]
    reader = Reader(page)
    assert reader.tags.count("script") == 1
    assert not {"img", "b"} & set(reader.tags)
    assert reader.tags.count("h1") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img" in re.sub("</?i[^>]*>", "", page)
    assert "\x1b" not in page
    assert "\x00" not in page
    page.encode("utf-8")


def test_records_alone_give_sentences(tmp_path: Path) -> None:
    run = CliRunner()
    rows, page = tmp_path / "a.jsonl", tmp_path / "a.html"
    assert run.invoke(migstats, ["extract", str(FOLDERS["seeds"]), "-o", str(rows)]).exit_code == 0
    done = run.invoke(migstats, ["report", str(rows), "-o", str(page), "--title", "Two & two"])
    assert (done.exit_code, done.output) == (0, "")
    content = page.read_text(encoding="utf-8")
    reader = Reader(content)
    assert "<title>Two &amp; two</title>" in content
    assert "The text is not at hand" in content
    assert sum(re.fullmatch(r"f\d+", name) is not None for name in reader.ids) == len(list(recall(str(rows))))
    assert {link[1:] for link in reader.links} <= set(reader.ids)


def test_a_report_is_a_page(tmp_path: Path) -> None:
    done = CliRunner().invoke(migstats, ["report", str(FOLDERS["seeds"]), "-o", str(tmp_path / "a.pdf")])
    assert (done.exit_code, "name it with -o FILE.html" in done.output) == (2, True)


def test_pieces_are_the_text() -> None:
    """Cutting loses nothing, and doubles nothing."""
    for one in _read("corpus"):
        assert one.analysis
        text = one.analysis.document.text
        others = [(entry.number.start, entry.number.end, entry.kind) for entry in one.analysis.ledger]
        assert "".join(piece.text for piece in cut_text(text, one.records, others)) == show(text)


def test_points_stand_where_their_values_are() -> None:
    """The higher a value, the higher its point; what is derived is hollow, what is to date a triangle."""
    found = build_series((record for one in _read("seeds") for record in one.records), _packs())
    (series,) = [one for one in found.series if one.key.indicator == "networks_dismantled"]
    chart = draw_chart(series)
    by_height = sorted(chart.points, key=lambda point: -point.y)
    assert [point.says.split(":")[0] for point in by_height] == [
        "2018-01/2018-09", "2021-01/2021-11", "2022", "2024", "2023",
    ]  # fmt: skip
    assert [(point.shape, point.look) for point in chart.points] == [
        ("t", ""),
        ("t", ""),
        ("c", "d"),
        ("c", ""),
        ("c", ""),
    ]
    assert sorted(point.x for point in chart.points) == [point.x for point in chart.points]
    assert [name for _, name in chart.rows] == ["0", "200", "400"]


MARKS = """
const rows = [];
for (const box of document.querySelectorAll('.t')) {
  let before = '';
  for (const node of box.childNodes) {
    const marks = node.nodeType !== 1 ? [] : node.matches('a') ? [node] : [...node.querySelectorAll('a')];
    for (const mark of marks) {
      const goal = document.getElementById(mark.getAttribute('href').slice(1));
      const back = goal && (goal.getAttribute('href') === '#' + mark.id || goal.querySelector(`a[href="#${mark.id}"]`));
      rows.push([mark.id, mark.textContent, before, Boolean(back), mark.getClientRects().length > 0]);
    }
    if (node.nodeName !== 'SUP') before += node.textContent;
  }
}
return rows;
"""


@pytest.mark.parametrize("folder", FOLDERS)
def test_marks_stand_at_their_text(browser: Any, folder: str, tmp_path: Path) -> None:
    """Each figure's mark is its number at its place, can be seen, leads to its line, and back."""
    open_page(browser, _page(folder), tmp_path)
    rows = browser.execute_script(MARKS)
    wanted = [
        (show(record.number), show(one.analysis.document.text[: record.start]))
        for one in sorted(_read(folder), key=lambda one: one.analysis.document.name if one.analysis else "")
        if one.analysis
        for record in sorted(one.records, key=lambda record: (record.start, record.indicator, record.id))
    ]
    assert len(rows) == len(wanted)
    twice = {
        name for name, text, before, _, _ in rows if not before.endswith(text) and text.isdigit() and len(text) == 1
    }
    for (name, text, before, back, seen), (number, prefix) in zip(rows, wanted, strict=True):
        assert back, name
        assert seen, name
        if text == number:
            assert before == prefix, name
        else:
            assert name in twice, "only a second reading of a number has another text"


@pytest.mark.parametrize("width", [390, 1100], ids=["telephone", "desk"])
def test_page_fits(browser: Any, width: int, tmp_path: Path) -> None:
    """Nothing is wider than the window, neither in the light nor in the dark."""
    for folder in FOLDERS:
        open_page(browser, _page(folder), tmp_path, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    colours = []
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        colours.append(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert colours[0] != colours[1]


def test_links_work_both_ways(browser: Any, tmp_path: Path) -> None:
    """A click on a point comes to the sentence, a click on the number back to the point."""
    open_page(browser, _page("seeds"), tmp_path)
    point = browser.find_element("css selector", "figure svg a[id]")
    name = point.get_attribute("id")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", point)
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", point)
    assert browser.current_url.endswith("#f" + name[1:])
    mark = browser.find_element("id", "f" + name[1:])
    assert browser.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight", mark
    )
    mark.click()
    assert browser.current_url.endswith("#" + name)
    assert browser.execute_script("return document.querySelector(':target').id") == name


def test_a_text_runs_nothing(browser: Any, tmp_path: Path) -> None:
    open_page(browser, trapped()[1], tmp_path)
    shown = browser.find_element("css selector", ".t").text
    assert shown.startswith("<script>alert(1)</script><img src=x onerror=alert(2)> In 2023")
    assert browser.title == "<script>alert(3)</script>"


def test_filtering_and_doing_without_it(browser: Any, tmp_path: Path) -> None:
    open_page(browser, _page("seeds"), tmp_path)
    seen = "return document.querySelectorAll('[data-c]:not([hidden])').length"
    every = browser.execute_script(seen)
    browser.find_element("name", "country").send_keys("LBY")
    assert 0 < browser.execute_script(seen) < every
    browser.find_element("name", "word").send_keys("no such words")
    assert browser.execute_script(seen) == 0
    browser.execute_script("location.hash = document.querySelector('figure svg a[id]').id")
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert browser.execute_script(seen) == every, "a link shows what was filtered away"
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.refresh()
        assert not browser.find_element("css selector", "form").is_displayed()
        assert len(browser.find_elements("css selector", "[data-c]")) == every
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_page_prints_and_can_be_read_out(browser: Any, tmp_path: Path) -> None:
    """There is paper to hand out; charts have names, headings and landmarks are there."""
    open_page(browser, _page("seeds"), tmp_path)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    assert len(printed["data"]) > 20_000
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node.get("ignored")]
    assert {"main", "navigation", "banner", "contentinfo", "heading", "table", "search"} <= set(roles)
    nameless = [node for node in tree if not node.get("ignored") and node["role"]["value"] == "link"]
    assert all(node["name"]["value"].strip() for node in nameless)
