"""Patterns that can run away are refused before they are run; those that cannot are taken."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import MINISTRY

from migstats.caching.regex import WIDTH, search_stretch, sweep
from migstats.cli import migstats
from migstats.engine import engine_of
from migstats.errors import MigstatsError
from migstats.loading.load import Packs, load_packs
from migstats.loading.runaway import _Counter, check_runaway
from migstats.matching import wording
from migstats.model import Document
from migstats.periods.template import expand, parse_template
from migstats.pipeline import analyse
from migstats.runs.extract import Wanted, extract
from migstats.words.entry import expand_phrase, split_phrase

PARSE = import_module("re._parser").parse

REFUSED = r"""
(a+)+$
(a|a)*$
(a|aa)+$
(a*)*b
(a?){40}a{40}
(?:\w+\s?)+x
([a-z]+)*\d
(?:a|ab|b){1,60}c
(?:(?:a?){30}){30}b
(?:(?:(?:x?)?)?)*y
(a{1,1000}){1,1000}b
.*.*.*x
(.*,){11}z
(a+)\1+b
(?=(a+)+b)c
(?!(?:a|a)*b)c
(?>(a+)+b)
(x)?(?(1)a|b)*c
(?i)(?:ka|Ka)*d
^(([a-z])+.)+[A-Z]([a-z])+$
""".split("\n")[1:-1]

TAKEN = r"""
$
\bboats\b .* seized
.*boats.*seized
(?:\w+ )*x
(?:\w+ ?)*+x
(?:\w++ ?)*x
(?:[^ ]+ )+x
(?:de |du |des |la ){0,3}x
(?:were|was|have been|had been) (?:stopped|seized)
[^.]{0,60}?boats[^.]{0,60}?seized
(?:[\u0600-\u06ff]+ )*\u0648
(?:a|b|c)*d
(?:a{2})+b
(x)?(?(1)a|b)c
""".split("\n")[1:-1]


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_can_run_away_is_refused(pattern: str) -> None:
    """Nested repeats, choices of the same, three free repeats; also inside what looks ahead."""
    re.compile(pattern)
    with pytest.raises(MigstatsError, match="can run away"):
        check_runaway(pattern)


@pytest.mark.parametrize("pattern", TAKEN)
def test_what_cannot_is_taken(pattern: str) -> None:
    """One way a character, an end to each repeat, or no way back."""
    re.compile(pattern)
    check_runaway(pattern)


class Naive:
    """Matches by trying everything, and counts what it tries."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = 0

    def row(self, items: Sequence[Any], at: int) -> Iterator[int]:
        """Give each end that parts may have, as often as there are ways to it."""
        if not items:
            yield at
            return
        for end in self.part(str(items[0][0]), items[0][1], at):
            yield from self.row(items[1:], end)

    def part(self, kind: str, value: Any, at: int) -> Iterator[int]:
        """Give each end of one part."""
        if kind in ("LITERAL", "IN"):
            self.steps += 1
            points = [value] if kind == "LITERAL" else [point for _, point in value]
            if at < len(self.text) and ord(self.text[at]) in points:
                yield at + 1
        elif kind == "SUBPATTERN":
            yield from self.row(value[3], at)
        elif kind == "BRANCH":
            for side in value[1]:
                yield from self.row(side, at)
        else:
            yield from self.repeat(value, at, 0)

    def repeat(self, value: Any, at: int, done: int) -> Iterator[int]:
        """Give each end of a repeat; a turn that is empty is the last, as in `re`."""
        least, most, body = value
        if done < most:
            for end in self.row(body, at):
                if end > at or done < least:
                    yield from self.repeat(value, end, done + 1)
        if done >= least:
            yield at


def make_pattern(chance: random.Random, depth: int = 0) -> str:
    """Make an expression of a few letters."""
    kind = chance.choice("llllcrrb" if depth < 3 else "l")
    if kind == "l":
        return chance.choice(["a", "b", "ab", "ba", "[ab]", "c"])
    if kind == "c":
        return "".join(make_pattern(chance, depth + 1) for _ in range(chance.randint(2, 3)))
    if kind == "b":
        return f"(?:{'|'.join(make_pattern(chance, depth + 1) for _ in range(chance.randint(2, 3)))})"
    return f"(?:{make_pattern(chance, depth + 1)}){chance.choice(['*', '+', '?', '{0,2}', '{2}', '*?', '{1,3}?'])}"


