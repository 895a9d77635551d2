"""The net input that makes a given output: where only out is given, the slope is taken there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tracer.errors import CalculationError
from tracer.maths.expression import Expression
from tracer.proof.numeric import number
from tracer.proof.reals import MP, Real

STARTS = ("0.1", "1", "-1", "3", "-3")


def net_that_makes(activation: Expression, out: Real) -> Real:
    """A net input at which the activation has the value `out`.

    Raises:
        CalculationError: none was found.
    """

    def missing(net: Any) -> Any:
        return (number(activation, {"net": Real(None, net)}) - out).rounded

    for start in STARTS:
        try:
            net = MP.findroot(missing, MP.mpf(start))
        except (ValueError, ZeroDivisionError, CalculationError, TypeError):
            continue
        return _simple(activation, out, net)
    raise CalculationError("no net input was found that makes the given output")


def _simple(activation: Expression, out: Real, net: Any) -> Real:
    """The fraction that the root comes close to, where it makes the output exactly."""
    mantissa, exponent = net.man_exp
    whole = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    identified = Real(whole.limit_denominator(10**12))
    made = number(activation, {"net": identified})
    exact = made.exact is not None and made.exact == out.exact
    return identified if exact else Real(None, net)
