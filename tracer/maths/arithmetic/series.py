"""Trigonometric and hyperbolic functions of `Decimal`, to the precision of the current context.

The standard library has exp, ln, log10 and sqrt; these are the others. Each carries `GUARD` digits
more than it is asked for, so that what it gives is right but for the rounding of its last digit.
"""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext
from functools import cache

from tracer.errors import CalculationError

GUARD = 12
"""Digits carried beyond those asked for."""

MAX_MAGNITUDE = 1_000
"""The most digits before the point of an angle: reducing it takes as many digits of pi."""

_HALVINGS = 3


def pi() -> Decimal:
    """Pi, to the context's precision and some digits beyond."""
    return _pi_to(getcontext().prec)


def sin(x: Decimal) -> Decimal:
    """The sine of an angle in radians."""
    with localcontext() as context:
        context.prec += GUARD
        quadrant, rest = quadrant_and_rest(x)
        value = _quarter_turned(rest, quadrant)
    return +value


def cos(x: Decimal) -> Decimal:
    """The cosine of an angle in radians."""
    with localcontext() as context:
        context.prec += GUARD
        quadrant, rest = quadrant_and_rest(x)
        value = _quarter_turned(rest, quadrant + 1)
    return +value


def tan(x: Decimal) -> Decimal:
    """The tangent of an angle in radians."""
    with localcontext() as context:
        context.prec += GUARD
        quadrant, rest = quadrant_and_rest(x)
        value = _quarter_turned(rest, quadrant) / _quarter_turned(rest, quadrant + 1)
    return +value


def atan(x: Decimal) -> Decimal:
    """The angle, between -pi/2 and pi/2, whose tangent is x."""
    with localcontext() as context:
        context.prec += GUARD
        size = abs(x)
        angle = pi() / 2 - _atan_to_one(1 / size) if size > 1 else _atan_to_one(size)
    return +angle.copy_sign(x)


def sinh(x: Decimal) -> Decimal:
    """The hyperbolic sine."""
    if _is_tiny(x):
        return +x
    with localcontext() as context:
        context.prec += GUARD + max(0, -x.adjusted())
        value = (x.exp() - (-x).exp()) / 2
    return +value


def cosh(x: Decimal) -> Decimal:
    """The hyperbolic cosine."""
    with localcontext() as context:
        context.prec += GUARD
        value = (x.exp() + (-x).exp()) / 2
    return +value


def tanh(x: Decimal) -> Decimal:
    """The hyperbolic tangent."""
    if _is_tiny(x):
        return +x
    with localcontext() as context:
        context.prec += GUARD + max(0, -x.adjusted())
        shrunk = (-2 * abs(x)).exp()
        value = (1 - shrunk) / (1 + shrunk)
    return +value.copy_sign(x)


def quadrant_and_rest(x: Decimal) -> tuple[int, Decimal]:
    """How many quarter turns are in an angle (modulo 4), and what is left, at most pi/4 in size.

    Raises:
        CalculationError: the angle is so large that it has no meaningful rest.
    """
    if abs(x) < Decimal("0.78"):
        return 0, x
    if not x.is_finite() or x.adjusted() > MAX_MAGNITUDE:
        raise CalculationError(f"an angle of more than 1e{MAX_MAGNITUDE} radians is too large")
    with localcontext() as context:
        needed, lost = context.prec + x.adjusted() + 3, 0
        while True:
            context.prec = needed + lost
            quarter = pi() / 2
            turns = (x / quarter).to_integral_value()
            rest = x - turns * quarter
            cancelled = -rest.adjusted() if rest else context.prec
            if cancelled <= lost + 1:
                return int(turns) % 4, rest
            lost = cancelled


@cache
def _pi_to(digits: int) -> Decimal:
    """Pi by the arithmetic-geometric mean (Brent and Salamin), which doubles the digits."""
    with localcontext() as context:
        context.prec = digits + GUARD
        mean, geometric, total, weight = Decimal(1), Decimal("0.5").sqrt(), Decimal("0.25"), 1
        for _ in range(digits.bit_length() + 1):
            previous, mean = mean, (mean + geometric) / 2
            geometric = (previous * geometric).sqrt()
            total -= weight * (previous - mean) ** 2
            weight *= 2
        diameter = mean + geometric
        return diameter * diameter / (4 * total)


def _quarter_turned(rest: Decimal, quadrant: int) -> Decimal:
    """The sine of an angle that is `quadrant` quarter turns and `rest`."""
    value = _summed(Decimal(1), 0, rest) if quadrant % 2 else _summed(rest, 1, rest)
    return -value if quadrant % 4 >= 2 else value


def _summed(first: Decimal, degree: int, x: Decimal) -> Decimal:
    """The alternating series whose terms grow by x**2/((n + 1)(n + 2)): sine and cosine."""
    factor, term, total, before = -x * x, first, first, None
    while total != before:
        term *= factor / ((degree + 1) * (degree + 2))
        degree += 2
        before, total = total, total + term
    return total


def _atan_to_one(x: Decimal) -> Decimal:
    """The arc tangent from 0 to 1: halve the angle until its series is short."""
    for _ in range(_HALVINGS):
        x /= 1 + (1 + x * x).sqrt()
    factor, power, total, degree, before = -x * x, x, x, 1, None
    while total != before:
        power *= factor
        degree += 2
        before, total = total, total + power / degree
    return total * (1 << _HALVINGS)


def _is_tiny(x: Decimal) -> bool:
    """Whether x**2 is beyond the last digit beside 1, so that x is its own tanh and sinh."""
    return not x or x.adjusted() < -getcontext().prec
