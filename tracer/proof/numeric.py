"""Formulas evaluated in numbers, with a note of every decision that a comparison makes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from tracer.maths.expression import Cases, Compare, Expression
from tracer.proof.functions import PRIMITIVES, applied, raised
from tracer.proof.reals import Real, compared
from tracer.proof.trees import Values, walked

RELATIONS = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}


class Numeric:
    """The algebra of numbers.

    Attributes:
        decisions: for each comparison that was made, in order, how its sides compare: two runs
            that decide alike are on the same pieces of every piecewise formula.
    """

    functions = PRIMITIVES

    def __init__(self) -> None:
        self.decisions: list[int] = []

    def literal(self, value: Fraction) -> Real:
        """The number itself."""
        return Real(value)

    def power(self, base: Real, exponent: Real) -> Real:
        """A power."""
        return raised(base, exponent)

    def call(self, function: str, arguments: Sequence[Real]) -> Real:
        """A primitive function's value."""
        return applied(function, arguments[0])

    def choice(self, cases: Cases, values: Values) -> Real:
        """The value of the first branch whose condition holds."""
        for test, value in cases.branches:
            if self._holds(test, values):
                return self._value(value, values)
        return self._value(cases.otherwise, values)

    def _holds(self, test: Compare, values: Values) -> bool:
        decision = compared(self._value(test.left, values), self._value(test.right, values))
        self.decisions.append(decision)
        return bool(RELATIONS[test.relation](decision, 0))

    def _value(self, formula: Expression, values: Values) -> Real:
        number: Real = walked(formula, values, self)
        return number


def number(formula: Expression, values: Values) -> Real:
    """A formula's value in numbers.

    Raises:
        CalculationError: it does not exist.
        ZeroDivisionError: nor does this one.
    """
    value: Real = walked(formula, values, Numeric())
    return value
