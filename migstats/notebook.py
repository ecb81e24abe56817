"""What a notebook shows: records as a table, a text with its figures marked. Nothing in a text is taken for HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from migstats.records.record import Record
from migstats.value import dataclass
from migstats.write._told import CELLS, tell_cells

_LEFT = ' style="text-align: left"'


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and the figures in it."""

    text: str
    records: tuple[Record, ...]

    def _repr_html_(self) -> str:
        return mark(self.text, self.records)


def make_table(records: Sequence[Record]) -> str:
    """Lay records out as a table.

    >>> make_table([])
    '<p>no figures</p>'
    """
    if not records:
        return "<p>no figures</p>"
    heads = "".join(f"<th{_LEFT}>{head}</th>" for head in CELLS)
    rows = "\n".join(f"<tr>{''.join(map(_make_cell, tell_cells(record)))}</tr>" for record in records)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def mark(text: str, records: Sequence[Record]) -> str:
    """Write a text with each figure's number marked, and its indicators behind it."""
    parts, done = [], 0
    ordered = sorted(records, key=lambda record: (record.start, record.end))
    for (start, end), group in groupby(ordered, key=lambda record: (record.start, record.end)):
        if start < done:
            continue
        found = list(group)
        told = "; ".join(" ".join(part for part in tell_cells(record)[:5] if part) for record in found)
        codes = ", ".join(record.indicator for record in found)
        parts.append(escape(text[done:start]))
        parts.append(f'<mark title="{escape(told)}">{escape(text[start:end])}</mark><sub>{escape(codes)}</sub>')
        done = end
    parts.append(escape(text[done:]))
    return f'<div dir="auto" style="white-space: pre-wrap">{"".join(parts)}</div>'


def _make_cell(text: str) -> str:
    """Write a cell, in whatever direction its text is read."""
    return f'<td dir="auto"{_LEFT}>{escape(text)}</td>'
