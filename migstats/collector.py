"""Lets Python's collector of unreachable values run seldom, in processes that are the program's own.

What a run makes and keeps are mostly the words of languages, which stay, and what it makes of a document goes without
the collector's help. Going through all of it again and again took a quarter of a short run's time, a tenth of a long
one's.
"""

from __future__ import annotations

import gc

YOUNG = 200_000
"""Values made since the collector last ran that let it run again; a short run makes fewer."""


def collect_seldom() -> None:
    """Let the collector run seldom from now on."""
    gc.set_threshold(YOUNG)


def leave_uncollected() -> None:
    """Take it that all there is goes with the process, so that it need not be taken apart first."""
    gc.freeze()
