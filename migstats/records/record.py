"""Records: observations with their evidence and provenance, validated.

Every run asks what the fields of a record may hold: so annotations are values here, no texts that are compiled for it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

from migstats.caching.regex import expression
from migstats.constraint import Least, Matches, make_model, surely_holds
from migstats.errors import MigstatsError, UnknownName
from migstats.loading.load import Packs
from migstats.model import Analysis, Document, Reading, Span
from migstats.periods.timespan import first_day, last_day
from migstats.texts.view import cut_words
from migstats.value import dataclass, fields
from migstats.version import __version__
from migstats.vocabulary import Basis, Context, Date, IsoPeriod, Measure, Modality, PeriodBasis, Qualifier

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

Offset = Annotated[int, Least(0)]
Country = Annotated[str, Matches(expression(r"^[A-Z]{3}$"))]
Plain = int | float
Units = Mapping[str, tuple[str, ...]]
"""The units of each indicator."""
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Record:
    """One figure, flat: every key in every row, in this order, null where unknown."""

    id: Annotated[str, "stable across runs and machines"]
    document: Annotated[str, "path or name given, `-` for standard input"]
    source: Annotated[str | None, "source pack that recognised the document"]
    language: Annotated[str | None, "language of the document"]
    published: Annotated[Date | None, "publication date, as precise as known"]
    title: str | None
    url: str | None
    indicator: Annotated[str, "what is counted, a code of the codebook"]
    measure: Annotated[Measure, "a count, a share of a total, or a change without its count"]
    unit: Annotated[str, "what one of it is"]
    value: Annotated[Plain, "an integer where it is whole; shares and changes in percent"]
    high: Annotated[Plain | None, "upper end of a range"]
    qualifier: Annotated[Qualifier, "how exactly the value is stated"]
    period: Annotated[IsoPeriod | None, "ISO 8601 date or interval, `..` for an open end"]
    period_start: Annotated[date | None, "first day of the period"]
    period_end: Annotated[date | None, "last day of the period"]
    period_basis: Annotated[PeriodBasis | None, "where the period comes from"]
    place: Annotated[str | None, "where it happened, in the text's words, joined by `; `"]
    country: Annotated[Country | None, "ISO 3166-1 alpha-3"]
    group: Annotated[str | None, "who is counted, when narrowed, in the text's words"]
    change_percent: Annotated[Plain | None, "change told with the count, a fall negative"]
    change_baseline: Annotated[str | None, "what the change is measured against"]
    modality: Modality
    context: Annotated[Context, "`related` for a figure in a menu, caption or read-also link"]
    attribution: Annotated[str | None, "who is said to say so"]
    part_of: Annotated[str | None, "`id` of the total that it is a part or share of"]
    number: Annotated[str, "the number as written"]
    start: Annotated[Offset, "where the number starts, in code points"]
    end: Annotated[Offset, "where the number ends, in code points"]
    quote: Annotated[str, "the sentence that the figure rests on"]
    quote_start: Offset
    quote_end: Offset
    page: Annotated[Annotated[int, Least(1)] | None, "page of a paged document"]
    basis: Annotated[Basis, "how the reading was reached, surest first"]
    rule: Annotated[str, "the rule that fired"]
    pack: Annotated[str, "the pack that the rule is in"]
    version: Annotated[str, "version of the program"]
    sha256: Annotated[str, Matches(expression(r"^[0-9a-f]{64}$")), "hash of the text, as UTF-8"]


COLUMNS = tuple(field.name for field in fields(Record))


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that the checks have to say of a document."""

    code: str
    level: str
    message: str
    span: Span | None
    """Where it is shown; none for the whole document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document with its records."""

    document: Document
    records: Sequence[Record]
    issues: Sequence[Issue] = ()
    """What the checks say of it, where that was asked for."""


