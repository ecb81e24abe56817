"""Names of files for documents, which may be called anything."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath

LONGEST = 80


class Names:
    """Gives each document a file name of its own."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, document: str) -> str:
        """Name a file for a document: its own name as far as files can bear it, and never the same twice.

        >>> names = Names()
        >>> names.give("news/a b.txt"), names.give("dump.jsonl#12"), names.give("old/a_b.txt")
        ('a_b', 'dump.jsonl_12', 'a_b-036324f6')
        """
        stem = PurePosixPath(document).name.removesuffix(".txt")
        plain = re.sub(r"[^\w.-]+", "_", stem).strip("._-")[:LONGEST] or "document"
        name, count = plain, 0
        while name.casefold() in self._given:
            count += 1
            name = f"{plain}-{sha256(f'{document}:{count}'.encode('utf-8', 'replace')).hexdigest()[:8]}"
        self._given.add(name.casefold())
        return name
