"""The examples of packs, run: each text must give its figures and no others."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.errors import MigstatsError
from migstats.gold import compare, find_span, is_same
from migstats.loading.load import Packs
from migstats.loading.schema import Example, Figure, LanguagePack, Rule, SourcePack
from migstats.loading.yamlfile import Loc, line_of
from migstats.model import Document
from migstats.pipeline import analyse, troubles
from migstats.records.record import Record, make_records
from migstats.value import dataclass

DEFAULT_NAME = "example.txt"


@dataclass(frozen=True, slots=True)
class Trial:
    """One example, where it stands, and what it must give."""

    pack: str
    path: str
    loc: Loc
    document: Document
    figures: tuple[Figure, ...]


def find_trials(pack: LanguagePack | SourcePack) -> Iterator[Trial]:
    """Go through the examples of a pack and of its rules."""
    for index, example in enumerate(pack.examples):
        yield _make_trial(pack, example, ("examples", index), None)
    if isinstance(pack, SourcePack):
        for nth, rule in enumerate(pack.rules):
            for index, example in enumerate(rule.examples):
                yield _make_trial(pack, example, ("rules", nth, "examples", index), rule)


def _make_trial(pack: LanguagePack | SourcePack, example: Example, loc: Loc, rule: Rule | None) -> Trial:
    """Make a document of an example; its figures take from the rule what they leave out."""
    is_source = isinstance(pack, SourcePack)
    document = Document(
        name=example.name or DEFAULT_NAME,
        text=example.text,
        language=pack.language if isinstance(pack, SourcePack) else pack.id,
        published=example.published,
        source=pack.id if is_source else None,
    )
    figures = tuple(_complete(figure, rule) for figure in example.figures)
    return Trial(pack.id, pack.path, loc, document, figures)


def _complete(figure: Figure, rule: Rule | None) -> Figure:
    """Fill in what a figure leaves to its rule."""
    if rule is None:
        return figure
    return figure.model_copy(
        update={
            "indicator": figure.indicator or rule.indicator,
            "unit": figure.unit or rule.unit,
            "measure": figure.measure or rule.measure,
        }
    )


def run_trial(trial: Trial, packs: Packs) -> Iterator[MigstatsError]:
    """Run one example: nothing more may be found, nothing less, nothing twice, nothing otherwise."""
    try:
        analysis = analyse(trial.document, packs)
        left = make_records(analysis, packs)
    except MigstatsError as error:
        yield _fault(trial, (), str(error))
        return
    for trouble in troubles(analysis, packs):
        yield _fault(trial, (), trouble.message)
    for index, figure in enumerate(trial.figures):
        found = _take(left, figure, trial.document.text)
        if found is None:
            measure = figure.measure or "count"
            wanted = f"'{figure.number}' was not found as {figure.indicator} {measure} {figure.value}"
            yield _fault(trial, ("figures", index), wanted)
            continue
        for attribute in compare(found, figure, trial.document.published):
            if not attribute.right:
                said = f"{attribute.name} is {attribute.found}, not {attribute.wanted}"
                yield _fault(trial, ("figures", index), f"'{figure.number}': {said}")
        if found.context != figure.context:
            yield _fault(trial, ("figures", index), f"'{figure.number}': context is {found.context}")
    for record in left:
        rule = f"{record.pack}/{record.rule}"
        said = f"'{record.number}' was found as {record.indicator} {record.measure} {record.value} by {rule}"
        yield _fault(trial, (), f"{said}, which the example does not have")


def _take(left: list[Record], figure: Figure, text: str) -> Record | None:
    """Take the record that a figure asks for out of those left."""
    span = find_span(text, figure.number, figure.nth)
    for record in left:
        if span and record.start < span[1] and span[0] < record.end and is_same(record, figure):
            left.remove(record)
            return record
    return None


def _fault(trial: Trial, below: Loc, message: str) -> MigstatsError:
    """Say what is wrong with an example, and on which line."""
    with open(trial.path, "rb") as file:
        line = line_of(file.read(), (*trial.loc, *below))
    return MigstatsError(message, path=trial.path, line=line)
