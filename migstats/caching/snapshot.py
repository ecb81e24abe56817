"""Compiled values as bytes and back: what packs are compiled into can be kept in a file.

Only plain values and our own classes are written, and only they are made again: nothing that a file names is called but
the constructors of values of this program, so reading one runs no code of others, whatever it holds. (`pickle` would
call what a file tells it to.) The lists of a large table are read one by one, when they are asked for: a text has few
of the words that a language has. What stands in many of them is written once, and made once.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from decimal import Decimal
from importlib import import_module
from types import NoneType
from typing import Any, TypeVar

from migstats.caching.regex import Regex

Value = TypeVar("Value")
_SIMPLE = (str, int, float, bool, NoneType, bytes)
_PLAIN_GROUPS = (tuple, frozenset, set, dict)
"""Groups that are written as they are, where all they hold is simple; a list stands for a row of the table."""
_UNCHANGING = (tuple, frozenset, Decimal)
_LARGE = 1000
"""Entries of a table that is worth being read entry by entry."""
_OWN = __name__.partition(".")[0] + "."
Row = tuple[int, tuple[Any, ...]]
"""The number of a class's name, and what its value is made of; a list `[n]` stands for the value of row `n`."""


class Shelf(MutableMapping[str, list[Value]]):
    """A table of lists whose members are made when asked for; what stands in many members is made once."""

    def __init__(self, index: Mapping[str, int], rows: bytes, names: Sequence[str]) -> None:
        self._index = index
        """Where in the rows those of a list are named."""
        self._rows = memoryview(rows)
        self._makers = [_maker_of(name) for name in names]
        self._made: dict[int, Any] = {}
        self._added: dict[str, list[Value]] = {}

    def __getitem__(self, key: str) -> list[Value]:
        """Make the list of a key; who asks remembers it."""
        if key in self._added:
            return self._added[key]
        return [self._make(at) for at in marshal.loads(self._rows[self._index[key] :])]

    def __setitem__(self, key: str, value: list[Value]) -> None:
        self._added[key] = value

    def __delitem__(self, key: str) -> None:
        raise TypeError("what was compiled stays")

    def __iter__(self) -> Iterator[str]:
        return iter({**self._index, **self._added})

    def __len__(self) -> int:
        return len({**self._index, **self._added})

    def _make(self, at: int) -> Any:
        """Make the value of the row that begins somewhere, and of those that it needs."""
        if at not in self._made:
            number, parts = marshal.loads(self._rows[at:])
            made = [self._make(part[0]) if type(part) is list else part for part in parts]
            self._made[at] = self._makers[number](made)
        return self._made[at]


def freeze(value: object) -> bytes:
    """Write a value."""
    names: dict[str, int] = {}
    content = _Freezer(names).write(value)
    return marshal.dumps((tuple(names), content))


def thaw(data: bytes) -> Any:
    """Make a value that was written."""
    names, content = marshal.loads(data)
    return _build(content, names)


def _build(content: tuple[list[Row], Any], names: Sequence[str]) -> Any:
    """Make the values of a table row by row; the last that is asked for holds the others."""
    rows, root = content
    made: list[Any] = []
    for number, parts in rows:
        make = _maker_of(names[number])
        made.append(make([made[part[0]] if type(part) is list else part for part in parts]))
    return made[root[0]] if type(root) is list else root


