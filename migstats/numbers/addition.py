"""Values and scales are added up to one number."""

from __future__ import annotations

from decimal import Decimal

from migstats.numbers.grammar import Grammar

_LEAST = Decimal("0.01")
"""The part of a scale that digits after it must reach to belong to it without a joiner ("5 thousand 688")."""

_DIGITS = Decimal(-1)
"""Stands for the latest value where it was written in digits: no word is added to those ("20 et un")."""


class Sum:
    """Adds up one number: values add, scales multiply what stands before them and is smaller."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.parts: list[tuple[Decimal, Decimal]] = []
        self.group: Decimal | None = None
        self.latest = Decimal(0)
        self.unit = Decimal(1)
        self.half = False
        self.whole = True
        self.vague = False
        """A plural without its count ("thousands")."""
        self.safe: tuple[Decimal, int, Decimal] | None = None
        """Value, next atom and unit of what stands before the group, when the group begins another number."""

    @property
    def started(self) -> bool:
        """Whether anything was added yet."""
        return bool(self.parts) or self.group is not None

    def total(self) -> Decimal:
        """Give the value so far."""
        return sum((amount for _, amount in self.parts), self.group or Decimal(0))

    def add_value(self, value: Decimal, joined: bool) -> bool:
        """Add a word with a value; False when it does not belong to this number."""
        if self.group is not None:
            if joined not in self.grammar.follow.get((self.latest, value), ()):
                return False
            self.group += value
        elif self.parts:
            if not self._fits(value) or not (joined or self.grammar.bare):
                return False
            self.group = value
        else:
            self.group = value
        self.latest = value
        if value >= 100:
            self._close()
        return True

    def _close(self) -> None:
        """Make a value of hundreds or thousands a part of its own, to which smaller values may be added."""
        assert self.group is not None
        thousands = self.group.adjusted() // 3
        self.parts.append((Decimal(1000) ** thousands if thousands else Decimal(100), self.group))
        self.group = None

    def _fits(self, value: Decimal) -> bool:
        """Tell whether a value may be added below the last scale."""
        return self.whole and value < self.parts[-1][0] and value > 0

    def add_digits(self, value: Decimal, joined: bool, scaled: bool) -> bool:
        """Add a number in digits; `scaled` says that a scale follows it."""
        if self.group is not None:
            return False
        if self.parts:
            scale = self.parts[-1][0]
            direct = scaled or (self.grammar.mixed and scale >= 1000 and value >= _LEAST * scale)
            whole = value == value.to_integral_value() or scaled
            if not (self._fits(value) and whole and (joined or direct)):
                return False
        self.group, self.latest = value, _DIGITS
        self.half = False
        return True

    def multiply(self, scale: Decimal, joined: bool) -> bool:
        """Multiply by a scale what stands before it; False when the scale belongs to another number."""
        if self.group == 0:
            return False
        if self.group is None and self.parts and (joined or self.parts[-1][0] >= scale):
            if self.parts[-1][0] <= scale or not (joined or self.grammar.bare):
                return False
            self.parts.append((scale, scale))
            self.unit = scale
            return True
        amount = self.group
        kept = len(self.parts)
        while kept and self.parts[kept - 1][0] < scale:
            kept -= 1
            amount = (amount or Decimal(0)) + self.parts[kept][1]
        if kept and self.parts[kept - 1][0] == scale:
            return False
        amount = Decimal(1) if amount is None else amount
        self.whole = self.whole and amount == amount.to_integral_value()
        del self.parts[kept:]
        self.parts.append((scale, amount * scale))
        self.group, self.unit, self.half = None, scale, False
        return True

    def add_half(self) -> bool:
        """Add half of the last scale."""
        if self.group is not None or not self.parts or self.unit == 1:
            return False
        scale, amount = self.parts[-1]
        self.parts[-1] = (scale, amount + self.unit / 2)
        self.whole = False
        return True
