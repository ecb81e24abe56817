"""Patterns of words, slots and choices, as a language pack writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

from migstats.caching.regex import expression
from migstats.value import dataclass

BLANK = r"(?: \n| |\n) {0,2}"
WORD = expression(r"\w+|%")
TOKEN = expression(r"[^\W\d_]+|\d+")
ANY = "*"
"""Opening token that stands for whatever comes, or nothing."""

_LEX = expression(r"\$([a-z_]+\d?)|([()|?])|([^$()|?]+)")
_PIECE = expression(r"[^\W\d_]+|\d+|<[^<>]*>|\*")
_DEPTH = 8
_MOST = 10_000
"""Pieces of one pattern, and texts that it may stand for or begin with: a few words can say a great many."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that stand as they are; a space is any blank."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value: `$year`, `$month2`."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; an empty one makes it optional."""

    options: tuple[tuple[Node, ...], ...]


Node = Literal | Slot | Choice
_Prefix = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class SlotShape:
    """How a slot is written: its expression and the tokens it may open with."""

    regex: str
    openings: tuple[str, ...]


def parse_template(text: str, fragments: Mapping[str, str], fold: Callable[[str], str]) -> tuple[Node, ...]:
    """Read a pattern: `( | )` choose, `?` makes what stands before it optional, `$name` is a fragment or a slot."""
    pieces = list(islice(_lex(text, fragments, fold, 0), _MOST + 1))
    _check_count(len(pieces), text)
    nodes, rest = _parse_choice(pieces, 0)
    if rest != len(pieces):
        raise ValueError(f"unbalanced brackets in pattern {text!r}")
    return nodes


def _check_count(count: int, what: str) -> None:
    if count > _MOST:
        raise ValueError(f"{what[:60]!r} stands for more than {_MOST:,} texts, write fewer choices")


def _lex(text: str, fragments: Mapping[str, str], fold: Callable[[str], str], depth: int) -> Iterator[str | Slot]:
    if depth > _DEPTH:
        raise ValueError(f"fragments that name one another: {text!r}")
    at = 0
    for found in _LEX.finditer(text):
        if found.start() != at:
            break
        at = found.end()
        name, mark, literal = found.groups()
        if mark:
            yield mark
        elif literal:
            yield "=" + fold(literal)
        elif name in fragments:
            yield "("
            yield from _lex(fragments[name], fragments, fold, depth + 1)
            yield ")"
        else:
            yield Slot(name)
    if at != len(text):
        raise ValueError(f"pattern {text!r} is not understood at character {at}")


def _parse_choice(pieces: list[str | Slot], at: int) -> tuple[tuple[Node, ...], int]:
    options: list[tuple[Node, ...]] = []
    nodes: list[Node] = []
    while at < len(pieces) and pieces[at] != ")":
        piece = pieces[at]
        at += 1
        if isinstance(piece, Slot):
            nodes.append(piece)
        elif piece == "|":
            options.append(tuple(nodes))
            nodes = []
        elif piece == "?":
            _make_optional(nodes)
        elif piece == "(":
            inner, at = _parse_choice(pieces, at)
            if at == len(pieces):
                raise ValueError("bracket without its end")
            nodes.append(Choice((inner,)))
            at += 1
        else:
            nodes.append(Literal(piece[1:]))
    options.append(tuple(nodes))
    return ((Choice(tuple(options)),) if len(options) > 1 else options[0]), at


def _make_optional(nodes: list[Node]) -> None:
    if not nodes:
        raise ValueError("`?` with nothing before it")
    last = nodes.pop()
    if isinstance(last, Literal) and len(last.text) > 1:
        nodes.append(Literal(last.text[:-1]))
        last = Literal(last.text[-1])
    nodes.append(Choice(((last,), ())))


def is_optional(node: Node) -> bool:
    """Whether a node may be left out."""
    if not isinstance(node, Choice):
        return False
    return any(all(is_optional(inner) for inner in option) for option in node.options)


def slots_of(nodes: tuple[Node, ...]) -> list[str]:
    """The names of the slots, in the order of their groups in the expression."""
    names: list[str] = []
    for node in nodes:
        if isinstance(node, Slot):
            names.append(node.name)
        elif isinstance(node, Choice):
            names += [name for option in node.options for name in slots_of(option)]
    return names


