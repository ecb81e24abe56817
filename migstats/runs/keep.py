"""Saves texts as they were read, under their hash."""

from __future__ import annotations

from pathlib import Path

SUFFIX = ".txt"


def keep_text(folder: Path, text: str, digest: str) -> Path:
    """Save a text whose hash is known, whole or not at all; one that is there already stays."""
    from migstats.whole import make_file, telling

    path = folder / (digest + SUFFIX)
    with telling(path):
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with make_file(path, lasting=False) as made:
                made.write_bytes(text.encode("utf-8", "replace"))
    return path
