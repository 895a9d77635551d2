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
from tracer.maths.parse import parse

TOTAL, PRODUCT, POWER = "total", "product", "power"
GUARD, CHECK = "guard", "check"

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
        case Pow(base, exponent):
            return Call(POWER, (base, exponent))
        case Call(function, (Symbol() | Number() as argument,)) if is_defined(function):
            return substitute(definition(function, arithmetic), {"x": argument})
        case Cases(branches, otherwise) if arithmetic.guard is not None:
            return Cases(tuple((_guarded(test), value) for test, value in branches), otherwise)
    return node


def is_defined(function: str) -> bool:
    """Whether the function is no primitive, but written over more basic ones."""
    row = FUNCTIONS.get(function)
    return row is not None and bool(row.definition)


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
