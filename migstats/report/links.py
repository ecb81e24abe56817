"""Which place of the page each figure, line and document has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migstats.recall import Gathered
from migstats.records.record import Record
from migstats.series.line import Findings, Line, Series
from migstats.value import dataclass

_LONGEST = 366
"""Days of the longest period that is set beside years."""

Place = tuple[str, str]
"""Document and id of a record: copies of a text share their ids."""


@dataclass(frozen=True)
class Links:
    """The numbers by which parts of the page refer to one another."""

    documents: Mapping[str, int]
    figures: Mapping[Place, int]
    lines: Mapping[Place, int]
    """The line of each figure."""
    drawn: frozenset[int]
    """The lines that are points of a chart."""

    def figure(self, record: Record) -> int:
        """Give the number of a figure's mark."""
        return self.figures[record.document, record.id]

    def goal(self, record: Record) -> str:
        """Give where the mark of a figure leads: to its point, or its row where it is in no chart."""
        line = self.lines[record.document, record.id]
        return f"p{self.figure(record)}" if line in self.drawn else f"l{line}"


def make_links(found: Sequence[Gathered], findings: Findings) -> Links:
    """Number the documents, figures and lines of a page."""
    names = dict.fromkeys(one.analysis.document.name for one in found if one.analysis)
    rows = [record for one in found for record in one.records]
    names.update(dict.fromkeys(record.document for record in rows))
    documents = {name: nth for nth, name in enumerate(sorted(names), 1)}
    order = sorted(rows, key=lambda record: (documents[record.document], record.start, record.indicator, record.id))
    figures = {place: nth for nth, place in enumerate(dict.fromkeys(_place(record) for record in order), 1)}
    lines: dict[Place, int] = {}
    for nth, line in enumerate(findings.lines):
        lines.update((_place(record), nth) for told in line.told for record in told.witnesses)
    number = {id(line): nth for nth, line in enumerate(findings.lines)}
    drawn = {number[id(line)] for series in findings.series if is_drawn(series) for line in placed(series.lines)}
    return Links(documents, figures, lines, frozenset(drawn))


def is_drawn(series: Series) -> bool:
    """Tell a series that is worth a chart: with values of several periods."""
    return len({line.key.days for line in placed(series.lines)}) > 1


def placed(lines: Iterable[Line]) -> list[Line]:
    """Give the lines that a chart sets side by side: no sums of several years, nothing that is compared with none."""
    return [line for line in lines if not line.key.apart and _is_short(line)]


def _is_short(line: Line) -> bool:
    """Tell a line that has its place in time."""
    start, end = line.key.days
    return start is not None and end is not None and (end - start).days <= _LONGEST


def _place(record: Record) -> Place:
    return record.document, record.id
