"""Many processes that do one thing each with items of a stream, and give what comes of them in order."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from migstats.errors import MigstatsError
from migstats.interrupt import holding_interrupts
from migstats.value import dataclass, field

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS = 32
WEIGHT = 1 << 14
"""A batch is full with so many items, or so many characters."""

AHEAD = 4
"""Batches a process that may be under way or wait for their turn: what bounds the memory."""

_GRACE = 5


class Doer(Protocol):
    """What each process makes for itself, once."""

    def do(self, item: Any, /) -> Any:
        """Do the work with one item."""


@dataclass(slots=True)
class _Batch(Generic[Item, Result]):
    """Some items, and what came of the first of them."""

    items: list[Item]
    results: list[Result] = field(default_factory=list)
    singly: bool = False
    """One at a time, as a process died over the batch."""
    struck: bool = False
    """A process died over the next item alone."""

    @property
    def done(self) -> bool:
        """Tell whether there is nothing left to do."""
        return len(self.results) == len(self.items)

    @property
    def next(self) -> list[Item]:
        """Give what a process gets next."""
        first = len(self.results)
        return self.items[first : first + 1] if self.singly else self.items[first:]


class _Worker:
    """A process, and the batch that it has."""

    def __init__(self, start: Callable[[], Doer]) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, start), daemon=True)
        with holding_interrupts(frozenset([signal.SIGINT])):
            self.process.start()
        theirs.close()
        self.ready = False
        self.batch: _Batch[Any, Any] | None = None

    def give(self, batch: _Batch[Any, Any]) -> None:
        """Hand over a batch; a process that is dead by now is found out when its answer is awaited."""
        self.batch = batch
        try:
            self.pipe.send(batch.next)
        except OSError:
            return

    def end(self) -> int | None:
        """Let go of the process, and tell its exit code."""
        self.pipe.close()
        if self.batch is not None:
            self.process.terminate()
        self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return self.process.exitcode


class Crew(Generic[Item, Result]):
    """Processes at work on batches."""

    def __init__(self, start: Callable[[], Doer], mourn: Callable[[Item, int | None], Result], jobs: int) -> None:
        self._start = start
        self._mourn = mourn
        self._again: deque[_Batch[Item, Result]] = deque()
        self._workers = [_Worker(start) for _ in range(jobs)]

    def run(self, batches: Iterator[list[Item]]) -> Iterator[Result]:
        """Go through the results in the order of the items; what goes wrong in reading waits for its turn, too."""
        queue: deque[_Batch[Item, Result]] = deque()
        broken: Exception | None = None
        more = True
        while more or queue:
            try:
                more = self._feed(batches, queue)
            except Exception as error:
                broken, more = error, False
            while queue and queue[0].done:
                yield from queue.popleft().results
            if queue:
                self._listen()
        if broken is not None:
            raise broken

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def _feed(self, batches: Iterator[list[Item]], queue: deque[_Batch[Item, Result]]) -> bool:
        """Give every idle process a batch; tell whether there may be more."""
        for worker in self._workers:
            if worker.batch is not None:
                continue
            if self._again:
                worker.give(self._again.popleft())
                continue
            if len(queue) >= AHEAD * len(self._workers):
                break
            items = next(batches, None)
            if items is None:
                return False
            queue.append(_Batch(items))
            worker.give(queue[-1])
        return True

    def _listen(self) -> None:
        """Wait for answers."""
        answering = {worker.pipe: worker for worker in self._workers if worker.batch is not None}
        for pipe in wait(list(answering)):
            worker = answering[pipe]  # type: ignore[index]
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if worker.ready:
                self._take(worker, answer)
            worker.ready = True

    def _take(self, worker: _Worker, results: list[Result]) -> None:
        """Take what came of a batch, or of one item of it."""
        batch = worker.batch
        assert batch is not None
        batch.results += results
        batch.struck = False
        worker.batch = None
        if not batch.done:
            worker.give(batch)

    def _replace(self, worker: _Worker) -> None:
        """Put another process in the place of one that died; what it had is done again, item by item."""
        batch, worker.batch = worker.batch, None
        code = worker.end()
        if not worker.ready:
            said = f"a process could not be started (exit code {code})"
            raise MigstatsError(said, remedy="do it with --jobs 1")
        self._workers[self._workers.index(worker)] = _Worker(self._start)
        assert batch is not None
        if batch.struck:
            batch.results.append(self._mourn(batch.next[0], code))
        batch.struck = batch.singly and not batch.struck
        batch.singly = True
        if not batch.done:
            self._again.append(batch)


def run_crew(
    items: Iterable[Item],
    start: Callable[[], Doer],
    *,
    mourn: Callable[[Item, int | None], Result],
    weigh: Callable[[Item], int] = lambda _: 0,
    jobs: int,
) -> Iterator[Result]:
    """Do something with each item in as many processes, and give the results in order.

    `start` is called once in each process, and must be fit to be sent there. Only a few batches of items are held at a
    time. A process that dies is replaced, and an item that kills two more is given to `mourn`.
    """
    crew: Crew[Item, Result] = Crew(start, mourn, jobs)
    try:
        yield from crew.run(cut_batches(items, weigh))
    finally:
        crew.close()


def cut_batches(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Put items together; what was read before reading fails is given first."""
    batch: list[Item] = []
    weight = 0
    try:
        for item in items:
            batch.append(item)
            weight += weigh(item)
            if len(batch) >= ITEMS or weight >= WEIGHT:
                yield batch
                batch, weight = [], 0
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _serve(pipe: Connection, start: Callable[[], Doer]) -> None:
    """Work until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        doer = start()
        pipe.send(None)
        while True:
            pipe.send([doer.do(item) for item in pipe.recv()])
    except (EOFError, ConnectionError):  # also the reset of a pipe whose first word nobody stayed to read
        return
