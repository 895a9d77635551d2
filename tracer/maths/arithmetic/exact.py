"""Exact arithmetic: fractions, and functions only at the points where they give a fraction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from tracer.errors import CalculationError, IrrationalError
from tracer.maths.expression import Number
from tracer.maths.powers import bits, power, rational_root, read_fraction, shown
from tracer.phrase import Phrase

MAX_BITS = 50_000
"""The most bits that a value may have before the calculation is refused."""

_ZERO, _ONE = Fraction(0), Fraction(1)
_RATIONAL_POINTS: dict[str, tuple[Fraction, Fraction]] = {
    "exp": (_ZERO, _ONE),
    "ln": (_ONE, _ZERO),
    "sin": (_ZERO, _ZERO),
    "cos": (_ZERO, _ONE),
    "tan": (_ZERO, _ZERO),
    "sinh": (_ZERO, _ZERO),
    "cosh": (_ZERO, _ONE),
    "tanh": (_ZERO, _ZERO),
    "atan": (_ZERO, _ZERO),
}
"""The one rational argument at which each function is rational (Lindemann), and its value there."""


def _at_one_point(name: str) -> Callable[[Fraction], Fraction]:
    argument, value = _RATIONAL_POINTS[name]

    def function(x: Fraction) -> Fraction:
        if x == argument:
            return value
        if name == "ln" and x <= 0:
            raise CalculationError(f"ln({shown(x)}) does not exist")
        raise IrrationalError(f"{name}({shown(x)}) is irrational")

    return function


def _sqrt(x: Fraction) -> Fraction:
    if x < 0:
        raise CalculationError(f"sqrt({shown(x)}) does not exist")
    root = rational_root(x, 2)
    if root is None:
        raise IrrationalError(f"sqrt({shown(x)}) is irrational")
    return root


def _log10(x: Fraction) -> Fraction:
    if x <= 0:
        raise CalculationError(f"log10({shown(x)}) does not exist")
    exponent = Decimal(x.numerator).adjusted() - Decimal(x.denominator).adjusted()
    if Fraction(10) ** exponent != x:
        raise IrrationalError(f"log10({shown(x)}) is irrational")
    return Fraction(exponent)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    return power(base, exponent, MAX_BITS)


def _bounded(value: Fraction) -> Fraction:
    if bits(value) > MAX_BITS:
        raise CalculationError(
            f"the exact fraction has grown to {bits(value):,} bits (at most {MAX_BITS:,}); "
            "use decimal arithmetic"
        )
    return value


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _at_one_point(name) for name in _RATIONAL_POINTS},
    "sqrt": _sqrt,
    "log10": _log10,
    "abs": abs,
    "max": max,
    "min": min,
    "power": _power,
}


class Exact(Struct, frozen=True):
    """Rational numbers without any rounding."""

    name = "exact"
    sentence = Phrase("every number is an exact fraction")
    functions = _FUNCTIONS
    choose = None
    guard = None
    tells_carried = False
    is_rigorous = True
    is_machine = False
    check = staticmethod(_bounded)
    quotient = None
    finish_all = None
    finish_many = None

    def literal(self, number: Number) -> Fraction:
        """The literal's exact value."""
        return number.value

    def finish(self, value: Fraction) -> Fraction:
        """The value as it is, unless it has grown beyond use."""
        return _bounded(value)

    def text(self, value: Fraction) -> str:
        """``3/4``, or ``2``."""
        numerator = _digits(value.numerator)
        return numerator if value.denominator == 1 else f"{numerator}/{_digits(value.denominator)}"

    def read(self, text: str) -> Fraction:
        """The fraction that `text` wrote."""
        return read_fraction(text)

    def fraction(self, value: Fraction) -> Fraction:
        """The value itself."""
        return value

    def scope(self) -> AbstractContextManager[object]:
        """Fractions need no setting."""
        return nullcontext()


def _digits(value: int) -> str:
    """All digits; `str` itself refuses more than 4,300."""
    return str(Decimal(value))
