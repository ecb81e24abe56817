"""One YAML file read into a model, every mistake named with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from migstats.errors import MigstatsError, PackError, nearest, suggest
from migstats.plainyaml import load_plain
from migstats.value import dataclass

Loc = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)

_MISSING = "is missing"
_TAGS = frozenset({"int", "float", "[key]"})
"""What pydantic puts into a place that is not in the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one place of a file."""

    loc: Loc
    message: str
    remedy: str | None = None
    near: str | None = None
    """The name that was probably meant."""


def read_yaml(data: bytes, path: str) -> object:
    """Parse one file; what is not YAML, is more than plain data, or says a thing twice, is an error with its line."""
    try:
        return load_plain(data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise PackError([MigstatsError(f"{error.problem}", path=path, line=line, remedy=error.note)]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError([MigstatsError(f"not YAML: {' '.join(str(error).split())}", path=path)]) from None


def parse_model(model: type[Model], data: bytes, path: str) -> Model:
    """Read one file as a model, or raise one error that holds everything wrong with it."""
    content = read_yaml(data, path)
    if not isinstance(content, Mapping):
        raise PackError([MigstatsError("no mapping of keys to values", path=path, line=1)])
    return validate_model(model, content, data, path)


def validate_model(model: type[Model], content: Mapping[Any, Any], data: bytes, path: str) -> Model:
    """Give content that was parsed from `data` the shape of a model."""
    given = [Fault((key,), "unknown key", "the file's name is the id") for key in ("id", "path") if key in content]
    if given:
        raise faulty(given, data, path)
    try:
        return model.model_validate(content).model_copy(update={"path": path})
    except ValidationError as error:
        faults = dict.fromkeys(_describe(model, detail, data) for detail in error.errors())
        raise faulty(_leave_misspelt(list(faults)), data, path) from None


def _leave_misspelt(faults: Sequence[Fault]) -> list[Fault]:
    """Leave out the missing keys that are there under a misspelt name."""
    meant = {(*fault.loc[:-1], fault.near) for fault in faults if fault.near}
    return [fault for fault in faults if fault.message != _MISSING or fault.loc not in meant]


def faulty(faults: Sequence[Fault], data: bytes, path: str) -> PackError:
    """Make one error of faults found in a file, in the order of its lines."""
    root = yaml.compose(data, Loader=yaml.CSafeLoader)
    problems = []
    for fault in faults:
        where = ".".join(str(part) for part in fault.loc)
        message = f"{where}: {fault.message}" if where else fault.message
        problems.append(MigstatsError(message, path=path, line=_find(root, fault.loc)[0], remedy=fault.remedy))
    return PackError(sorted(problems, key=lambda problem: problem.line or 0))


def line_of(data: bytes, loc: Loc) -> int:
    """Tell on which line a place of a file stands."""
    return _find(yaml.compose(data, Loader=yaml.CSafeLoader), loc)[0]


def _find(node: yaml.Node | None, loc: Loc) -> tuple[int, str | None]:
    """Follow a path through a file: the line it leads to, and the text as written where that is one word."""
    line = node.start_mark.line + 1 if node else 1
    for part in loc:
        child: yaml.Node | None = None
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            child = node.value[part]
            line = node.value[part].start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part) or (key.tag.endswith(":bool") and str(part) in ("True", "False")):
                    child, line = value, key.start_mark.line + 1
        if child is not None:
            node = child
    return line, node.value if isinstance(node, yaml.ScalarNode) else None


def _describe(model: type[BaseModel], detail: ErrorDetails, data: bytes) -> Fault:
    """Put what pydantic says into words, with the remedy."""
    kind, given = detail["type"], detail["input"]
    loc = tuple(part for part in detail["loc"] if part not in _TAGS)
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        return Fault(loc, "unknown key", suggest(str(loc[-1]), known), nearest(str(loc[-1]), known))
    if kind == "missing":
        return Fault(loc, _MISSING)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        return Fault(loc, f"unknown value '{given}'", suggest(str(given), known))
    if kind == "string_type" and not isinstance(given, list | dict):
        written = _find(yaml.compose(data, Loader=yaml.CSafeLoader), loc)[1]
        what = "nothing" if given is None else f"a {_yaml_name(given)}"
        return Fault(loc, f"must be text, but to YAML this is {what}", f'quote it: "{written or given}"')
    if kind in ("int_type", "float_type") and isinstance(given, str):
        return Fault(loc, f"must be a plain number, not the text '{given}'", "write it without quotes: 16000")
    return Fault(loc, detail["msg"][:1].lower() + detail["msg"][1:])


def _yaml_name(value: object) -> str:
    """Name a value's type as an author would."""
    return {bool: "truth value", int: "number", float: "number"}.get(type(value), "date")


def _keys_at(model: object, loc: Loc) -> list[str]:
    """List the keys that a model takes at a place."""
    for part in loc:
        model = _step(model, part)
    model = _bare(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items() if not field.exclude]
    return []


def _step(model: object, part: int | str) -> object:
    """Go from a model or a container to what stands below it."""
    model = _bare(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
        return None
    arguments = [argument for argument in get_args(model) if argument is not Ellipsis]
    return arguments[-1] if arguments and get_origin(model) in (tuple, list, dict) else None


def _bare(model: object) -> object:
    """Leave the `None` of an optional out."""
    if get_origin(model) is Union or type(model).__name__ == "UnionType":
        return next((one for one in get_args(model) if one is not type(None)), None)
    return model
