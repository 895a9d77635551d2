"""Floating point, as most programs compute: fast, and right to about 16 digits."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from typing import Any

from msgspec import Struct

from tracer.errors import CalculationError
from tracer.maths.expression import Number
from tracer.phrase import Phrase

TOO_LARGE = "the result is too large for a float"


def _in_domain(name: str, function: Callable[[float], float]) -> Callable[[float], float]:
    """The function with a clear error outside its domain, and infinity where it overflows."""

    def call(x: float) -> float:
        try:
            return function(x)
        except ValueError:
            raise CalculationError(f"{name}({x:.6g}) does not exist") from None
        except OverflowError:
            return -math.inf if name == "sinh" and x < 0 else math.inf

    return call


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        raise CalculationError(_no_power(base, exponent)) from None


def _no_power(base: float, exponent: float) -> str:
    if base == 0:
        return f"division by zero: 0**({exponent:.6g})"
    return f"({base:.6g})**({exponent:.6g}) does not exist among real numbers"


def _largest(first: float, *others: float) -> float:
    for other in others:
        first = first if first >= other else other if first < other else _number(math.nan)
    return first


def _smallest(first: float, *others: float) -> float:
    for other in others:
        first = first if first <= other else other if first > other else _number(math.nan)
    return first


def _number(value: float) -> float:
    """The value, unless it is the "not a number" that infinity minus infinity leaves."""
    if value != value:
        raise CalculationError("an intermediate value is too large for a float")
    return value


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{
        name: _in_domain(name, getattr(math, python))
        for name, python in (
            *((same, same) for same in ("exp", "sqrt", "sin", "cos", "tan", "atan")),
            *((same, same) for same in ("sinh", "cosh", "tanh", "log10")),
            ("ln", "log"),
        )
    },
    "abs": abs,
    "max": _largest,
    "min": _smallest,
    "power": _power,
}


class Floats(Struct, frozen=True):
    """The machine's 64-bit floating point numbers."""

    name = "float"
    sentence = Phrase("every number is a 64-bit floating point number")
    functions = _FUNCTIONS
    choose = None
    guard = staticmethod(_number)
    tells_carried = True
    is_rigorous = False
    is_machine = True
    check = None
    quotient = None

    def literal(self, number: Number) -> float:
        """The float nearest to the literal."""
        try:
            return float(number.value)
        except OverflowError:
            raise CalculationError(f"{number.text[:40]} is too large for a float") from None

    def finish(self, value: float) -> float:
        """The value, which must be finite; minus zero becomes zero."""
        if not math.isfinite(value):
            raise CalculationError(TOO_LARGE)
        return value + 0.0

    finish_many = None

    def finish_all(self, values: tuple[float, ...]) -> tuple[float, ...]:
        """The values, whose sum must be finite; minus zero becomes zero."""
        if not math.isfinite(sum(values)):
            raise CalculationError(TOO_LARGE)
        return tuple([value + 0.0 for value in values]) if 0.0 in values else values

    def text(self, value: float) -> str:
        """The shortest digits that give the same float."""
        return repr(value)

    def read(self, text: str) -> float:
        """The float that `text` wrote."""
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise CalculationError(f"'{text[:40]}' is no finite float")
        return value

    def fraction(self, value: float) -> Fraction:
        """The float's exact value."""
        return Fraction(value)

    def scope(self) -> AbstractContextManager[object]:
        """Floats need no setting."""
        return nullcontext()
