"""Formulas read by Python's own parser, and evaluated in any number system of the witnesses.

This shares nothing with the program's parser, printer or tables: the functions that it knows are
written here once more.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache

from tests.support.mathematics import Maths, Number

SIGNS = {"^": "**", "·": "*", "×": "*", "−": "-", "⋅": "*", "²": "**2", "³": "**3"}
FUNCTIONS = {
    "sigmoid": "1/(1 + exp(-x))",
    "softplus": "ln(1 + exp(x))",
    "relu": "where(x > 0, x, 0)",
    "abs": "where(x > 0, x, -x)",
    "step": "where(x > 0, 1, 0)",
    "sign": "where(x > 0, 1, -1)",
}
RELATIONS: Mapping[type[ast.cmpop], tuple[int, ...]] = {
    ast.Gt: (1,),
    ast.GtE: (1, 0),
    ast.Lt: (-1,),
    ast.LtE: (-1, 0),
    ast.Eq: (0,),
}
ALIASES = {"log": "ln"}


@lru_cache(20_000)
def tree(text: str) -> tuple[ast.expr, Mapping[ast.expr, Fraction]]:
    """A formula's syntax tree, and the values of its numbers, which Python would round."""
    for sign, python in SIGNS.items():
        text = text.replace(sign, python)
    source = " ".join(text.split())
    root = ast.parse(source, mode="eval").body
    numbers = [node for node in ast.walk(root) if isinstance(node, ast.Constant)]
    return root, {node: literal(node, source) for node in numbers}


def evaluated(text: str, names: Mapping[str, Number], maths: Maths) -> Number:
    """A formula's value.

    Args:
        text: in the notation of specs.
        names: the value of every name in it.
        maths: the number system of the values.
    """
    node, literals = tree(text)
    return Evaluation(literals, names, maths).value(node)


class Evaluation:
    """One evaluation of a syntax tree."""

    def __init__(
        self, literals: Mapping[ast.expr, Fraction], names: Mapping[str, Number], maths: Maths
    ) -> None:
        self.literals, self.names, self.maths = literals, names, maths

    def value(self, node: ast.expr) -> Number:
        """The value of a node, if its size leaves room for rounding."""
        return self.maths.bounded(self._value(node))

    def _value(self, node: ast.expr) -> Number:
        match node:
            case ast.Constant():
                return self.maths.constant(self.literals[node])
            case ast.Name(name):
                return self.names[name]
            case ast.UnaryOp(ast.USub(), operand):
                return -self.value(operand)
            case ast.UnaryOp(ast.UAdd(), operand):
                return self.value(operand)
            case ast.BinOp(left, operator, right):
                return self._operation(self.value(left), operator, self.value(right))
            case ast.Call(ast.Name(function), arguments):
                return self._call(ALIASES.get(function, function), arguments)
        raise AssertionError(f"no formula: {ast.dump(node)}")

    def _operation(self, left: Number, operator: ast.operator, right: Number) -> Number:
        match operator:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return self.maths.divided(left, right)
            case ast.Pow():
                return self.maths.power(left, right)
        raise AssertionError(f"no operation: {operator}")

    def _call(self, function: str, arguments: list[ast.expr]) -> Number:
        if function == "where":
            return self._piecewise(arguments)
        values = [self.value(argument) for argument in arguments]
        if function in ("max", "min"):
            return self._extreme(values, function == "max")
        if function in FUNCTIONS:
            return evaluated(FUNCTIONS[function], {"x": values[0]}, self.maths)
        return self.maths.functions[function](*values)

    def _piecewise(self, arguments: list[ast.expr]) -> Number:
        *pairs, otherwise = arguments
        for test, value in zip(pairs[::2], pairs[1::2], strict=True):
            if self._holds(test):
                return self.value(value)
        return self.value(otherwise)

    def _holds(self, test: ast.expr) -> bool:
        assert isinstance(test, ast.Compare)
        left, right = self.value(test.left), self.value(test.comparators[0])
        return self.maths.compared(left, right) in RELATIONS[type(test.ops[0])]

    def _extreme(self, values: list[Number], largest: bool) -> Number:
        winner, *others = values
        for other in others:
            if self.maths.compared(other, winner) == (1 if largest else -1):
                winner = other
        return winner


def literal(node: ast.Constant, source: str) -> Fraction:
    """A number's exact value, from its digits rather than from Python's float."""
    text = ast.get_source_segment(source, node)
    assert text is not None
    return Fraction(text)


def with_identifiers(text: str, names: Mapping[str, str]) -> str:
    """A formula in which names that Python cannot read are replaced by ones that it can.

    Args:
        text: the formula.
        names: the identifier for each name.
    """
    pattern = name_pattern(tuple(names))
    return pattern.sub(lambda found: names[found[0]], text)


@cache
def name_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some names, where it stands alone; the longest that fits."""
    longest = sorted(names, key=len, reverse=True)
    start, end = r"(?<![\w∂δ⁺])", r"(?![\w⁺@\[ᵃ-ᶻ])"
    return re.compile(f"{start}(?:{'|'.join(map(re.escape, longest))}){end}")
