"""The witnesses' numbers: exact while they are rational, else rounded.

A comparison of 0.3 - 0.1 with 0.2 is decided exactly, and a sigmoid needs no fraction. A rounded
number knows how far it may be off, so that no witness takes what rounding has left for a value.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

from tracer.errors import CalculationError
from tracer.maths.powers import bits
from tracer.proof import doubt
from tracer.proof.precision import MP

MOST_BITS = 3_000
"""Longer fractions are carried on as rounded numbers."""

SHORT = 300
"""Of so many binary digits no precision rounds."""

LONG = 10_000
"""From so many bits on, a number is shown by its size only."""

SAME = Fraction(4, 5)
"""Numbers are alike of which so large a part of the digits is the same."""


class Real:
    """A number: a fraction, or where it has become irrational (or too long) a rounded one.

    Attributes:
        exact: the fraction; None where the number is rounded.
    """

    __slots__ = ("_bound", "_rounded", "_size", "exact")

    def __init__(
        self, exact: Fraction | None, rounded: Any = None, bound: float | None = None
    ) -> None:
        """A fraction, or a number that is not one.

        Args:
            exact: the fraction, if it is one.
            rounded: else the number as mpmath's.
            bound: how far it may be off (see `tracer.proof.doubt`); None: it was rounded once.
        """
        self.exact = exact
        self._rounded = rounded
        self._size: float | None = None
        self._bound = bound

    @property
    def rounded(self) -> Any:
        """The number as mpmath's, to the digits that are carried."""
        if self._rounded is None:
            self._rounded = MP.convert(self.exact)
        return self._rounded

    @property
    def size(self) -> float:
        """The logarithm of its size to base 2."""
        if self._size is None:
            self._size = doubt.size(self.rounded)
        return self._size

    @property
    def bound(self) -> float:
        """How far the rounded number may be off, as a logarithm to base 2."""
        if self._bound is None:
            short = self.exact is not None and _is_short(self.exact)
            self._bound = doubt.NONE if short else doubt.rounding(self.size)
        return self._bound

    @property
    def error(self) -> Any:
        """How far the number may be off, as mpmath's; 0 for a fraction."""
        return MP.zero if self.exact is not None else doubt.number(self.bound)

    @property
    def is_giant(self) -> bool:
        """Whether its decimal digits would be too many to write, before or behind the point."""
        return abs(int(MP.mag(self.rounded or MP.one))) > LONG

    def __add__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact + other.exact)
        if self.exact == 0 or other.exact == 0:
            return other if self.exact == 0 else self
        return _sum(self.rounded + other.rounded, self, other)

    def __sub__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact - other.exact)
        if self is other:
            return ZERO
        if self.exact == 0 or other.exact == 0:
            return -other if self.exact == 0 else self
        return _sum(self.rounded - other.rounded, self, other)

    def __mul__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact * other.exact)
        if self.exact == 0 or other.exact == 0:
            return ZERO
        found = Real(None, self.rounded * other.rounded)
        sizes, bounds = (self.size, other.size), (self.bound, other.bound)
        found._bound = doubt.of_product(sizes, bounds, found.size)
        return found

    def __truediv__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact / other.exact)
        found = Real(None, self.rounded / other.rounded)
        found._bound = doubt.of_quotient(other.size, (self.bound, other.bound), found.size)
        return ZERO if self.exact == 0 and found.bound < inf else found

    def __neg__(self) -> Real:
        if self.exact is not None:
            return Real(-self.exact)
        return Real(None, -self._rounded, self.bound)

    def __abs__(self) -> Real:
        return -self if self.rounded < 0 else self

    def __repr__(self) -> str:
        """The digits that a reader can use."""
        if self.exact is not None and bits(self.exact) < LONG:
            return str(self.exact)
        if self.is_giant:
            return f"about 2**{int(MP.mag(self.rounded))}"
        return str(MP.nstr(self.rounded, 20))


def _is_short(value: Fraction) -> bool:
    """Whether a fraction is one of binary digits, few enough to be carried."""
    below = value.denominator
    return not below & (below - 1) and value.numerator.bit_length() <= SHORT


def _sum(value: Any, one: Real, other: Real) -> Real:
    found = Real(None, value)
    found._bound = doubt.together(one.bound, other.bound, doubt.rounding(found.size))
    return found


def rational(value: Fraction) -> Real:
    """A rational number, exact as long as it is short."""
    if bits(value) <= MOST_BITS:
        return Real(value)
    return Real(None, MP.convert(value))


ZERO, ONE = Real(Fraction(0)), Real(Fraction(1))


class TooCloseError(CalculationError):
    """Two numbers whose order their digits do not tell."""


def compared(left: Real, right: Real) -> int:
    """-1, 0 or 1: how two numbers compare.

    Raises:
        TooCloseError: rounding may have made the difference, or hidden it.
    """
    if left.exact is not None and right.exact is not None:
        return (left.exact > right.exact) - (left.exact < right.exact)
    difference = left - right
    if abs(difference.rounded) <= difference.error != 0:
        raise TooCloseError(TOO_CLOSE)
    return int(difference.rounded > 0) - int(difference.rounded < 0)


TOO_CLOSE = "two numbers are the same in all digits carried: which one is larger is not known"


def are_alike(left: Real, right: Real) -> bool:
    """Whether two numbers are the same but for the last digits of rounded ones."""
    if left.exact is not None and right.exact is not None:
        return left.exact == right.exact
    difference = left - right
    largest = max(abs(left.rounded), abs(right.rounded))
    same = MP.ldexp(largest, -int(MP.prec * SAME))
    return bool(abs(difference.rounded) <= max(same, difference.error))
