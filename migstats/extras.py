"""Packages that only some formats need, and that not everyone has."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from migstats.errors import MigstatsError, MissingExtra


def need(module: str, extra: str) -> Any:
    """Import a package of an extra, or say which `pip install` brings it.

    >>> need("json", "xlsx").__name__
    'json'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        raise MigstatsError(f"{module} is not installed", remedy=f"pip install 'migstats[{extra}]'") from None


def look_for(what: str, extra: str, *modules: str) -> None:
    """Say how to get what is missing, if anything is; nothing is imported. It is the same line for every file."""
    for module in modules:
        if not _is_there(module):
            said = f"{what} cannot be read: {module} is not installed"
            raise MissingExtra(said, remedy=f"pip install 'migstats[{extra}]'")


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
