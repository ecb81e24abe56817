"""Matches the patterns that are a source's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from time import thread_time
from typing import TYPE_CHECKING

from migstats.caching.regex import Regex, cut_stretches, search_stretch
from migstats.find import Findings
from migstats.frame import Frame, Frames
from migstats.loading.patterns import NUMBER, PERCENT, PERIOD, SLOTS, expand
from migstats.model import Number
from migstats.texts.fold import fold_pattern
from migstats.texts.sentence import Sentence
from migstats.value import dataclass, replace

if TYPE_CHECKING:
    from migstats.loading.schema import Rule, SourcePack

PATIENCE = 2.0
"""Seconds of the processor that one rule may take over one document."""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A source's pattern, ready to run."""

    frame: Frame
    measure: str
    """`count`, `share` or `change`."""
    patterns: tuple[Regex, ...]


def compile_rules(pack: SourcePack, frames: Frames) -> tuple[OwnRule, ...]:
    """The rules of a source pack, fragments and slots written out."""
    fragments = {name: fold_pattern(piece) for name, piece in pack.fragments.items()}
    return tuple(_compile_rule(rule, pack.id, fragments, frames) for rule in pack.rules)


def _compile_rule(rule: Rule, pack: str, fragments: Mapping[str, str], frames: Frames) -> OwnRule:
    """One rule; the frame is the codebook's, so that what hangs on the figure is read as behind any other wording."""
    none: frozenset[str] = frozenset()
    like = frames.of(rule.indicator, rule.unit) or Frame(rule.indicator, "", none, rule.unit, none, none, "none")
    frame = replace(like, own=f"{pack}/{rule.id}")
    patterns = tuple(Regex(expand(fold_pattern(p), fragments, SLOTS)) for p in rule.pattern)
    return OwnRule(frame, rule.measure, patterns)


def match_rules(findings: Findings, rules: Sequence[OwnRule]) -> tuple[dict[int, OwnRule], tuple[str, ...]]:
    """The numbers that a source's own pattern claims, by their start, each with its rule; and the rules that took too
    long: what they found counts for nothing, as if the source did not have them.
    """
    if not rules:
        return {}, ()
    view = _mask(findings)
    searches = [_Search(rule, view) for rule in rules]
    found = [
        (start, search) for scene in findings.scenes for search in searches for start in search.run(scene.sentence)
    ]
    claimed: dict[int, OwnRule] = {}
    for start, search in found:
        if not search.stopped:
            claimed.setdefault(start, search.rule)
    return claimed, tuple(search.rule.frame.own for search in searches if search.stopped)


class _Search:
    """The search for one rule in one document, which is given up when it takes too long."""

    def __init__(self, rule: OwnRule, view: str) -> None:
        self.rule = rule
        self._view = view
        self._spent = 0.0

    @property
    def stopped(self) -> bool:
        """Tell whether it took too long."""
        return self._spent > PATIENCE

    def run(self, sentence: Sentence) -> Iterator[int]:
        """Where the numbers start that the rule claims in a sentence."""
        for pattern in self.rule.patterns:
            for stretch in cut_stretches(sentence.start, sentence.end):
                if self.stopped:
                    return
                before = thread_time()
                found = list(search_stretch(pattern.pattern, self._view, stretch, sentence.end))
                self._spent += thread_time() - before
                yield from (one.start("number") for one in found)


def _mask(findings: Findings) -> str:
    """The view with every number and period written over, so that a pattern never reads digits."""
    pieces: list[str] = []
    at = 0
    spans = [*_number_spans(findings.numbers), *((p.start, p.end, PERIOD) for p in findings.periods)]
    for start, end, sign in sorted(spans):
        if start < at:
            continue
        pieces += [findings.view[at:start], sign * (end - start)]
        at = end
    pieces.append(findings.view[at:])
    return "".join(pieces)


def _number_spans(numbers: Sequence[Number]) -> list[tuple[int, int, str]]:
    return [
        (n.start, max(n.end, n.tail), PERCENT) if n.form == "percent" else (n.start, n.end, NUMBER)
        for n in numbers
        if n.kind not in ("date", "duration")
    ]
