"""Real PDF and HTML files of other makers and layouts: none of them ends the program, and what they hold is told.

They are fetched by tests/tools/fetch_samples.py, into the folder that MIGSTATS_SAMPLES names.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migstats.errors import MigstatsError
from migstats.formats import Listener
from migstats.loading.load import Packs
from migstats.runs.extract import Wanted, extract_one
from migstats.runs.walk import read_paths

FOLDER = Path(os.environ.get("MIGSTATS_SAMPLES", "no such folder"))
LARGEST = 200_000
"""Bytes of a file that is also analysed."""


@pytest.mark.parametrize(("suffix", "fewest"), [("pdf", 10), ("htm", 10)])
def test_real_files_are_read(suffix: str, fewest: int, packs: Packs) -> None:
    """Each gives a document or one line; spans and pages hold."""
    if not FOLDER.is_dir():
        pytest.skip("needs the files of tests/tools/fetch_samples.py")
    pytest.importorskip({"pdf": "pypdfium2", "htm": "trafilatura"}[suffix], reason="needs an extra")
    done = 0
    for path in sorted(path for path in FOLDER.iterdir() if path.suffix.lower().startswith(f".{suffix}")):
        failures: list[MigstatsError] = []
        documents = list(read_paths([str(path)], Listener(lambda _: None, failures.append)))
        assert len(documents) + len(failures) == 1
        for failure in failures:
            assert failure.path == str(path)
            assert "could not be done" not in str(failure)
        for document in documents:
            done += 1
            size = len(document.text)
            assert list(document.marks) == sorted(document.marks)
            assert all(0 <= mark.start < mark.end <= size for mark in document.marks)
            assert list(document.pages) == sorted(document.pages)
            if path.stat().st_size < LARGEST and size < LARGEST // 10:
                _, records = extract_one(document, packs, Wanted(related=True))
                assert all(document.text[r.start : r.end] == r.number for r in records)
    assert done >= fewest
