"""Saves texts as they were read, under their hash."""

from __future__ import annotations

import os
from pathlib import Path

from migstats.errors import MigstatsError

SUFFIX = ".txt"


def keep_text(folder: Path, text: str, digest: str) -> Path:
    """Save a text whose hash is known, whole or not at all; one that is there already stays."""
    from tempfile import NamedTemporaryFile

    path = folder / (digest + SUFFIX)
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("wb", dir=folder, prefix=".", delete=False) as made:
                made.write(text.encode("utf-8", "replace"))
            os.replace(made.name, path)
    except OSError as error:
        raise MigstatsError(f"cannot be written: {(error.strerror or '').lower()}", path=str(path)) from None
    return path
