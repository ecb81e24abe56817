"""What a reader gets: the bytes of one file, its name, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from migstats.errors import ReadError, TooLarge
from migstats.read._size import LIMIT, show_size
from migstats.value import dataclass, field, replace

Say = Callable[[str], None]

_LINE_SHARE = 4
"""What part of a document's bytes a line may have: its other fields take a hundred times their size when it is read."""

_SHARE, _FEWEST = 32, 1 << 18
"""What part of its bytes a document may have as characters of text, and how many it may have at any rate: the rest is
for pictures, type, and markup.
"""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a dump hold what, as dotted paths; what is not given is guessed from the usual names."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or one entry of an archive."""

    stream: BinaryIO
    name: str
    hear: Say
    """Hears what should be known of it, whole lines."""
    fields: Fields = field(default_factory=Fields)
    limit: int = LIMIT
    """Bytes that one document may have, unpacked."""
    suffix: str = ""
    """What the archive says that it is, where its name does not tell."""
    id: str | None = None
    url: str | None = None
    charset: str | None = None

    @property
    def characters(self) -> int:
        """How many characters its text may have: to read one takes far more memory than to hold it."""
        return max(_FEWEST, self.limit // _SHARE)

    @property
    def line(self) -> int:
        """How many bytes a line of a dump may have: a text, however it is escaped, and what stands beside it."""
        return min(self.limit, max(_FEWEST << 2, self.limit // _LINE_SHARE))

    def warn(self, message: str, line: int | None = None, remedy: str | None = None) -> None:
        """Say what should be known, with the file's name."""
        self.hear(str(ReadError(message, path=self.name, line=line, remedy=remedy)))

    def called(self, id: str, url: str | None, charset: str | None) -> Source:  # noqa: A002 (as dumps call it)
        """Give the same with what an archive says of it."""
        return replace(self, id=id, url=url, charset=charset)

    def load(self) -> bytes:
        """Read all of it into memory; what is too large is refused before it is held."""
        data = self.stream.read(self.limit + 1)
        if len(data) > self.limit:
            raise too_large(self)
        if not data.strip():
            raise ReadError("the file is empty", path=self.name)
        return data


def enter(archive: Source, stream: BinaryIO, name: str, suffix: str = "") -> Source:
    """Give one file of an archive, to be read as the archive was to be."""
    return replace(archive, stream=stream, name=name, suffix=suffix)


def check_length(text: str, source: Source) -> str:
    """Give a text back that is not too long."""
    if len(text) > source.characters:
        raise too_long(source, len(text))
    return text


def too_long(source: Source, length: int) -> TooLarge:
    """Say that a text is too long, and what lets it pass."""
    said = f"its text has {length:,} characters, more than {source.characters:,}"
    return TooLarge(said, path=source.name, remedy=f"--max-size {(length * _SHARE >> 20) + 1}M allows it")


def too_large(source: Source, limit: int | None = None) -> TooLarge:
    """Say that a document is too large, and what lets it pass."""
    said = f"larger than {show_size(limit or source.limit)}"
    return TooLarge(said, path=source.name, remedy="--max-size allows more")
