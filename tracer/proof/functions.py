"""The primitive functions and powers of the witnesses' numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic.exact import Exact
from tracer.maths.powers import bits, power
from tracer.proof import doubt
from tracer.proof.precision import MP
from tracer.proof.reals import MOST_BITS, ONE, ZERO, Real, rational

LARGEST_EXPONENT = 10**100
"""exp, sinh and cosh of more than this do not fit anywhere."""

LARGEST_ANGLE = 10**1000
"""Angles beyond this would take as many digits of pi."""


def raised(base: Real, exponent: Real) -> Real:
    """A power.

    Raises:
        CalculationError: it does not exist among real numbers, or is far too large.
        ZeroDivisionError: 0 to a negative power.
    """
    if base.exact is not None and exponent.exact is not None:
        size = bits(base.exact) * abs(exponent.exact)
        if size <= MOST_BITS or base.exact in (-1, 0, 1):
            try:
                return rational(power(base.exact, exponent.exact, 2 * MOST_BITS))
            except IrrationalError:
                pass
    if exponent.exact == 0:
        return ONE
    if exponent.exact is not None and exponent.exact.denominator == 1:
        return _whole_power(base, int(exponent.exact))
    if base.rounded < 0:
        raise CalculationError("a root of a negative number does not exist among real numbers")
    if base.exact == 0 and exponent.rounded > exponent.error:
        return ZERO
    value = _power(base.rounded, exponent.rounded)
    places = (base.size, base.bound), (exponent.size, exponent.bound)
    return Real(None, value, doubt.of_power(*places, doubt.size(value)))


def _whole_power(base: Real, exponent: int) -> Real:
    value = _power(base.rounded, exponent)
    bound = doubt.of_whole_power((base.size, base.bound), exponent, doubt.size(value))
    return Real(None, value, bound)


def _power(base: Any, exponent: Any) -> Any:
    if abs(exponent * (abs(MP.mag(base or MP.one)) + 1)) > LARGEST_EXPONENT:
        raise CalculationError("a power is far too large")
    return _finite(base**exponent)


def applied(name: str, argument: Real) -> Real:
    """A primitive function's value.

    Raises:
        CalculationError: it does not exist.
    """
    if argument.exact is not None:
        try:
            return rational(Exact().functions[name](argument.exact))
        except IrrationalError:
            pass
    x = argument.rounded
    if name in _LIMITS and abs(x) > LARGEST_EXPONENT:
        return _at_infinity(name, x)
    if abs(x) > _LARGEST.get(name, MP.inf):
        raise CalculationError(f"the argument of {name} is far too large")
    if name in ("ln", "log10") and x <= 0:
        raise CalculationError(f"{name} of a number that is not positive")
    value = _finite(_FUNCTIONS[name](x))
    call = doubt.Call(argument.size, argument.bound, doubt.size(value))
    return Real(None, value, doubt.of_function(name, call))


_LARGEST: Mapping[str, int] = {
    **dict.fromkeys(("sinh", "cosh"), LARGEST_EXPONENT),
    **dict.fromkeys(("sin", "cos", "tan"), LARGEST_ANGLE),
}

_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "exp": MP.exp,
    "ln": MP.ln,
    "sqrt": MP.sqrt,
    "sin": MP.sin,
    "cos": MP.cos,
    "tan": MP.tan,
    "sinh": MP.sinh,
    "cosh": MP.cosh,
    "tanh": MP.tanh,
    "atan": MP.atan,
    "log10": MP.log10,
}

_LIMITS: Mapping[str, tuple[Fraction, Fraction | None]] = {
    "exp": (Fraction(0), None),
    "tanh": (Fraction(-1), Fraction(1)),
}
"""What a function comes to at minus and at plus infinity; None where it has no limit."""


def _at_infinity(name: str, argument: Any) -> Real:
    limit = _LIMITS[name][argument > 0]
    if limit is None:
        raise CalculationError(f"the argument of {name} is far too large")
    return Real(None, MP.convert(limit), -LARGEST_EXPONENT * doubt.UNIT)


PRIMITIVES = frozenset(_FUNCTIONS)
"""The functions that are not written over others."""


def _finite(value: Any) -> Any:
    if not isinstance(value, MP.mpf) or not MP.isfinite(value):
        raise CalculationError("a value does not exist among real numbers")
    return value
