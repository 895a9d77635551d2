"""Fractions among decimals: what has no end as a decimal stays a fraction while it is exact.

A third is no decimal, and 1/3*3 - 1 shall be 0. So a quotient of exact numbers that does not end
is a `Ratio`; it becomes a decimal again as soon as it ends, meets a rounded number, or grows long.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, Inexact, getcontext
from fractions import Fraction
from numbers import Rational
from operator import add, eq, ge, gt, le, lt, mul, sub, truediv
from typing import Any

from tracer.maths.powers import bits

SPARE = 10
"""A decimal that fills all digits but these has been rounded, or might as well have been."""

MAX_BITS = 1_000
"""Longer fractions are rounded to decimals."""

Operation = Callable[[Any, Any], Any]


def is_short(value: Decimal, digits: int) -> bool:
    """Whether a decimal, in an arithmetic of so many digits, is all of a number.

    A rounded number fills its digits; the remainder of a cancellation stands at their far end.
    """
    _, figures, exponent = value.as_tuple()
    kept = digits - min(SPARE, digits // 4)
    return len(figures) < kept and isinstance(exponent, int) and -exponent < kept


def exactly(value: Decimal | Ratio, digits: int) -> Fraction | None:
    """The number that a value stands for; None where it has been rounded."""
    if isinstance(value, Ratio):
        return value.fraction
    if is_short(value, digits) and value.adjusted() < digits:
        return Fraction(value)
    return None


def kept(value: Fraction) -> Decimal | Ratio:
    """A fraction as a decimal of the current context where it ends, or is too long to be kept."""
    context = getcontext()
    context.clear_flags()
    near = _near(value, context)
    if not context.flags[Inexact] or bits(value) > MAX_BITS:
        return near
    return Ratio(value)


def quotient(dividend: Decimal | Ratio, divisor: Decimal | Ratio) -> Decimal | Ratio:
    """A quotient: a fraction where exact numbers are divided and the decimal has no end."""
    if isinstance(dividend, Decimal) and isinstance(divisor, Decimal):
        context: Context = getcontext()
        context.clear_flags()
        near = context.divide(dividend, divisor)
        if not context.flags[Inexact]:
            return near
        above, below = exactly(dividend, context.prec), exactly(divisor, context.prec)
        return near if above is None or below is None else kept(above / below)
    return dividend / divisor


class Ratio:
    """A fraction whose decimals do not end.

    Attributes:
        fraction: its value.
    """

    __slots__ = ("fraction",)

    def __init__(self, fraction: Fraction) -> None:
        self.fraction = fraction

    @property
    def numerator(self) -> int:
        """Of the fraction in lowest terms."""
        return self.fraction.numerator

    @property
    def denominator(self) -> int:
        """Of the fraction in lowest terms."""
        return self.fraction.denominator

    @property
    def near(self) -> Decimal:
        """The decimal of the current precision that is nearest."""
        return _near(self.fraction, getcontext())

    def __add__(self, other: Any) -> Any:
        return _combined(add, self, other)

    def __radd__(self, other: Any) -> Any:
        return _combined(add, other, self)

    def __sub__(self, other: Any) -> Any:
        return _combined(sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _combined(sub, other, self)

    def __mul__(self, other: Any) -> Any:
        return _combined(mul, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _combined(mul, other, self)

    def __truediv__(self, other: Any) -> Any:
        return _combined(truediv, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _combined(truediv, other, self)

    def __neg__(self) -> Ratio:
        return Ratio(-self.fraction)

    def __abs__(self) -> Ratio:
        return Ratio(abs(self.fraction))

    def __eq__(self, other: object) -> bool:
        return _compared(eq, self, other)

    def __lt__(self, other: Any) -> bool:
        return _compared(lt, self, other)

    def __le__(self, other: Any) -> bool:
        return _compared(le, self, other)

    def __gt__(self, other: Any) -> bool:
        return _compared(gt, self, other)

    def __ge__(self, other: Any) -> bool:
        return _compared(ge, self, other)

    def __hash__(self) -> int:
        return hash(self.fraction)

    def __float__(self) -> float:
        return float(self.fraction)

    def __round__(self, digits: int = 0) -> Decimal:
        return round(self.near, digits)

    def __format__(self, how: str) -> str:
        return format(self.near, how) if how else str(self)

    def __str__(self) -> str:
        return str(self.fraction)

    def __repr__(self) -> str:
        return f"Ratio('{self.fraction}')"


Rational.register(Ratio)


def as_decimal(value: Decimal | Ratio, context: Context) -> Decimal:
    """A value with the digits of a context."""
    return _near(value.fraction, context) if isinstance(value, Ratio) else context.plus(value)


def _near(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _combined(operation: Operation, left: Any, right: Any) -> Any:
    """A sum, product, ... in which one number is a fraction."""
    digits = getcontext().prec
    one, other = _exact(left, digits), _exact(right, digits)
    if one is NotImplemented or other is NotImplemented:
        return NotImplemented
    if one is None or other is None:
        return operation(_decimal(left), _decimal(right))
    return kept(operation(one, other))


def _exact(value: Any, digits: int) -> Any:
    if isinstance(value, Decimal | Ratio):
        return exactly(value, digits)
    return Fraction(value) if isinstance(value, int | Fraction) else NotImplemented


def _decimal(value: Decimal | Ratio) -> Decimal:
    return value.near if isinstance(value, Ratio) else value


def _compared(relation: Operation, left: Ratio, right: Any) -> bool:
    other = right.fraction if isinstance(right, Ratio) else right
    return bool(relation(left.fraction, other))
