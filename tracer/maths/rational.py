"""Work out constant arithmetic over fractions, within a stated size."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add, mul

from tracer.errors import CalculationError, FormulaError
from tracer.maths.expression import Add, Call, Cases, Div, Expression, Mul, Neg, Number, Pow, Symbol
from tracer.maths.powers import bits, power

MAX_BITS = 14_000
"""The most bits of a value in a spec: more than 1e4000 has, fewer than `str` refuses."""


def rational(expression: Expression) -> Fraction:
    """The value of an expression without symbols and functions.

    Raises:
        FormulaError: it has such, divides by zero, is irrational or is far too long.
    """
    match expression:
        case Number(value):
            return value
        case Neg(operand):
            return -rational(operand)
        case Add(terms):
            return _folded(add, terms)
        case Mul(factors):
            return _folded(mul, factors)
        case Div(numerator, denominator):
            return _quotient(rational(numerator), rational(denominator))
        case Pow(base, exponent):
            return _power(rational(base), rational(exponent))
        case Symbol(of):
            raise FormulaError(
                f"'{of}' is a letter: a value is one letter alone, or arithmetic without letters"
            )
        case Call(function):
            raise FormulaError(
                f"{function}(...) is a function: write the value's digits, or a fraction"
            )
        case Cases():
            raise FormulaError("a value has no conditions: write a number")


def _folded(
    operation: Callable[[Fraction, Fraction], Fraction], parts: tuple[Expression, ...]
) -> Fraction:
    return reduce(lambda left, right: _within(operation(left, right)), map(rational, parts))


def _quotient(numerator: Fraction, denominator: Fraction) -> Fraction:
    if denominator == 0:
        raise FormulaError("division by zero")
    return _within(numerator / denominator)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    try:
        return power(base, exponent, MAX_BITS)
    except CalculationError as error:
        raise FormulaError(str(error)) from None


def _within(value: Fraction) -> Fraction:
    if bits(value) > MAX_BITS:
        raise FormulaError(f"the value has more than {MAX_BITS:,} bits")
    return value
