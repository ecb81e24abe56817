"""Matches the patterns that are a source's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migstats.find import Findings
from migstats.fold import fold_pattern
from migstats.frame import Frame, Frames
from migstats.model import Number
from migstats.patterns import expand
from migstats.regex import Regex
from migstats.value import dataclass, replace

if TYPE_CHECKING:
    from migstats.schema import Rule, SourcePack

_NUMBER, _PERCENT, _PERIOD = "\ue000", "\ue001", "\ue002"
_SLOTS = {
    "number": f"(?P<number>{_NUMBER}+)",
    "percent": f"(?P<number>{_PERCENT}+)",
    "period": f"(?:{_PERIOD}+)",
    "change": f"(?:{_PERCENT}+)",
    "place": r"(?:[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,3})",
    "gap": f"(?:[^.;:!?{_NUMBER}{_PERCENT}]{{0,60}}?)",
}


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
    patterns = tuple(Regex(expand(fold_pattern(p), fragments, _SLOTS)) for p in rule.pattern)
    return OwnRule(frame, rule.measure, patterns)


def match_rules(findings: Findings, rules: Sequence[OwnRule]) -> dict[int, OwnRule]:
    """The numbers that a source's own pattern claims, by their start, each with its rule."""
    claimed: dict[int, OwnRule] = {}
    if not rules:
        return claimed
    view = _mask(findings)
    for scene in findings.scenes:
        for rule in rules:
            for pattern in rule.patterns:
                for found in pattern.pattern.finditer(view, scene.sentence.start, scene.sentence.end):
                    claimed.setdefault(found.start("number"), rule)
    return claimed


def _mask(findings: Findings) -> str:
    """The view with every number and period written over, so that a pattern never reads digits."""
    pieces: list[str] = []
    at = 0
    spans = [*_number_spans(findings.numbers), *((p.start, p.end, _PERIOD) for p in findings.periods)]
    for start, end, sign in sorted(spans):
        if start < at:
            continue
        pieces += [findings.view[at:start], sign * (end - start)]
        at = end
    pieces.append(findings.view[at:])
    return "".join(pieces)


def _number_spans(numbers: Sequence[Number]) -> list[tuple[int, int, str]]:
    return [
        (n.start, max(n.end, n.tail), _PERCENT) if n.form == "percent" else (n.start, n.end, _NUMBER)
        for n in numbers
        if n.kind not in ("date", "duration")
    ]
