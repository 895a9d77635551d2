"""SymPy's expressions as our own trees, in an order in which people would write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy

from tracer.errors import CalculationError
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Pow,
    Symbol,
    number,
)
from tracer.proof.symbolic.kept import Kept, Where

CALLS: Mapping[Any, str] = {
    sympy.exp: "exp",
    sympy.log: "ln",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.atan: "atan",
    sympy.Abs: "abs",
}

CONSTANTS: Mapping[Any, Expression] = {
    sympy.E: Call("exp", (number(1),)),
    sympy.pi: Mul((number(4), Call("atan", (number(1),)))),
}

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
HALF = sympy.Rational(1, 2)


class Back:
    """The way back for one set of symbols.

    Attributes:
        order: the place of each symbol's name, from left to right.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._found: dict[Any, Expression] = {}
        self._inside: dict[Any, frozenset[int]] = {}
        self.order = {name: place for place, name in enumerate(dict.fromkeys(names))}

    def tree(self, node: Any) -> Expression:
        """The expression as our tree; its symbols hold names.

        Raises:
            CalculationError: it has no real value.
        """
        if node not in self._found:
            self._found[node] = self._tree(node)
        return self._found[node]

    def _tree(self, node: Any) -> Expression:
        if node in CONSTANTS:
            return CONSTANTS[node]
        for kind, write in self._writers():
            if isinstance(node, kind):
                return write(node)
        name = CALLS.get(node.func)
        if name is None:
            raise CalculationError("SymPy's form has no real value")
        return Call(name, self._trees(node.args))

    def _writers(self) -> tuple[tuple[Any, Callable[[Any], Expression]], ...]:
        return (
            (sympy.Symbol, lambda node: Symbol(node.name)),
            (sympy.Rational, _rational),
            (sympy.Add, self._sum),
            (sympy.Mul, self._product),
            (sympy.Pow, self._power),
            (Where, self._cases),
            (Kept, lambda node: Call(node.ours, self._trees(node.args))),
            (sympy.sign, lambda node: Call("sign", (*self._trees(node.args), number(0)))),
        )

    def _trees(self, nodes: Sequence[Any]) -> tuple[Expression, ...]:
        return tuple(map(self.tree, nodes))

    def _sum(self, node: Any) -> Expression:
        """Positive terms first, higher powers first; a number before functions, else last."""
        curved = any(term.has(sympy.Function) for term in node.args)

        def key(term: Any) -> Any:
            is_number = not self._symbols(term)
            place = (-1,) if is_number and curved else (len(self.order),) if is_number else ()
            return (_is_negative(term), place or self._places(term), -_degree(term))

        return Add(self._trees(sorted(node.args, key=key)))

    def _product(self, node: Any) -> Expression:
        """Numbers, symbols, then the rest; what is divided by below a bar."""
        if _is_negative(node):
            return Neg(self.tree(-node))
        above: list[Any] = []
        below: list[Any] = []
        for factor in sorted(node.args, key=self._factor_key):
            power = factor.exp if isinstance(factor, sympy.Pow) else sympy.Integer(1)
            is_below = bool(power.is_Rational and power < 0)
            (below if is_below else above).append(1 / factor if is_below else factor)
        top = _times(self._trees(above))
        return Div(top, _times(self._trees(below))) if below else top

    def _factor_key(self, factor: Any) -> Any:
        base = factor.base if isinstance(factor, sympy.Pow) else factor
        simple = 0 if not self._symbols(factor) else 1 if isinstance(base, sympy.Symbol) else 2
        return (simple, self._places(factor))

    def _places(self, node: Any) -> tuple[int, ...]:
        return tuple(sorted(self._symbols(node)))

    def _symbols(self, node: Any) -> frozenset[int]:
        """The places of the symbols in a node."""
        if isinstance(node, sympy.Symbol):
            return frozenset((self.order[node.name],))
        if node not in self._inside:
            self._inside[node] = frozenset().union(*map(self._symbols, node.args))
        return self._inside[node]

    def _power(self, node: Any) -> Expression:
        base, exponent = node.base, node.exp
        if exponent.is_Rational and exponent < 0:
            return Div(number(1), self.tree(1 / node))
        if exponent == HALF:
            return Call("sqrt", (self.tree(base),))
        return Pow(self.tree(base), self.tree(exponent))

    def _cases(self, node: Where) -> Expression:
        branches = tuple(
            (self._condition(left, relation, right), self.tree(value))
            for left, relation, right, value in node.branches
        )
        return Cases(branches, self.tree(node.args[-1]))

    def _condition(self, left: Any, relation: str, right: Any) -> Compare:
        """The number stands on the right."""
        if left.is_Rational and not right.is_Rational:
            left, relation, right = right, FLIPPED[relation], left
        return Compare(self.tree(left), relation, self.tree(right))


def _rational(node: Any) -> Expression:
    value = Fraction(int(node.p), int(node.q))
    return Neg(number(-value)) if value < 0 else number(value)


def _is_negative(node: Any) -> bool:
    return bool(node.as_coeff_Mul()[0] < 0)


def _degree(node: Any) -> Any:
    """The sum of the powers of symbols in a product."""
    powers = [factor.as_base_exp() for factor in sympy.Mul.make_args(node)]
    return sum(p for base, p in powers if isinstance(base, sympy.Symbol) and p.is_Rational)


def _times(factors: tuple[Expression, ...]) -> Expression:
    if not factors:
        return number(1)
    return factors[0] if len(factors) == 1 else Mul(factors)