def hash_text(text: str) -> str:
    """Give the hash by which a text is known."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def make_records(analysis: Analysis, packs: Packs) -> list[Record]:
    """Turn the readings of a document into validated records, in the order of their numbers."""
    document = analysis.document
    digest = hash_text(document.text)
    readings = sorted(analysis.readings, key=lambda reading: (reading.number.start, reading.indicator))
    return [_make_record(document, reading, readings, digest, packs.book.units) for reading in readings]


def record_schema(codebook: "Codebook") -> dict[str, Any]:
    """Give the JSON Schema of a record, with the codes of a codebook."""
    schema = make_model(Record).model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"]["indicator"]["enum"] = list(codebook.indicators)
    schema["properties"]["unit"]["enum"] = list(codebook.units)
    return schema


def _make_record(
    document: Document, reading: Reading, readings: Iterable[Reading], digest: str, units: Units
) -> Record:
    """Validate one reading."""
    _check_codes(reading, units)
    text, number, period = document.text, reading.number, reading.period
    record = Record(
        id=_identify(digest, reading),
        document=document.name,
        source=document.source,
        language=document.language,
        published=document.published,
        title=document.title,
        url=document.url,
        indicator=reading.indicator,
        unit=reading.unit,
        value=plain(reading.value),
        high=None if reading.high is None else plain(reading.high),
        period=period.iso if period else None,
        period_start=first_day(period.iso) if period else None,
        period_end=last_day(period.iso) if period else None,
        place="; ".join(cut_words(document, start, end) for start, end in reading.places) or None,
        country=reading.country,
        group=_cut(document, reading.group),
        change_percent=None if reading.change_percent is None else plain(reading.change_percent),
        change_baseline=reading.change_baseline,
        attribution=_cut(document, reading.attribution),
        part_of=_total(digest, reading, readings),
        number=text[number.start : number.end],
        start=number.start,
        end=number.end,
        quote=text[slice(*reading.sentence)],
        quote_start=reading.sentence[0],
        quote_end=reading.sentence[1],
        page=bisect_right(document.pages, number.start) or None,
        rule=reading.rule,
        pack=reading.pack,
        version=__version__,
        sha256=digest,
        **_vocabulary(reading),
    )
    if not surely_holds(record):
        make_model(Record).model_validate({name: getattr(record, name) for name in COLUMNS})
    return record


def _vocabulary(reading: Reading) -> dict[str, Any]:
    """Gather the attributes that have closed vocabularies."""
    return {
        "measure": reading.measure,
        "qualifier": reading.number.qualifier,
        "period_basis": reading.period.basis if reading.period else None,
        "modality": reading.modality,
        "context": reading.context,
        "basis": reading.basis,
    }


def _check_codes(reading: Reading, units: Units) -> None:
    """Refuse a reading whose indicator or unit the codebook does not have."""
    if reading.indicator not in units:
        raise UnknownName("indicator", reading.indicator, units)
    if reading.unit not in (units[reading.indicator] if reading.measure == "count" else ("percent",)):
        raise MigstatsError(f"'{reading.unit}' is no unit of {reading.indicator} ({reading.measure})")


def plain(value: Decimal) -> Plain:
    """Write a value as JSON would: an integer where it is whole.

    >>> plain(Decimal("16000.0")), plain(Decimal("33.3"))
    (16000, 33.3)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def _identify(digest: str, reading: Reading) -> str:
    """Make the id of a record from what does not change between runs."""
    number = reading.number
    key = f"{digest}:{number.start}:{number.end}:{reading.indicator}:{reading.measure}"
    return sha256(key.encode()).hexdigest()[:ID_LENGTH]


def _total(digest: str, reading: Reading, readings: Iterable[Reading]) -> str | None:
    """Find the id of the total that a reading is a part of: the same indicator first, where two share its number."""
    if reading.part_of is None:
        return None
    totals = [one for one in readings if one.number.start == reading.part_of and one is not reading]
    totals.sort(key=lambda one: (one.indicator != reading.indicator, one.measure != "count"))
    return _identify(digest, totals[0]) if totals else None


def _cut(document: Document, span: Span | None) -> str | None:
    """Cut a span out of the text."""
    return cut_words(document, *span) if span else None
