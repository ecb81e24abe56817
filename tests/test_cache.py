"""What packs are compiled into is kept between runs, and nothing ever depends on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import MINISTRY, SEEDS

from migstats.caching import cache
from migstats.caching.snapshot import Shelf, freeze, thaw
from migstats.model import Number
from migstats.words.lexicon import Lexicon, compile_lexicon

SEED = SEEDS / "003_be7defbec7ca76e9.txt"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
NOT_ROOT = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")


def extract(folder: Path, *options: str, path: Path = SEED, **environ: str) -> bytes:
    """Run the program in a process of its own; what it prints on stdout, and nothing on stderr."""
    command = [sys.executable, "-m", "migstats", "extract", "-f", "jsonl", path.as_posix(), *options]
    told = {**os.environ, "MIGSTATS_CACHE_DIR": str(folder), **environ}
    done = subprocess.run(command, capture_output=True, check=False, env=told)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What is printed without any folder."""
    folder = tmp_path_factory.mktemp("unused")
    found = extract(folder, MIGSTATS_CACHE="off")
    assert found
    assert list(folder.iterdir()) == []
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, expected: bytes) -> Path:
    """A folder that a run has filled."""
    folder = tmp_path_factory.mktemp("filled") / "new" / "cache"
    assert extract(folder) == expected
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(filled, tmp_path / "cache"))


def names(folder: Path) -> set[str]:
    """Tell what is kept."""
    return {path.name.partition("-")[0] for path in folder.iterdir()}


def spoil(folder: Path, change: Callable[[bytes], bytes]) -> None:
    """Change every file."""
    for path in folder.iterdir():
        path.write_bytes(change(path.read_bytes()))


def test_a_run_keeps_what_it_compiled(filled: Path) -> None:
    """The language of the text, and no other; nobody else can look into it."""
    assert names(filled) == {"book", "world", "places", "language"}
    assert [path.name[:11] for path in filled.glob("language-*")] == ["language-en"]
    assert filled.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in filled.iterdir())


