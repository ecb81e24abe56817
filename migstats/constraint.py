"""What the fields of a value may hold, said once: for a quick check, and for the pydantic model that it stands for.

A short run makes a handful of records: importing pydantic and building a model would take it longer than all else
together. So fields are told as `Annotated[str, "what it is", Matches(...)]`, and the model is made when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

from migstats.caching.regex import Regex

if TYPE_CHECKING:
    from pydantic import BaseModel, GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Test = Callable[[Any], object]
Tests = dict[type, Test | None]
"""What a value must pass, by its type; other types are not taken."""


class Matches(NamedTuple):
    """A text that an anchored pattern must match."""

    pattern: Regex

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic the same."""
        return cast("CoreSchema", {**handler(source), "pattern": self.pattern.source})

    def make_test(self) -> Test:
        """Make the test of a text."""
        return self.pattern.fullmatch


class Least(NamedTuple):
    """A number that may not be less."""

    number: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic the same."""
        return cast("CoreSchema", {**handler(source), "ge": self.number})

    def make_test(self) -> Test:
        """Make the test of a number."""
        return self.number.__le__


@cache
def make_model(shape: type) -> type[BaseModel]:
    """Make the pydantic model of a class: its fields and no others, and what each may hold."""
    from pydantic import ConfigDict, Field, create_model

    fields: dict[str, Any] = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        says = next((mark for mark in _marks(hint) if isinstance(mark, str)), None)
        fields[name] = (hint, Field(description=says))
    config = ConfigDict(extra="forbid", frozen=True)
    return create_model(shape.__name__, __config__=config, __doc__=shape.__doc__, **fields)


def surely_holds(value: object) -> bool:
    """Tell whether the model surely takes what a value holds; where this says no, the model itself decides."""
    shape: Any = type(value)
    get, rows = _make_tests(shape)
    for content, tests in zip(get(value), rows, strict=True):
        test = tests.get(type(content), _refuse)
        if test is not None and not test(content):
            return False
    return True


@cache
def _make_tests(shape: type) -> tuple[Callable[[Any], tuple[Any, ...]], list[Tests]]:
    """Make what takes the fields out of a value, and the tests of each."""
    hints = get_type_hints(shape, include_extras=True)
    return attrgetter(*hints), [dict(_tests(hint)) for hint in hints.values()]


def _tests(hint: Any) -> Iterator[tuple[type, Test | None]]:
    """Give the types that a field may have, and the test of each."""
    if isinstance(hint, UnionType) or get_origin(hint) is Union:
        for one in get_args(hint):
            yield from _tests(one)
    elif get_origin(hint) is Literal:
        yield str, frozenset(get_args(hint)).__contains__
    elif get_origin(hint) is Annotated:
        rules = [mark for mark in _marks(hint) if isinstance(mark, Matches | Least)]
        if rules:
            yield get_args(hint)[0], rules[0].make_test()
        else:
            yield from _tests(get_args(hint)[0])
    else:
        yield hint, None


def _marks(hint: Any) -> tuple[Any, ...]:
    """Give what is said of a type."""
    return getattr(hint, "__metadata__", ())


def _refuse(_: object) -> bool:
    """Refuse a type that is not expected."""
    return False
