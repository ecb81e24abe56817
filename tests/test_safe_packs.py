"""Packs are data: loading one runs no code, opens no other file, and ends in bounded time and memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from migstats.errors import PackError
from migstats.load import load_packs
from migstats.model import Document
from migstats.plainyaml import DEEPEST, LARGEST, LONGEST
from migstats.read._header import describe
from migstats.yamlfile import read_yaml

HEAD = b"name: Ministry of boats\nsays: a ministry that does not exist\nrecognise:\n  wording: [ministry of boats]\n"
LAUGHS = b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n".encode() for i in range(1, 12)
)
REFUSED: dict[str, tuple[bytes, str]] = {
    "a call": (b"says: !!python/object/apply:os.system ['true']", "tags such as"),
    "a name of the language": (b"says: !!python/name:os.system", "tags such as"),
    "a tag of its own": (b"says: !include /etc/passwd", "tags such as !include"),
    "a billion laughs": (LAUGHS, "aliases are not taken"),
    "a list that holds itself": (b"says: &a [*a]", "aliases are not taken"),
    "a merged mapping": (b"a: &a {says: x}\nb:\n  <<: *a", "aliases are not taken"),
    "brackets without end": (b"says: " + b"[" * 200_000, f"nested more than {DEEPEST} deep"),
    "brackets that close": (b"says: " + b"[" * 20_000 + b"]" * 20_000, f"nested more than {DEEPEST} deep"),
    "dashes": (b"- " * 50_000 + b"a", f"nested more than {DEEPEST} deep"),
    "a text without end": (b"says: " + b"x" * (LONGEST + 1), f"more than {LONGEST:,} characters"),
    "a file without end": (b"# x\n" * (LARGEST // 4 + 1), "larger than 8 MB"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_more_than_data_is_refused(data: bytes, said: str) -> None:
    """One line with the file and the reason, in little memory."""
    tracemalloc.start()
    with pytest.raises(PackError) as caught:
        read_yaml(data, "boats.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said in str(caught.value)
    assert str(caught.value).startswith("boats.yaml")
    assert peak < 20 << 20


@pytest.mark.parametrize("data", [b"a: 'a *star and & sign'", b"a: [b*, c&d]", b"a: &anchor b"], ids=repr)
def test_signs_of_yaml_inside_a_text_are_text(data: bytes) -> None:
    """A star in a word is a star; an anchor that nothing refers to does no harm."""
    assert read_yaml(data, "boats.yaml")


@pytest.mark.parametrize("data", [row[0] for row in REFUSED.values()], ids=REFUSED)
def test_front_matter_is_no_way_in(data: bytes) -> None:
    """A document's own head is read as packs are; what is refused says nothing, and the text is read."""
    text = f"---\ntitle: Boats\n{data.decode()}\n---\nThe coast guard rescued 300 migrants in 2023.\n"
    assert describe(Document("a.txt", text)).title is None


def test_a_folder_is_all_that_is_read(tmp_path: Path) -> None:
    """A link out of the folder is a pack like any other or an error, and names never lead out of it."""
    outside = tmp_path / "secret.yaml"
    outside.write_bytes(b"root: x")
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "boats.yaml").write_bytes(HEAD.replace(b"boats]", b"boats, ../../secret]"))
    (packs / "more.yaml").symlink_to(outside)
    loaded = load_packs([packs])
    assert set(loaded.sources) - set(load_packs().sources) == {"boats"}
    assert [problem.path for problem in loaded.problems] == [str(packs / "more.yaml")] * len(loaded.problems)
    assert loaded.problems
