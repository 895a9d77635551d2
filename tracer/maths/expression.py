"""The inert expression tree: what a person wrote, in the order and with the digits they wrote.

Nothing here simplifies, evaluates or prints. An expression is data that other modules read:
the evaluator, the printers, the differentiator and the bridge to SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from fractions import Fraction

from msgspec import Struct


class Number(Struct, frozen=True):
    """A literal: its exact value, and the text that it was written as (``0.20`` stays ``0.20``)."""

    value: Fraction
    text: str


class Symbol(Struct, frozen=True):
    """A leaf that stands for a value: a role in a rule (``"net"``), a quantity in a step."""

    of: Hashable


class Neg(Struct, frozen=True):
    """Minus the operand."""

    operand: Expression


class Add(Struct, frozen=True):
    """A sum of two or more terms; a subtraction is a term that is a `Neg`."""

    terms: tuple[Expression, ...]


class Mul(Struct, frozen=True):
    """A product of two or more factors."""

    factors: tuple[Expression, ...]


class Div(Struct, frozen=True):
    """A quotient."""

    numerator: Expression
    denominator: Expression


class Pow(Struct, frozen=True):
    """A power."""

    base: Expression
    exponent: Expression


class Call(Struct, frozen=True):
    """A named function of its arguments: ``exp(x)``, ``max(0, net)``."""

    function: str
    arguments: tuple[Expression, ...]


class Compare(Struct, frozen=True):
    """A condition, ``left relation right``; the relation is one of ``< <= > >= ==``."""

    left: Expression
    relation: str
    right: Expression


class Cases(Struct, frozen=True):
    """A piecewise expression: the first branch whose condition holds, else `otherwise`."""

    branches: tuple[tuple[Compare, Expression], ...]
    otherwise: Expression


Expression = Number | Symbol | Neg | Add | Mul | Div | Pow | Call | Cases


def number(value: int | Fraction) -> Number:
    """A literal that the program itself writes, such as the 1 in ``1 - out``."""
    return Number(Fraction(value), str(value))


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct operands of a node, conditions of `Cases` included, in written order."""
    match expression:
        case Number() | Symbol():
            return ()
        case Neg(operand):
            return (operand,)
        case Add(operands) | Mul(operands) | Call(_, operands):
            return operands
        case Div(first, second) | Pow(first, second):
            return (first, second)
        case Cases(branches, otherwise):
            parts = [(test.left, test.right, value) for test, value in branches]
            return (*(node for part in parts for node in part), otherwise)


def rebuild(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The same node over changed operands; a leaf is returned as it is."""
    match expression:
        case Number() | Symbol():
            return expression
        case Neg(operand):
            return Neg(change(operand))
        case Add(terms):
            return Add(tuple(map(change, terms)))
        case Mul(factors):
            return Mul(tuple(map(change, factors)))
        case Div(numerator, denominator):
            return Div(change(numerator), change(denominator))
        case Pow(base, exponent):
            return Pow(change(base), change(exponent))
        case Call(function, arguments):
            return Call(function, tuple(map(change, arguments)))
        case Cases(branches, otherwise):
            kept = tuple(
                (Compare(change(test.left), test.relation, change(test.right)), change(value))
                for test, value in branches
            )
            return Cases(kept, change(otherwise))


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node of the tree, each before its operands, from left to right."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def symbols(expression: Expression) -> tuple[Hashable, ...]:
    """What the symbols stand for, each once, in the order of first use."""
    return tuple(dict.fromkeys(node.of for node in walk(expression) if isinstance(node, Symbol)))


def substitute(expression: Expression, values: Mapping[Hashable, Expression]) -> Expression:
    """The expression with symbols replaced; a symbol that `values` does not name is kept."""
    if isinstance(expression, Symbol):
        return values.get(expression.of, expression)
    return rebuild(expression, lambda operand: substitute(operand, values))
