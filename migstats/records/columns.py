"""The columns of a table of records, each with one type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from migstats.constraint import make_model
from migstats.records.record import Record


@cache
def column_types() -> Mapping[str, str]:
    """Tell the type of each key of a record: `string`, `integer`, `number` or `date`.

    >>> types = column_types()
    >>> types["id"], types["start"], types["value"], types["period_start"]
    ('string', 'integer', 'number', 'date')
    """
    schema = make_model(Record).model_json_schema(mode="serialization")
    return {name: _type(spec, schema.get("$defs", {})) for name, spec in schema["properties"].items()}


def storable(value: Any) -> Any:
    r"""Give a value that files of typed columns can hold: a lone surrogate in a text becomes a question mark.

    >>> storable("caf\udce9"), storable(12)
    ('caf?', 12)
    """
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _type(spec: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Choose the one type that holds all that a key may hold."""
    kinds = {_kind(known.get(one.get("$ref", "").rpartition("/")[2], one)) for one in spec.get("anyOf", [spec])}
    kinds.discard("null")
    return "number" if kinds == {"integer", "number"} else kinds.pop() if len(kinds) == 1 else "string"


def _kind(spec: Mapping[str, Any]) -> str:
    """Tell the type of one alternative."""
    return "date" if spec.get("format") == "date" else str(spec.get("type", "string"))