def test_it_is_never_fewer_than_are_tried() -> None:
    """Against a matcher that tries everything, over short texts that never match."""
    chance = random.Random(9)
    texts = ["".join(chance.choice("ab") for _ in range(6)) for _ in range(12)] + ["a" * 6, "b" * 6, "ababab"]
    told = 0
    for _ in range(1500):
        pattern = "".join(make_pattern(chance) for _ in range(chance.randint(1, 3))) + "d"
        re.compile(pattern)
        tree = PARSE(pattern)
        counted = _Counter(tree, 6).cost.steps
        for text in texts:
            naive = Naive(text)
            assert not list(naive.row(list(tree), 0))
            assert naive.steps <= counted, (pattern, text)
            told += naive.steps > 20
    assert told > 1000


def test_a_long_text_is_searched_in_stretches() -> None:
    """What stands over the end of one stretch is found in the next, words are whole, and nothing is left out."""
    text = "boats seized " * 500
    starts = sorted({found.start() for found in sweep(re.compile(r"\bboats seize\w"), text, 0, len(text))})
    assert starts == list(range(0, len(text), 13))
    assert not list(sweep(re.compile(r"\bseize\b"), text, 0, len(text)))
    assert max(len(found.group()) for found in sweep(re.compile(".*"), "x" * 5000, 0, 5000)) <= WIDTH


PLACES = {
    "a rule": ("'$number boats were stopped'", "'$number (?:\\w+ ?)*stopped'", "rules.0.pattern.0"),
    "a fragment": ("'$number boats were stopped'", "'$number $x stopped'\nfragments: {x: '(?:a|a)*'}\nofficial: false",
                   "rules.0.pattern.0"),
    "wording": ("[ministry of boats]", "['(?:o+)+ boats']", "recognise.wording.0"),
    "a header": ("{wording: [ministry of boats]}", "{headers: ['(?:o+)+ boats']}", "recognise.headers.0"),
    "a file's name": ("{wording: [ministry of boats]}", "{names: ['(?:o+)+ boats']}", "recognise.names.0"),
}  # fmt: skip


def write_pack(folder: Path, text: str) -> Path:
    (folder / "ministry.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("old", "new", "place"), PLACES.values(), ids=PLACES)
def test_a_pack_that_can_run_away_is_left_out(old: str, new: str, place: str, tmp_path: Path) -> None:
    """One line with file, line and remedy; the other packs are there."""
    head, _, tail = MINISTRY.partition("    examples:")
    text = (head + "    examples:" + tail).replace(old, new, 1) if "fragments" not in new else head.replace(old, new, 1)
    loaded = load_packs([write_pack(tmp_path, text)])
    assert [problem.message for problem in loaded.problems] == [
        f"{place}: the pattern can run away: it can match in too many ways"
    ]
    assert (loaded.problems[0].line or 0) > 1
    assert "++" in str(loaded.problems[0])
    assert "ministry" not in loaded.sources


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("$number " + "(" * 5000 + ")" * 5000, "nested too deep"),
        ("$number a{99999999999}", "repeats too often"),
        ("$number " + "a" * 30_000, "more than 20,000 characters"),
        ("$number $a", "more than 20,000 characters"),
    ],
    ids=["deep", "often", "long", "fragments of fragments"],
)
def test_a_pattern_too_large_is_refused(pattern: str, said: str, tmp_path: Path) -> None:
    """Neither its brackets nor what its fragments stand for takes the program down."""
    pieces = {name: f"${chr(ord(name) + 1)}" * 20 for name in "abcdefgh"} | {"i": "x"}
    text = MINISTRY.replace("$number boats were stopped", pattern, 1) + f"fragments: {pieces!r}\n"
    loaded = load_packs([write_pack(tmp_path, text)])
    assert len(loaded.problems) == 1
    assert said in loaded.problems[0].message


