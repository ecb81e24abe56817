"""A regular expression that is compiled when it is first used, and whose compiled form can be kept.

Compiling the expressions that one text needs, of its language and of the program, takes as long as reading the text.
What `re` compiles them to, a row of numbers, is kept with the words of the languages; where this Python does not show
it, or does not take it back, the expression is compiled as ever. (`re` checks the numbers that it is given: they can be
wrong, not harmful.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

WIDTH = 500
"""Characters that one search for a pattern of a pack goes through, at most."""

Span = tuple[int, int]
Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, the numbers, how many groups there are, their numbers by name, their names by number."""

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class Regex:
    """An expression with the methods of a compiled one, equal to another of the same source."""

    __slots__ = ("_code", "_made", "source", *_METHODS)

    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str | Any]]
    sub: Callable[..., str]

    def __init__(self, source: str, code: Code | None = None) -> None:
        self.source = source
        self._code = code
        self._made: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        """Put the methods in their places, when the first is asked for: from then on this is not called any more."""
        if name not in _METHODS:
            raise AttributeError(f"'Regex' object has no attribute '{name}'")
        for method in _METHODS:
            setattr(self, method, getattr(self.pattern, method))
        return getattr(self, name)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        if self._made is None:
            self._made = _restore(self.source, self._code or _codes.get(self.source)) or re.compile(self.source)
        return self._made

    def compile(self) -> Code | None:
        """Give the compiled form, where it can be had."""
        return self._code or _compile(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Regex) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Regex({self.source!r})"


_expressions: list[Regex] = []
_codes: dict[str, Code] = {}


def expression(source: str) -> Regex:
    """Make an expression that stands in a module, whose compiled form is kept with all such ones."""
    made = Regex(source)
    _expressions.append(made)
    return made


def compile_expressions() -> dict[str, Code]:
    """Give the compiled forms of those that stand in modules, by their sources."""
    codes = ((one.source, one.compile()) for one in _expressions)
    return {source: code for source, code in codes if code is not None}


def know_expressions(codes: Mapping[str, Code]) -> None:
    """Take what an earlier run gave."""
    _codes.update(codes)


def sweep(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Go through what a pattern finds between two places, a stretch after the other, each half over the one before.

    A pattern that may try each place of a text from each other one takes no more time for a long text than for many
    short ones. What is found in two stretches comes twice.

    >>> [found.start() for found in sweep(re.compile("ab"), "ab" + 1000 * " " + "ab", 0, 1004)]
    [0, 1002]
    """
    for at, stop in cut_stretches(start, end):
        yield from search_stretch(pattern, text, (at, stop), end)


def cut_stretches(start: int, end: int) -> Iterator[Span]:
    """Cut what is between two places."""
    while end - start > WIDTH:
        yield start, start + WIDTH
        start += WIDTH // 2
    yield start, end


def search_stretch(pattern: re.Pattern[str], text: str, stretch: Span, end: int) -> Iterator[re.Match[str]]:
    """Go through what a pattern finds in one stretch; what may go on behind it is left to the next one."""
    start, stop = stretch
    return (found for found in pattern.finditer(text, start, stop) if found.end() < stop or stop == end)


def _compile(source: str) -> Code | None:
    """Do what `re.compile` does, but for the last step."""
    try:
        parsed = import_module("re._parser").parse(source)
        numbers = import_module("re._compiler")._code(parsed, 0)
        names: list[str | None] = [None] * parsed.state.groups
        for name, number in parsed.state.groupdict.items():
            names[number] = name
        groups = dict(parsed.state.groupdict)
        array = import_module("array").array
        code = parsed.state.flags, array("I", numbers).tobytes(), parsed.state.groups - 1, groups, tuple(names)
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None
    return code if _restore(source, code) == re.compile(source) else None


def _restore(source: str, code: Code | None) -> re.Pattern[str] | None:
    """Do the last step."""
    if code is None:
        return None
    flags, numbers, groups, named, names = code
    try:
        engine: Any = import_module("_sre")
        made: re.Pattern[str] = engine.compile(
            source, flags, memoryview(numbers).cast("I").tolist(), groups, named, names
        )
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return None
    return made
