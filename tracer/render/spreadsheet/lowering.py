"""Formulas as a cell can hold them: over functions that spreadsheets have, short, and shallow.

What a spreadsheet does not have is replaced by its definition. What is too long or too deep for
one cell is taken apart: a part of it gets a helper cell of its own, and its reference stands in
its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from tracer.maths.expression import (
    Add,
    Call,
    Expression,
    Mul,
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
from tracer.maths.names import VARIADIC
from tracer.maths.parse import parse

MOST_LEAVES = 120
"""As many references and numbers stand in one sum: a cell holds 8,192 characters."""

DEEPEST = 24
"""Spreadsheets nest 64 levels of brackets; a node of the tree may bring two."""


class Helper(Struct, frozen=True):
    """What the symbol of a helper cell stands for: the cell's number in its row."""

    number: int


class Lowered(NamedTuple):
    """A formula for a cell, and those of the helper cells that it refers to, each in order."""

    formula: Expression
    helpers: tuple[Expression, ...]


def lowered(expression: Expression) -> Lowered:
    """The same value over what spreadsheets have."""
    lowering = _Lowering()
    formula = lowering.of(expression)
    return Lowered(formula, tuple(lowering.helpers))


class _Lowering:
    """A formula that is taken apart.

    Attributes:
        helpers: the formulas of the helper cells so far.
    """

    def __init__(self) -> None:
        self.helpers: list[Expression] = []

    def of(self, node: Expression) -> Expression:
        node = rebuild(node, self.of)
        match node:
            case Add(terms):
                return self._in_parts(Add, terms)
            case Mul(factors):
                return self._in_parts(Mul, factors)
            case Call(function, arguments) if function in VARIADIC:
                return self._in_parts(lambda some: Call(function, some), arguments)
            case Call(function, arguments):
                return self._shallow(self._called(function, arguments))
            case Pow(_, Number(value)) if not value:
                return number(1)
        return self._shallow(node)

    def _called(self, function: str, arguments: Sequence[Expression]) -> Expression:
        """A call, or what it is by definition; of an argument that stands there twice, a cell."""
        row, argument = FUNCTIONS[function], arguments[0]
        if not row.definition:
            return Call(function, (argument,))
        body = parse(row.stable or row.definition)
        if len(_uses(body)) > 1 and not isinstance(argument, Symbol | Number):
            argument = self._apart(argument)
        at_zero = arguments[1] if len(arguments) > 1 else parse(row.at_zero or "0")
        return substitute(body, {"x": argument, "at_zero": at_zero})

    def _in_parts(
        self, made: Callable[[tuple[Expression, ...]], Expression], operands: tuple[Expression, ...]
    ) -> Expression:
        """A long sum as a sum of sums, each of which has a cell of its own."""
        if sum(map(_leaves, operands)) <= MOST_LEAVES:
            return self._shallow(made(operands))
        groups: list[list[Expression]] = [[]]
        size = 0
        for operand in operands:
            size += _leaves(operand)
            if groups[-1] and size > MOST_LEAVES:
                groups.append([])
                size = _leaves(operand)
            groups[-1].append(operand)
        parts = (made(tuple(some)) if len(some) > 1 else some[0] for some in groups)
        return self._in_parts(made, tuple(map(self._apart, parts)))

    def _shallow(self, node: Expression) -> Expression:
        return self._apart(node) if _height(node) >= DEEPEST else node

    def _apart(self, node: Expression) -> Expression:
        """The symbol of a new helper cell for a node."""
        self.helpers.append(node)
        return Symbol(Helper(len(self.helpers) - 1))


def _uses(body: Expression) -> list[Expression]:
    """Where a definition has its argument."""
    return [node for node in walk(body) if node == Symbol("x")]


def _leaves(node: Expression) -> int:
    return sum(not children(part) for part in walk(node))


def _height(node: Expression) -> int:
    return 1 + max(map(_height, children(node)), default=0)
