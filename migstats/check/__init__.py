"""Checks between the figures of a document: a module a family of codes, found by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from migstats.caching.cache import make_key, recall
from migstats.check._case import Case
from migstats.check._finding import LEVELS, Code, Finding
from migstats.errors import UnknownName
from migstats.folder import list_modules
from migstats.value import dataclass, replace

__all__ = ["LEVELS", "Case", "Choice", "Code", "Finding", "find_code", "list_codes", "run_checks"]


class Family(Protocol):
    """What a module of this folder offers."""

    TITLE: str
    CODES: tuple[str, ...]

    def find(self, case: Case) -> Iterable[Finding]:
        """Find what the family's codes stand for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which codes are wanted, by their names or the beginnings of their ids; an empty choice takes all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what no code answers to."""
        for wanted in (*self.select, *self.ignore):
            if not any(_answers(code, wanted) for code in list_codes()):
                raise UnknownName("code", wanted, _names())

    def takes(self, code: Code) -> bool:
        """Tell whether a code is wanted."""
        wanted = not self.select or any(_answers(code, name) for name in self.select)
        return wanted and not any(_answers(code, name) for name in self.ignore)


@cache
def list_codes() -> tuple[Code, ...]:
    """List all codes, family by family, with what `codes.yaml` says of them."""
    file = Path(__file__).with_name("codes.yaml")
    data = file.read_bytes()
    return recall(make_key([data]), "codes", lambda: _read_codes(data, str(file)))


def _read_codes(data: bytes, path: str) -> tuple[Code, ...]:
    """Read what is said of the codes."""
    from migstats.loading.yamlfile import read_yaml

    told = cast(Mapping[str, Any], read_yaml(data, path))
    titles = {code: family.TITLE for family in _find_families() for code in family.CODES}
    return tuple(Code(id=code, family=titles[code], **entry) for code, entry in told.items())


def find_code(name: str) -> Code:
    """Find a code by its id or name."""
    for code in list_codes():
        if name.upper() == code.id or name.lower() == code.name:
            return code
    raise UnknownName("code", name, _names())


def run_checks(case: Case, choice: Choice | None = None) -> list[Finding]:
    """Find all that a reader of a document should know, in the order of the text."""
    wanted = choice or Choice()
    codes = {code.id: code for code in list_codes() if wanted.takes(code)}
    found = [finding for family in _find_families() for finding in family.find(case) if finding.code in codes]
    found.sort(key=lambda one: (one.at, one.code))
    return [replace(one, level=codes[one.code].level) for one in found]


def _find_families() -> Iterator[Family]:
    """Import the modules of this folder."""
    for name in list_modules(__path__):
        yield cast(Family, import_module(f"{__name__}.{name}"))


def _names() -> list[str]:
    return [name for code in list_codes() for name in (code.id, code.name)]


def _answers(code: Code, name: str) -> bool:
    """Tell whether a code is meant: by the beginning of its id, or by its name."""
    return code.id.startswith(name.upper()) or code.name == name.lower()
