"""Number systems for the witnesses: floats under autograd, 60 digits, and exact dual numbers.

The same formula runs in each. A value that lies too near to a kink, a pole or an overflow says so,
and the example is left out: there no two ways to compute can be held to agree.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

import autograd.numpy as anp
import mpmath
from hypothesis import reject
from msgspec import Struct

DIGITS = 60
SMALL, LARGE = 1e-3, 1e6
Number = Any


class UnsuitableError(Exception):
    """A value of which nothing can be held: at a kink, a pole, or too large."""


@contextlib.contextmanager
def suitable() -> Iterator[None]:
    """Leaves an example out whose values are unsuitable."""
    try:
        yield
    except UnsuitableError:
        reject()


class Maths(Struct, frozen=True):
    """A number system.

    Attributes:
        constant: makes a number of a fraction.
        plain: a number's nearest float.
        functions: what formulas may call, beyond what is written in terms of these.
    """

    constant: Callable[[Fraction], Number]
    plain: Callable[[Number], float]
    functions: Mapping[str, Callable[..., Number]]

    def compared(self, left: Number, right: Number) -> int:
        """1 or -1, whichever number is the greater one; too near to tell is unsuitable."""
        distance = self.plain(left) - self.plain(right)
        if abs(distance) < SMALL:
            raise UnsuitableError("at a kink")
        return 1 if distance > 0 else -1

    def bounded(self, value: Number) -> Number:
        """The number, if its size leaves room for rounding."""
        if not abs(self.plain(value)) < LARGE:
            raise UnsuitableError("too large")
        return value

    def divided(self, left: Number, right: Number) -> Number:
        """A quotient, away from the pole."""
        if abs(self.plain(right)) < SMALL:
            raise UnsuitableError("at a pole")
        return left / right

    def power(self, base: Number, exponent: Number) -> Number:
        """A power; one that is no whole number needs a positive base."""
        whole = _whole(self.plain(exponent), exponent)
        if whole is None:
            if self.plain(base) < SMALL:
                raise UnsuitableError("no real power")
            return self.functions["exp"](self.bounded(exponent * self.functions["ln"](base)))
        result = self.constant(Fraction(1))
        for _ in range(abs(whole)):
            result = self.bounded(result * base)
        return result if whole >= 0 else self.divided(self.constant(Fraction(1)), result)


def _whole(size: float, exponent: Number) -> int | None:
    """The exponent as an integer, if it is a constant that is one."""
    constant = isinstance(exponent, int | float | Fraction | mpmath.mpf)
    if isinstance(exponent, Dual):
        constant = not exponent.slopes
    if abs(size) > 50:
        raise UnsuitableError("too large")
    return int(size) if constant and size == int(size) else None


def _float_of(value: Number) -> float:
    """A float, unpacked where autograd has put it into boxes."""
    while hasattr(value, "_value"):
        value = value._value
    return float(value)


Function = Callable[[Number], Number]


def _within(function: Function, plain: Callable[[Number], float], least: float) -> Function:
    """A function of arguments above a bound, away from that bound."""

    def call(x: Number) -> Number:
        if plain(x) < least + SMALL:
            raise UnsuitableError("outside the domain")
        return function(x)

    return call


def _moderate(function: Function, plain: Callable[[Number], float]) -> Function:
    """A function that grows fast, of arguments of moderate size."""

    def call(x: Number) -> Number:
        if abs(plain(x)) > 30:
            raise UnsuitableError("too large")
        return function(x)

    return call


def functions_of(
    module: Any, plain: Callable[[Number], float], arc_tangent: str = "atan"
) -> dict[str, Function]:
    """The functions that formulas may call, from a library that has them under usual names.

    Args:
        module: the library.
        plain: makes a float of its numbers.
        arc_tangent: what it calls that function.
    """
    found = {name: getattr(module, name) for name in ("sin", "cos", "tan", "tanh")}
    found["atan"] = getattr(module, arc_tangent)
    for name in ("exp", "sinh", "cosh"):
        found[name] = _moderate(getattr(module, name), plain)
    for name, own in (("ln", "log"), ("sqrt", "sqrt"), ("log10", "log10")):
        found[name] = _within(getattr(module, own), plain, 0.0)
    return found


class Anywhere(Maths, frozen=True):
    """A number system for values that are known: kinks, poles and sizes are no matter."""

    def compared(self, left: Number, right: Number) -> int:
        """1, 0 or -1: exactly."""
        return int(left > right) - int(left < right)

    def bounded(self, value: Number) -> Number:
        """The number."""
        return value

    def divided(self, left: Number, right: Number) -> Number:
        """A quotient."""
        return left / right


FLOATS = Maths(float, _float_of, functions_of(anp, _float_of, "arctan"))


def _exactly(value: Fraction) -> Any:
    with mpmath.workdps(DIGITS):
        return mpmath.mpf(value.numerator) / value.denominator


PRECISE = Maths(_exactly, float, functions_of(mpmath, float))
"""Sixty digits; to be used inside ``mpmath.workdps(DIGITS)``."""


class Dual(Struct, frozen=True):
    """A fraction and its derivatives by everything that it depends on."""

    value: Fraction
    slopes: Mapping[Any, Fraction]

    def __add__(self, other: Dual) -> Dual:
        return self._combined(other, self.value + other.value, Fraction(1), Fraction(1))

    def __sub__(self, other: Dual) -> Dual:
        return self._combined(other, self.value - other.value, Fraction(1), Fraction(-1))

    def __mul__(self, other: Dual) -> Dual:
        return self._combined(other, self.value * other.value, other.value, self.value)

    def __truediv__(self, other: Dual) -> Dual:
        value = self.value / other.value
        return self._combined(other, value, 1 / other.value, -value / other.value)

    def __neg__(self) -> Dual:
        return Dual(-self.value, {key: -slope for key, slope in self.slopes.items()})

    def _combined(self, other: Dual, value: Fraction, mine: Fraction, theirs: Fraction) -> Dual:
        keys = (*self.slopes, *other.slopes)
        zero = Fraction(0)
        slopes = {
            key: mine * self.slopes.get(key, zero) + theirs * other.slopes.get(key, zero)
            for key in keys
        }
        return Dual(value, slopes)


def _no_function(name: str) -> Callable[..., Number]:
    def call(*_: Number) -> Number:
        raise AssertionError(f"{name} is no rational function")

    return call


EXACT = Maths(
    lambda value: Dual(value, {}),
    lambda dual: float(dual.value),
    {
        name: _no_function(name)
        for name in ("sin", "cos", "tan", "atan", "tanh", "exp", "sinh", "cosh", "ln", "sqrt")
    },
)


def fraction(value: Any) -> Fraction:
    """The exact value of a number with many digits.

    Raises:
        ArithmeticError: it is no real number.
    """
    if isinstance(value, mpmath.mpc):
        raise ArithmeticError(f"{value} is no real number")
    sign, mantissa, exponent, _ = value._mpf_
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def _to_sixty_digits(function: Callable[[Number], Number]) -> Callable[[Fraction], Fraction]:
    def call(x: Fraction) -> Fraction:
        with mpmath.workdps(DIGITS):
            return fraction(function(_exactly(x)))

    return call


def root(x: Fraction) -> Fraction:
    """The square root; of the square of a fraction that fraction itself."""
    if x >= 0:
        exact = Fraction(isqrt(x.numerator), isqrt(x.denominator))
        if exact * exact == x:
            return exact
    return _to_sixty_digits(mpmath.sqrt)(x)


READ_BACK = Anywhere(
    lambda value: value,
    float,
    {
        **{
            name: _to_sixty_digits(getattr(mpmath, {"ln": "log"}.get(name, name)))
            for name in (*EXACT.functions, "log10")
        },
        "sqrt": root,
    },
)
"""Fractions, for values that stand somewhere already; functions are right to sixty digits."""
