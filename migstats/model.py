"""The values that the stages hand to one another: frozen, and ignorant of the stages."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from migstats.value import dataclass

Span = tuple[int, int]


class Mark(NamedTuple):
    """What a reader knows of a stretch of the text that its characters do not tell."""

    start: int
    end: int
    kind: str
    """`wrap` where a line ends inside a paragraph, `hyphen` where it ends inside a word, `running` for the head or the
    foot of a page, `markup` for signs that are no words, `related` for links to other texts and for captions.
    """


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. Spans everywhere count code points of `text`."""

    name: str
    text: str
    language: str | None = None
    published: str | None = None
    """As precise as known: `2018`, `2018-09` or `2018-09-14`."""
    title: str | None = None
    url: str | None = None
    source: str | None = None
    """The id of the source pack that recognised it."""
    pages: tuple[int, ...] = ()
    """Offset at which each page starts, for a paged document."""
    id: str | None = None
    """What it is called in the dump that it comes from."""
    marks: tuple[Mark, ...] = ()
    """What its reader knows of its layout, in order."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the text, with what it means and how exactly it is stated."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    """Upper end, where two numbers are one range ("between 200 and 300"): the span is then the lower end's."""
    high_end: int | None = None
    """Where the upper end stops in the text."""
    qualifier: str = "exact"
    """`exact`, `approximately`, `at_least` or `at_most`."""
    lead: int = -1
    """Where the expression starts with its qualifier ("plus de", "d'environ") and sign; `start` when it has none."""
    tail: int = -1
    """Where the expression ends with its percent sign, `high` or trailing qualifier; `end` when it has none."""
    kind: str = ""
    """Empty while it may be a figure; else why it is none: a key of the language pack's `kinds`, or `year`, `date`,
    `time`, `ordinal`, `reference`, `list_marker`...
    """
    form: str = "cardinal"
    """`cardinal`, `percent`, `fraction` (value in percent), `multiple` ("doubled", "five times": value the change in
    percent), `collective` ("une centaine").
    """
    sign: int = 0
    """-1 or +1 where a sign is written before it ("+ 44 %")."""
    words: bool = False
    """Written in words, at least in part."""
    note: str = ""
    """What a reader should know of the reading, as `separator` where "1.234" could be read two ways."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time named in the text."""

    start: int
    end: int
    iso: str
    """ISO 8601 date or interval; `..` for an open end."""
    basis: str = "stated"
    """`stated`, `year_to_date`, `inherited` or `publication`."""
    role: str = ""
    """Empty, `baseline` ("compared to 2022") or `reference` (a date of saying, not of what is counted)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text."""

    start: int
    end: int
    country: str | None
    """ISO 3166-1 alpha-3, where known."""
    kind: str = "place"
    """`country`, `city`, `region`, or `people` for a nationality ("Marocains")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read as a figure: the observation, and what it rests on."""

    number: Number
    indicator: str
    measure: str
    unit: str
    value: Decimal
    high: Decimal | None
    basis: str
    """`pattern`, `anchor`, `group` or `anaphor`."""
    rule: str
    pack: str
    sentence: Span
    period: Period | None = None
    places: tuple[Span, ...] = ()
    country: str | None = None
    group: Span | None = None
    change_percent: Decimal | None = None
    change_baseline: str | None = None
    modality: str = "reported"
    context: str = "body"
    attribution: Span | None = None
    part_of: int | None = None
    """Start of the number of the total that it is a part of."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One number of a document and what became of it."""

    number: Number
    kind: str
    """`figure`, one of the kinds of a number that is none, or `unclaimed`."""
    nearest: str = ""
    """For an unclaimed number the nearest rule."""
    lacked: str = ""
    """For an unclaimed number what that rule lacked."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one document."""

    document: Document
    readings: tuple[Reading, ...]
    ledger: tuple[LedgerEntry, ...]
    stopped: tuple[str, ...] = ()
    """The rules of the source that took too long here, and were left out."""
