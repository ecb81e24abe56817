"""Says what each column of a table counts: by the words of its header, or by the table's title."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from migstats.find import Findings, Scene
from migstats.frame import Frame, Frames
from migstats.matching.scope import Chooser, Scope, Topic, find_topic
from migstats.matching.segment import cut_header
from migstats.model import Span
from migstats.tables.grid import Table
from migstats.value import dataclass, field
from migstats.words.item import Item

OPENS_PART = frozenset(["including", "of_them", "of"])
_PARTS = frozenset(["up", "down", "compared"])
_RATE = "per"
_TOTALS = frozenset(["container", "total"])
WEAK = 2
"""From this cost on a noun alone gives way to what the title counts."""
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Head:
    """What the words of a header cell, of a row's label or of a title say."""

    kind: str
    """`topic`; `whole` (a total, or nothing but the name of a breakdown), `part` (some people, a place, a period of
    what the title counts), `other` (another thing), or `unknown`.
    """
    topic: Topic | None = None
    classes: frozenset[str] = _NONE
    inside: bool = False
    """It opens with "of which": a part of the column before it."""

    @property
    def frame(self) -> Frame | None:
        """What it makes by itself."""
        return self.topic.frame if self.topic is not None else None


UNKNOWN, WHOLE, PART, OTHER = Head("unknown"), Head("whole"), Head("part"), Head("other")


@dataclass(slots=True)
class Words:
    """The items of a document by where they stand."""

    scenes: Sequence[Scene]
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [scene.sentence.start for scene in self.scenes]

    def of(self, span: Span) -> tuple[list[Item], frozenset[str], Scene | None]:
        """The items of a stretch, the contexts of the sentences that it is cut from, and the first of them."""
        items: list[Item] = []
        about: frozenset[str] = _NONE
        first: Scene | None = None
        n = max(0, bisect_left(self.starts, span[0] + 1) - 1)
        while n < len(self.scenes) and self.starts[n] < span[1]:
            inside = [item for item in self.scenes[n].items if span[0] <= item.start and item.end <= span[1]]
            if inside:
                items += inside
                about = about | self.scenes[n].contexts
                first = first or self.scenes[n]
            n += 1
        return items, about, first


class Columns:
    """Reads the headers of the tables of one document."""

    def __init__(self, findings: Findings, frames: Frames, scope: Scope) -> None:
        self.findings, self.frames, self.scope = findings, frames, scope
        self.words = Words(findings.scenes)
        self.known: dict[int, tuple[Head, ...]] = {}

    def title(self, table: Table) -> Topic | None:
        """What the table counts as a whole, by the nearest line above it that names an indicator."""
        for span in table.titles:
            items, about, _ = self.words.of(span)
            if any(item.candidate for item in items):
                return None
            topic = find_topic(items, 0, len(items), Chooser(self.frames, about))
            if topic is not None and self.believes(table, span, topic.frame):
                return topic
        return None

    def of(self, table: Table) -> tuple[Head, ...]:
        """What each column says, in order; nothing where the header cannot be told apart."""
        known = self.known.get(id(table))
        if known is None:
            known = self.known[id(table)] = tuple(self._read(table))
        return known

    def believes(self, table: Table, span: Span, frame: Frame) -> bool:
        """Whether a frame that a stretch of a table names may be believed, where it stands or where the rows do."""
        near = [span, table.lines[0].label, *table.flat[:1], *table.header]
        scenes = [scene for scene in (self.words.of(stretch)[2] for stretch in near) if scene is not None]
        if any(self.scope.believes(scene, frame) for scene in scenes):
            return True
        return self.scope.devoted and not any(scene.contexts & self.scope.foreign for scene in scenes)

    def _read(self, table: Table) -> list[Head]:
        wide = len(table.lines[0].cells)
        if table.header:
            return [
                PART if iso else self.head(table, span)
                for span, iso in zip(table.header[1:], table.periods or [""] * wide, strict=True)
            ]
        if wide == 1 and table.flat:
            return self._read_single(table)
        for count in range(1, len(table.flat) + 1):
            items = self.words.of((table.flat[count - 1][0], table.flat[0][1]))[0]
            if not items or any(item.candidate for item in items):
                break
            cells = cut_header(self.findings.text, items, wide, lambda row: _worth(self._read_items(table, row)))
            if cells:
                return [self._read_items(table, cell) for cell in cells]
        if table.inline and self.title(table):
            return [WHOLE]
        single = self._read_single(table) if table.flat and self._has_shares(table) else []
        return single and [*single, *[OTHER] * (wide - 1)]

    def _has_shares(self, table: Table) -> bool:
        """Whether every column but the first holds percentages."""
        text = self.findings.text
        return all("%" in text[c.start : c.end + 2] or c.number < 0 for line in table.lines for c in line.cells[1:])

    def _read_single(self, table: Table) -> list[Head]:
        """What the only column says: its header names an indicator or a breakdown, or its rows are periods."""
        span = table.flat[0]
        head = self.head(table, span)
        if head.frame is not None:
            return [head]
        if self.breaks_down(table) or (any(line.iso for line in table.lines) and self.title(table)):
            return [WHOLE]
        return []

    def breaks_down(self, table: Table) -> bool:
        """Whether the words above the rows name what something is told apart by: "Country of origin"."""
        span = next(iter((*table.header, *table.flat)), (0, 0))
        return any(item.tags.claims & self.frames.breakdowns for item in self.words.of(span)[0])

    def by_place(self, table: Table) -> bool:
        """Whether rows are labelled with places or peoples: one that seems to be another thing is none."""
        named = sum(any(item.place for item in self.words.of(line.label)[0]) for line in table.lines)
        return named > 1 and 2 * named >= len(table.lines)

    def _read_items(self, table: Table, items: Sequence[Item]) -> Head:
        return self.head(table, (items[0].start, items[-1].end))

    def head(self, table: Table, span: Span) -> Head:
        """What a stretch of a table says."""
        items, about, _ = self.words.of(span)
        topic = find_topic(items, 0, len(items), Chooser(self.frames, about))
        dated = any(line.iso for line in table.lines)
        rated = not dated and any(_RATE in item.tags.function for item in items)
        head = OTHER if rated else self._sort(items, topic)
        if head.frame is not None and not self.believes(table, span, head.frame):
            return UNKNOWN
        return head

    def _sort(self, items: Sequence[Item], topic: Topic | None) -> Head:
        """What a row of items says, `topic` being the indicator that it names."""
        roles = {role for item in items for role in item.tags.function}
        classes = frozenset(c for item in items for c in item.tags.counted)
        inside = bool(items) and bool(items[0].tags.function & OPENS_PART)
        if roles & _PARTS or any(item.key == "%" for item in items):
            return OTHER
        if topic is not None and not inside and (topic.frame.event or topic.frame.cost < WEAK):
            return Head("topic", topic, classes)
        if any(item.tags.claims for item in items):
            return OTHER
        narrowed = any(
            item.place is not None or "other" in item.tags.function or "group" in item.tags.narrows for item in items
        )
        if classes or inside or narrowed:
            return Head("part", None, classes, inside)
        return UNKNOWN if any(not item.mark for item in items) and not roles & _TOTALS else WHOLE


def _worth(head: Head) -> int:
    """How much it tells for a cut that a cell of it says this."""
    if head.kind == "topic":
        assert head.topic is not None
        return 4 if head.topic.frame.counted & head.classes and head.topic.frame.event else 3
    return {"whole": 1, "part": 2}.get(head.kind, 0)
