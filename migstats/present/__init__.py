"""What `check` prints: a format a module, found by its name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, TextIO, cast

from migstats.errors import UnknownName
from migstats.folder import list_modules
from migstats.runs.examine import Examined
from migstats.value import dataclass

__all__ = ["Form", "Look", "find_form", "form_names"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is to be shown."""

    ledger: bool = False
    """Whether to list every number."""


class Form(Protocol):
    """What a module of this folder offers."""

    def write(self, documents: Iterable[Examined], stream: TextIO, look: Look) -> None:
        """Write documents as they come."""


def find_form(name: str) -> Form:
    """Find a format by its name."""
    if name not in form_names():
        raise UnknownName("format", name, form_names())
    return cast(Form, import_module(f"{__name__}.{name}"))


def form_names() -> list[str]:
    """List the formats."""
    return list_modules(__path__)
