"""A share of the documents, told by their ids alone: the shards together are exactly the whole."""

from __future__ import annotations

from hashlib import blake2b

from migstats.caching.regex import expression
from migstats.errors import MigstatsError
from migstats.model import Document
from migstats.value import dataclass

_WRITTEN = expression(r"(\d{1,9})/(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many shares, counted from 1."""

    index: int
    count: int

    def holds(self, document: Document) -> bool:
        """Tell whether a document is in this share; the folder that its file lies in plays no part."""
        key = document.id or document.name.rpartition("/")[2]
        digest = blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.count == self.index - 1


def read_shard(written: str) -> Shard:
    """Read a shard as it is written on the command line.

    >>> read_shard("2/8")
    Shard(index=2, count=8)
    """
    found = _WRITTEN.fullmatch(written)
    shard = Shard(*map(int, found.groups())) if found else Shard(0, 0)
    if not 1 <= shard.index <= shard.count:
        raise MigstatsError(f"'{written}' is no shard", remedy="write the first of four as 1/4, the last as 4/4")
    return shard
