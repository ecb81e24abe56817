"""Interrupted runs: whatever is cut off, going on gives the same bytes as a run that nobody disturbed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migstats.errors import MigstatsError
from migstats.model import Document
from migstats.runs import resume
from migstats.runs.fingerprint import is_repeatable
from migstats.runs.resume import LOG, PART, open_part
from migstats.runs.shard import Shard, read_shard

MADE_OF = {"the input": "a", "the packs": "b"}

documents = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=12)


class Killed(BaseException):
    """The run was ended from outside."""


def run(path: Path, texts: Sequence[str], *, resume: bool, stop: int | None = None) -> int:
    """Write each text as what came of a document; tell at which it began."""
    with open_part(path, MADE_OF, resume, every=0) as part:
        first = part.at.documents
        if not part.at.size:
            part.write("head\n", documents=0)
        for number, text in enumerate(texts[first:], start=first):
            if number == stop:
                raise Killed
            part.write(text)
    return first


def expect(texts: Sequence[str]) -> bytes:
    """What a whole run writes."""
    return ("head\n" + "".join(texts)).encode()


@settings(deadline=None)  # the disk takes its time
@given(documents, st.data())
def test_a_cut_at_any_byte_of_either_file_loses_and_doubles_nothing(texts: list[str], data: st.DataObject) -> None:
    """The part and its log break off wherever they like, more than once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        part, log = path.with_name(path.name + PART), path.with_name(path.name + LOG)
        for _ in range(data.draw(st.integers(1, 3))):
            stop = data.draw(st.integers(0, len(texts) - 1))
            with suppress(Killed):
                run(path, texts, resume=True, stop=stop)
            for file in (part, log):
                if file.exists():
                    size = data.draw(st.integers(0, file.stat().st_size))
                    with file.open("r+b") as stream:
                        stream.truncate(size)
            assert not path.exists() or path.read_bytes() == expect(texts)
        run(path, texts, resume=True)
        assert path.read_bytes() == expect(texts)
        assert list(Path(folder).iterdir()) == [path]


@settings(deadline=None)  # the disk takes its time
@given(documents, st.data())
def test_what_stands_behind_the_last_line_of_the_log_is_done_again(texts: list[str], data: st.DataObject) -> None:
    """A process killed between two lines of the log has written more than it tells."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        stop = data.draw(st.integers(1, len(texts)))
        with pytest.raises(Killed):
            run(path, [*texts, ""], resume=False, stop=stop)
        with path.with_name(path.name + PART).open("ab") as stream:
            stream.write(data.draw(st.binary(max_size=9)))
        assert run(path, texts, resume=True) == stop
        assert path.read_bytes() == expect(texts)


def test_only_the_same_run_goes_on(tmp_path: Path) -> None:
    """What changed is named, and nothing is touched."""
    path = tmp_path / "out.jsonl"
    with pytest.raises(Killed):
        run(path, ["a", "b"], resume=False, stop=1)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with (
        pytest.raises(MigstatsError, match="the packs changed") as caught,
        open_part(path, {**MADE_OF, "the packs": "c"}, True),
    ):
        pass
    assert caught.value.remedy == "do it anew without --resume"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert run(path, ["a", "b"], resume=True) == 1


def test_a_run_without_resume_begins_anew(tmp_path: Path) -> None:
    """What an earlier one left is nothing to it."""
    path = tmp_path / "out.jsonl"
    with pytest.raises(Killed):
        run(path, ["a", "b"], resume=False, stop=1)
    assert run(path, ["c", "d"], resume=False) == 0
    assert path.read_bytes() == b"head\ncd"


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    """And keeps its rights; a run that did nothing leaves nothing."""
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(Killed):
        run(path, ["a"], resume=False, stop=0)
    assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text() == "old"
    run(path, ["a"], resume=False)
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    """The second is refused."""
    pytest.importorskip("fcntl")
    path = tmp_path / "out.jsonl"
    with open_part(path, MADE_OF, False) as part:
        part.write("a")
        with pytest.raises(MigstatsError, match="another run is writing"), open_part(path, MADE_OF, False):
            pass
        part.write("b")
    assert path.read_text() == "ab"


def test_a_run_at_the_door_does_not_spoil_what_another_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had the log open when the other one, which held it, was done and took it away."""
    pytest.importorskip("fcntl")
    path = tmp_path / "out.jsonl"
    lock = resume._lock
    with ExitStack() as first:
        part = first.enter_context(open_part(path, MADE_OF, False))
        part.write("a")

        def come_late(log: BinaryIO, name: Path) -> None:
            first.close()
            lock(log, name)

        monkeypatch.setattr(resume, "_lock", come_late)
        with open_part(path, MADE_OF, False) as second:
            assert path.read_text() == "a"
            second.write("b")
            with pytest.raises(MigstatsError, match="another run is writing"), open_part(path, MADE_OF, False):
                pass
    assert path.read_text() == "b"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_read_twice(tmp_path: Path) -> None:
    """Standard input and pipes; files and folders can."""
    assert is_repeatable([str(tmp_path), "no/*.jsonl"])
    assert not is_repeatable([str(tmp_path), "-"])
    assert not is_repeatable(["/dev/null"])


@given(st.lists(st.text(), unique=True), st.integers(1, 9))
def test_shards_are_the_whole(names: list[str], count: int) -> None:
    """Each document is in one of them, and in no other."""
    shards = [Shard(index, count) for index in range(1, count + 1)]
    for name in names:
        document = Document(name or "-", "text", id=name or None)
        assert sum(shard.holds(document) for shard in shards) == 1


def test_a_shard_is_told_by_the_id_alone() -> None:
    """Not by the folder, nor by the file where there is an id; and on every machine alike."""
    half = Shard(1, 2)
    for name in map(str, range(50)):
        assert half.holds(Document(f"a/d.jsonl#{name}", "x", id=name)) == half.holds(
            Document(f"b.gz#{name}", "y", id=name)
        )
        assert half.holds(Document(f"a/{name}.txt", "x")) == half.holds(Document(f"b/c/{name}.txt", "x"))
    held = [name for name in map(str, range(40)) if half.holds(Document(name, "x", id=name))]
    assert held[:5] == HELD
    assert 10 < len(held) < 30


HELD = ["1", "2", "4", "5", "6"]


@pytest.mark.parametrize("written", ["0/4", "5/4", "1", "1/0", "a/b", "1/4/2", "-1/4", ""])
def test_a_shard_that_is_none_is_refused(written: str) -> None:
    """With how to write one."""
    with pytest.raises(MigstatsError, match="is no shard"):
        read_shard(written)


def test_nothing_is_left_of_copies(tmp_path: Path) -> None:
    """A finished run leaves its file alone behind."""
    run(tmp_path / "out.jsonl", ["a"], resume=True)
    shutil.copy(tmp_path / "out.jsonl", tmp_path / "copy.jsonl")
    run(tmp_path / "out.jsonl", ["a"], resume=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.jsonl", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "copy.jsonl").read_bytes()
