"""Gold files made of what people marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from migstats.annotated._marks import Mark, Marked
from migstats.errors import MigstatsError, ReadError, UnknownName
from migstats.gold import GOLD, TEXT, find_span, read_figure
from migstats.loading.load import Packs
from migstats.loading.schema import Codebook, Figure
from migstats.model import Document, LedgerEntry
from migstats.records.annotation import USUAL
from migstats.records.record import plain
from migstats.runs.extract import Wanted, extract_one
from migstats.value import dataclass
from migstats.whole import open_output


class Tool(Protocol):
    """What a module of `annotated/` offers."""

    def fits(self, path: Path) -> bool:
        """Tell whether a path is what the tool leaves behind."""

    def read(self, path: Path) -> Iterator[Marked]:
        """Read the texts that were marked."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who hears what is wrong with a mark, or odd."""

    warn: Callable[[str], None]
    fail: Callable[[MigstatsError], None]


def read_marked(path: Path) -> Iterator[Marked]:
    """Read what people have marked, whatever tool it comes from."""
    if not path.exists():
        raise ReadError("no such file or folder", path=str(path))
    for tool in _tools():
        if tool.fits(path):
            try:
                yield from tool.read(path)
            except (OSError, UnicodeDecodeError) as error:
                raise ReadError(str(error).lower(), path=str(path)) from None
            return
    raise ReadError(
        "no annotations", path=str(path), remedy="name a folder of brat, or what Label Studio exports as JSON"
    )


@cache
def _tools() -> tuple[Tool, ...]:
    """Find the tools."""
    package = import_module("migstats.annotated")
    names = sorted(module.name for module in iter_modules(package.__path__) if not module.name.startswith("_"))
    return tuple(cast(Tool, import_module(f"migstats.annotated.{name}")) for name in names)


def write_gold(marked: Marked, folder: Path, packs: Packs, hearer: Hearer) -> int:
    """Write a text and its gold file; how many figures it has. A mark that is no figure is told, and left out."""
    document = Document(marked.name, marked.text, marked.known.get("language"), marked.known.get("published"))
    analysis, _ = extract_one(document, packs, Wanted())
    figures = []
    for mark in sorted(marked.marks, key=lambda mark: (mark.start, mark.end)):
        try:
            figures.append(_make_figure(mark, marked, analysis.ledger, (packs.codebook, hearer)))
        except MigstatsError as error:
            hearer.fail(error)
    with open_output(folder / (marked.name + TEXT)) as stream:
        stream.write(marked.text)
    with open_output(folder / (marked.name + GOLD)) as stream:
        stream.writelines(_write_lines(marked, figures))
    return len(figures)


def _make_figure(
    mark: Mark, marked: Marked, ledger: Sequence[LedgerEntry], by: tuple[Codebook, Hearer]
) -> dict[str, Any]:
    """Make the figure of one mark; what was not told is taken from the number and from the codebook."""
    codebook, hearer = by
    words = marked.text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    number = words.strip()
    values = {key: value for key, value in mark.values.items() if value is not None}
    where = f"{marked.path}: {marked.name}, '{number}'"
    _check_names(values, codebook, where)
    read = next((e.number for e in ledger if e.number.start < mark.end and start < e.number.end), None)
    if read is None and "value" not in values:
        raise MigstatsError(f"{where}: its value is not told, and cannot be read")
    values.setdefault("value", plain(read.value) if read else None)
    if read is not None and (read.start, read.end) == (start, start + len(number)) and not _agrees(values, read.value):
        hearer.warn(f"{where}: the value is {values['value']}, but the number reads as {plain(read.value)}")
    if values.get("measure", "count") == "count":
        values.setdefault("unit", codebook.indicators[values["indicator"]].units[0])
    values = {"number": number, "nth": _find_nth(marked.text, number, start, where), **values}
    return _shape(read_figure(values, marked.path, 0))


def _check_names(values: Mapping[str, Any], codebook: Codebook, where: str) -> None:
    """Refuse what nobody could read."""
    unknown = next((key for key in values if key not in Figure.model_fields), None)
    if unknown is not None:
        raise MigstatsError(f"{where}: {UnknownName('key', unknown, Figure.model_fields)}")
    for what, known in (("indicator", codebook.indicators), ("unit", codebook.units)):
        if what in values and values[what] not in known:
            raise MigstatsError(f"{where}: {UnknownName(what, str(values[what]), known)}")


def _agrees(values: Mapping[str, Any], read: Any) -> bool:
    """Tell whether the value told is that of the number; a change is a fall where the text says so without a sign."""
    return abs(abs(float(values["value"])) - abs(float(read))) < 0.5 or values.get("measure", "count") != "count"


def _find_nth(text: str, number: str, start: int, where: str) -> int:
    """Tell which occurrence of a number stands at a place."""
    nth = 1
    while span := find_span(text, number, nth):
        if span[0] == start:
            return nth
        nth += 1
    raise MigstatsError(f"{where}: not a whole number", remedy="mark all of it")


def _shape(figure: Figure) -> dict[str, Any]:
    """Give a figure as a gold file has it, in the order of its keys."""
    values = figure.model_dump(exclude_defaults=True)
    if figure.place:
        values["place"] = list(figure.place)
    if figure.change:
        values["change"] = figure.change.model_dump(exclude_none=True)
    return {key: value for key, value in values.items() if USUAL.get(key) != value}


def _write_lines(marked: Marked, figures: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Write a gold file."""
    yield from (_write_pair(key, value) for key, value in (("id", marked.name), *marked.known.items()))
    yield "figures:\n" if figures else "figures: []\n"
    for figure in figures:
        yield f"  - {_write(dict(figure))}\n"


def _write_pair(key: str, value: str) -> str:
    """Write a key and its text."""
    return _write({key: value}).removeprefix("{").removesuffix("}") + "\n"


def _write(value: Any) -> str:
    """Write a value in one line of YAML."""
    import yaml

    written: str = yaml.safe_dump(
        value, default_flow_style=True, width=float("inf"), allow_unicode=True, sort_keys=False
    )
    return written.strip()
