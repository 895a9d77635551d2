"""The net input that makes a given output: where only out is given, the slope is taken there."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tracer.errors import CalculationError
from tracer.maths.expression import Expression
from tracer.proof import doubt
from tracer.proof.network.unit import Unit
from tracer.proof.numeric import number
from tracer.proof.precision import MP
from tracer.proof.reals import Real
from tracer.proof.witness import CONTESTED, SilentError

STARTS = ("0.1", "1", "-1", "3", "-3")

RIGHT = (0.95, 0.7, 0.5)
"""So large a part of a root's bits may be right."""

Missing = Callable[[Any], Real]
"""By how much a net input misses the output."""


def net_that_makes(activation: Expression, out: Real) -> Real:
    """A net input at which the activation has the value `out`.

    Raises:
        CalculationError: none was found.
    """

    def missing(net: Any) -> Real:
        return number(activation, {"net": Real(None, net, doubt.NONE)}) - out

    for start in STARTS:
        try:
            net = MP.findroot(lambda at: missing(at).rounded, MP.mpf(start))
        except (ValueError, ZeroDivisionError, CalculationError, TypeError):
            continue
        return _simple(activation, out, net) or _enclosed(missing, net)
    raise CalculationError(NOT_FOUND)


def net_of_slope(unit: Unit, net: Real, out: Real) -> Real:
    """Where the slope is taken of a unit whose output, as given, its net input does not make.

    A slope that is written in ``net`` is that at the net input; one that is written in ``out`` is
    that at a net input which makes the output.

    Raises:
        SilentError: it is written in both, or nothing makes the output.
    """
    if "out" not in unit.slope_in:
        return net
    if "net" in unit.slope_in:
        raise SilentError(CONTESTED)
    try:
        return net_that_makes(unit.activation, out)
    except CalculationError as error:
        raise SilentError(CONTESTED) from error


NOT_FOUND = "no net input was found that makes the given output"


def _simple(activation: Expression, out: Real, net: Any) -> Real | None:
    """The fraction that the root comes close to, if it makes the output exactly."""
    mantissa, exponent = net.man_exp
    whole = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    identified = Real(whole.limit_denominator(10**12))
    made = number(activation, {"net": identified})
    exact = made.exact is not None and made.exact == out.exact
    return identified if exact else None


def _enclosed(missing: Missing, net: Any) -> Real:
    """The root with its bound: to both sides of it, the output is missed by different signs.

    Raises:
        CalculationError: it is not known to be one.
    """
    for right in RIGHT:
        width = int(max(MP.mag(net), 0)) - int(right * MP.prec)
        below, above = (missing(net + sign * MP.ldexp(1, width)) for sign in (-1, 1))
        if _sign(below) * _sign(above) < 0:
            return Real(None, net, width * doubt.UNIT)
    raise CalculationError(NOT_FOUND)


def _sign(value: Real) -> int:
    """-1 or 1; 0 where rounding may have made the number."""
    rounded = value.rounded
    return 0 if abs(rounded) <= value.error else 1 if rounded > 0 else -1
