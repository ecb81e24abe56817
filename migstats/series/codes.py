"""The codes of findings between documents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from migstats.check import Code, list_codes
from migstats.errors import UnknownName
from migstats.loading.yamlfile import read_yaml

FAMILY = "across documents"
OTHER_PERIOD, SOURCE_DIFFERS, TEXTS_DIFFER = "X01", "X02", "X03"
SOURCE_REVISED, DRIFT, IMPLIED_DIFFERS = "X04", "X05", "X06"


@cache
def load_codes() -> Mapping[str, Code]:
    """Read what each code means."""
    file = files("migstats").joinpath("series/codes.yaml")
    told = cast(Mapping[str, Any], read_yaml(file.read_bytes(), str(file)))
    return {code: Code(id=code, family=FAMILY, **entry) for code, entry in told.items()}


def list_all_codes() -> tuple[Code, ...]:
    """List the codes of single documents, then those between documents."""
    return (*list_codes(), *load_codes().values())


def find_code(name: str) -> Code:
    """Find a code by its id or name."""
    known = list_all_codes()
    for code in known:
        if name.upper() == code.id or name.lower() == code.name:
            return code
    raise UnknownName("code", name, [part for code in known for part in (code.id, code.name)])
