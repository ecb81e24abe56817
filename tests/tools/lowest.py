"""Write the lowest versions that pyproject.toml allows as constraints of pip, so that they can be tested.

usage: python tests/tools/lowest.py [EXTRA...] >lowest.txt; pip install -c lowest.txt '.[EXTRA...]'

The hard dependencies, and those of the extras that are named; an extra that takes others in stands for these, too.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NEED = re.compile(r"(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,-]+)\])?(?:>=(?P<least>[\w.]+))?")


def read_needs() -> dict[str, list[str]]:
    """Read what the project needs, by extra; the hard dependencies under the empty name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


def list_lowest(needs: Mapping[str, Sequence[str]], extras: Iterable[str]) -> Iterator[str]:
    """List the constraints, each once.

    >>> list(list_lowest({"": ["click>=8.1"], "a": ["x[y]>=2", "us[b]"], "b": ["z>=3.1"], "c": ["w>=1"]}, ["a"]))
    ['click==8.1', 'x==2', 'z==3.1']
    """
    seen: set[str] = set()
    waiting = ["", *extras]
    while waiting:
        extra = waiting.pop(0)
        for need in needs[extra]:
            found = _NEED.match(need)
            assert found is not None, need
            if found["least"] is None:
                waiting += [name for name in (found["extras"] or "").split(",") if name in needs and name not in seen]
            elif found["name"] not in seen:
                yield f"{found['name']}=={found['least']}"
            seen |= {found["name"], extra}


def main() -> None:
    """Print them."""
    for line in list_lowest(read_needs(), sys.argv[1:]):
        print(line)


if __name__ == "__main__":
    main()
