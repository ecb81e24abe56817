"""The modules of a folder, found by their names (`pkgutil` does the same, and takes long to import)."""

from __future__ import annotations

import os
from collections.abc import Iterable

_SUFFIX = ".py"


def list_modules(path: Iterable[str]) -> list[str]:
    """List the modules of a package, given its `__path__`, but for those whose names begin with `_`."""
    names = (name for folder in path for name in os.listdir(folder))
    return sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX) and name[0] != "_")
