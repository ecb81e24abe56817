"""Compiles the period phrases of a language pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from migstats.caching.regex import Regex
from migstats.periods.dating import Dating
from migstats.periods.template import (
    ANY,
    BLANK,
    TOKEN,
    WORD,
    Node,
    SlotShape,
    expand,
    find_openings,
    is_optional,
    parse_template,
    slots_of,
    to_regex,
)
from migstats.texts.fold import key
from migstats.value import dataclass, field

_OPTIONS = {
    "role": ("", "baseline", "reference", "anaphor", "stock", "duration"),
    "basis": ("", "stated", "year_to_date", "publication"),
    "where": ("", "alone", "label", "followed", "uncounted"),
    "when": ("", "last", "next"),
}
_LEAD = 40
_DIGITS = {
    "year": (r"(?:19|20)\d\d(?!\d|[.,]\d)", "<#4>"),
    "decade": (r"(?:19|20)\d0(?!\d|[.,]\d)", "<#4>"),
    "yy": (r"\d\d(?!\d|[.,]\d)", "<#>"),
    "mm": (r"(?:1[0-2]|0?[1-9])(?!\d)", "<#>"),
    "q": (r"[1-4](?![\d.,]\d|\d)", "<#>"),
    "dd": (r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", "<#>"),
}
_LISTS = {
    "month": ("months", ""),
    "weekday": ("weekdays", ""),
    "season": ("seasons", ""),
    "n": ("numbers", r"\d{1,3}(?!\d|[.,]\d)"),
    "day": ("days", r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"),
    "nth": ("ordinals", r"\d(?!\d)"),
}
_ENDED = ("day", "nth")
_WORDS = ("skip", "breaks", "follow", "counted", "alone")
_OTHERS = ("endings", "attached", "fragments", "patterns", "baseline", "amounts", "reference")
_KEYS = frozenset([*(name for name, _ in _LISTS.values()), *_WORDS, *_OTHERS])
_RULE_KEYS = frozenset(["pattern", "is", "basis", "role", "when", "where", "examples"])


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One phrase: how it is written, and what it comes to."""

    pattern: str
    source: Regex
    slots: tuple[str, ...]
    dating: Dating
    order: int
    basis: str = ""
    role: str = ""
    where: str = ""
    lead: Regex | None = None
    """What may stand before it, matched backwards: so no rule needs trying at each "of the"."""

    def match(self, view: str, start: int) -> re.Match[str] | None:
        """Match the phrase at this place of the view, without its lead."""
        return self.source.match(view, start)

    def find_start(self, view: str, start: int) -> int:
        """Where the phrase starts with its lead."""
        found = self.lead.search(view, max(0, start - _LEAD), start) if self.lead else None
        return found.start() if found else start


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Words around a period that give it a role, or show that it is none."""

    baseline: frozenset[tuple[str, ...]] = frozenset()
    published: frozenset[tuple[str, ...]] = frozenset()
    amounts: frozenset[tuple[str, ...]] = frozenset()
    said: frozenset[str] = frozenset()
    after: Regex | None = None
    skip: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    follow: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PeriodReader:
    """The period phrases of one language, by the tokens that they open with."""

    index: Mapping[str, Mapping[str, tuple[PeriodRule, ...]]]
    classes: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, int]]
    around: Surroundings
    attached: frozenset[str] = frozenset()
    rules: tuple[PeriodRule, ...] = field(default=(), repr=False)


def compile_periods(data: Mapping[str, Any]) -> PeriodReader:
    """Compile the `periods` of a language pack; a fault is a ValueError that names the pattern."""
    _refuse_unknown(data, _KEYS, "periods")
    fragments = {name: str(text) for name, text in (data.get("fragments") or {}).items()}
    values = {slot: _read_values(data.get(name) or {}, fragments) for slot, (name, _) in _LISTS.items()}
    shapes = _make_shapes(values, _expand_all(data.get("endings"), fragments))
    attached = "".join(key(letter) for letter in data.get("attached") or ())
    rules: list[PeriodRule] = []
    index: dict[str, dict[str, list[PeriodRule]]] = {}
    for entry in data.get("patterns") or ():
        _refuse_unknown(entry, _RULE_KEYS, f"pattern {entry.get('pattern')!r}")
        patterns = entry["pattern"] if isinstance(entry["pattern"], list) else [entry["pattern"]]
        for pattern in patterns:
            rule, openings = _compile_rule(pattern, entry, (fragments, shapes, attached), len(rules))
            rules.append(rule)
            for first, second in openings:
                index.setdefault(first, {}).setdefault(second, []).append(rule)
    classes = _classify(values)
    return PeriodReader(
        index=_merge_index(index, classes),
        classes=classes,
        values=values,
        around=_read_surroundings(data, fragments, shapes),
        attached=frozenset(attached),
        rules=tuple(rules),
    )


def read_months(data: Mapping[str, Any]) -> dict[str, int]:
    """The names of the months alone, from the `periods` of a language pack."""
    return _read_values(data.get("months") or {}, {})


def _refuse_unknown(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"{where}: unknown key {', '.join(unknown)}")


def _compile_rule(
    pattern: str, entry: Mapping[str, Any], pieces: tuple[dict[str, str], dict[str, SlotShape], str], order: int
) -> tuple[PeriodRule, set[tuple[str, str]]]:
    fragments, shapes, attached = pieces
    try:
        lead, nodes = _split_lead(parse_template(pattern, fragments, key))
        before = Regex(rf"(?<![^\W{attached}]){to_regex(lead, shapes)}\Z") if lead else None
        source = Regex(rf"(?<!\d[.,]){to_regex(nodes, shapes)}(?!\w)")
        openings = find_openings(nodes, shapes)
    except ValueError as error:
        raise ValueError(f"pattern {pattern!r}: {error}") from error
    for name, known in _OPTIONS.items():
        if str(entry.get(name) or "") not in known:
            raise ValueError(f"pattern {pattern!r}: unknown {name} {entry[name]!r}")
    dating = Dating(str(entry.get("is") or ""), str(entry.get("when") or ""))
    options = {name: str(entry.get(name) or "") for name in ("basis", "role", "where")}
    return PeriodRule(pattern, source, tuple(slots_of(nodes)), dating, order, lead=before, **options), openings


def _split_lead(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Part the optional words at a pattern's start from the rest, unless nothing would remain."""
    at = 0
    while at < len(nodes) - 1 and is_optional(nodes[at]) and not slots_of(nodes[at : at + 1]):
        at += 1
    return nodes[:at], nodes[at:]


