"""Cheap dataclasses behave as the standard ones."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from migstats import value


@value.dataclass(frozen=True, slots=True)
class Point:
    """A frozen value."""

    x: int
    y: int = 0
    names: list[str] = value.field(default_factory=list, repr=False)


@value.dataclass(frozen=True, slots=True)
class Spot(Point):
    """A frozen value with one field more."""

    z: int = 1


@value.dataclass(slots=True)
class Pen:
    """A value that may be changed, and that looks after itself."""

    ink: str = "blue"
    left: int = 3

    def __post_init__(self) -> None:
        self.left += 1


@value.dataclass(frozen=True)
class Open:
    """A frozen value without slots."""

    x: int = 1


def test_fields_and_defaults() -> None:
    first, second = Point(1), Point(2, names=["a"])
    assert (first.x, first.y, first.names) == (1, 0, [])
    assert first.names is not Point(1).names
    assert second.names == ["a"]
    assert repr(second) == "Point(x=2, y=0)"
    assert [field.name for field in dataclasses.fields(Spot)] == ["x", "y", "names", "z"]
    assert (Spot(1, 2).z, Spot(1, 2).y, Pen(left=1).left, Open().x) == (1, 2, 2, 1)


def test_the_first_values_and_all_others_are_alike() -> None:
    """Those that are made before there is a constructor for the class, and those that it makes."""

    @value.dataclass(frozen=True, slots=True)
    class Mark:
        """A value that is made often."""

        x: int
        y: int = 0
        names: list[str] = value.field(default_factory=list)

    @value.dataclass()
    class Brush:
        """A value that looks after itself."""

        ink: str
        left: int = 3

        def __post_init__(self) -> None:
            self.left += 1

    shared: object = Mark.__init__
    wrong: tuple[tuple[Any, ...], ...] = ((), (1, 2, [], 4))
    for n in range(3 * value._FEW):
        assert (Mark.__init__ is shared) == (n <= 2)
        made = Mark(n, names=["a"]), Mark(n, 0, ["a"]), Mark(x=n, names=["a"], y=0)
        assert made[0] == made[1] == made[2]
        assert [(one.x, one.y, one.names) for one in made] == [(n, 0, ["a"])] * 3
        assert Brush("blue", left=n).left == n + 1
        if n == 2:
            for args in wrong:
                with pytest.raises(TypeError, match=r"Mark.__init__\(\)"):
                    Mark(*args)
    assert Brush.__init__ is not shared


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize(
    ("args", "names", "said"),
    [
        ((), {}, "missing 1 required positional argument: 'x'"),
        ((1, 2, 3, 4), {}, "takes from 2 to 4 positional arguments but 5 were given"),
        ((1,), {"x": 2}, "got multiple values for argument 'x'"),
        ((1,), {"w": 2}, "got an unexpected keyword argument 'w'"),
        ((), {"w": 2, "x": 1}, "got an unexpected keyword argument 'w'"),
    ],
)
def test_wrong_arguments_at_first_and_later(count: int, args: Any, names: Any, said: str) -> None:
    """They are told as ever."""

    @value.dataclass()
    class Mark:
        """A value."""

        x: int
        y: int = 0
        z: int = 0

    for n in range(count):
        Mark(n)
    with pytest.raises(TypeError) as caught:
        Mark(*args, **names)
    assert said in str(caught.value)
    assert Mark(5).x == 5


def test_comparing_and_hashing() -> None:
    assert Point(1) == Point(1) != Point(2)
    assert Point(1) != Spot(1)
    assert Pen() == Pen()
    assert hash(Open(2)) == hash(Open(2)) != hash(Open(3))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Pen())


@pytest.mark.parametrize("made", [Point(1), Spot(1), Open()], ids=lambda made: type(made).__name__)
def test_what_is_frozen_stays(made: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.x = 5
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.x
    assert made.x == 1


@pytest.mark.parametrize("made", [Point(1, 2, ["a"]), Spot(1, 2), Pen(), Open(3)], ids=lambda made: type(made).__name__)
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])
def test_copies_are_equal(made: Any, again: Callable[[Any], Any]) -> None:
    assert again(made) == made
    assert dataclasses.replace(made) != object()


def test_replacing() -> None:
    assert dataclasses.replace(Point(1, 2), x=3) == value.replace(Point(3), y=2) == Point(3, 2)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 0, "names": []}


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match=r"Point.__init__\(\) missing 1 required"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Point(1, w=2)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Pen().paper = 1  # type: ignore[attr-defined]
