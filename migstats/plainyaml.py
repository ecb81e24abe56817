"""YAML as plain data: from a stranger's file too, nothing runs, and it ends."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

LARGEST, LONGEST, DEEPEST = 8 << 20, 100_000, 32
"""Bytes of a file, characters of one text in it, and how deep it may be nested."""


class _Loader(yaml.CSafeLoader):
    """The fast loader, which refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping whose keys are all different."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode):
                raise _refuse(f"duplicate key '{key.value}'", key, "keep one of them")
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_plain(data: bytes | str) -> object:
    """Build what a file says; raise `yaml.YAMLError`, its remedy as `note`, for what is no YAML or more than data.

    A tag may ask for code, an alias lets a small file stand for one that fits no memory, and what is nested deep enough
    would end the process: the file is gone through before anything is built of it.
    """
    if len(data) > LARGEST:
        raise yaml.MarkedYAMLError(problem=f"larger than {LARGEST >> 20} MB", note="make several of it")
    depth = 0
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refuse("aliases are not taken", event, "write it out where it is needed")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            raise _refuse(f"tags such as {event.tag} are not taken", event, "leave it out")
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST:
            raise _refuse(f"a text of more than {LONGEST:,} characters", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _refuse(f"nested more than {DEEPEST} deep", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return yaml.load(data, Loader=_Loader)


def _refuse(problem: str, what: yaml.Event | yaml.Node, remedy: str | None = None) -> yaml.MarkedYAMLError:
    """Make the error that says what is not taken, and where it stands."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=what.start_mark, note=remedy)  # type: ignore[arg-type]
