"""The witnesses' numbers: exact while they are rational, else to a hundred digits.

A comparison of 0.3 - 0.1 with 0.2 is decided exactly, and a sigmoid needs no fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from mpmath import MPContext

from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic.exact import Exact
from tracer.maths.powers import bits, power

DIGITS = 100
"""Significant digits of what is not rational."""

MOST_BITS = 3_000
"""Longer fractions are carried on to `DIGITS` digits."""

LARGEST_EXPONENT = 10**100
"""exp, sinh and cosh of more than this do not fit anywhere."""

LARGEST_ANGLE = 10**1000
"""Angles beyond this would take as many digits of pi."""

LONG = 10_000
"""From so many bits on, a number is shown by its size only."""

MP = MPContext()
MP.dps = DIGITS
_SAME = MP.mpf(10) ** -(DIGITS - 20)


class Real:
    """A number: a fraction, or where it has become irrational (or too long) a rounded one.

    Attributes:
        exact: the fraction; None where the number is rounded.
    """

    __slots__ = ("_rounded", "exact")

    def __init__(self, exact: Fraction | None, rounded: Any = None) -> None:
        self.exact = exact
        self._rounded = rounded

    @property
    def rounded(self) -> Any:
        """The number as mpmath's, to `DIGITS` digits."""
        if self._rounded is None:
            self._rounded = MP.convert(self.exact)
        return self._rounded

    @property
    def is_giant(self) -> bool:
        """Whether its decimal digits would be too many to write, before or behind the point."""
        return abs(int(MP.mag(self.rounded or MP.one))) > LONG

    def __add__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact + other.exact)
        return Real(None, self.rounded + other.rounded)

    def __sub__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact - other.exact)
        return Real(None, self.rounded - other.rounded)

    def __mul__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact * other.exact)
        return Real(None, self.rounded * other.rounded)

    def __truediv__(self, other: Real) -> Real:
        if self.exact is not None and other.exact is not None:
            return rational(self.exact / other.exact)
        return Real(None, self.rounded / other.rounded)

    def __neg__(self) -> Real:
        return Real(-self.exact) if self.exact is not None else Real(None, -self._rounded)

    def __repr__(self) -> str:
        """The digits that a reader can use."""
        if self.exact is not None and bits(self.exact) < LONG:
            return str(self.exact)
        if self.is_giant:
            return f"about 2**{int(MP.mag(self.rounded))}"
        return str(MP.nstr(self.rounded, 20))


def rational(value: Fraction) -> Real:
    """A rational number, exact as long as it is short."""
    if bits(value) <= MOST_BITS:
        return Real(value)
    return Real(None, MP.convert(value))


ZERO, ONE = Real(Fraction(0)), Real(Fraction(1))


def compared(left: Real, right: Real) -> int:
    """-1, 0 or 1; rounded numbers are the same where all but their last digits are."""
    if left.exact is not None and right.exact is not None:
        return (left.exact > right.exact) - (left.exact < right.exact)
    one, two = left.rounded, right.rounded
    if abs(one - two) <= _SAME * max(abs(one), abs(two)):
        return 0
    return 1 if one > two else -1


def raised(base: Real, exponent: Real) -> Real:
    """A power.

    Raises:
        CalculationError: it does not exist among real numbers, or is far too large.
        ZeroDivisionError: 0 to a negative power.
    """
    if base.exact is not None and exponent.exact is not None:
        size = bits(base.exact) * abs(exponent.exact)
        if size <= MOST_BITS or base.exact in (-1, 0, 1):
            try:
                return rational(power(base.exact, exponent.exact, 2 * MOST_BITS))
            except IrrationalError:
                pass
    whole = exponent.exact is not None and exponent.exact.denominator == 1
    if not whole and base.rounded < 0:
        raise CalculationError("a root of a negative number does not exist among real numbers")
    power_of = int(exponent.exact) if whole and exponent.exact is not None else exponent.rounded
    if abs(power_of * (abs(MP.mag(base.rounded or MP.one)) + 1)) > LARGEST_EXPONENT:
        raise CalculationError("a power is far too large")
    return Real(None, _finite(base.rounded**power_of))


def applied(name: str, argument: Real) -> Real:
    """A primitive function's value.

    Raises:
        CalculationError: it does not exist.
    """
    if argument.exact is not None:
        try:
            return rational(Exact().functions[name](argument.exact))
        except IrrationalError:
            pass
    x = argument.rounded
    if name in _LIMITS and abs(x) > LARGEST_EXPONENT:
        return _at_infinity(name, x)
    if abs(x) > _LARGEST.get(name, MP.inf):
        raise CalculationError(f"the argument of {name} is far too large")
    if name in ("ln", "log10") and x <= 0:
        raise CalculationError(f"{name} of a number that is not positive")
    return Real(None, _finite(_FUNCTIONS[name](x)))


_LARGEST: Mapping[str, int] = {
    **dict.fromkeys(("sinh", "cosh"), LARGEST_EXPONENT),
    **dict.fromkeys(("sin", "cos", "tan"), LARGEST_ANGLE),
}

_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "exp": MP.exp,
    "ln": MP.ln,
    "sqrt": MP.sqrt,
    "sin": MP.sin,
    "cos": MP.cos,
    "tan": MP.tan,
    "sinh": MP.sinh,
    "cosh": MP.cosh,
    "tanh": MP.tanh,
    "atan": MP.atan,
    "log10": MP.log10,
}

_LIMITS: Mapping[str, tuple[Fraction, Fraction | None]] = {
    "exp": (Fraction(0), None),
    "tanh": (Fraction(-1), Fraction(1)),
}
"""What a function comes to at minus and at plus infinity; None where it has no limit."""


def _at_infinity(name: str, argument: Any) -> Real:
    limit = _LIMITS[name][argument > 0]
    if limit is None:
        raise CalculationError(f"the argument of {name} is far too large")
    return Real(None, MP.convert(limit))


PRIMITIVES = frozenset(_FUNCTIONS)
"""The functions that are not written over others."""


def _finite(value: Any) -> Any:
    if not isinstance(value, MP.mpf) or not MP.isfinite(value):
        raise CalculationError("a value does not exist among real numbers")
    return value
