"""Puts the stages in a row: a document in, its readings and its ledger out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migstats.engine import engine_of
from migstats.errors import MigstatsError
from migstats.find import Findings, find, survey
from migstats.frame import Frames
from migstats.language import Language
from migstats.loading.load import Packs
from migstats.matching.carry import carry_aboard, carry_groups, carry_heading, carry_over, carry_resumed, tie_parts
from migstats.matching.flow import direct_motions
from migstats.matching.listing import settle_lists
from migstats.matching.match import Matcher
from migstats.matching.retell import Values, share_out
from migstats.matching.slot import Match
from migstats.matching.tabulate import Tables
from migstats.matching.topic import Memory, carry_topic, find_flow, settle_weak
from migstats.matching.wording import PATIENCE, OwnRule, match_rules
from migstats.model import Analysis, Document, LedgerEntry, Number
from migstats.numbers.numeral import read_numbers
from migstats.periods.dateline import Dateline, find_dateline, find_saying, find_year
from migstats.place import subject_country
from migstats.readings.ledger import Ledger
from migstats.readings.percent import read_percentages
from migstats.readings.resolve import resolve
from migstats.readings.timing import Clock
from migstats.recognise import guess_language, recognise_source
from migstats.study import Part, Study
from migstats.texts.fold import fold
from migstats.texts.passage import find_passages, mask, outside
from migstats.texts.view import HIDDEN, view_head, view_text
from migstats.value import replace

if TYPE_CHECKING:
    from migstats.sieve import Sieve


def analyse(document: Document, packs: Packs) -> Analysis:
    """Find every figure of a document, and say of every other number what it is; each passage in its own language."""
    return study(document, packs).analysis


def study(document: Document, packs: Packs) -> Study:
    """The same, together with what it rests on."""
    document, line = _identify(document, packs)
    if document.language is None:
        return Study(Analysis(document, (), ()))
    first, *others = _part(document, packs)
    if others:
        line = _dateline(first, packs)
    lines = [line, *(_dateline(part, packs) for part in others)]
    parts = tuple(_study_part(part, packs, line) for part, line in zip([first, *others], lines, strict=True))
    readings = tuple(reading for part in parts for reading in part.readings)
    ledger = [
        *_hidden(document, engine_of(packs).language(document.language)),
        *(row for part in parts for row in part.ledger),
    ]
    ledger.sort(key=lambda row: row.number.start)
    stopped = tuple(dict.fromkeys(name for part in parts for name in part.stopped))
    return Study(Analysis(document, readings, tuple(ledger), stopped), parts, engine_of(packs).world.frames)


def troubles(analysis: Analysis, packs: Packs) -> Iterator[MigstatsError]:
    """What could not be done of a document that was read."""
    for name in analysis.stopped:
        said = f"rule {name} was left out, it took more than {PATIENCE:g} seconds of this document"
        remedy = f"mend its pattern in {packs.files['sources/' + name.partition('/')[0]]}"
        yield MigstatsError(said, path=analysis.document.name, remedy=remedy)


def _part(document: Document, packs: Packs) -> list[Document]:
    """The document once for each of its languages, what is in another made void; mostly it is the document alone."""
    text, main = document.text, document.language or ""
    tongues = engine_of(packs).world.tongues
    passages = find_passages(
        text, view_text(text, document.marks), main, tongues, engine_of(packs).language(main).layout
    )
    if not passages:
        return [document]
    foreign = [span for spans in passages.values() for span in spans]
    parts = [replace(document, text=mask(text, foreign))]
    for name, spans in passages.items():
        parts.append(replace(document, text=mask(text, outside(len(text), spans)), language=name))
    return parts


def _study_part(document: Document, packs: Packs, line: Dateline | None) -> Part:
    """The figures and the ledger of a text in one language; `line` is what tells its date."""
    engine = engine_of(packs)
    world, language = engine.world, engine.language(document.language or "")
    seen = survey(document.text, language, engine.places, document.marks)
    written = line.iso if line and line.iso.startswith(document.published or "0000") else document.published
    written = written or find_saying(seen.phrases)
    findings = find(seen, written, (line.start, line.end) if line else None)
    year = None if written else find_year(findings.periods)
    if year:
        findings = find(seen, year, None)
    source = world.sources.get(document.source or "")
    speaks = source is not None and source.language in (None, document.language)
    own = world.rules[source.id] if source is not None and speaks else ()
    rules, stopped = match_rules(findings, own)
    matches = match_all(findings, world.frames, rules)
    clock = Clock(written, world.stocks, written or year)
    subject = subject_country(findings.places) or (source.country if source is not None else None)
    readings = resolve(matches, findings, clock, subject)
    ledger = Ledger(findings, world.frames, world.dates.months).write(matches, readings)
    return Part(language.id, findings, tuple(matches), tuple(readings), tuple(ledger), rules, stopped)


def identify(document: Document, packs: Packs) -> Document:
    """The document with its language and source told, where they were not given."""
    return _identify(document, packs)[0]


def _identify(document: Document, packs: Packs) -> tuple[Document, Dateline | None]:
    """The same, with the line that tells its date."""
    shown, line = replace(document, text=view_head(document)), None
    if document.language is None:
        document = replace(document, language=guess_language(shown.text, engine_of(packs).world.tongues.common))
    if document.language is not None:
        line = _dateline(document, packs)
    if document.published is None and line is not None:
        document = replace(document, published=line.iso)
    if document.source not in packs.sources:
        source = recognise_source(replace(document, text=shown.text), engine_of(packs).world.sources.values())
        document = replace(document, source=source.id if source else None)
    return document, line


def _dateline(document: Document, packs: Packs) -> Dateline | None:
    """The date line of a text; it may be in another language than the text."""
    language = engine_of(packs).language(document.language or "")
    return find_dateline(view_head(document), engine_of(packs).world.dates, language.periods, language.layout)


def match_all(findings: Findings, frames: Frames, own: Mapping[int, OwnRule]) -> list[Match]:
    """The sentences of a text, their numbers matched; `own` are the numbers that the source's patterns claim."""
    matcher = Matcher(findings, frames, own)
    memory = Memory(flow=find_flow(findings, frames))
    tables = Tables(findings, frames, matcher.scope)
    values = Values(matcher)
    matches: list[Match] = []
    of_block: dict[int, list[Match]] = {}
    for scene in findings.scenes:
        match = matcher.match(scene)
        before = matches[-1] if matches else None
        block = scene.sentence.block
        of_block.setdefault(block, []).append(match)
        tables.settle(match, memory)
        direct_motions(match, memory, frames)
        carry_groups(match, matcher)
        carry_aboard(match, before, frames, matcher.scope)
        carry_resumed(match, before, frames, matcher.scope)
        carry_over(match, before, frames)
        values.retell(match)
        if scene.block.kind in ("item", "row"):
            openers = [m for b in findings.governors(block) for m in reversed(of_block.get(b, []))]
            carry_heading(match, openers, frames, matcher.scope)
        carry_groups(match, matcher)
        memory.enter(match)
        memory.note(match)
        settle_lists(match, matches, matcher)
        carry_topic(match, memory, matcher)
        settle_weak(match, matcher)
        carry_groups(match, matcher)
        memory.note(match)
        read_percentages(match, matcher, memory)
        tie_parts(match)
        memory.leave(match, frames, matcher.scope)
        values.note(match)
        matches.append(match)
    for match in matches:
        values.retell(match)
    share_out(matches, matcher)
    return matches


def sift(packs: Packs) -> Sieve | None:
    """What holds back the documents that cannot give a figure; none where these packs allow of no such thing."""
    return engine_of(packs).sieve


def _hidden(document: Document, language: Language) -> Iterator[LedgerEntry]:
    """The numbers that are no part of any sentence: those of running heads, those of markup."""
    for mark in document.marks:
        if mark.kind not in HIDDEN:
            continue
        words = document.text[mark.start : mark.end]
        if not any(char.isdigit() for char in words):
            continue
        for number in read_numbers(fold(words), language.numerals, words):
            start, end = mark.start + number.start, mark.start + number.end
            yield LedgerEntry(Number(start, end, number.value, words=number.words), mark.kind)