def _expand_all(entries: Iterable[Any] | None, fragments: Mapping[str, str]) -> list[str]:
    """Every word that a list of entries stands for, folded."""
    return [word for entry in entries or () for word in expand(parse_template(str(entry), fragments, key))]


def _read_values(table: Mapping[Any, Any], fragments: Mapping[str, str]) -> dict[str, int]:
    values: dict[str, int] = {}
    for value, entries in table.items():
        for word in _expand_all(entries if isinstance(entries, list) else [entries], fragments):
            values[word] = int(value)
    return values


def _make_shapes(values: Mapping[str, Mapping[str, int]], endings: Sequence[str]) -> dict[str, SlotShape]:
    shapes = {name: SlotShape(regex, (opening,)) for name, (regex, opening) in _DIGITS.items()}
    shapes["gap"] = SlotShape(r"[^.,;:!?()\n\d]{1,60}", (ANY,))
    ended = f"(?: ?(?:{_alternatives(endings)})(?!\\w))?" if endings else ""
    for slot, (_, digits) in _LISTS.items():
        regexes = [digits + ended if slot in _ENDED else digits] if digits else []
        openings = ["<#>"] if digits else []
        if digits and slot in _ENDED:
            openings += [f"<#>{ending}" for ending in endings if ending[0].isalpha()]
        if values[slot]:
            regexes.append(rf"(?:{_alternatives(values[slot])})(?!\w)")
            openings.append(f"<{slot}>")
            if any(len(TOKEN.findall(word)) > 1 for word in values[slot]):
                openings.append(f"<{slot}> {ANY}")
        if regexes:
            shapes[slot] = SlotShape("|".join(regexes), tuple(openings))
    return shapes


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("\\ ", BLANK) for word in longest_first)


def _classify(values: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[str, ...]]:
    """The classes of each word that may open a slot."""
    classes: dict[str, set[str]] = {}
    for slot, words in values.items():
        for word in words:
            first = re.match(r"[^\W\d_]+", word)
            if first:
                classes.setdefault(first[0], set()).add(f"<{slot}>")
    return {word: tuple(sorted(found)) for word, found in classes.items()}


def _merge_index(
    index: Mapping[str, Mapping[str, list[PeriodRule]]], classes: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, tuple[PeriodRule, ...]]]:
    """Write the rules that open with a class under each word of the class."""
    merged: dict[str, dict[str, tuple[PeriodRule, ...]]] = {}
    for word in {*index, *classes}:
        seconds: dict[str, dict[int, PeriodRule]] = {}
        for name in (word, *classes.get(word, ())):
            for second, rules in index.get(name, {}).items():
                seconds.setdefault(second, {}).update((rule.order, rule) for rule in rules)
        if seconds:
            merged[word] = {second: tuple(rules.values()) for second, rules in seconds.items()}
    return merged


def _read_surroundings(
    data: Mapping[str, Any], fragments: Mapping[str, str], shapes: Mapping[str, SlotShape]
) -> Surroundings:
    reference = data.get("reference") or {}
    _refuse_unknown(reference, frozenset({"near", "published", "after"}), "reference")
    after: list[tuple[Node, ...]] = [parse_template(text, fragments, key) for text in reference.get("after") or ()]
    words = {name: frozenset(_expand_all(data.get(name), fragments)) for name in _WORDS}
    return Surroundings(
        baseline=_phrases(data.get("baseline"), fragments),
        amounts=_phrases(data.get("amounts"), fragments),
        published=_phrases(reference.get("published"), fragments),
        said=frozenset(_expand_all(reference.get("near"), fragments)),
        after=Regex(f"(?:{'|'.join(to_regex(nodes, shapes) for nodes in after)})(?!\\w)") if after else None,
        **words,
    )


def _phrases(entries: Iterable[Any] | None, fragments: Mapping[str, str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(WORD.findall(phrase)) for phrase in _expand_all(entries, fragments))
