"""Puts the stages in a row: a document in, its readings and its ledger out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from migstats.carry import carry_aboard, carry_groups, carry_heading, carry_over, carry_resumed, tie_parts
from migstats.dateline import Dateline, DateReader, find_dateline, find_saying, find_year, make_date_reader
from migstats.find import Findings, find
from migstats.flow import direct_motions
from migstats.fold import fold
from migstats.frame import Frames, compile_frames
from migstats.language import Language, compile_language
from migstats.ledger import Ledger
from migstats.listing import settle_lists
from migstats.load import Packs
from migstats.match import Matcher
from migstats.model import Analysis, Document, LedgerEntry, Number
from migstats.numeral import read_numbers
from migstats.passage import Tongues, find_passages, learn_tongues, mask, outside
from migstats.percent import read_percentages
from migstats.period_rule import read_months
from migstats.place import PlaceReader, compile_places, subject_country
from migstats.recognise import common_words, guess_language, recognise_source
from migstats.resolve import resolve
from migstats.retell import Values, share_out
from migstats.sieve import Sieve, make_sieve
from migstats.slot import Match
from migstats.study import Part, Study
from migstats.tabulate import Tables
from migstats.timing import Clock
from migstats.topic import Memory, carry_topic, find_flow, settle_weak
from migstats.value import replace
from migstats.view import HIDDEN, view_head, view_text
from migstats.wording import OwnRule, compile_rules, match_rules


def analyse(document: Document, packs: Packs) -> Analysis:
    """Find every figure of a document, and say of every other number what it is; each passage in its own language."""
    return study(document, packs).analysis


def study(document: Document, packs: Packs) -> Study:
    """The same, together with what it rests on."""
    document = identify(document, packs)
    if document.language is None:
        return Study(Analysis(document, (), ()))
    parts = tuple(_study_part(part, packs) for part in _part(document, packs))
    readings = tuple(reading for part in parts for reading in part.readings)
    ledger = [*_hidden(document, _language(packs, document.language)), *(row for part in parts for row in part.ledger)]
    ledger.sort(key=lambda row: row.number.start)
    return Study(Analysis(document, readings, tuple(ledger)), parts, _frames(packs))


def _part(document: Document, packs: Packs) -> list[Document]:
    """The document once for each of its languages, what is in another made void; mostly it is the document alone."""
    text, main = document.text, document.language or ""
    tongues = _tongues(packs)
    passages = find_passages(text, view_text(text, document.marks), main, tongues, _language(packs, main).layout)
    if not passages:
        return [document]
    foreign = [span for spans in passages.values() for span in spans]
    parts = [replace(document, text=mask(text, foreign))]
    for name, spans in passages.items():
        parts.append(replace(document, text=mask(text, outside(len(text), spans)), language=name))
    return parts


def _study_part(document: Document, packs: Packs) -> Part:
    """The figures and the ledger of a text in one language."""
    language = _language(packs, document.language or "")
    line = _dateline(document, packs)
    written = line.iso if line and line.iso.startswith(document.published or "0000") else document.published
    written = written or find_saying(view_head(document), language.periods)
    dated = (written, (line.start, line.end) if line else None)
    findings = find(document.text, language, _places(), dated, document.marks)
    year = None if written else find_year(findings.periods)
    if year:
        findings = find(document.text, language, _places(), (year, None), document.marks)
    source = packs.sources.get(document.source or "")
    frames = _frames(packs)
    speaks = source is not None and source.language in (None, document.language)
    rules = match_rules(findings, compile_rules(source, frames)) if source is not None and speaks else {}
    matches = match_all(findings, frames, rules)
    clock = Clock(written, frozenset(c for c, i in packs.codebook.indicators.items() if i.stock), written or year)
    subject = subject_country(findings.places) or (source.country if source is not None else None)
    readings = resolve(matches, findings, clock, subject)
    ledger = Ledger(findings, frames, _dates(packs).months).write(matches, readings)
    return Part(language.id, findings, tuple(matches), tuple(readings), tuple(ledger), rules)


def identify(document: Document, packs: Packs) -> Document:
    """The document with its language and source told, where they were not given."""
    shown = replace(document, text=view_head(document))
    if document.language is None:
        document = replace(document, language=guess_language(shown.text, _common(packs)))
    if document.published is None and document.language is not None:
        line = _dateline(document, packs)
        document = replace(document, published=line.iso if line else None)
    if document.source not in packs.sources:
        source = recognise_source(replace(document, text=shown.text), packs.sources.values())
        document = replace(document, source=source.id if source else None)
    return document


def _dateline(document: Document, packs: Packs) -> Dateline | None:
    """The date line of a text; it may be in another language than the text."""
    language = _language(packs, document.language or "")
    return find_dateline(view_head(document), _dates(packs), language.periods, language.layout)


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
    at = (id(packs.languages), "sieve")
    if at not in _compiled:
        lexicons = {name: _language(packs, name).lexicon for name in packs.languages}
        sieve = make_sieve(lexicons, _frames(packs), _places(), _common(packs).values(), packs.sources.values())
        _compiled[at] = (packs, sieve)
    return _compiled[at][1]  # type: ignore[no-any-return]


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


_compiled: dict[tuple[int, str], Any] = {}


def _language(packs: Packs, name: str) -> Language:
    """The language ready to read with, compiled once for these packs."""
    at = (id(packs.languages), name)
    if at not in _compiled:
        _compiled[at] = (packs, compile_language(name, packs.languages[name].model_dump(by_alias=True)))
    return _compiled[at][1]  # type: ignore[no-any-return]


def _common(packs: Packs) -> dict[str, frozenset[str]]:
    at = (id(packs.languages), "common")
    if at not in _compiled:
        words = {name: common_words(packs.languages.peek(name, "grammar")) for name in packs.languages}
        _compiled[at] = (packs, words)
    return _compiled[at][1]  # type: ignore[no-any-return]


def _tongues(packs: Packs) -> Tongues:
    at = (id(packs.languages), "tongues")
    if at not in _compiled:
        _compiled[at] = (packs, learn_tongues(_common(packs)))
    return _compiled[at][1]  # type: ignore[no-any-return]


def _dates(packs: Packs) -> DateReader:
    at = (id(packs.languages), "dates")
    if at not in _compiled:
        months: dict[str, int] = {}
        for name in packs.languages:
            months.update(read_months(packs.languages.peek(name, "periods")))
        _compiled[at] = (packs, make_date_reader(months))
    return _compiled[at][1]  # type: ignore[no-any-return]


def _frames(packs: Packs) -> Frames:
    at = (id(packs.codebook), "")
    if at not in _compiled:
        _compiled[at] = (packs, compile_frames(packs.codebook.model_dump(by_alias=True)))
    return _compiled[at][1]  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _places() -> PlaceReader:
    return compile_places(files("migstats").joinpath("packs/places.tsv").read_text(encoding="utf-8"))
