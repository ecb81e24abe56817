"""Goes through the lines of a dump, decoded, none of them longer than a document may be."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from migstats.errors import ReadError, TooLarge
from migstats.read._decode import decode_text
from migstats.read._size import show_size
from migstats.read._source import Source

_PATIENCE = 64
"""Lines of the largest size that one may be as long as, to be passed over."""


def read_lines(source: Source) -> Iterator[bytes | None]:
    """Go through the lines; one that is too long to hold is `None`."""
    first = True
    limit = source.line
    while line := source.stream.readline(limit):
        if first and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ReadError("this is UTF-16 or UTF-32", path=source.name, remedy="a dump is UTF-8: convert it")
        if len(line) < limit or line.endswith(b"\n"):
            yield line.removeprefix(codecs.BOM_UTF8) if first else line
        else:
            _pass_over(source)
            yield None
        first = False


def _pass_over(source: Source) -> None:
    """Go to the end of a line; one without an end is no line."""
    for _ in range(_PATIENCE):
        line = source.stream.readline(source.line)
        if not line or line.endswith(b"\n"):
            return
    said = f"a line of more than {show_size(_PATIENCE * source.line)}"
    raise TooLarge(said, path=source.name, remedy="a dump has one document a line")


def decode_line(line: bytes, source: Source) -> str:
    """Decode a line; an encoding other than UTF-8 is told."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode_text(line, source.name, source.warn)
