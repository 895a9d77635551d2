"""Dual numbers: a value, and how fast it changes; formulas evaluated in them differentiate.

The slopes of the primitive functions are stated here once more, so that a wrong row in the
program's tables does not stay unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from tracer.maths.expression import Cases, Compare, Expression
from tracer.proof.numeric import RELATIONS
from tracer.proof.reals import ONE, PRIMITIVES, ZERO, Real, applied, compared, raised
from tracer.proof.trees import Values, walked

TWO, TEN = Real(Fraction(2)), Real(Fraction(10))


class Dual:
    """A value and its slope."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Real, slope: Real = ZERO) -> None:
        self.value = value
        self.slope = slope

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Dual) -> Dual:
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def __truediv__(self, other: Dual) -> Dual:
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - quotient * other.slope) / other.value)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)


SLOPES: Mapping[str, Callable[[Real], Real]] = {
    "exp": lambda x: applied("exp", x),
    "ln": lambda x: ONE / x,
    "sqrt": lambda x: ONE / (TWO * applied("sqrt", x)),
    "sin": lambda x: applied("cos", x),
    "cos": lambda x: -applied("sin", x),
    "tan": lambda x: ONE / raised(applied("cos", x), TWO),
    "sinh": lambda x: applied("cosh", x),
    "cosh": lambda x: applied("sinh", x),
    "tanh": lambda x: ONE / raised(applied("cosh", x), TWO),
    "atan": lambda x: ONE / (ONE + x * x),
    "log10": lambda x: ONE / (x * applied("ln", TEN)),
}


class Differentials:
    """The algebra of dual numbers; at a kink it takes the branch that the value takes."""

    functions = PRIMITIVES

    def literal(self, value: Fraction) -> Dual:
        """A constant does not change."""
        return Dual(Real(value))

    def power(self, base: Dual, exponent: Dual) -> Dual:
        """The power rule, and that of exponential functions where the exponent changes."""
        value, slope = raised(base.value, exponent.value), ZERO
        if not _is_zero(base.slope) and not _is_zero(exponent.value):
            inner = exponent.value * raised(base.value, exponent.value - ONE)
            slope = slope + inner * base.slope
        if not _is_zero(exponent.slope):
            slope = slope + value * applied("ln", base.value) * exponent.slope
        return Dual(value, slope)

    def call(self, function: str, arguments: Sequence[Dual]) -> Dual:
        """The chain rule."""
        inner = arguments[0]
        value = applied(function, inner.value)
        if _is_zero(inner.slope):
            return Dual(value)
        return Dual(value, SLOPES[function](inner.value) * inner.slope)

    def choice(self, cases: Cases, values: Values) -> Dual:
        """The first branch whose condition holds."""
        for test, value in cases.branches:
            if self._holds(test, values):
                return self._value(value, values)
        return self._value(cases.otherwise, values)

    def _holds(self, test: Compare, values: Values) -> bool:
        left, right = self._value(test.left, values), self._value(test.right, values)
        return bool(RELATIONS[test.relation](compared(left.value, right.value), 0))

    def _value(self, formula: Expression, values: Values) -> Dual:
        dual: Dual = walked(formula, values, self)
        return dual


def dual(formula: Expression, values: Values) -> Dual:
    """A formula's value and slope, over symbols that stand for dual numbers.

    Raises:
        CalculationError: one of them does not exist.
        ZeroDivisionError: nor does this one.
    """
    found: Dual = walked(formula, values, Differentials())
    return found


def slope(formula: Expression, by: str, at: Mapping[str, Real]) -> Real:
    """How fast a formula changes with one of its symbols.

    Args:
        formula: over symbols that hold names.
        by: the name of the one that changes.
        at: the value of each name.
    """
    duals = {name: Dual(value, ONE if name == by else ZERO) for name, value in at.items()}
    return dual(formula, duals).slope


def _is_zero(value: Real) -> bool:
    return value.exact == 0
