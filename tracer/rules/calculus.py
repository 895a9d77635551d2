"""The rules of differentiation, on our own trees: what a step of an expression is derived by.

`partial` is one row of the tables for one operation: how it changes with one of its operands.
`derivative` applies the rows through a whole formula, and tidies only what a person would not
write down: terms that are 0, factors that are 1.
"""

from __future__ import annotations

from collections.abc import Hashable

from tracer.errors import FormulaError
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    children,
    number,
    rebuild,
    substitute,
    walk,
)
from tracer.maths.functions import FUNCTIONS
from tracer.maths.parse import parse
from tracer.maths.rational import rational

ZERO, ONE = number(0), number(1)


def derivative(formula: Expression, by: Hashable) -> Expression:
    """The derivative of a formula by one of its symbols."""
    match formula:
        case Number():
            return ZERO
        case Symbol(of):
            return ONE if of == by else ZERO
        case Cases(branches, otherwise):
            kept = tuple((test, derivative(value, by)) for test, value in branches)
            return _cases(kept, derivative(otherwise, by))
        case Call("max" | "min", arguments) if len(arguments) > 1:
            return _choice(formula, by)
        case _:
            pairs = enumerate(children(formula))
            terms = [
                product(partial(formula, k), derivative(part, by))
                for k, part in pairs
                if depends(part, by)
            ]
            return total(terms)


def partial(node: Expression, k: int) -> Expression:
    """How one operation changes with its operand number `k`, over the same operands."""
    match node:
        case Neg():
            return Neg(ONE)
        case Add():
            return ONE
        case Mul(factors):
            return product(*factors[:k], *factors[k + 1 :])
        case Div(numerator, denominator):
            if k == 0:
                return Div(ONE, denominator)
            return Neg(Div(numerator, _power(denominator, number(2))))
        case Pow(base, exponent):
            if k == 0:
                return product(exponent, _power(base, _one_less(exponent)))
            return product(node, Call("ln", (base,)))
        case Call(function, arguments):
            row = FUNCTIONS[function]
            put_in: dict[Hashable, Expression] = {"x": arguments[0], "y": node}
            if row.at_zero:
                put_in["at_zero"] = arguments[1] if len(arguments) > 1 else parse(row.at_zero)
            return substitute(parse(row.slope), put_in)
    raise TypeError(f"no rule for {type(node).__name__}")


def depends(expression: Expression, by: Hashable) -> bool:
    """Whether a symbol stands anywhere in an expression."""
    return any(isinstance(node, Symbol) and node.of == by for node in walk(expression))


def product(*factors: Expression) -> Expression:
    """A product without the factors that are 1, and 0 if one of them is 0."""
    if ZERO in factors:
        return ZERO
    kept = tuple(factor for factor in factors if factor != ONE)
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else Mul(_flat(kept))


def total(terms: list[Expression]) -> Expression:
    """A sum without the terms that are 0."""
    kept = tuple(term for term in terms if term != ZERO)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Add(kept)


def tidied(formula: Expression) -> Expression:
    """A formula without factors 1, terms 0 and double minus signs; nothing else is changed."""
    node = rebuild(formula, tidied)
    match node:
        case Mul(factors):
            return product(*factors)
        case Add(terms):
            return total(list(terms))
        case Neg(Neg(operand)):
            return operand
        case Neg(operand) if operand == ZERO:
            return ZERO
        case Div(numerator, denominator) if denominator == ONE:
            return numerator
    return node


def _flat(factors: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Factors that are products themselves are written out among the others."""
    parts: list[Expression] = []
    for factor in factors:
        parts.extend(factor.factors if isinstance(factor, Mul) else (factor,))
    return tuple(parts)


def _power(base: Expression, exponent: Expression) -> Expression:
    if exponent == ZERO:
        return ONE
    return base if exponent == ONE else Pow(base, exponent)


def _one_less(exponent: Expression) -> Expression:
    """The exponent minus 1, worked out where it has no letters: ``x**(1/2)`` leads to -1/2."""
    try:
        return number(rational(exponent) - 1)
    except FormulaError:
        return Add((exponent, Neg(ONE)))


def _cases(branches: tuple[tuple[Compare, Expression], ...], otherwise: Expression) -> Expression:
    """A piecewise derivative; one expression where all its pieces are the same."""
    if all(value == otherwise for _, value in branches):
        return otherwise
    return Cases(branches, otherwise)


def _choice(formula: Call, by: Hashable) -> Expression:
    """The slope of max or min: that of the argument which wins; of the first one in a tie."""
    first, *rest = formula.arguments
    other: Expression = rest[0] if len(rest) == 1 else Call(formula.function, tuple(rest))
    relation = ">=" if formula.function == "max" else "<="
    branch = (Compare(first, relation, other), derivative(first, by))
    return _cases((branch,), derivative(other, by))
