"""Walks a formula in any algebra: numbers, dual numbers, SymPy's expressions.

The algebra's values know ``+ - * /`` and the unary minus; it says itself what a literal, a power,
a primitive function and a comparison are.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from operator import add, mul
from typing import Any, Protocol

from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from tracer.maths.functions import FUNCTIONS
from tracer.maths.parse import parse


class Algebra(Protocol):
    """What a formula is evaluated in."""

    @property
    def functions(self) -> Container[str]:
        """The functions that it knows itself; the others are walked as formulas."""

    def literal(self, value: Fraction) -> Any:
        """A constant."""

    def power(self, base: Any, exponent: Any) -> Any:
        """``base**exponent``."""

    def call(self, function: str, arguments: Sequence[Any]) -> Any:
        """One of the functions that it knows."""

    def choice(self, cases: Cases, values: Values) -> Any:
        """A piecewise formula."""


PIECES = {
    "abs": "where(x > 0, x, x < 0, -x, at_zero*x)",
    "relu": "where(x > 0, x, x < 0, 0, at_zero*x)",
}
"""Formulas whose piece at the kink has the slope agreed on, in place of those in the table."""

BETTER = {"max": "where(x >= y, x, y)", "min": "where(x <= y, x, y)"}
"""Of two arguments; where they tie, the first one counts."""

Values = Mapping[Any, Any]


def walked(formula: Expression, values: Values, algebra: Algebra) -> Any:
    """A formula's value.

    Args:
        formula: any tree.
        values: what each of its symbols stands for.
        algebra: what the values are.

    Raises:
        CalculationError: the value does not exist.
        ZeroDivisionError: nor does this one.
    """
    match formula:
        case Number(value):
            return algebra.literal(value)
        case Symbol(of):
            return values[of]
        case Neg(operand):
            return -walked(operand, values, algebra)
        case Add(terms):
            return reduce(add, [walked(term, values, algebra) for term in terms])
        case Mul(factors):
            return reduce(mul, [walked(factor, values, algebra) for factor in factors])
        case Div(numerator, denominator):
            return walked(numerator, values, algebra) / walked(denominator, values, algebra)
        case Pow(base, exponent):
            return algebra.power(walked(base, values, algebra), walked(exponent, values, algebra))
        case Cases():
            return algebra.choice(formula, values)
        case Call(function, arguments):
            return _called(function, [walked(part, values, algebra) for part in arguments], algebra)


def _called(function: str, arguments: list[Any], algebra: Algebra) -> Any:
    if function in algebra.functions:
        return algebra.call(function, arguments)
    if function in BETTER:
        pair = parse(BETTER[function])
        return reduce(lambda x, y: walked(pair, {"x": x, "y": y}, algebra), arguments)
    return walked(_formula(function), _roles(function, arguments, algebra), algebra)


def _roles(function: str, arguments: list[Any], algebra: Algebra) -> Values:
    """The argument, and what holds at the kink: as the second argument says, or the table."""
    row = FUNCTIONS[function]
    if not row.at_zero:
        return {"x": arguments[0]}
    agreed = arguments[1] if len(arguments) > 1 else walked(parse(row.at_zero), {}, algebra)
    return {"x": arguments[0], "at_zero": agreed}


@cache
def _formula(function: str) -> Expression:
    return parse(PIECES.get(function, FUNCTIONS[function].definition))