class _Freezer:
    """Writes one value as rows of a table, each behind the rows that it needs."""

    def __init__(self, names: dict[str, int]) -> None:
        self.rows: list[Row] = []
        self.names = names
        self._known: dict[int, list[int]] = {}
        self._equal: dict[bytes, list[int]] = {}

    def write(self, value: object) -> tuple[list[Row], Any]:
        """Give the rows of a value, and what stands for it."""
        root = self.put(value)
        return self.rows, root

    def put(self, value: Any) -> Any:
        """Give what stands for a value: itself, or the number of its row."""
        kind = type(value)
        if kind in _SIMPLE:
            return value
        if id(value) in self._known:
            return self._known[id(value)]
        if _is_large(value):
            row = self._shelve(value)
        elif kind in _PLAIN_GROUPS or kind is list:
            parts = [self.put(part) for part in _parts(value)]
            if kind is not list and not any(type(part) is list for part in parts):
                return value
            row = kind.__name__, tuple(parts)
        else:
            row = self._take_apart(value)
        self._known[id(value)] = self._add((self.names.setdefault(row[0], len(self.names)), row[1]), kind)
        return self._known[id(value)]

    def _add(self, row: Row, kind: type) -> list[int]:
        """Add a row, and give its number; equal groups that cannot change are one."""
        if kind not in _UNCHANGING:
            self.rows.append(row)
            return [len(self.rows) - 1]
        found = self._equal.setdefault(marshal.dumps(row), [len(self.rows)])
        if found[0] == len(self.rows):
            self.rows.append(row)
        return found

    def _shelve(self, value: Mapping[str, list[Any]]) -> tuple[str, tuple[Any, ...]]:
        """Write the members of the lists of a table row by row, equal rows once; where a row begins stands for it."""
        names: dict[str, int] = {}
        freezer = _Freezer(names)
        lists = {key: [freezer.put(one) for one in listed] for key, listed in value.items()}
        rows = _Rows()
        starts: list[int] = []
        for number, parts in freezer.rows:
            starts.append(rows.add((number, tuple([[starts[p[0]]] if type(p) is list else p for p in parts]))))
        index = {key: rows.add(tuple([starts[at] for (at,) in listed])) for key, listed in lists.items()}
        return "Shelf", (index, b"".join(rows.written), tuple(names))

    def _take_apart(self, value: Any) -> tuple[str, tuple[Any, ...]]:
        """Name the class of a value, and give what it is made of."""
        kind = type(value)
        if kind is Decimal:
            return "Decimal", (str(value),)
        if kind is Regex:
            return "Regex", (value.source, value.compile())
        name = f"{kind.__module__}:{kind.__qualname__}"
        if not name.startswith(_OWN):
            raise TypeError(f"cannot be kept: {name}")
        return name, tuple(self.put(part) for part in _fields(kind, value))


class _Rows:
    """Rows one behind the other."""

    def __init__(self) -> None:
        self.written: dict[bytes, int] = {}
        self._size = 0

    def add(self, row: Any) -> int:
        """Add a row, unless it is there already; give where it begins."""
        data = marshal.dumps(row)
        if data not in self.written:
            self.written[data] = self._size
            self._size += len(data)
        return self.written[data]


def _is_large(value: Any) -> bool:
    """Tell whether a table is read value by value."""
    return type(value) is dict and len(value) > _LARGE and type(next(iter(value.values()))) is list


def _parts(value: Any) -> Iterable[Any]:
    """Give what a group holds; a table key by key, each before its value."""
    return (part for pair in value.items() for part in pair) if isinstance(value, dict) else value


def _fields(kind: Any, value: Any) -> Iterator[Any]:
    """Give what a value of our own is made of."""
    return iter(value) if issubclass(kind, tuple) else (getattr(value, name) for name in _names(kind))


def _names(kind: Any) -> tuple[str, ...]:
    """Give the names of the fields of a class."""
    return tuple(getattr(kind, "__dataclass_fields__", None) or kind.__slots__)


def _maker_of(name: str) -> Callable[[list[Any]], Any]:
    """Give what makes the values of a class."""
    return _MAKERS.get(name) or _find_maker(name)


def _find_maker(name: str) -> Callable[[list[Any]], Any]:
    """Give what makes the values of a class of our own."""
    module, _, path = name.partition(":")
    if not module.startswith(_OWN) or "." in path:
        raise ValueError(f"no class of ours: {name}")
    kind: Any = getattr(import_module(module), path)
    if not isinstance(kind, type):
        raise TypeError(f"no class: {name}")
    if issubclass(kind, tuple) or hasattr(kind, "__dataclass_fields__"):
        maker: Callable[[list[Any]], Any] = lambda parts: kind(*parts)  # noqa: E731
    else:
        maker = lambda parts: _fill(kind, parts)  # noqa: E731
    _MAKERS[name] = maker
    return maker


def _fill(kind: Any, parts: list[Any]) -> Any:
    """Make a value without its constructor."""
    made = kind.__new__(kind)
    for name, part in zip(_names(kind), parts, strict=True):
        setattr(made, name, part)
    return made


_MAKERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "set": set,
    "list": list,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "Decimal": lambda parts: Decimal(parts[0]),
    "Regex": lambda parts: Regex(*parts),
    "Shelf": lambda parts: Shelf(*parts),
}
