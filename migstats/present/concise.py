"""One line a finding, as compilers write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from migstats.check import find_code
from migstats.present._place import Places
from migstats.runs.examine import Examined
from migstats.show import squeeze

if TYPE_CHECKING:
    from migstats.present import Look


def write(documents: Iterable[Examined], stream: TextIO, look: Look) -> None:  # noqa: ARG001 (all formats take a look)
    """Write path, line, column, level, code and message."""
    for document in documents:
        places = Places(document.document.text)
        for finding in document.findings:
            line, column = places.find_first(finding.spans)
            code = find_code(finding.code)
            told = f"{finding.level} {code.id} {code.name}: {squeeze(finding.message)}"
            stream.write(f"{squeeze(document.document.name)}:{line}:{column}: {told}\n")
