"""The shape of the YAML files: codebook, language packs, source packs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt

from migstats.vocabulary import Context, Date, IsoPeriod, Measure, Modality, Qualifier

Role = Literal[
    "of", "and", "including", "other", "versus", "measure", "be", "container", "not", "planned", "anaphor", "relative",
    "up", "down", "compared", "respectively", "per", "aboard", "between", "to", "infinitive", "adjective", "of_them",
    "total", "restart", "attribution", "resume",
]  # fmt: skip

Number = StrictInt | StrictFloat


def _listed(value: object) -> object:
    """Let one entry stand for a list of one."""
    return [value] if isinstance(value, str) else value


Words = tuple[str, ...]
OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Shape(BaseModel):
    """What all parts of a pack share: frozen, and refusing keys that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Pack(Shape):
    """One YAML file: its id is the file's name."""

    id: str = Field(default="", exclude=True)
    path: str = Field(default="", exclude=True)

    def as_written(self) -> dict[str, Any]:
        """Give the content back with the keys that it has in YAML."""
        return self.model_dump(by_alias=True)


class CountedClass(Shape):
    """A class of nouns that can be counted."""

    says: str
    wider: str | None = Field(default=None, alias="is")
    apart: StrictBool = False
    """Whether frames of the wider class do not take it."""


class Frame(Shape):
    """What is counted and what happened to it: together, an indicator."""

    event: str | None = None
    counted: OneOrMore = ()
    unit: str | None = None
    when: OneOrMore = ()
    unless: OneOrMore = ()
    evidence: str | None = None
    """One of `vocabulary.LEVELS`, or a context that must be near."""
    cost: StrictInt = 0
    """What it adds to the distance of event and noun: a state ("were stranded") gives way to what happened."""


class Indicator(Shape):
    """One code of the codebook."""

    says: str
    units: Words = Field(min_length=1)
    stock: StrictBool = False
    """Whether it is counted at a date, not over a period."""
    lends: Literal["always", "first", "never"] = "always"
    """Whether numbers of later sentences may be counted by it: not where it is told beside another subject."""
    frames: tuple[Frame, ...] = ()


class Codebook(Pack):
    """The closed list of what is counted, and the frames that it is made of."""

    measures: dict[Measure, str]
    units: Words
    counted: dict[str, CountedClass]
    events: dict[str, str]
    contexts: dict[str, str]
    claims: dict[str, str] = {}
    """Kinds of things that, counted, are no indicator; while there are none listed, language packs choose their own."""
    kinds: dict[str, str] = {}
    """What else a number may be that counts nothing."""
    evidence: Words = ()
    """Classes, events and contexts that speak of migration."""
    motions: Words = ()
    """Events that are a bare movement."""
    directed: Words = ()
    """Events that give a bare movement its sense."""
    homeward: Words = ()
    """Those of them that a whole text may be about."""
    onward: Words = ()
    """Contexts of bare movements whose sense nothing changes."""
    undoing: Words = ()
    """Events that keep the act named behind them from happening."""
    undone: Words = ()
    """The acts that they may undo."""
    closing: Words = ()
    """Events by which requests are decided on, so that they are not counted as made."""
    foreign: Words = ()
    """Contexts that speak of other subjects than migration."""
    breakdowns: Words = ()
    """What a count may be told apart by, among what claims a number for itself."""
    together: tuple[Words, ...] = ()
    """Indicators that texts add up to one total."""
    apart: tuple[Words, ...] = ()
    """Indicators that no number can count together, though texts mix them up."""
    acts: Words = ()
    """Counted classes that are acts, of which one person may do several."""
    whereabouts: dict[Literal["leaving", "coming", "abroad"], Words] = {}
    """Events by where they happen: where those counted come from, elsewhere, or in a place that is always told."""
    indicators: dict[str, Indicator] = {}


class Change(Shape):
    """A change told together with a count."""

    percent: Number
    baseline: str | None = None


class Figure(Shape):
    """A figure as an annotator writes it."""

    number: str
    nth: StrictInt = 1
    indicator: str | None = None
    measure: Measure | None = None
    value: Number
    high: Number | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    period: IsoPeriod | None = None
    place: Words = ()
    group: str | None = None
    change: Change | None = None
    modality: Modality = "reported"
    context: Context = "body"


class Example(Shape):
    """A text with the figures that it must give: nothing more, nothing less, nothing twice."""

    text: str = Field(min_length=1)
    figures: tuple[Figure, ...] = ()
    because: str | None = None
    origin: str | None = Field(default=None, alias="from")
    name: str | None = None
    published: Date | None = None


class EventWords(Shape):
    """The words of one event."""

    verbs: Words = ()
    nouns: Words = ()
    agentive: Words = ()
    intransitive: Words = ()


class LanguagePack(Pack):
    """The words of one language, by class."""

    name: str
    proclitics: Words = ()
    digits: dict[str, Any] = {}
    numerals: dict[str, Any] = {}
    qualifiers: dict[str, Any] = {}
    kinds: dict[str, Any] = {}
    periods: dict[str, Any] = {}
    function: dict[Role, Words] = {}
    counted: dict[str, Words] = {}
    events: dict[str, EventWords] = {}
    contexts: dict[str, Words] = {}
    claims: dict[str, Words] = {}
    duals: dict[str, Words] = {}
    grammar: dict[str, Any] = {}
    layout: dict[str, Any] = {}
    slips: dict[str, str] = {}
    """Wordings that only a machine's translation has, each with what it made of what."""
    examples: tuple[Example, ...] = ()


class Recognise(Shape):
    """How the documents of a source are recognised; any one of these will do."""

    sites: OneOrMore = ()
    headers: OneOrMore = ()
    wording: OneOrMore = ()
    names: OneOrMore = ()


class Rule(Shape):
    """A wording of one source alone."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    says: str
    indicator: str
    unit: str
    measure: Measure = "count"
    pattern: OneOrMore = Field(min_length=1)
    examples: tuple[Example, ...] = ()


class SourcePack(Pack):
    """How one source looks, what may be assumed in its documents, and the patterns that are its own."""

    name: str
    says: str = ""
    recognise: Recognise
    language: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3, of the figures of a text that names no country."""
    official: StrictBool = False
    """Whether it is the authority itself that speaks, not one who relays it."""
    fragments: dict[str, str] = {}
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
