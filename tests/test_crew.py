"""Many processes: results in order, bounded reading ahead, deaths survived."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from doers import Deadly, Slow, Square, Unable
from hypothesis import given
from hypothesis import strategies as st

from migstats.errors import MigstatsError
from migstats.runs import crew
from migstats.runs.crew import cut_batches, run_crew


def bury(number: int, code: int | None) -> int:
    """Take note of an item that killed."""
    assert code is not None
    return -1000 + number


@given(st.lists(st.integers(0, 2 * crew.WEIGHT), max_size=200))
def test_batches_are_the_items_in_order(items: list[int]) -> None:
    """Nothing is lost, and no batch grows without bound."""
    batches = list(cut_batches(items, lambda item: item))
    assert [item for batch in batches for item in batch] == items
    assert all(0 < len(batch) <= crew.ITEMS for batch in batches)
    assert all(sum(batch[:-1]) < crew.WEIGHT for batch in batches)


@pytest.mark.parametrize("start", [Square, Slow])
def test_results_come_in_order(start: type) -> None:
    """However long each takes."""
    assert list(run_crew(range(300), start, mourn=bury, jobs=2)) == [number * number for number in range(300)]
    assert not multiprocessing.active_children()


def test_no_items_no_results() -> None:
    """An empty stream ends."""
    assert list(run_crew([], Square, mourn=bury, jobs=2)) == []


def test_reading_ahead_is_bounded() -> None:
    """However many items there are, few are held."""
    read = 0

    def count() -> Iterator[int]:
        nonlocal read
        while True:
            read += 1
            yield read

    results = run_crew(count(), Square, mourn=bury, jobs=2)
    for done, _ in enumerate(results):
        assert read - done <= crew.ITEMS * (crew.AHEAD * 2 + 1)
        if done == 2000:
            break
    del results
    gc.collect()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("at", [0, 40, 99])
def test_an_item_that_kills_is_told_and_the_rest_is_done(at: int, tmp_path: Path) -> None:
    """The process that died is replaced."""
    items = [*range(at), -1, *range(at, 99)]
    results = list(run_crew(items, partial(Deadly, str(tmp_path)), mourn=bury, jobs=2))
    assert results == [-1001 if item == -1 else item * item for item in items]


def test_a_death_that_is_not_repeated_costs_nothing(tmp_path: Path) -> None:
    """As when somebody else ended the process."""
    items = [*range(50), -2, *range(50)]
    results = list(run_crew(items, partial(Deadly, str(tmp_path)), mourn=bury, jobs=2))
    assert results == [item * item for item in items]


def test_a_process_that_cannot_start_is_an_error() -> None:
    """Nobody waits for it."""
    with pytest.raises(MigstatsError, match="could not be started"):
        list(run_crew(range(9), Unable, mourn=bury, jobs=2))
    assert not multiprocessing.active_children()


def test_what_breaks_in_reading_waits_for_its_turn() -> None:
    """All that was read before is done first."""

    def break_off() -> Iterator[int]:
        yield from range(100)
        raise MigstatsError("no more")

    done: list[int] = []
    with pytest.raises(MigstatsError, match="no more"):
        done += run_crew(break_off(), Square, mourn=bury, jobs=2)
    results = run_crew(break_off(), Square, mourn=bury, jobs=2)
    assert [next(results) for _ in range(100)] == [number * number for number in range(100)]
    with pytest.raises(MigstatsError, match="no more"):
        next(results)
