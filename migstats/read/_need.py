"""Names the package that a format lacks, and how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from migstats.errors import MissingExtra


def need(what: str, extra: str, *modules: str) -> None:
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
