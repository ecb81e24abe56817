"""Annotations of a workflow on GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from migstats.check import find_code
from migstats.present._place import Places
from migstats.runs.examine import Examined
from migstats.show import squeeze

if TYPE_CHECKING:
    from migstats.present import Look

_LEVELS = {"note": "notice"}
_ESCAPED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_ESCAPED, ":": "%3A", ",": "%2C"}


def write(documents: Iterable[Examined], stream: TextIO, look: Look) -> None:  # noqa: ARG001 (all formats take a look)
    """Write a workflow command for each finding."""
    for document in documents:
        places = Places(document.document.text)
        for finding in document.findings:
            line, column = places.find_first(finding.spans)
            title = _escape(f"{finding.code} {find_code(finding.code).name}", _IN_PROPERTY)
            file = _escape(squeeze(document.document.name), _IN_PROPERTY)
            level = _LEVELS.get(finding.level, finding.level)
            message = _escape(squeeze(finding.message), _ESCAPED)
            stream.write(f"::{level} file={file},line={line},col={column},title={title}::{message}\n")


def _escape(text: str, signs: dict[str, str]) -> str:
    """Write the signs that a command gives a meaning otherwise."""
    return "".join(signs.get(char, char) for char in text)
