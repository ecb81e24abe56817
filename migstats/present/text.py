"""A document laid open for people: its text marked, its figures, its numbers counted, its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from migstats.check import LEVELS, Finding, find_code
from migstats.mark import FIGURE, count_things, mark_text, quote_around, summarise
from migstats.model import LedgerEntry
from migstats.runs.examine import Examined
from migstats.show import make_console, squeeze
from migstats.write._told import name_known
from migstats.write.table import make_table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from migstats.present import Look

_STYLES = {"note": "dim", "warning": "yellow", "error": "bold red"}


def write(documents: Iterable[Examined], stream: TextIO, look: Look) -> None:
    """Write one document after the other."""
    console = make_console(stream)
    for n, document in enumerate(documents):
        if n:
            console.print("\n")
        _write_one(document, console, look)


def _write_one(examined: Examined, console: Console, look: Look) -> None:
    """Write text, figures, numbers and findings."""
    document, ledger = examined.document, examined.analysis.ledger
    title = name_known(document.name, document.source, document.language, document.published)
    console.print(title, style="bold", overflow="fold")
    console.print()
    console.print(mark_text(document.text, examined.records, ledger), overflow="fold")
    console.print()
    if examined.records:
        places = {entry.number.start: n for n, entry in enumerate(ledger, 1)}
        console.print(make_table(examined.records, places))
        console.print()
    if look.ledger and ledger:
        console.print(_make_ledger(document.text, ledger, examined))
        console.print()
    console.print(summarise(ledger))
    if examined.findings:
        console.print()
        console.print(_make_findings(examined.findings))
        console.print()
    console.print(_count_findings(examined.findings))


def _make_ledger(text: str, ledger: Sequence[LedgerEntry], examined: Examined) -> Table:
    """Lay out all numbers, each with its kind and the words around it."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    table.add_column("#", justify="right", style="dim")
    table.add_column("number", width=14, overflow="fold")
    table.add_column("kind", width=14, overflow="fold")
    table.add_column("where it stands", ratio=1, overflow="fold", style="dim")
    codes: dict[int, list[str]] = {}
    for record in examined.records:
        codes.setdefault(record.start, []).append(record.indicator)
    for n, entry in enumerate(ledger, 1):
        number = entry.number
        near = f" (nearest: {entry.nearest})" if entry.nearest else ""
        lacked = f" (lacked: {entry.lacked})" if entry.lacked else ""
        told = ", ".join(codes.get(number.start, ())) if entry.kind == FIGURE else entry.kind.replace("_", " ")
        written = squeeze(text[number.start : number.end])
        table.add_row(str(n), written, told, quote_around(text, number) + near + lacked)
    return table


def _make_findings(findings: Sequence[Finding]) -> Table:
    """Lay out what was found, the gravest first."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    table.add_column("issue", width=7)
    table.add_column("code", width=4)
    table.add_column("what it is", width=18, overflow="fold")
    table.add_column("why", ratio=1, overflow="fold")
    for finding in sorted(findings, key=lambda one: -LEVELS.index(one.level)):
        style = _STYLES[finding.level]
        name = find_code(finding.code).name.replace("-", " ")
        table.add_row(finding.level, finding.code, name, squeeze(finding.message), style=style)
    return table


def _count_findings(findings: Sequence[Finding]) -> str:
    """Count what was found, and say where more is told."""
    if not findings:
        return "no issues"
    counts = Counter(finding.level for finding in findings)
    told = ", ".join(count_things(counts[level], level) for level in reversed(LEVELS) if counts[level])
    first = max(findings, key=lambda one: LEVELS.index(one.level))
    return f"{count_things(len(findings), 'issue')}: {told}; `migstats explain {first.code}` says what that means"
