"""A regular expression that is compiled when it is first used, and whose compiled form can be kept.

Compiling the expressions that one text needs of a language takes as long as reading the text. What `re` compiles them
to, a row of numbers, is kept with the words of the language; where this Python does not show it, or does not take it
back, the expression is compiled as ever. (`re` checks the numbers that it is given: they can be wrong, not harmful.)
"""

from __future__ import annotations

import re
from array import array
from importlib import import_module
from typing import Any

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, the numbers, how many groups there are, their numbers by name, their names by number."""


class Regex:
    """An expression, equal to another of the same source."""

    __slots__ = ("_code", "_made", "source")

    def __init__(self, source: str, code: Code | None = None) -> None:
        self.source = source
        self._code = code
        self._made: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        if self._made is None:
            self._made = _restore(self.source, self._code) or re.compile(self.source)
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


def _compile(source: str) -> Code | None:
    """Do what `re.compile` does, but for the last step."""
    try:
        parsed = import_module("re._parser").parse(source)
        numbers = import_module("re._compiler")._code(parsed, 0)
        names: list[str | None] = [None] * parsed.state.groups
        for name, number in parsed.state.groupdict.items():
            names[number] = name
        groups = dict(parsed.state.groupdict)
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
        made: re.Pattern[str] = engine.compile(source, flags, array("I", numbers).tolist(), groups, named, names)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return None
    return made
