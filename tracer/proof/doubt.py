"""How far a rounded number may be off: bounds of absolute errors, each as its logarithm to base 2.

A logarithm is a whole number of small units, exact however large or small the number is, so that a
bound costs little and is never too small. Where nothing is known of a number it is infinite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor, inf, log2
from typing import Any, NamedTuple

from tracer.errors import CalculationError
from tracer.proof.precision import MP

UNIT = 2**20
"""So many units are a bit."""

NONE = -inf
"""The bound of an exact number, and the size of 0."""

SPOILT = 6
"""Of the bits that are carried, a function may spoil so many."""

LARGEST_BITS = 1_000
"""Exponents of more bits are too large for all that follows."""


def size(number: Any) -> float:
    """The logarithm of a number's size.

    Raises:
        CalculationError: the number is so large that even its logarithm is too large.
    """
    mantissa, exponent = number.man_exp
    if not mantissa:
        return NONE
    if abs(exponent).bit_length() > LARGEST_BITS:
        raise CalculationError("a number is far too large")
    return int(exponent) * UNIT + round(log2(int(mantissa)) * UNIT)


def number(bound: float) -> Any:
    """The bound itself, as a number of mpmath's."""
    if bound in (NONE, inf):
        return MP.zero if bound == NONE else MP.inf
    return MP.ldexp(1, -(-int(bound) // UNIT))


def together(*bounds: float) -> float:
    """The bound of a sum of errors."""
    largest = max(bounds)
    if largest in (inf, NONE):
        return largest
    parts = sum(2.0 ** ((bound - largest) / UNIT) for bound in bounds)
    return largest + ceil(log2(parts) * UNIT) + 1


def rounding(of: float) -> float:
    """What rounding makes of a number of a size."""
    return of - (int(MP.prec) - SPOILT) * UNIT


def least(of: float, bound: float) -> float:
    """The size that a number has at least; that of 0 if it may be as small as its bound."""
    if bound >= of - 1:
        return NONE
    return of + floor(log2(1 - 2.0 ** ((bound - of) / UNIT)) * UNIT) - 1


def of_product(sizes: tuple[float, float], bounds: tuple[float, float], result: float) -> float:
    """The bound of a product, whose factors have these sizes and bounds."""
    (one, other), (first, second) = sizes, bounds
    parts = _times(one, second), _times(other, first), _times(first, second)
    return together(*parts, rounding(result))


def of_quotient(divisor: float, bounds: tuple[float, float], result: float) -> float:
    """The bound of a quotient.

    Args:
        divisor: the size of what it is divided by.
        bounds: of the number that is divided, and of the divisor.
        result: the quotient's size.
    """
    above, below = bounds
    smallest = least(divisor, below)
    if smallest == NONE:
        return inf
    return together(above - smallest, _times(result, below) - smallest, rounding(result))


def of_whole_power(base: tuple[float, float], exponent: int, result: float) -> float:
    """The bound of a product of equal factors; of its reciprocal for a negative exponent.

    Args:
        base: its size and bound.
        exponent: how many factors, not 0.
        result: the power's size.
    """
    of, bound = base
    times = ceil(log2(abs(exponent)) * UNIT)
    if exponent < 0:
        return of_power(base, (times, NONE), result)
    others = (exponent - 1) * together(of, bound) if exponent > 1 else 0
    return together(_times(times + others, bound), rounding(result))


def of_power(base: tuple[float, float], exponent: tuple[float, float], result: float) -> float:
    """The bound of a power of a number that is not 0.

    Args:
        base: its size and bound.
        exponent: its size and bound.
        result: the power's size.
    """
    (of, bound), (times, off) = base, exponent
    if of == NONE:
        return inf
    by_base = NONE if NONE in (times, bound) else times + bound - of
    relative = together(by_base, _times(ceil(log2(abs(of) + UNIT) * UNIT), off))
    if relative > -4 * UNIT:
        return inf
    return together(_times(relative, result + UNIT), rounding(result))


class Call(NamedTuple):
    """A function's argument and value.

    Attributes:
        size: the argument's.
        bound: the argument's.
        result: the value's size.
    """

    size: float
    bound: float
    result: float


def of_function(name: str, call: Call) -> float:
    """The bound of a primitive function's value."""
    known = call.bound not in (NONE, inf)
    inherited = INHERITED[name](call) if known else call.bound
    return together(inherited, rounding(call.result))


def _times(of: float, bound: float) -> float:
    """The sum of two logarithms; 0 times anything is 0."""
    return NONE if NONE in (of, bound) else of + bound


def _close(bound: float, found: float) -> float:
    """A bound that only holds for arguments that are off by less than an eighth."""
    return found if bound < -3 * UNIT else inf


def _exponential(call: Call) -> float:
    return _close(call.bound, _times(call.result + UNIT, call.bound))


def _logarithm(call: Call) -> float:
    smallest = least(call.size, call.bound)
    return inf if smallest == NONE else call.bound - smallest


def _root(call: Call) -> float:
    is_far_from_zero = call.bound < call.size - UNIT
    return call.bound - call.result if is_far_from_zero else call.bound // 2 + 2 * UNIT


def _tangent(call: Call) -> float:
    steep = max(call.result, 0)
    return _close(call.bound + steep, call.bound + 2 * steep + 2 * UNIT)


def _hyperbolic(call: Call) -> float:
    return _close(call.bound, call.bound + max(call.result, 0) + 2 * UNIT)


def _no_steeper_than_one(call: Call) -> float:
    return call.bound


INHERITED: Mapping[str, Callable[[Call], float]] = {
    "exp": _exponential,
    **dict.fromkeys(("ln", "log10"), _logarithm),
    "sqrt": _root,
    "tan": _tangent,
    **dict.fromkeys(("sinh", "cosh"), _hyperbolic),
    **dict.fromkeys(("sin", "cos", "atan", "tanh"), _no_steeper_than_one),
}
"""What each function makes of an argument's error: at most the steepest slope nearby times it."""