@pytest.mark.parametrize(
    "make",
    [
        lambda: expand_phrase("(a b|c) " * 40),
        lambda: split_phrase("(a|b)" * 40),
        lambda: expand(parse_template("(a|b)" * 40, {}, str)),
        lambda: parse_template("$a", {n: f"${chr(ord(n) + 1)}" * 20 for n in "abcdefg"} | {"h": "x"}, str),
    ],
    ids=["a phrase", "a word", "a period", "fragments of periods"],
)
def test_few_words_that_stand_for_too_many_are_refused(make: Any) -> None:
    """The lists of a language are written out, up to a point."""
    with pytest.raises(ValueError, match="more than 10,000"):
        make()


def test_a_language_that_cannot_be_used_is_told(tmp_path: Path, packs: Packs) -> None:
    """With its file; texts in other languages are read."""
    text = packs.contents["languages/fr"].decode().replace("periods:\n", "periods:\n  nonsense: [x]\n", 1)
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "fr.yaml").write_text(text, encoding="utf-8")
    errors: list[MigstatsError] = []
    texts = [Document("a.txt", "12 migrants ont été interceptés", "fr"), Document("b.txt", "12 migrants rescued", "en")]
    done = list(extract(texts, load_packs([tmp_path]), Wanted(), errors.append))
    assert [analysis.document.name for analysis, _ in done] == ["b.txt"]
    assert [error.path for error in errors] == [str(tmp_path / "languages" / "fr.yaml")]
    assert "nonsense" in errors[0].message


SLOW = (
    MINISTRY.replace("official", "").partition("    examples:")[0]
    + """\
  - id: boats-slow
    says: the same in a way that takes long
    indicator: boats_seized
    unit: boats
    pattern: '$number ships were stopped'
"""
)
TEXT = "ministry of boats: in 2023, 12 boats were stopped. Then 9 ships were stopped. 7 ships were stopped in 2022."


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packs:
    """Packs with a rule that takes three seconds by a clock of its own, wherever it is searched for."""
    clock = [0.0]
    searched = search_stretch

    def search(pattern: Any, *given: Any) -> Any:
        clock[0] += 3 * ("ships" in pattern.pattern)
        return searched(pattern, *given)

    monkeypatch.setattr(wording, "search_stretch", search)
    monkeypatch.setattr(wording, "thread_time", lambda: clock[0])
    return load_packs([write_pack(tmp_path, SLOW)])


def test_a_rule_that_takes_too_long_is_left_out(slow: Packs) -> None:
    """Once for a rule and document; what it had found counts no more, and the other rules find what is theirs."""
    document = Document("a.txt", TEXT, language="en", source="ministry")
    analysis = analyse(document, slow)
    assert analysis.stopped == ("ministry/boats-slow",)
    rules = [(int(one.number.value), one.rule) for one in analysis.readings if one.basis == "pattern"]
    assert rules == [(12, "ministry/boats-stopped")]
    errors: list[MigstatsError] = []
    assert len(list(extract([document, document], slow, Wanted(), errors.append))) == 2
    said = (
        "a.txt: rule ministry/boats-slow was left out, it took more than 2 seconds of this document; mend its pattern"
    )
    assert [str(error)[: len(said)] for error in errors] == [said] * 2
    assert str(errors[0]).endswith("ministry.yaml")


def test_the_command_says_so_and_ends_with_2(slow: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and the figures of the other rules."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("migstats.loading.load.load_packs", lambda _=(): slow)
    for command in (["extract", "-f", "csv"], ["check"], ["series", "-f", "csv"]):
        done = CliRunner().invoke(migstats, [*command, "--in-language", "en", str(tmp_path / "a.txt")])
        assert done.stderr.count("rule ministry/boats-slow was left out") == 1, command
        assert done.exit_code == 2, command
        assert "12" in done.stdout


def test_the_patterns_of_the_program_pass(packs: Packs) -> None:
    """Ours are held to the same."""
    own = [pattern for rules in engine_of(packs).world.rules.values() for rule in rules for pattern in rule.patterns]
    assert own
    for pattern in own:
        check_runaway(pattern.source)
