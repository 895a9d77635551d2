"""The bridge to SymPy: our formulas built as its expressions, and its expressions evaluated.

SymPy is handed objects, never text, and never a power of numbers that would be far too large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

import sympy

from tracer.errors import CalculationError
from tracer.maths.expression import Cases
from tracer.maths.powers import bits
from tracer.proof.functions import PRIMITIVES, applied, raised
from tracer.proof.numeric import RELATIONS
from tracer.proof.precision import MP
from tracer.proof.reals import ONE, ZERO, Real, compared
from tracer.proof.trees import Values, walked
from tracer.proof.witness import AT_A_KINK, SilentError

MOST_BITS = 10_000
"""The most bits of a constant power."""

FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "exp": sympy.exp,
    "ln": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "atan": sympy.atan,
    "log10": lambda x: sympy.log(x) / sympy.log(10),
}
"""How SymPy calls the primitive functions."""


class Building:
    """The algebra of SymPy's expressions, without piecewise formulas."""

    functions = PRIMITIVES

    def literal(self, value: Fraction) -> Any:
        """An exact rational."""
        return sympy.Rational(value.numerator, value.denominator)

    def power(self, base: Any, exponent: Any) -> Any:
        """A power; refused where it would be a far too long number.

        Raises:
            CalculationError: it would.
        """
        if base.is_Rational and exponent.is_Rational and base not in (-1, 0, 1):
            size = bits(Fraction(int(base.p), int(base.q))) * abs(Fraction(exponent.p, exponent.q))
            if size > MOST_BITS:
                raise CalculationError("a power is far too large")
        return base**exponent

    def call(self, function: str, arguments: Sequence[Any]) -> Any:
        """SymPy's own function."""
        return FUNCTIONS[function](arguments[0])

    def choice(self, cases: Cases, values: Values) -> Any:
        """Piecewise formulas are for those who build on this."""
        raise NotImplementedError


class Point:
    """Numbers for symbols, and the values that expressions have there.

    Attributes:
        numbers: the value of each symbol, and of each function that stands for a kink.
    """

    def __init__(self, numbers: dict[Any, Real]) -> None:
        self.numbers = numbers
        self._found: dict[Any, Real] = {}

    def value(self, expression: Any) -> Real:
        """An expression's value.

        Raises:
            CalculationError: it does not exist.
            SilentError: it is a derivative at a kink.
        """
        found = self._found.get(expression)
        if found is None:
            found = self._found[expression] = self._computed(expression)
        return found

    def _computed(self, node: Any) -> Real:
        if node in self.numbers:
            return self.numbers[node]
        if isinstance(node, sympy.Rational):
            return Real(Fraction(int(node.p), int(node.q)))
        if isinstance(node, sympy.NumberSymbol):
            return Real(None, +CONSTANTS[node])
        if isinstance(node, sympy.Derivative | sympy.Subs):
            raise SilentError(AT_A_KINK)
        operation = OPERATIONS.get(node.func)
        if operation is None:
            raise CalculationError("SymPy's form has no real value")
        return operation([self.value(part) for part in node.args])


CONSTANTS = {sympy.pi: MP.pi, sympy.E: MP.e}

OPERATIONS: Mapping[Any, Callable[[list[Real]], Real]] = {
    sympy.Add: lambda parts: reduce(add, parts),
    sympy.Mul: lambda parts: reduce(mul, parts),
    sympy.Pow: lambda parts: raised(parts[0], parts[1]),
    sympy.Abs: lambda parts: abs(parts[0]),
    sympy.sign: lambda parts: _sign(parts[0]),
    sympy.log: lambda parts: applied("ln", parts[0]),
    **{
        FUNCTIONS[name]: lambda parts, name=name: applied(name, parts[0])  # type: ignore[misc]
        for name in FUNCTIONS
        if name not in ("ln", "sqrt", "log10")
    },
}


def _sign(value: Real) -> Real:
    """The slope of an absolute value."""
    sign = compared(value, ZERO)
    if not sign:
        raise SilentError(AT_A_KINK)
    return ONE if sign > 0 else -ONE


def symbol(name: str) -> Any:
    """A real symbol; SymPy is told its name and never reads it."""
    return sympy.Symbol(name, real=True)


class Pieces(Building):
    """Builds what a piecewise formula is at one point: the piece on which the point lies.

    At a kink, where two pieces meet, it is a function of which nothing but the value is known.
    """

    def __init__(self, point: Point, fixed: frozenset[Any] = frozenset()) -> None:
        """The piece at a point; where only what is fixed is compared, there is no kink."""
        self.point = point
        self.fixed = fixed

    def choice(self, cases: Cases, values: Values) -> Any:
        """The piece of the first condition that holds."""
        at_a_kink, chosen = [], cases.otherwise
        for test, value in cases.branches:
            left, right = walked(test.left, values, self), walked(test.right, values, self)
            decision = compared(self.point.value(left), self.point.value(right))
            if decision == 0 and (left - right).free_symbols - self.fixed:
                at_a_kink += [left, right]
            if RELATIONS[test.relation](decision, 0):
                chosen = value
                break
        piece = walked(chosen, values, self)
        return self._kink([*at_a_kink, piece]) if at_a_kink else piece

    def _kink(self, parts: list[Any]) -> Any:
        kink = sympy.Function(f"kink{len(self.point.numbers)}")(*parts)
        self.point.numbers[kink] = self.point.value(parts[-1])
        return kink
