"""Whether packs use the codes of the codebook, in patterns that work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from migstats.errors import MigstatsError, suggest
from migstats.loading.patterns import WORDING, check_pattern, check_regex
from migstats.loading.schema import Codebook, Example, Figure, Frame, LanguagePack, Rule, SourcePack
from migstats.loading.yamlfile import Fault, Loc
from migstats.vocabulary import LEVELS


def check_codebook(codebook: Codebook) -> Iterator[Fault]:
    """Find what the codebook's frames name and the codebook does not have."""
    for code, counted in codebook.counted.items():
        if counted.wider:
            yield from _known("counted class", ("counted", code, "is"), [counted.wider], codebook.counted)
    speaks = [*codebook.counted, *codebook.events, *codebook.contexts]
    yield from _known("class, event or context", ("evidence",), codebook.evidence, speaks)
    for name in ("onward", "foreign"):
        yield from _known("context", (name,), getattr(codebook, name), codebook.contexts)
    for name in ("motions", "directed", "homeward", "undoing", "undone", "closing"):
        yield from _known("event", (name,), getattr(codebook, name), codebook.events)
    if codebook.claims:
        yield from _known("claim", ("breakdowns",), codebook.breakdowns, codebook.claims)
    yield from _check_sums(codebook)
    for where, events in codebook.whereabouts.items():
        yield from _known("event", ("whereabouts", where), events, codebook.events)
    for code, indicator in codebook.indicators.items():
        place = ("indicators", code)
        yield from _known("unit", (*place, "units"), indicator.units, codebook.units)
        for index, frame in enumerate(indicator.frames):
            yield from _check_frame(codebook, frame, (*place, "frames", index))


def _check_sums(codebook: Codebook) -> Iterator[Fault]:
    """Find unknown codes in what the checks between figures go by."""
    for name in ("together", "apart"):
        for index, row in enumerate(getattr(codebook, name)):
            yield from _known("indicator", (name, index), row, codebook.indicators)
    yield from _known("counted class", ("acts",), codebook.acts, codebook.counted)


def _check_frame(codebook: Codebook, frame: Frame, place: tuple[int | str, ...]) -> Iterator[Fault]:
    """Find unknown classes, events and units of one frame."""
    yield from _known("event", (*place, "event"), [frame.event] if frame.event else [], codebook.events)
    if codebook.claims:
        known = [*codebook.counted, *codebook.claims]
        yield from _known("counted class", (*place, "counted"), frame.counted, known)
    yield from _known("unit", (*place, "unit"), [frame.unit] if frame.unit else [], codebook.units)
    levels = [*LEVELS, *codebook.contexts]
    yield from _known("evidence", (*place, "evidence"), [frame.evidence] if frame.evidence else [], levels)
    speaks = [*codebook.counted, *codebook.events, *codebook.contexts]
    for name in ("when", "unless"):
        yield from _known("class, event or context", (*place, name), getattr(frame, name), speaks)


def check_language(pack: LanguagePack, codebook: Codebook) -> Iterator[Fault]:
    """Find classes and codes of a language pack that the codebook does not have."""
    yield from _known_keys("counted class", "counted", pack.counted, codebook.counted)
    yield from _known_keys("event", "events", pack.events, codebook.events)
    yield from _known_keys("context", "contexts", pack.contexts, codebook.contexts)
    if codebook.claims:
        yield from _known_keys("claim", "claims", pack.claims, codebook.claims)
    for slip in pack.slips:
        yield from _works(check_regex, slip, ("slips", slip))
    yield from _check_examples(pack.examples, (), codebook)


def check_source(pack: SourcePack, codebook: Codebook) -> Iterator[Fault]:
    """Find unknown codes of a source pack, ids that stand twice, and patterns that cannot work."""
    for key in ("headers", "wording", "names"):
        for index, pattern in enumerate(getattr(pack.recognise, key)):
            yield from _works(lambda text: check_regex(text, WORDING), pattern, ("recognise", key, index))
    yield from _check_examples(pack.examples, (), codebook)
    seen: set[str] = set()
    for index, rule in enumerate(pack.rules):
        if rule.id in seen:
            yield Fault(("rules", index, "id"), f"a second rule '{rule.id}'", "give it an id of its own")
        seen.add(rule.id)
        yield from _check_rule(pack, rule, ("rules", index), codebook)


def _check_rule(pack: SourcePack, rule: Rule, place: tuple[int | str, ...], codebook: Codebook) -> Iterator[Fault]:
    """Find what is wrong with one rule."""
    yield from _check_indicator(rule.indicator, rule.unit, place, codebook)
    for index, pattern in enumerate(rule.pattern):
        yield from _works(lambda text: check_pattern(text, pack.fragments), pattern, (*place, "pattern", index))
    yield from _check_examples(rule.examples, place, codebook)


def _check_examples(examples: Sequence[Example], place: tuple[int | str, ...], codebook: Codebook) -> Iterator[Fault]:
    """Find figures of examples that no codebook entry allows, or that their text does not hold."""
    for index, example in enumerate(examples):
        for nth, figure in enumerate(example.figures):
            spot = (*place, "examples", index, "figures", nth)
            yield from _check_figure(figure, example.text, spot, codebook)


def _check_figure(figure: Figure, text: str, spot: tuple[int | str, ...], codebook: Codebook) -> Iterator[Fault]:
    """Find what is wrong with one figure of an example."""
    if figure.indicator:
        yield from _check_indicator(figure.indicator, figure.unit, spot, codebook)
    if figure.number not in text:
        yield Fault((*spot, "number"), f"'{figure.number}' does not stand in the text", "copy it from there")


def _check_indicator(
    indicator: str, unit: str | None, place: tuple[int | str, ...], codebook: Codebook
) -> Iterator[Fault]:
    """Find an unknown indicator, or a unit that it does not have."""
    if indicator not in codebook.indicators:
        yield from _known("indicator", (*place, "indicator"), [indicator], codebook.indicators)
    elif unit:
        yield from _known("unit", (*place, "unit"), [unit], [*codebook.indicators[indicator].units, "percent"])


def _known_keys(what: str, key: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    """Find the keys of a mapping that are no codes."""
    for name in used:
        yield from _known(what, (key, name), [name], known)


def _known(what: str, place: Loc, used: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    """Find the names that are no codes."""
    names = set(known)
    for name in used:
        if name not in names:
            yield Fault(place, f"unknown {what} '{name}'", suggest(name, names))


def _works(check: Callable[[str], None], pattern: str, place: Loc) -> Iterator[Fault]:
    """Find out whether a pattern passes a check."""
    try:
        check(pattern)
    except MigstatsError as error:
        yield Fault(place, error.message, error.remedy)
