"""Dataclasses that cost next to nothing to define.

The standard ones write and compile up to eight methods for each class while its module is imported: with some eighty
classes that is most of the time of importing them. Here all methods are shared. Only a class of which many values are
made gets a constructor of its own: it is quicker to call, but compiling it takes as long as many calls. Type checkers
see the standard decorator; `fields` and `asdict` work as ever, `replace` works the same in little more than half the
time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from inspect import get_annotations
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass", "field", "fields", "replace"]

Known = Mapping[str, Field[Any]]
_LAYOUTS: dict[type, tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]] = {}
"""How to read all fields of a class at once, the class itself behind them, and the place of each."""

_FEW = 16
"""Values of a class that are made without a constructor of its own."""
_COUNTS: dict[type, int] = {}

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """Make a value of the same class, some of its fields other ones."""
        cls = type(value)
        if cls not in _LAYOUTS:
            names = tuple(cls.__dataclass_fields__)
            _LAYOUTS[cls] = (attrgetter(*names, "__class__"), {name: at for at, name in enumerate(names)})
        read, places = _LAYOUTS[cls]
        *fields_of, _ = read(value)
        for name, change in changes.items():
            if name not in places:
                raise TypeError(f"{cls.__qualname__} has no field {name!r}")
            fields_of[places[name]] = change
        return cls(*fields_of)

    def dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type], type]:
        """Make a class of fields: equal where its fields are, and hashed by them where it is frozen."""
        return lambda cls: _make(cls, frozen, slots)


def _make(cls: type, frozen: bool, slots: bool) -> type:
    """Give a class its fields and its methods; a method that it has itself stays."""
    inherited: Known = getattr(cls, "__dataclass_fields__", {})
    own = {name: _make_field(cls, name, annotation) for name, annotation in get_annotations(cls).items()}
    known = {**inherited, **own}
    if slots:
        cls = _make_slotted(cls, [name for name in own if name not in inherited])
    methods = {"__dataclass_fields__": known, "__match_args__": tuple(known), "__hash__": None, **_METHODS}
    if frozen:
        methods |= _FROZEN
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    return cls


def _make_field(cls: type, name: str, annotation: Any) -> Field[Any]:
    """Read a field and its default."""
    default = cls.__dict__.get(name, MISSING)
    made: Field[Any] = default if isinstance(default, Field) else field(default=default)
    made.name, made.type = name, annotation
    made._field_type = dataclasses._FIELD  # type: ignore[attr-defined]
    if made.default is not MISSING:
        setattr(cls, name, made.default)
    elif default is not MISSING:
        delattr(cls, name)
    return made


def _make_slotted(cls: type, slots: list[str]) -> type:
    """Make a class anew with slots, as a class that exists can get none."""
    content = {name: value for name, value in cls.__dict__.items() if name not in slots}
    content.pop("__dict__", None)
    content.pop("__weakref__", None)
    made = type(cls)(cls.__name__, cls.__bases__, {**content, "__slots__": tuple(slots)})
    made.__qualname__ = cls.__qualname__
    return made


def _init_one_of_few(self: Any, *args: Any, **kwargs: Any) -> None:
    """Make one of the first values of a class; the constructor that is then compiled also says what arguments lack."""
    cls = type(self)
    count = _COUNTS[cls] = _COUNTS.get(cls, 0) + 1
    known: Known = cls.__dataclass_fields__
    given = dict(zip(known, args, strict=False)) | kwargs
    fits = len(given) == len(args) + len(kwargs) and all(name in given or _has_default(known[name]) for name in known)
    if count > _FEW or not fits or not known.keys() >= given.keys():
        _write(self, "__init__", _write_init)
        self.__init__(*args, **kwargs)
        return
    put = object.__setattr__ if cls.__setattr__ is _refuse_change else setattr
    for name, one in known.items():
        if name in given:
            put(self, name, given[name])
        else:
            put(self, name, one.default if one.default_factory is MISSING else one.default_factory())
    if hasattr(cls, "__post_init__"):
        self.__post_init__()


def _has_default(one: Field[Any]) -> bool:
    """Tell whether a field need not be given."""
    return one.default is not MISSING or one.default_factory is not MISSING


def _compare_at_first(self: Any, other: object) -> Any:
    """Stand for the comparison until two values are compared."""
    _write(self, "__eq__", _write_comparison)
    return self.__eq__(other)


def _write(value: object, method: str, writer: Callable[[type[Any], dict[str, Any]], str]) -> None:
    """Put a compiled method in the place of the one that stood for it."""
    cls = next((base for base in type(value).__mro__ if base.__dict__.get(method) is _METHODS[method]), None)
    if cls is None:
        return  # another thread has done it
    names: dict[str, Any] = {"MISSING": MISSING}
    exec(writer(cls, names), names)
    names[method].__qualname__ = f"{cls.__qualname__}.{method}"
    setattr(cls, method, names[method])


def _write_init(cls: type[Any], names: dict[str, Any]) -> str:
    """Write a constructor; `names` takes what it needs beside its arguments."""
    signature, body = ["self"], []
    for name, one in cls.__dataclass_fields__.items():
        value = name
        if one.default is not MISSING:
            names[f"default_{name}"] = one.default
            signature.append(f"{name}=default_{name}")
        elif one.default_factory is not MISSING:
            names[f"make_{name}"] = one.default_factory
            signature.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        else:
            signature.append(name)
        names[f"put_{name}"] = _setter(cls, name)
        body.append(f"put_{name}(self, {value})" if cls.__setattr__ is _refuse_change else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    return f"def __init__({', '.join(signature)}):\n  " + "\n  ".join(body or ["pass"])


def _setter(cls: type, name: str) -> Callable[[Any, Any], None]:
    """Give what sets a field of a class whose values are frozen."""
    slot = getattr(cls, name, None)
    if isinstance(slot, MemberDescriptorType):
        return slot.__set__
    return lambda self, value: object.__setattr__(self, name, value)


def _write_comparison(cls: type[Any], _: dict[str, Any]) -> str:
    """Write what compares two values by their fields."""
    mine, its = (f"({''.join(f'{who}.{name}, ' for name in cls.__dataclass_fields__)})" for who in ("self", "other"))
    return f"def __eq__(self, other):\n  return {mine} == {its} if type(other) is type(self) else NotImplemented"


def _hash(self: Any) -> int:
    """Hash a value by its fields."""
    return hash(tuple([getattr(self, name) for name in self.__dataclass_fields__]))


def _show(self: Any) -> str:
    """Show a value as it would be written."""
    shown = [f"{name}={getattr(self, name)!r}" for name, one in self.__dataclass_fields__.items() if one.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_change(self: object, name: str, *_: object) -> NoReturn:
    """Refuse to change what is frozen."""
    raise FrozenInstanceError(f"a {type(self).__qualname__} is frozen: cannot change field {name!r}")


def _get_state(self: Any) -> list[Any]:
    """Give the values of the fields, to be sent to another process."""
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    """Take the values of the fields."""
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_METHODS: dict[str, Any] = {"__init__": _init_one_of_few, "__eq__": _compare_at_first, "__repr__": _show}
_FROZEN: dict[str, Any] = {
    "__hash__": _hash,
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}
