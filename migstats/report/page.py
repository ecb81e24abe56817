"""Puts the page together."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from migstats.check import Code, list_codes
from migstats.errors import MigstatsError
from migstats.lines._row import show_interval, show_line, show_told
from migstats.loading.load import Packs
from migstats.model import Document
from migstats.recall import Gathered
from migstats.records.record import Record
from migstats.report.chart import Chart, draw_chart
from migstats.report.links import Links, is_drawn, make_links
from migstats.report.text import FIGURE, Piece, cut_text, list_kinds, list_others, show
from migstats.series.build import build_series
from migstats.series.line import Findings, Line, Series, describe_key
from migstats.value import dataclass, replace
from migstats.version import __version__

_LISTED = "unclaimed-number"
"""The finding that the list of other numbers tells already."""
_KINDS = {"year_to_date": "to date", "open": "open end"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a series as it stands in a table."""

    nth: int
    line: Line
    name: str = ""

    @property
    def look(self) -> str:
        """How it is shown: `d` for a derived value, `r` for a contradiction."""
        return "d" if self.line.derived else "r" if self.line.state == "contradicting" else ""

    @property
    def period(self) -> str:
        """Its period, with what is not plain of it."""
        kind = _KINDS.get(self.line.key.kind)
        return (self.line.key.period or "not told") + (f" ({kind})" if kind else "")

    @property
    def value(self) -> str:
        """Its value."""
        return show_line(self.line)

    @property
    def told(self) -> list[tuple[str, tuple[Record, ...]]]:
        """Each value told, where there are several, with its witnesses."""
        several = len(self.line.told) > 1
        return [(show_told(one) + " " if several else "", one.witnesses) for one in self.line.told]

    @property
    def implied(self) -> list[tuple[str, tuple[Record, ...]]]:
        """Each value that follows, and whether it fits."""
        return [(_say_implied(self.line, nth), one.witnesses) for nth, one in enumerate(self.line.implied)]

    @property
    def why(self) -> str:
        """Why this value, and why it is compared with nothing."""
        chosen = self.line.why if len(self.line.told) > 1 else ""
        return "; ".join(part for part in (chosen, self.line.key.apart) if part)


@dataclass(frozen=True, slots=True)
class Block:
    """A series with its rows, and its chart where it has one."""

    name: str
    series: Series
    rows: tuple[Row, ...]
    chart: Chart | None

    @property
    def states(self) -> str:
        """The states of its lines."""
        return " ".join(sorted({row.line.state for row in self.rows}))


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the page."""

    nth: int
    document: Document | None
    name: str
    pieces: tuple[Piece, ...]
    """Empty where its text is not at hand."""
    records: tuple[Record, ...]
    kinds: tuple[tuple[str, list[str]], ...]
    issues: tuple[tuple[Code, str], ...]
    """What a check of it finds."""

    @property
    def others(self) -> int:
        """How many numbers are no figures."""
        return sum(len(numbers) for _, numbers in self.kinds)


def make_page(found: Sequence[Gathered], packs: Packs, title: str) -> str:
    """Make the page of documents and their records."""
    findings = build_series((record for one in found for record in one.records), packs)
    links = make_links(found, findings)
    style, script = (_read(name) for name in ("page.css", "page.js"))
    blocks = list(_make_blocks(findings))
    return _render(
        title=title,
        version=__version__,
        policy=_make_policy(style, script),
        style=style,
        script=script,
        indicators=_group(blocks, packs),
        findings=findings,
        links=links,
        texts=list(_make_texts(found, links)),
        count=_count,
        unique=_unique,
        figure_kind=FIGURE,
        countries=sorted({block.series.key.country for block in blocks if block.series.key.country}),
        states=sorted({line.state for line in findings.lines}),
        codes=sorted({conflict.code for conflict in findings.conflicts}, key=lambda code: code.id),
    )


def _make_blocks(findings: Findings) -> Iterator[Block]:
    """Go through the series."""
    number = {id(line): nth for nth, line in enumerate(findings.lines)}
    for series in findings.series:
        name = show(describe_key(series.key, series.words).partition(", ")[2]) or series.key.indicator
        unit = "" if series.key.unit == "percent" else f" ({series.key.unit})"
        rows = tuple(Row(number[id(line)], line, name + unit) for line in series.lines)
        yield Block(name + unit, series, rows, draw_chart(series) if is_drawn(series) else None)


def _group(blocks: Iterable[Block], packs: Packs) -> list[tuple[str, str, list[Block], list[Row]]]:
    """Put the series of an indicator together: those with a chart, and the rows of all others."""
    grouped = []
    for code, found in groupby(blocks, key=lambda block: block.series.key.indicator):
        mine = list(found)
        entry = packs.codebook.indicators.get(code)
        rows = [row for block in mine if block.chart is None for row in block.rows]
        grouped.append((code, entry.says if entry else "", [block for block in mine if block.chart], rows))
    return grouped


def _make_texts(found: Sequence[Gathered], links: Links) -> Iterator[Text]:
    """Go through the documents in the order of their names."""
    read = {one.analysis.document.name: one for one in found if one.analysis}
    records: dict[str, list[Record]] = {name: [] for name in links.documents}
    for one in found:
        for record in one.records:
            records[record.document].append(record)
    for name, nth in links.documents.items():
        mine = tuple(records[name])
        if name in read:
            yield _make_text(nth, read[name], mine)
        else:
            yield Text(nth, None, show(name), (), mine, (), ())


def _make_text(nth: int, one: Gathered, records: tuple[Record, ...]) -> Text:
    """Lay out one document."""
    assert one.analysis is not None
    document, others = one.analysis.document, list_others(one.analysis)
    pieces = tuple(cut_text(document.text, records, others))
    codes = {code.id: code for code in list_codes()}
    found = [finding for finding in one.findings if codes[finding.code].name != _LISTED]
    issues = tuple((codes[finding.code], show(finding.message)) for finding in found)
    return Text(nth, document, show(document.name), pieces, records, tuple(list_kinds(document.text, others)), issues)


def cut_quote(record: Record) -> list[Piece]:
    """Cut the sentence of a figure at its number."""
    start = record.start - record.quote_start
    if not 0 <= start <= len(record.quote) or record.quote[start : start + len(record.number)] != record.number:
        return [Piece(show(record.number), (record,)), Piece(" " + show(record.quote))]
    moved = replace(record, start=start, end=start + len(record.number))
    return [Piece(piece.text, (record,) if piece.records else ()) for piece in cut_text(record.quote, [moved])]


def _say_implied(line: Line, nth: int) -> str:
    """Say what follows from a change."""
    one = line.implied[nth]
    if line.derived:
        return f"{one.sum} "
    fits = "agrees with" if one.holds else "does not fit"
    return f"{fits} {show_interval(one.low, one.high)}, derived from {one.sum} "


def _unique(records: Iterable[Record]) -> list[Record]:
    """Give the first figure of each document."""
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record.document, record)
    return list(first.values())


def _count(number: int, thing: str) -> str:
    """Write a number of things."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _make_policy(style: str, script: str) -> str:
    """Allow nothing but the page's own style and script, told by their hashes."""
    hashes = [b64encode(sha256(part.encode()).digest()).decode() for part in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _read(name: str) -> str:
    """Read a part of the page that stands beside this module."""
    return files("migstats").joinpath("report", name).read_text(encoding="utf-8").strip()


def _render(**values: Any) -> str:
    """Fill the template."""
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise MigstatsError("a report needs Jinja2", remedy="pip install 'migstats[report]'") from None
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["cut_quote"] = cut_quote
    return environment.from_string(_read("page.html")).render(values)
