"""Prepare an expression for evaluation: what Python has no operator for becomes a call.

A long sum becomes a call of ``total`` (an operator chain of ten thousand terms would nest too
deeply to compile), a power a call of ``power``, and a function that has a definition is replaced
by it where its argument is a leaf. Elsewhere it stays a call, so that the argument stands once.
Where values can grow without limit, every sum, product and quotient is checked.
"""

from __future__ import annotations

from functools import cache

from tracer.maths.arithmetic.protocol import Arithmetic
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Number,
    Pow,
    Symbol,
    rebuild,
    substitute,
)
from tracer.maths.functions import FUNCTIONS
from tracer.maths.names import KINKED
from tracer.maths.parse import parse

TOTAL, PRODUCT, POWER = "total", "product", "power"
GUARD, CHECK, QUOTIENT = "guard", "check", "quotient"

AT_ZERO = "_at_zero"
"""The ending of a function that is called with its value at 0."""

_LONG = 20


def lowered(expression: Expression, arithmetic: Arithmetic) -> Expression:
    """The same value over ``+ - * /``, short chains, conditions and calls."""
    node = rebuild(expression, lambda operand: lowered(operand, arithmetic))
    chain = _LONG if arithmetic.check is None else 1
    match node:
        case Add(terms) if len(terms) > chain:
            return Call(TOTAL, terms)
        case Mul(factors) if len(factors) > chain:
            return Call(PRODUCT, factors)
        case Div() if arithmetic.check is not None:
            return Call(CHECK, (node,))
        case Div(dividend, divisor) if arithmetic.quotient is not None:
            return Call(QUOTIENT, (dividend, divisor))
        case Pow(base, exponent):
            return Call(POWER, (base, exponent))
        case Call(function, (argument, _)) if function in KINKED and not _jumps(function):
            return lowered(Call(function, (argument,)), arithmetic)
        case Call(function, operands) if function in KINKED and len(operands) == 2:
            return Call(function + AT_ZERO, operands)
        case Call(function, (Symbol() | Number() as argument,)) if is_defined(function):
            return substitute(definition(function, arithmetic), {"x": argument})
        case Cases(branches, otherwise) if arithmetic.guard is not None:
            return Cases(tuple((_guarded(test), value) for test, value in branches), otherwise)
    return node


def is_defined(function: str) -> bool:
    """Whether the function is no primitive, but written over more basic ones."""
    row = FUNCTIONS.get(function)
    return row is not None and bool(row.definition)


def _jumps(function: str) -> bool:
    """Whether its value at 0 is a convention, and not only its slope there."""
    return "at_zero" in FUNCTIONS[function].definition


@cache
def jump(function: str, arithmetic: Arithmetic) -> Expression:
    """The definition of a function with a jump in ``x`` and ``at_zero``."""
    return lowered(parse(FUNCTIONS[function].definition), arithmetic)


@cache
def definition(function: str, arithmetic: Arithmetic) -> Expression:
    """A function's definition in ``x``, ready for evaluation.

    Where comparisons may be undecided, the form without conditions is the tighter one, and an
    overflow does no harm in it.
    """
    row = FUNCTIONS[function]
    stable = row.stable and arithmetic.choose is None
    formula = parse(row.stable if stable else row.definition)
    if row.at_zero:
        formula = substitute(formula, {"at_zero": parse(row.at_zero)})
    return lowered(formula, arithmetic)


def _guarded(test: Compare) -> Compare:
    return Compare(_guard(test.left), test.relation, _guard(test.right))


def _guard(operand: Expression) -> Expression:
    """A leaf is finite already; a computed operand may be no number, which compares as false."""
    return operand if isinstance(operand, Symbol | Number) else Call(GUARD, (operand,))
