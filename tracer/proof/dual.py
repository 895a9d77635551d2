"""Dual numbers: a value, and how fast it changes; formulas evaluated in them differentiate.

The slopes of the primitive functions are stated here once more, so that a wrong row in the
program's tables does not stay unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tracer.maths.expression import Cases, Compare, Expression
from tracer.proof.functions import PRIMITIVES, applied, raised
from tracer.proof.linear import Form, factors
from tracer.proof.numeric import RELATIONS
from tracer.proof.reals import ONE, ZERO, Real, compared
from tracer.proof.trees import Values, walked

TWO, TEN = Real(Fraction(2)), Real(Fraction(10))


class Dual:
    """A value and its slope: a number, or a linear form of slopes (see `tracer.proof.linear`)."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Real, slope: Any = ZERO) -> None:
        self.value = value
        self.slope = slope

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Dual) -> Dual:
        slope = self.slope * other.value + other.slope * self.value
        return Dual(self.value * other.value, slope)

    def __truediv__(self, other: Dual) -> Dual:
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - other.slope * quotient) / other.value)

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
        value = raised(base.value, exponent.value)
        slope: Any = ZERO
        if not _is_zero(base.slope) and not _is_zero(exponent.value):
            inner = exponent.value * raised(base.value, exponent.value - ONE)
            slope = slope + base.slope * inner
        if not _is_zero(exponent.slope):
            slope = slope + exponent.slope * (value * applied("ln", base.value))
        return Dual(value, slope)

    def call(self, function: str, arguments: Sequence[Dual]) -> Dual:
        """The chain rule."""
        inner = arguments[0]
        value = applied(function, inner.value)
        if _is_zero(inner.slope):
            return Dual(value)
        return Dual(value, inner.slope * SLOPES[function](inner.value))

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


def slope(formula: Expression, by: Hashable, at: Mapping[Any, Real]) -> Real:
    """How fast a formula changes with one of its symbols.

    Args:
        formula: over symbols that hold the keys of `at`.
        by: the key of the one that changes.
        at: their values.
    """
    duals = {key: Dual(value, ONE if key == by else ZERO) for key, value in at.items()}
    found: Real = dual(formula, duals).slope
    return found


def slopes(formula: Expression, at: Mapping[Any, Real]) -> dict[Any, Real]:
    """How fast a formula changes with each of its symbols.

    Args:
        formula: over symbols that hold the keys of `at`.
        at: their values.
    """
    duals = {key: Dual(value, Form(unknown=key)) for key, value in at.items()}
    found = factors(dual(formula, duals).slope)
    return {key: found.get(key, ZERO) for key in at}


def _is_zero(value: Any) -> bool:
    return bool(value.exact == 0)
