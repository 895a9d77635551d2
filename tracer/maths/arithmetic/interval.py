"""An interval of decimals that is certain to contain the true value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache

from msgspec import Struct

from tracer.errors import CalculationError
from tracer.maths.arithmetic.decimal_functions import brief
from tracer.maths.arithmetic.decimals import working_context
from tracer.maths.arithmetic.series import GUARD

Operation = Callable[[Context, Decimal, Decimal], Decimal]

_ZERO = Decimal(0)


class Rounding(Struct, frozen=True):
    """The contexts of one precision: towards minus infinity, plus infinity, and the nearest.

    The nearest one has more digits, for functions that know no direction.
    """

    floor: Context
    ceiling: Context
    near: Context


@cache
def rounding(digits: int) -> Rounding:
    """Outward rounding to so many digits."""
    return Rounding(
        working_context(digits, ROUND_FLOOR),
        working_context(digits, ROUND_CEILING),
        working_context(digits + GUARD),
    )


class Interval:
    """All numbers from `lo` to `hi`, both included; `hi` may be infinite inside a formula."""

    __slots__ = ("hi", "lo", "rounding")

    def __init__(self, lo: Decimal, hi: Decimal, rounding: Rounding) -> None:
        self.lo = lo
        self.hi = hi
        self.rounding = rounding

    def __add__(self, other: Interval) -> Interval:
        floor, ceiling = self.rounding.floor, self.rounding.ceiling
        return Interval(floor.add(self.lo, other.lo), ceiling.add(self.hi, other.hi), self.rounding)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __neg__(self) -> Interval:
        return Interval(self.hi.copy_negate(), self.lo.copy_negate(), self.rounding)

    def __mul__(self, other: Interval) -> Interval:
        return self._corners(_times, other)

    def __truediv__(self, other: Interval) -> Interval:
        if other.contains_zero:
            raise CalculationError(f"division by zero: the divisor {other} contains 0")
        return self._corners(_over, other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Interval) and (self.lo, self.hi) == (other.lo, other.hi)

    def __hash__(self) -> int:
        return hash((self.lo, self.hi))

    def __str__(self) -> str:
        """The interval as messages show it."""
        return f"[{brief(self.lo)}, {brief(self.hi)}]"

    def __repr__(self) -> str:
        return f"Interval[{self.lo}, {self.hi}]"

    @property
    def contains_zero(self) -> bool:
        """Whether 0 is one of its numbers."""
        return self.lo <= 0 <= self.hi

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.lo == self.hi

    def hull(self, other: Interval) -> Interval:
        """The least interval that contains both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi), self.rounding)

    def _corners(self, operation: Operation, other: Interval) -> Interval:
        pairs = [(x, y) for x in (self.lo, self.hi) for y in (other.lo, other.hi)]
        floor, ceiling = self.rounding.floor, self.rounding.ceiling
        return Interval(
            min(operation(floor, x, y) for x, y in pairs),
            max(operation(ceiling, x, y) for x, y in pairs),
            self.rounding,
        )


def _times(context: Context, x: Decimal, y: Decimal) -> Decimal:
    """An infinite end stands for arbitrarily large numbers, of which 0 times is 0."""
    return context.multiply(x, y) if x and y else _ZERO


def _over(context: Context, x: Decimal, y: Decimal) -> Decimal:
    return context.divide(x, y) if y.is_finite() else _ZERO


def decided(left: Interval, relation: str, right: Interval) -> bool | None:
    """Whether a relation holds for all of the numbers (True), for none (False), or for some."""
    return _DECIDED[relation](left, right)


def _less(left: Interval, right: Interval) -> bool | None:
    return True if left.hi < right.lo else False if left.lo >= right.hi else None


def _at_most(left: Interval, right: Interval) -> bool | None:
    return True if left.hi <= right.lo else False if left.lo > right.hi else None


def _equal(left: Interval, right: Interval) -> bool | None:
    if left.is_point and left == right:
        return True
    return None if left.lo <= right.hi and right.lo <= left.hi else False


_DECIDED: dict[str, Callable[[Interval, Interval], bool | None]] = {
    "<": _less,
    "<=": _at_most,
    ">": lambda left, right: _less(right, left),
    ">=": lambda left, right: _at_most(right, left),
    "==": _equal,
}


def choose(
    left: Interval,
    relation: str,
    right: Interval,
    value: Callable[[], Interval],
    otherwise: Callable[[], Interval],
) -> Interval:
    """The branch that the condition takes; where it is undecided, what contains both."""
    holds = decided(left, relation, right)
    if holds is None:
        return value().hull(otherwise())
    return value() if holds else otherwise()
