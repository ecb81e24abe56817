"""A table for people: each series with a bar beside each of its values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from migstats.lines._row import number_documents, show_interval, show_line, show_told
from migstats.lines._wide import HEAD, make_wide
from migstats.records.record import Plain, Record
from migstats.series.line import Findings, Line, Series, describe_key
from migstats.show import make_console, squeeze

if TYPE_CHECKING:
    from rich.table import Table

SUFFIX = ".txt"

_BAR = 8
_PERIOD = 15
"""Columns of a period; those of days are wider."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = "▁▂▃▄▅▆▇█"
_GAP = " "
_DERIVED = "░"
_KINDS = {"year_to_date": "to date", "open": "open", "none": "no period"}


def write(findings: Findings, stream: TextIO, wide: bool = False) -> None:
    """Write the series, what does not fit, and the documents."""
    console = make_console(stream)
    if wide:
        for table in _make_wide(findings):
            console.print(table)
        return
    documents = number_documents(findings)
    for series in findings.series:
        console.print(_title(series), style="bold cyan", overflow="fold")
        console.print(_make_table(series, documents))
    if findings.conflicts:
        console.print()
    for conflict in findings.conflicts:
        code = conflict.code
        said = _number(conflict.message, documents)
        style = "yellow" if code.level == "warning" else "dim"
        console.print(f"{code.level} {code.id} {code.name}: {said}", style=style, overflow="fold")
    if documents:
        console.print()
    for name, nth in documents.items():
        console.print(f"[{nth}] {squeeze(name)}", style="dim", overflow="fold")


def draw_bar(value: Plain, most: Plain, full: str = "") -> str:
    """Draw a bar as long as a value is great.

    >>> draw_bar(5, 8), draw_bar(3.5, 8)
    ('█████', '███▌')
    """
    eighths = round(_BAR * 8 * value / most) if most > 0 and value > 0 else 0
    if full:
        return full * max(1, round(eighths / 8))
    whole, part = divmod(max(eighths, 1), 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")


def draw_trend(values: Sequence[Plain | None]) -> str:
    """Draw values side by side, each as high as it is great.

    >>> draw_trend([1, None, 4, 8])
    '▁ ▄█'
    """
    most = max((value for value in values if value), default=0)
    return "".join(
        _GAP if value is None else _LEVELS[max(0, round(value / most * 8) - 1)] if most > 0 else _LEVELS[0]
        for value in values
    )


def _title(series: Series) -> str:
    """Name a series with its unit."""
    unit = "" if series.key.unit == "percent" else f" ({series.key.unit})"
    return squeeze(describe_key(series.key, series.words)) + unit


def _make_table(series: Series, documents: dict[str, int]) -> Table:
    """Lay out the lines of a series."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False, expand=True)
    table.add_column(width=1)
    table.add_column(width=max(_PERIOD, *(len(line.key.period or "") for line in series.lines)), overflow="fold")
    table.add_column(width=7, overflow="fold", style="dim")
    table.add_column(width=13, overflow="fold", justify="right", style="bold")
    table.add_column(width=_BAR, no_wrap=True, style="cyan")
    table.add_column(ratio=1, overflow="fold", style="dim")
    most = max((_size(line) for line in series.lines), default=0)
    for line in series.lines:
        bar = draw_bar(_size(line), most, _DERIVED if line.derived else "")
        kind = _KINDS.get(line.key.kind, "")
        period = (line.key.period or "").removesuffix("/..") + ("/…" if line.key.kind == "open" else "")
        state = line.state if line.state not in ("single", "derived") else ""
        style = "red" if line.state == "contradicting" else ""
        table.add_row("", period, kind, show_line(line), bar, _further(line, state, documents), style=style)
    return table


def _further(line: Line, state: str, documents: dict[str, int]) -> str:
    """Tell the state, who tells what, what is implied, and why it is compared with nothing."""
    several = len(line.told) > 1
    told = [(show_told(one) + " " if several else "") + _cite(one.witnesses, documents) for one in line.told]
    parts = [state, line.why if several or line.state not in ("single", "agreeing", "derived") else "", *told]
    for one in line.implied:
        what = "derived: " if line.derived else f"{'agrees with' if one.holds else 'against'} the implied "
        said = "" if line.derived else f"{show_interval(one.low, one.high)}, "
        parts.append(f"{what}{said}{one.sum} {_cite(one.witnesses, documents)}")
    parts.append(line.key.apart or "")
    return "; ".join(squeeze(part) for part in parts if part)


def _cite(witnesses: Sequence[Record], documents: dict[str, int]) -> str:
    """Name documents by their numbers."""
    return "".join(f"[{nth}]" for nth in sorted({documents[record.document] for record in witnesses}))


def _number(message: str, documents: dict[str, int]) -> str:
    """Name the documents in a message by their numbers."""
    for name in sorted(documents, key=len, reverse=True):
        message = message.replace(name, f"[{documents[name]}]")
    return squeeze(message).replace("([", "[").replace("])", "]").replace("], [", "][")


def _size(line: Line) -> Plain:
    """How great a line's value is drawn."""
    values = [line.value] if line.value is not None else [told.value for told in line.told]
    return max((abs(value) for value in values), default=0)


def _make_wide(findings: Findings) -> list[Table]:
    """Lay out a year a column, as many years in one table as fit."""
    from rich.table import Table

    columns, rows = make_wide(findings)
    years = columns[len(HEAD) :]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("series", overflow="fold", style="cyan", min_width=20)
    table.add_column("months", no_wrap=True)
    for year in years:
        table.add_column(year, justify="right", overflow="fold")
    table.add_column("trend", no_wrap=True, style="cyan")
    for row in rows:
        values = [row[year] for year in years]
        trend = draw_trend([value if isinstance(value, int | float) else None for value in values])
        table.add_row(_name_row(row), row["months"], *map(_show_cell, values), trend)
    return [table]


def _name_row(row: dict[str, Any]) -> str:
    """Name the series of a row."""
    usual = ("count", "reported", "percent")
    parts = (row["indicator"], row["country"], row["place"], row["group"], row["measure"], row["modality"], row["unit"])
    named = [squeeze(part) for part in parts if part and part not in usual]
    return ", ".join([*named, *(["derived"] if row["derived"] else [])])


def _show_cell(value: object) -> str:
    """Write a cell."""
    return "" if value is None else f"{value:,}".replace(",", " ") if isinstance(value, int | float) else str(value)