def test_a_second_run_reads_it(folder: Path, expected: bytes) -> None:
    """And writes nothing."""
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert extract(folder) == expected
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b"migstats 1", b"migstats 0", 1),
        lambda data: os.urandom(len(data)),
        lambda data: data + b"\0",
    ],
    ids=["empty", "cut", "flipped", "version", "noise", "longer"],
)
def test_what_is_damaged_is_not_read(
    change: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happened to it."""
    monkeypatch.setenv("MIGSTATS_CACHE_DIR", str(tmp_path / "cache"))
    cache.keep("k" * 64, "mine", b"good")
    assert cache.read_kept("k" * 64, "mine") == b"good"
    spoil(tmp_path / "cache", change)
    assert cache.read_kept("k" * 64, "mine") is None


def test_damaged_files_are_made_anew(folder: Path, expected: bytes) -> None:
    """They are not believed, and do not stay."""
    spoil(folder, lambda data: data[:-1] + bytes([data[-1] ^ 1]))
    spoilt = {path: path.read_bytes() for path in folder.iterdir()}
    assert extract(folder) == expected
    assert spoilt.keys() == set(folder.iterdir())
    assert all(path.read_bytes() != data for path, data in spoilt.items())


def test_a_file_under_another_name_is_not_believed(folder: Path, expected: bytes) -> None:
    """A key stands in the file as well."""
    (world,) = folder.glob("world-*")
    (book,) = folder.glob("book-*")
    shutil.copy(world, book)
    assert extract(folder) == expected


@POSIX
@pytest.mark.parametrize("mode", [0o666, 0o620], ids=["others", "group"])
def test_files_that_others_can_write_are_not_read(
    mode: int, folder: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in them may be anybody's."""
    monkeypatch.setenv("MIGSTATS_CACHE_DIR", str(folder))
    cache.keep("k" * 64, "mine", b"good")
    assert cache.read_kept("k" * 64, "mine") == b"good"
    for path in folder.iterdir():
        path.chmod(mode)
    assert cache.read_kept("k" * 64, "mine") is None
    assert extract(folder) == expected


@POSIX
def test_a_folder_that_others_can_write_to_is_left_alone(folder: Path, expected: bytes) -> None:
    """Nothing is read there, and nothing written."""
    shutil.rmtree(folder)
    folder.mkdir()
    folder.chmod(0o777)
    assert extract(folder) == expected
    assert list(folder.iterdir()) == []


@POSIX
def test_what_belongs_to_another_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor a file."""
    monkeypatch.setenv("MIGSTATS_CACHE_DIR", str(folder))
    cache.keep("k" * 64, "mine", b"good")
    monkeypatch.setattr(os, "geteuid", lambda: os.stat(folder).st_uid + 1)
    assert cache.read_kept("k" * 64, "mine") is None


@POSIX
@NOT_ROOT
def test_a_read_only_folder_will_do(folder: Path, expected: bytes) -> None:
    """What is there is read, what is not cannot be kept."""
    for path in folder.glob("world-*"):
        path.unlink()
    folder.chmod(0o500)
    assert extract(folder) == expected
    assert "world" not in names(folder)


@pytest.mark.parametrize("place", ["/proc/nothing/here", "a file/cache"])
def test_no_folder_will_do(place: str, tmp_path: Path, expected: bytes) -> None:
    """Where none can be made."""
    (tmp_path / "a file").write_text("a text")
    assert extract(tmp_path / place) == expected


def test_a_link_is_no_folder(folder: Path, tmp_path: Path, expected: bytes) -> None:
    """It could lead anywhere."""
    shutil.rmtree(folder)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert extract(folder) == expected
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_two_processes_at_once(tmp_path: Path, expected: bytes) -> None:
    """Both find what they should, and what they keep is whole."""
    command = [sys.executable, "-m", "migstats", "extract", "-f", "jsonl", SEED.as_posix()]
    environ = {**os.environ, "MIGSTATS_CACHE_DIR": str(tmp_path / "cache")}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environ) for _ in range(3)]
    assert [one.communicate()[0] for one in running] == [expected] * 3
    assert names(tmp_path / "cache") == {"book", "world", "places", "language"}
    assert len(list((tmp_path / "cache").iterdir())) == 4
    assert extract(tmp_path / "cache") == expected


def test_a_changed_pack_is_compiled_anew(folder: Path, tmp_path: Path) -> None:
    """A user's packs are kept by what is in them, not by their names or times."""
    packs = tmp_path / "packs"
    packs.mkdir()
    text = tmp_path / "a.txt"
    text.write_text("The ministry of boats said: In 2023, 12 boats were stopped.\n", encoding="utf-8")
    pack = packs / "ministry.yaml"

    def found() -> bytes:
        os.utime(pack, (1, 1))
        return extract(folder, "--packs", str(packs), path=text)

    pack.write_text(MINISTRY, encoding="utf-8")
    first = found()
    assert b'"rule": "ministry/boats-stopped"' in first
    assert found() == first
    pack.write_text(MINISTRY.replace("were stopped'", "were painted'"), encoding="utf-8")
    assert b'"rule": "ministry/boats-stopped"' not in found()
    pack.write_text(MINISTRY, encoding="utf-8")
    assert found() == first


def test_a_broken_pack_is_told_each_time(folder: Path, tmp_path: Path) -> None:
    """Packs that do not hold are not kept."""
    (tmp_path / "bad.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "migstats", "extract", "-f", "jsonl", "--packs", str(tmp_path / "bad.yaml")]
    environ = {**os.environ, "MIGSTATS_CACHE_DIR": str(folder)}
    for _ in range(2):
        done = subprocess.run([*command, str(SEED)], capture_output=True, check=False, env=environ)
        assert done.returncode == 2
        assert b"nonsense: unknown key" in done.stderr
        assert done.stdout


def test_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder does not grow without end, and what a killed process left is cleared away."""
    monkeypatch.setenv("MIGSTATS_CACHE_DIR", str(tmp_path / "cache"))
    cache.keep("0" * 64, "first", b"1")
    torn = tmp_path / "cache" / ".torn"
    torn.write_bytes(b"half")
    for path in (tmp_path / "cache").iterdir():
        os.utime(path, (1, 1))
    for number in range(60):
        cache.keep(f"{number:064}"[::-1], "part", b"2")
    assert not torn.exists()
    assert cache.read_kept("0" * 64, "first") is None
    assert cache.read_kept(f"{59:064}"[::-1], "part") == b"2"
    assert len(list((tmp_path / "cache").iterdir())) <= 41


def places() -> Iterator[tuple[dict[str, str], str | None]]:
    """Where the folder is, by what is told."""
    home = {"HOME": "/home/me"}
    yield {**home, "MIGSTATS_CACHE_DIR": "/there"}, "/there"
    yield {**home, "XDG_CACHE_HOME": "/caches"}, "/caches/migstats"
    yield {**home, "XDG_CACHE_HOME": "not/absolute"}, "/home/me/.cache/migstats"
    yield home, "/home/me/.cache/migstats"
    for word in ("off", "OFF", "0", "no"):
        yield {**home, "MIGSTATS_CACHE_DIR": "/there", "MIGSTATS_CACHE": word}, None


@pytest.mark.skipif(sys.platform != "linux", reason="places are others there")
@pytest.mark.parametrize(("told", "place"), [*places()])
def test_where_the_folder_is(told: dict[str, str], place: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As told, or where such things are put."""
    for name in ("MIGSTATS_CACHE_DIR", "MIGSTATS_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert cache._find_folder() == place


@pytest.mark.parametrize(
    "value",
    [
        None, 1.5, "a", b"b", (1, ("x", None)), [1, [2]], {"a": [1]}, {1: {2: frozenset({"c"})}}, {"s", "t"},
        Decimal("1.20"), (Decimal(1), {"d": Decimal("0.5")}), Number(1, 2, Decimal(3)), [Number(1, 2, Decimal(3))] * 2,
    ],
)  # fmt: skip
def test_values_come_back(value: Any) -> None:
    """As they were, each of its own kind."""
    back = thaw(freeze(value))
    assert back == value
    assert repr(back) == repr(value)


def test_one_value_stays_one() -> None:
    """What stands in two places is not made twice."""
    one = Number(1, 2, Decimal(3))
    first, second = thaw(freeze((one, one)))
    assert first is second


def test_what_is_equal_and_cannot_change_is_made_once() -> None:
    """Tuples and numbers; lists stay as many as they were."""
    one, other = (Decimal("1.5"), ["a"]), (Decimal("1.5"), ["a"])
    first, second = thaw(freeze((one, other)))
    assert first[0] is second[0]
    assert first[1] is not second[1]
    assert (first, second) == (one, other)
    assert [repr(value) for value in thaw(freeze((Decimal(1), Decimal("1.0"), (Decimal(1),))))] == [
        "Decimal('1')", "Decimal('1.0')", "(Decimal('1'),)",
    ]  # fmt: skip


def test_a_lexicon_comes_back() -> None:
    """Its words are read when they are asked for, and say the same."""
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(1200)]
    entries = [*words, "arrest(ed|s) (at|on) sea", "smuggl* .. boats"]
    lexicon = compile_lexicon([("counted", "boat", entries)], ["al"])
    back: Lexicon = thaw(freeze(lexicon))
    assert isinstance(back.exact, Shelf)
    assert back.exact._made == {}
    assert back.exact[words[0]][0].tags is back.exact[words[1]][0].tags
    assert dict(back.exact) == lexicon.exact
    assert back.exact.get("nothing") is None
    assert (len(back.exact), back.prefix, back.proclitics) == (len(lexicon.exact), lexicon.prefix, ("al",))
    back.add("another", lexicon.exact["arrested"][0].tags)
    assert "another" in back.exact


@pytest.mark.parametrize(
    "name", ["os:system", "migstats.caching.cache:os.unlink", "builtins:eval", "migstats.caching.cache:keep"]
)
def test_nothing_but_our_values_is_made(name: str) -> None:
    """A file that names a function, or what is not ours, calls nothing."""
    import marshal

    with pytest.raises((ValueError, TypeError, AttributeError)):
        thaw(marshal.dumps(((name,), ([(0, ("true",))], [0]))))


def test_what_cannot_be_kept_is_refused() -> None:
    """A function or a module is no value."""
    with pytest.raises(TypeError, match="cannot be kept"):
        freeze({"a": print})
