"""Patterns of source packs, from named pieces to one regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migstats.caching.regex import WIDTH, expression
from migstats.errors import MigstatsError, UnknownName

NUMBER, PERCENT, PERIOD = "\ue000", "\ue001", "\ue002"
"""What stands in a text in the place of each character of a number, a percentage, a period."""
SLOTS = {
    "number": f"(?P<number>{NUMBER}+)",
    "percent": f"(?P<number>{PERCENT}+)",
    "period": f"(?:{PERIOD}+)",
    "change": f"(?:{PERCENT}+)",
    "place": r"(?:[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,3})",
    "gap": f"(?:[^.;:!?{NUMBER}{PERCENT}]{{0,60}}?)",
}
"""What the engine puts into a pattern; the rest of its `$names` are fragments."""
HEADER, WORDING = 300, 6000
"""Code points in which a source's header and its wording are looked for."""
_LONGEST = 20_000
"""Characters that a pattern may have when its fragments are written out."""

_NAME = expression(r"(?<!\\)\$([A-Za-z_][A-Za-z_0-9]*)")


def expand(pattern: str, fragments: Mapping[str, str], slots: Mapping[str, str]) -> str:
    """Write fragments and slots out.

    >>> expand("$foiled $number", {"foiled": "(?:thwart|foil)ed"}, {"number": "N"})
    '(?:thwart|foil)ed N'
    """
    return _expand(pattern, fragments, slots, ())


def _expand(pattern: str, fragments: Mapping[str, str], slots: Mapping[str, str], inside: tuple[str, ...]) -> str:
    """Write out what stands in a pattern, or in a fragment inside others."""
    size = len(pattern)

    def piece(found: re.Match[str]) -> str:
        nonlocal size
        name = found.group(1)
        if name in inside:
            raise MigstatsError(f"fragment '${name}' holds itself")
        if name in slots:
            return slots[name]
        if name not in fragments:
            raise UnknownName("fragment", name, [*fragments, *SLOTS])
        written = _expand(fragments[name], fragments, slots, (*inside, name))
        size += len(written)
        if size > _LONGEST:
            raise _too_long()
        return written

    if size > _LONGEST:
        raise _too_long()
    return _NAME.sub(piece, pattern)


def _too_long() -> MigstatsError:
    return MigstatsError(f"the pattern has more than {_LONGEST:,} characters", remedy="make several of it")


def check_pattern(pattern: str, fragments: Mapping[str, str]) -> None:
    """Raise an error that says why a rule's pattern could never work."""
    check_regex(expand(pattern, fragments, dict.fromkeys(SLOTS, "(?:0)")))
    marked = expand(pattern, fragments, {slot: f"\0{slot}\0" for slot in SLOTS})
    numbers = marked.count("\0number\0") + marked.count("\0percent\0")
    if numbers != 1:
        raise MigstatsError(f"holds {numbers} of $number and $percent", remedy="a pattern takes exactly one")
    check_regex(expand(pattern, fragments, SLOTS))


def check_regex(pattern: str, width: int = WIDTH) -> None:
    """Raise an error that says where a regular expression is wrong, or that it can run away in a text so wide."""
    from migstats.loading.runaway import check_runaway

    if len(pattern) > _LONGEST:
        raise _too_long()
    try:
        re.compile(pattern)
    except re.error as error:
        at = "" if error.pos is None else f" at '{pattern[error.pos : error.pos + 12]}'"
        raise MigstatsError(f"the pattern does not compile: {error.msg}{at}", remedy=_remedy(error.msg)) from None
    except (OverflowError, RecursionError) as error:
        said = "it repeats too often" if isinstance(error, OverflowError) else "its brackets are nested too deep"
        raise MigstatsError(f"the pattern does not compile: {said}") from None
    check_runaway(pattern, width)


def _remedy(message: str) -> str | None:
    """Tell what mends a common mistake."""
    if "parenthesis" in message or "subpattern" in message:
        return "close each '(' with a ')', or write '\\(' for the sign itself"
    if "repeat" in message:
        return "put something before '*', '+' or '?', or write '\\*' for the sign itself"
    return "close each '[' with a ']'" if "character set" in message else None
