"""Where the outcomes of a run go: to standard output, or to a file that an interrupted run can go on with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from migstats.cli._stream import get_stdout
from migstats.cli._voice import Voice
from migstats.value import dataclass

if TYPE_CHECKING:
    from migstats.loading.load import Packs
    from migstats.output import Format, Lines, Stream
    from migstats.runs.work import Outcome

Outcomes = Callable[[int], "Iterator[Outcome]"]
"""Starts a run behind so many documents."""

_FLUSH = 0.2


@dataclass(frozen=True, slots=True)
class Target:
    """Where outcomes go, and how."""

    form: Format
    packs: Packs
    lines: Lines | None
    """The same, where each document is written by itself."""
    path: Path | None = None
    made_of: Mapping[str, str] | None = None
    """What the run is made of, where it can be gone on with."""
    resume: bool = False

    def take(self, start: Outcomes, voice: Voice) -> None:
        """Write all outcomes."""
        if self.path is None:
            self._pour(start(0), get_stdout())
            return
        from migstats.output import Store
        from migstats.records.record import Found
        from migstats.whole import open_output

        if isinstance(self.form, Store):
            found = (Found(one.document, one.records, one.issues) for one in start(0) if one.document is not None)
            self.form.save(found, self.path, self.packs.codebook)
        elif self.lines is not None and self.made_of is not None:
            self._grow(start, self.lines, voice)
        else:
            with open_output(self.path) as stream:
                self._pour(start(0), stream)

    def _pour(self, outcomes: Iterator[Outcome], stream: TextIO) -> None:
        """Write to a stream as it comes; a reader of it need not wait for a full buffer."""
        if self.lines is None:
            cast("Stream", self.form).write((record for outcome in outcomes for record in outcome.records), stream)
            return
        stream.write(self.lines.HEAD)
        last = 0.0
        for outcome in outcomes:
            if not outcome.text:
                continue
            stream.write(outcome.text)
            if time.monotonic() - last > _FLUSH:
                stream.flush()
                last = time.monotonic()

    def _grow(self, start: Outcomes, lines: Lines, voice: Voice) -> None:
        """Write to a file that keeps what it has when the run breaks off."""
        from migstats.interrupt import holding_interrupts
        from migstats.runs.resume import open_part

        path = cast(Path, self.path)
        try:
            with open_part(path, self.made_of or {}, self.resume) as part:
                voice.failed = voice.failed or part.at.failed
                if not part.at.size:
                    part.write(lines.HEAD, documents=0)
                for outcome in start(part.at.documents):
                    with holding_interrupts():
                        part.write(outcome.text, failed=voice.failed)
        except KeyboardInterrupt:
            voice.end_progress()
            voice.tell(f"{path}: interrupted; what was done is kept, and --resume goes on with it")
            raise