def to_regex(nodes: tuple[Node, ...], shapes: Mapping[str, SlotShape]) -> str:
    """Write the expression; each slot is a group, numbered as in `slots_of`."""
    return "".join(_node_regex(node, shapes) for node in nodes)


def _node_regex(node: Node, shapes: Mapping[str, SlotShape]) -> str:
    if isinstance(node, Literal):
        return "".join(BLANK if char == " " else "' ?" if char == "'" else re.escape(char) for char in node.text)
    if isinstance(node, Slot):
        return f"({shape_of(node.name, shapes).regex})"
    options = [to_regex(option, shapes) for option in node.options]
    return f"(?:{'|'.join(options)})"


def shape_of(name: str, shapes: Mapping[str, SlotShape]) -> SlotShape:
    """The shape of a slot, whether numbered (`$year2`) or not."""
    shape = shapes.get(name.rstrip("0123456789"))
    if shape is None:
        raise ValueError(f"no fragment or slot is named ${name}")
    return shape


def find_openings(nodes: tuple[Node, ...], shapes: Mapping[str, SlotShape]) -> set[tuple[str, str]]:
    """The pairs of tokens that a match may begin with; `<...>` is a class of tokens."""
    return {_pair(prefix) if isinstance(prefix, str) else prefix for prefix in _extend_all({""}, nodes, shapes)}


def _extend_all(prefixes: set[_Prefix], nodes: tuple[Node, ...], shapes: Mapping[str, SlotShape]) -> set[_Prefix]:
    for node in nodes:
        if not any(isinstance(prefix, str) for prefix in prefixes):
            break
        prefixes = _extend(prefixes, node, shapes)
        _check_count(len(prefixes), next((one for one in prefixes if isinstance(one, str)), ""))
    return prefixes


def _extend(prefixes: set[_Prefix], node: Node, shapes: Mapping[str, SlotShape]) -> set[_Prefix]:
    if isinstance(node, Choice):
        return set().union(*(_extend_all(prefixes, option, shapes) for option in node.options))
    ends = (node.text,) if isinstance(node, Literal) else shape_of(node.name, shapes).openings
    return {_close(prefix + end) if isinstance(prefix, str) else prefix for prefix in prefixes for end in ends}


@cache
def _close(prefix: str) -> _Prefix:
    """Settle a prefix once a third token has begun: its first two cannot change any more."""
    return _pair(prefix) if len(_PIECE.findall(prefix)) > 2 else prefix


def _pair(prefix: str) -> tuple[str, str]:
    pieces = list(_PIECE.finditer(prefix))
    if not pieces or pieces[0][0] == ANY or _is_stuck(pieces, 0):
        raise ValueError(f"a pattern must open with a word, a number or a slot, not {prefix!r}")
    second = pieces[1][0] if len(pieces) > 1 and not _is_stuck(pieces, 1) else ANY
    return _class_of(pieces[0][0]), _class_of(second)


def _class_of(piece: str) -> str:
    """Digits written out in a pattern are looked up by their class, as all digits are."""
    return piece if piece[0] > "9" or piece[0] in "<*" else digit_class(piece)


def digit_class(digits: str) -> str:
    """The class of a token of digits: `<#4>` may be a year, `<#>` a smaller number."""
    return "<#4>" if len(digits) == 4 and digits[:2] in ("19", "20") else "<#>" if len(digits) < 4 else ""


def _is_stuck(pieces: list[re.Match[str]], at: int) -> bool:
    """Whether a piece is written on to the next, so that the text holds both as one token."""
    if at + 1 >= len(pieces) or pieces[at].end() != pieces[at + 1].start():
        return False
    return not any(piece[0].startswith("<#") or piece[0].isdigit() for piece in pieces[at : at + 2])


def expand(nodes: tuple[Node, ...]) -> list[str]:
    """Every string that a pattern without slots stands for."""
    texts = [""]
    for node in nodes:
        if isinstance(node, Slot):
            raise ValueError(f"${node.name} cannot stand in a list of words")
        if isinstance(node, Literal):
            texts = [text + node.text for text in texts]
        else:
            ends = [end for option in node.options for end in expand(option)]
            _check_count(len(texts) * len(ends), texts[0] + ends[0])
            texts = [text + end for text in texts for end in ends]
    return texts
