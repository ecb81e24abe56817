"""Expressions whose compiled form is kept find what they found."""

from __future__ import annotations

import re

import pytest

import migstats.pipeline
from migstats.caching.regex import Regex, compile_expressions
from migstats.caching.snapshot import freeze, thaw
from migstats.engine import Engine
from migstats.loading.load import Packs

SOURCES = [
    "a",
    r"(?P<x>[a-z\u0600-\u06ff]+)(?:\s(\d{1,3}))?(?!\w)",
    "(?i)é|Œ",
    "",
    r"(?<!\d)(a|b)\1",
    "[^\U0001f600]x++",
]


@pytest.mark.parametrize("source", SOURCES)
def test_it_is_what_re_makes(source: str) -> None:
    """From the source, and from what was kept."""
    kept = thaw(freeze(Regex(source)))
    assert kept == Regex(source)
    assert kept.pattern == Regex(source).pattern == re.compile(source)
    assert kept.pattern.groupindex == re.compile(source).groupindex
    assert kept.pattern.groups == re.compile(source).groups
    assert kept.compile() is not None


@pytest.mark.parametrize("numbers", [b"", b"\0" * 4, b"\xff" * 40, b"abc"])
def test_wrong_numbers_do_no_harm(numbers: bytes) -> None:
    """They are refused, and the expression is compiled from its source."""
    assert Regex("a+", (32, numbers, 0, {}, (None,))).pattern.fullmatch("aaa")


def test_a_python_that_does_not_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is nothing to keep."""
    import migstats.caching.regex

    monkeypatch.setattr(migstats.caching.regex, "import_module", lambda _: object())
    assert Regex("a+").compile() is None
    assert thaw(freeze(Regex("a+"))).pattern.fullmatch("aaa")


def test_every_expression_of_a_language(packs: Packs) -> None:
    """Each comes back as it was."""
    for name in packs.languages:
        for rule in Engine(packs).language(name).periods.rules:
            assert thaw(freeze(rule.source)).pattern == re.compile(rule.source.source)


def test_every_expression_of_the_program() -> None:
    """The same for those that stand in modules."""
    assert migstats.pipeline
    codes = thaw(freeze(compile_expressions()))
    assert len(codes) > 50
    for source, code in codes.items():
        assert Regex(source, code).pattern == re.compile(source)


def test_its_methods_are_those_of_what_was_compiled() -> None:
    """Each is there, whichever is asked for first, and nothing else is."""
    made = re.compile("(b+)")
    assert Regex("(b+)").sub("-", "abba") == made.sub("-", "abba")
    assert Regex("(b+)").findall("abbab") == made.findall("abbab")
    assert Regex("(b+)").split("abbab") == made.split("abbab")
    for method in ("match", "fullmatch", "search"):
        for view in ("abba", "bba", "bb", ""):
            found, expected = getattr(Regex("(b+)"), method)(view), getattr(made, method)(view)
            assert (found and found.span()) == (expected and expected.span())
    assert [found.span() for found in Regex("(b+)").finditer("abbab")] == [(1, 3), (4, 5)]
    with pytest.raises(AttributeError):
        _ = Regex("(b+)").flags
