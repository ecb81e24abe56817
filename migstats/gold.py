"""Figures as an annotator writes them, beside records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from migstats.errors import MigstatsError, ReadError
from migstats.loading.schema import Figure
from migstats.loading.yamlfile import read_yaml
from migstats.model import Span
from migstats.records.record import Record
from migstats.value import dataclass

GOLD = ".gold.yaml"
TEXT = ".txt"
TOLERANCE = 0.5
"""By how much a share or a change may differ: a third is written 33.3 or 33.33."""

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153"
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_TEXTS = ("number", "period", "group")


@dataclass(frozen=True, slots=True)
class Gold:
    """The true figures of one document."""

    path: str
    text_path: str
    language: str | None
    published: str | None
    figures: tuple[Figure, ...]

    @property
    def name(self) -> str:
        """The document's id: the file's name."""
        return Path(self.path).name.removesuffix(GOLD)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a right figure: as found, as annotated."""

    name: str
    right: bool
    found: object
    wanted: object


def find_gold(paths: Sequence[Path]) -> Iterator[Path]:
    """List the gold files that files and folders stand for, sorted."""
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*" + GOLD))
            if not found:
                raise ReadError("no gold files in this folder", path=str(path), remedy=f"they end in {GOLD}")
            yield from found
        elif not path.exists():
            raise ReadError("no such file or folder", path=str(path))
        elif not path.name.endswith(GOLD):
            raise ReadError("no gold file", path=str(path), remedy=f"they end in {GOLD}")
        else:
            yield path


def read_gold(path: Path) -> Gold:
    """Read one gold file."""
    content = read_yaml(path.read_bytes(), str(path))
    if not isinstance(content, Mapping):
        raise ReadError("no gold file: no mapping of keys to values", path=str(path))
    text_path = path.with_name(path.name.removesuffix(GOLD) + TEXT)
    figures = tuple(read_figure(item, str(path), index) for index, item in enumerate(content.get("figures") or ()))
    language, published = content.get("language"), content.get("published")
    return Gold(
        str(path),
        str(text_path),
        None if language is None else str(language),
        None if published is None else str(published),
        figures,
    )


def read_figure(item: Mapping[str, Any], path: str, index: int) -> Figure:
    """Read one figure, leniently: numbers and dates may stand without quotes, keys that nobody knows are left."""
    known = {key: value for key, value in item.items() if key in Figure.model_fields}
    known.update({key: str(known[key]) for key in _TEXTS if known.get(key) is not None})
    if known.get("change"):
        known["change"] = {key: str(v) if key == "baseline" else v for key, v in known["change"].items()}
    try:
        return Figure.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in ("figures", index, *first["loc"]))
        raise MigstatsError(f"{where}: {first['msg'].lower()}", path=path) from None


def find_span(text: str, number: str, nth: int) -> Span | None:
    """Find the nth place of a number in a text: it touches no digit nor, at a Latin letter of its own, a Latin letter.

    >>> find_span("1400 boats, 400 left, 400 more", "400", 2)
    (22, 25)
    """
    left = rf"(?<![\d{_LATIN}])" if re.match(f"[{_LATIN}]", number) else r"(?<!\d)"
    right = rf"(?![\d{_LATIN}])" if re.search(f"[{_LATIN}]$", number) else r"(?!\d)"
    spans = [found.span() for found in re.finditer(left + re.escape(number) + right, text)]
    return spans[nth - 1] if 0 < nth <= len(spans) else None


def is_same(record: Record, figure: Figure) -> bool:
    """Tell whether a record says what a figure says: indicator, measure, value."""
    measure = figure.measure or "count"
    allowed = TOLERANCE if measure != "count" else 1e-6 * max(1.0, abs(float(figure.value)))
    return (
        record.indicator == figure.indicator
        and record.measure == measure
        and abs(float(record.value) - float(figure.value)) <= allowed
    )


def compare(record: Record, figure: Figure, published: str | None) -> list[Attribute]:
    """Compare the attributes of a right figure, so far as the annotation settles them."""
    compared = [Attribute("qualifier", record.qualifier == figure.qualifier, record.qualifier, figure.qualifier)]
    if figure.unit:
        compared.append(Attribute("unit", record.unit == figure.unit, record.unit, figure.unit))
    if figure.period:
        right = _bounds_found(record, published) == _bounds(figure.period, published)
        compared.append(Attribute("period", right, record.period, figure.period))
    if figure.change or record.change_percent is not None:
        wanted = figure.change.percent if figure.change else None
        compared.append(Attribute("change", _equal(record.change_percent, wanted), record.change_percent, wanted))
    if figure.high is not None or record.high is not None:
        compared.append(Attribute("high", _equal(record.high, figure.high), record.high, figure.high))
    if figure.place:
        compared.append(_compare_place(record.place, figure.place))
    if figure.group:
        compared.append(_compare_group(record.group, figure.group))
    compared.append(Attribute("modality", record.modality == figure.modality, record.modality, figure.modality))
    return compared


def _equal(found: float | None, wanted: float | None) -> bool:
    """Compare two numbers of which either may be unknown."""
    return found is not None and wanted is not None and float(found) == float(wanted)


def _compare_place(found: str | None, wanted: Sequence[str]) -> Attribute:
    """Compare places in any order."""
    places = {_plain(place) for place in (found or "").split(";") if place.strip()}
    return Attribute("place", places == {_plain(place) for place in wanted}, found, "; ".join(wanted))


def _compare_group(found: str | None, wanted: str) -> Attribute:
    """Compare groups: the text's words, of which one may quote more than the other."""
    one, other = f" {_plain(found or '')} ", f" {_plain(wanted)} "
    return Attribute("group", bool(one.strip()) and (one in other or other in one), found, wanted)


def _plain(words: str) -> str:
    """Write words without what is a matter of typing."""
    return " ".join(words.translate(_APOSTROPHES).casefold().split())


def _bounds(period: str, published: str | None) -> tuple[str, str]:
    """Give first and last month of a period; one that ends after publication ends with it."""
    first, _, last = period.partition("/")
    last = last or first
    start = "0000-00" if first == ".." else f"{first}-01"[:7] if len(first) == 4 else first[:7]
    end = "9999-99" if last == ".." else f"{last}-12" if len(last) == 4 else last[:7]
    return start, _clip(end, published)


def _bounds_found(record: Record, published: str | None) -> tuple[str, str] | None:
    """Give first and last month of a record's period."""
    if not record.period:
        return None
    start = str(record.period_start)[:7] if record.period_start else "0000-00"
    end = str(record.period_end)[:7] if record.period_end else "9999-99"
    return start, _clip(end, published)


def _clip(end: str, published: str | None) -> str:
    """End a period with the month of publication at the latest."""
    if not published:
        return end
    return min(end, f"{published}-12" if len(published) == 4 else published[:7])
