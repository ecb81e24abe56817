"""Text made fit to be shown on a terminal."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

from migstats.caching.regex import expression

if TYPE_CHECKING:
    from rich.console import Console

Value = TypeVar("Value")

WIDTH, HEIGHT = 80, 24
NARROWEST = 78
UNSEEN = (
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
"""What has no shape of its own, but changes how the text around it looks: of no width, turning its direction, tags."""

_CONTROLS = expression(f"[\0-\x08\x0b-\x1f\x7f-\x9f{UNSEEN}]")
_FILLING = expression(r" +(?=\n)")
_SEPARATORS = "\u2028\u2029"
_PICTURES = 0x2400
_DELETE = "\u2421"
_SIGNS = {"approximately": "~", "at_least": "\u2265", "at_most": "\u2264"}


def defuse(value: Value) -> Value | str:
    r"""Show control characters instead of sending them: a text must not command the terminal.

    >>> defuse("\x1b[31m12 boats")
    '\u241b[31m12 boats'
    """
    return _CONTROLS.sub(_picture, value) if isinstance(value, str) else value


def squeeze(text: str) -> str:
    """Write a text in one line."""
    return defuse(" ".join(text.split()))


def show_number(value: int | float | Decimal) -> str:
    """Write a number with its thousands apart.

    >>> show_number(78685), show_number(33.3)
    ('78 685', '33.3')
    """
    return f"{value:,}".replace(",", " ")


def show_value(value: int | float, high: int | float | None, qualifier: str, unit: str) -> str:
    """Write a value with how exactly it is stated."""
    sign = _SIGNS.get(qualifier, "")
    ends = show_number(value) + (f"\u2013{show_number(high)}" if high is not None else "")
    return f"{sign} {ends}".strip() + (" %" if unit == "percent" else "")


def make_console(stream: TextIO) -> Console:
    """Make a console that writes to a stream: as wide as the terminal, 80 columns where there is none."""
    from rich.console import Console
    from rich.text import Text

    class Piped(Console):
        """A console that sends no text unseen, and leaves it to the program what a closed pipe means."""

        def render_str(self, text: str, **look: Any) -> Text:
            return super().render_str(str(defuse(text)), **look)

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    told = stream if stream.isatty() else cast("TextIO", _Trimmed(stream))
    width = WIDTH
    if stream.isatty() or os.environ.get("COLUMNS", "").isdigit():
        from shutil import get_terminal_size

        width = get_terminal_size((WIDTH, HEIGHT)).columns
    width = max(width, NARROWEST)
    # a height that is not told is asked of the terminal at every turn
    return Piped(file=told, width=width, height=HEIGHT, highlight=False, markup=False, emoji=False)


class _Trimmed:
    """A stream whose lines end with their last word: what fills a line of a terminal is none of a file's."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_FILLING.sub("", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _picture(found: re.Match[str]) -> str:
    """Give the visible sign of a control character."""
    code = ord(found.group())
    if code < 0x20:
        return chr(_PICTURES + code)
    if code < 0xA0:
        return _DELETE if code == 0x7F else "\ufffd"
    return " " if found.group() in _SEPARATORS else ""
