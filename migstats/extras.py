"""Packages that only some formats need, and that not everyone has."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from migstats.errors import MigstatsError


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
