"""Holds the frames of the codebook and says which indicator a pair of classes makes in a given sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migstats.value import dataclass

CASE = "case"
"""The counted class of an event's own noun."""
NATIONAL = "national"
"""The class that a nationality adds to the noun."""
PERSON = "person"
"""The class taken for a number whose noun is left out."""
PEOPLE = "persons"
"""The unit of figures that count people."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Something counted and what happened to it: together, an indicator."""

    indicator: str
    event: str
    """Empty where the noun says all."""
    counted: frozenset[str]
    unit: str
    when: frozenset[str]
    unless: frozenset[str]
    evidence: str
    """Where a word of migration must stand: `none`, `near`, `sentence` or `abroad`; else the context that must be near
    instead.
    """
    cost: int = 0
    """What it adds to the distance between event and noun."""
    lends: str = "always"
    """Whether what follows may be counted by it: `always`, where it is the `first` thing counted, or `never`."""
    whereabouts: str = ""
    """Where its event happens: `leaving`, where those counted come from; `coming`, elsewhere; `abroad`, in a place that
    is told even where the whole text is about it.
    """
    own: str = ""
    """The rule of a source whose pattern makes it, as `pack/rule`."""

    @property
    def counts_people(self) -> bool:
        """Whether it makes a figure of people."""
        return self.unit == PEOPLE

    @property
    def rule(self) -> str:
        """The name that a record carries."""
        if self.own:
            return self.own
        if not self.counted:
            return self.event
        what = "+".join(sorted(self.counted))
        return f"{self.event}:{what}" if self.event else what


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, by event, and which class is part of which."""

    by_event: Mapping[str, tuple[Frame, ...]]
    wider: Mapping[str, str]
    """Each class's wider class."""
    lent: Mapping[str, str]
    """The same, less the classes that the wider one's frames do not take."""
    people: frozenset[str]
    """The classes that count people."""
    named: frozenset[str]
    """Those of them whose name alone makes an indicator."""
    evidence: frozenset[str]
    """Classes, events and contexts that speak of migration."""
    motions: frozenset[str]
    """Events that are a bare movement."""
    directed: frozenset[str]
    """Events that give a bare movement its sense."""
    homeward: frozenset[str]
    """Those of them that a whole text may be about."""
    onward: frozenset[str]
    """Contexts of bare movements whose sense nothing changes."""
    undoing: frozenset[str]
    """Events that keep the act named behind them from happening."""
    undone: frozenset[str]
    """The acts that they may undo."""
    closing: frozenset[str]
    """Events by which requests are decided on."""
    foreign: frozenset[str]
    """Contexts that speak of other subjects than migration."""
    breakdowns: frozenset[str]
    """What a count may be told apart by: words that claim a number for themselves."""
    asking: frozenset[str]
    """Indicators of things, such as requests, that may be told by the people who ask."""

    @property
    def told(self) -> frozenset[str]:
        """The events that some frame is made of."""
        return frozenset(self.by_event) - {""}

    def narrowest(self, classes: frozenset[str]) -> frozenset[str]:
        """The classes without those that another of them is a kind of."""
        if len(classes) < 2:
            return classes
        return classes - {w for c in classes for w in self.above(c)}

    def of(self, indicator: str, unit: str) -> Frame | None:
        """The first frame of an indicator in a unit."""
        rows = (frame for frames in self.by_event.values() for frame in frames)
        return next((f for f in rows if f.indicator == indicator and f.unit == unit), None)

    def above(self, name: str) -> list[str]:
        """The wider classes of a class, nearest first."""
        return _above(name, self.wider)

    def looseness(self, frame: Frame, classes: frozenset[str]) -> int:
        """How loosely a frame fits: least where it asks for a context, then where it names the noun's own class."""
        if frame.when:
            return 0
        return 1 if frame.counted & self.narrowest(classes) else 2

    def is_person(self, classes: frozenset[str]) -> bool:
        """Whether people are counted."""
        return bool(classes & self.people)

    def is_anyone(self, classes: frozenset[str]) -> bool:
        """Whether the people counted may be those that another number counts: no class that stands apart."""
        return any(c == PERSON or PERSON in _above(c, self.lent) for c in classes)

    def choose(
        self, event: str, classes: frozenset[str], about: frozenset[str], around: frozenset[str] | None = None
    ) -> Frame | None:
        """The frame that an event (or none: "") and the classes of a noun make where the contexts `about` hold.

        Where none is found, a second look takes the contexts `around` the sentence as well.
        """
        frame = self._choose(event, classes, about)
        return frame if frame or around is None else self._choose(event, classes, about | around)

    def _choose(self, event: str, classes: frozenset[str], about: frozenset[str]) -> Frame | None:
        rows = self.by_event.get(event, ())
        level = self.narrowest(classes)
        while level and rows:
            for frame in rows:
                if frame.counted & level and (not frame.when or frame.when & about) and not frame.unless & about:
                    return frame
            level = frozenset(self.lent[c] for c in level if c in self.lent)
        return None


def _one(value: Any) -> str:
    return value if isinstance(value, str) else next(iter(value or ()), "")


def compile_frames(codebook: Mapping[str, Any]) -> Frames:
    """The frames of a codebook, its keys as in YAML."""
    rows: dict[str, list[Frame]] = {}
    where = {event: name for name, events in (codebook.get("whereabouts") or {}).items() for event in events}
    for code, entry in codebook["indicators"].items():
        for f in entry.get("frames") or ():
            frame = Frame(
                code, f.get("event") or "", frozenset(f["counted"]), f["unit"],
                frozenset(f.get("when") or ()), frozenset(f.get("unless") or ()),
                _one(f.get("evidence")) or "near", f.get("cost") or 0,
                entry.get("lends") or "always", where.get(f.get("event"), ""),
            )  # fmt: skip
            rows.setdefault(frame.event, []).append(frame)
    wider = {name: entry["is"] for name, entry in codebook["counted"].items() if entry.get("is")}
    apart = {name for name, entry in codebook["counted"].items() if entry.get("apart")}
    people = frozenset(name for name in codebook["counted"] if PERSON in (name, *_above(name, wider)))
    names = ("evidence", "motions", "directed", "homeward", "onward", "undoing", "undone", "closing", "foreign")
    lists = {name: frozenset(codebook.get(name) or ()) for name in (*names, "breakdowns")}
    return Frames(
        by_event={event: tuple(frames) for event, frames in rows.items()},
        wider=wider,
        lent={name: wide for name, wide in wider.items() if name not in apart},
        people=people,
        named=frozenset(c for frame in rows.get("", ()) if not frame.cost for c in frame.counted) & people,
        asking=frozenset(f.indicator for fs in rows.values() for f in fs if f.unit != PEOPLE and f.counted & people),
        **lists,
    )


def _above(name: str, wider: Mapping[str, str]) -> list[str]:
    row = []
    while name in wider:
        name = wider[name]
        row.append(name)
    return row
