"""Migration statistics read out of press texts, each with its place in the text.

>>> from migstats import extract
>>> [record.value for record in extract("In 2023 the navy rescued 1,200 migrants at sea.")]
[1200]
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from migstats.version import __version__

if TYPE_CHECKING:
    from migstats.errors import MigstatsError as MigstatsError
    from migstats.library import Figures as Figures
    from migstats.library import Wanted as Wanted
    from migstats.library import extract as extract
    from migstats.library import read as read
    from migstats.library import to_arrow as to_arrow
    from migstats.loading.load import Packs as Packs
    from migstats.loading.load import load_packs as load_packs
    from migstats.model import Document as Document
    from migstats.records.record import Record as Record

_HOMES = {
    "MigstatsError": "errors",
    "Figures": "library",
    "extract": "library",
    "read": "library",
    "to_arrow": "library",
    "Wanted": "library",
    "Packs": "loading.load",
    "load_packs": "loading.load",
    "Document": "model",
    "Record": "records.record",
}
"""The module that each name comes from; it is imported when the name is asked for."""

__all__ = [
    "Document", "Figures", "MigstatsError", "Packs", "Record", "Wanted", "__version__", "extract", "load_packs", "read",
    "to_arrow",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'migstats' has no attribute '{name}'")
    value = getattr(import_module(f"migstats.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List what there is."""
    return sorted({*globals(), *__all__})


class _Library(ModuleType):
    """The package, whose functions are not hidden by stages of the same name when these are imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Library
