"""Reads the tree of a web page: its lines, and which of them are only links or captions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migstats.caching.regex import expression
from migstats.value import dataclass

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 (easier to read)
)
_MENUS = frozenset(("nav", "header", "footer", "form", "menu"))
_SILENT = frozenset("script style noscript template svg math head iframe object select textarea button".split())  # noqa: SIM905
_SPACE = expression(r"[ \t\n\r\f]+")
LINKED = 0.7
"""The share of a line that is links, from which on it only leads elsewhere."""
WORDS = 4
"""Words that a link must have to say something; a shorter one is a menu's."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page as it is shown."""

    text: str
    aside: bool
    """It leads to another text, or stands under a picture."""
    heading: bool = False
    menu: bool = False


def read_lines(tree: Any) -> Iterator[Line]:
    """Go through the lines of a page, in order."""
    for element in tree.iter():
        if element.tag not in _BLOCKS or _is_silent(element):
            continue
        text, linked = _gather(element)
        line = squeeze(text)
        if not line:
            continue
        menu = any(above.tag in _MENUS for above in (element, *element.iterancestors()))
        aside = element.tag == "figcaption" or len(squeeze(linked)) >= LINKED * len(line)
        yield Line(line, aside and len(line.split()) >= WORDS, element.tag == "h1", menu)


def squeeze(text: str) -> str:
    """Write white space as a browser does; spaces that do not break stay."""
    return _SPACE.sub(" ", text).strip(" ")


def _is_silent(element: Any) -> bool:
    """Tell what is not shown."""
    return any(above.tag in _SILENT for above in element.iterancestors())


def _gather(block: Any, linked: bool = False) -> tuple[str, str]:
    """Gather the text of a block without that of the blocks in it, and the part of it that is links."""
    text, links = [block.text or ""], [block.text or ""] if linked else []
    for child in block:
        if isinstance(child.tag, str) and child.tag not in _SILENT and child.tag not in _BLOCKS:
            inner = _gather(child, linked or child.tag == "a")
            text.append(inner[0])
            links.append(inner[1])
        if child.tag in _BLOCKS or child.tag == "br":
            text.append(" ")
        text.append(child.tail or "")
        if linked:
            links.append(child.tail or "")
    return "".join(text), "".join(links)
