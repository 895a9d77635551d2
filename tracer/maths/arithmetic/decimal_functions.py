"""The functions of decimal arithmetic, to the precision of the current context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Context, Decimal, getcontext, localcontext
from typing import Any

from tracer.errors import CalculationError
from tracer.maths.arithmetic import series
from tracer.maths.arithmetic.ratio import MAX_BITS, Ratio, exactly, kept
from tracer.maths.powers import power as exact_power
from tracer.maths.powers import rational_root

MAX_EXPONENT_DIGITS = 100
_SHORT = Context(prec=6)


def brief(x: Decimal) -> str:
    """The first digits, for a message."""
    rounded = _SHORT.normalize(x)
    return f"{rounded:f}" if not rounded or abs(rounded.adjusted()) < 10 else f"{rounded:e}"


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base` to `exponent`; the power 0 of anything is 1.

    Raises:
        CalculationError: it does not exist among real numbers.
    """
    if exponent == 2:
        return base * base
    if exponent == 0:
        return Decimal(1)
    if base == 0:
        return _power_of_zero(exponent)
    if exponent.adjusted() > MAX_EXPONENT_DIGITS:
        raise CalculationError(f"the exponent {brief(exponent)} is too large")
    if base < 0 and exponent != exponent.to_integral_value():
        raise CalculationError(
            f"({brief(base)})**{brief(exponent)} does not exist among real numbers"
        )
    with localcontext() as context:
        context.prec += series.GUARD
        value = base**exponent
    return +value


def _power_of_zero(exponent: Decimal) -> Decimal:
    if exponent < 0:
        raise CalculationError(f"division by zero: 0**({brief(exponent)})")
    return Decimal(0)


def _sqrt(x: Decimal) -> Decimal:
    if x < 0:
        raise CalculationError(f"sqrt({brief(x)}) does not exist")
    return x.sqrt()


def _ln(x: Decimal) -> Decimal:
    if x <= 0:
        raise CalculationError(f"ln({brief(x)}) does not exist")
    return x.ln()


def _log10(x: Decimal) -> Decimal:
    if x <= 0:
        raise CalculationError(f"log10({brief(x)}) does not exist")
    return x.log10()


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "exp": Decimal.exp,
    "ln": _ln,
    "sqrt": _sqrt,
    "log10": _log10,
    "sin": series.sin,
    "cos": series.cos,
    "tan": series.tan,
    "atan": series.atan,
    "sinh": series.sinh,
    "cosh": series.cosh,
    "tanh": series.tanh,
    "abs": abs,
    "max": max,
    "min": min,
    "power": power,
}
"""The primitives, each to the precision of the current context."""


def _of_ratios(function: Callable[[Decimal], Decimal]) -> Callable[[Decimal | Ratio], Decimal]:
    """A function that takes fractions too, as the nearest decimals."""
    return lambda x: function(x.near if isinstance(x, Ratio) else x)


def _root(x: Decimal | Ratio) -> Decimal | Ratio:
    """A square root; that of a fraction is one, where it is rational."""
    root = rational_root(x.fraction, 2) if isinstance(x, Ratio) and x > 0 else None
    return _of_ratios(_sqrt)(x) if root is None else kept(root)


def _power(base: Decimal | Ratio, exponent: Decimal | Ratio) -> Decimal | Ratio:
    """A power; that of a fraction is one, where it is rational and short."""
    if isinstance(base, Ratio) or isinstance(exponent, Ratio):
        one, other = (exactly(value, getcontext().prec) for value in (base, exponent))
        if one is not None and other is not None:
            with suppress(CalculationError):
                return kept(exact_power(one, other, MAX_BITS))
        base, exponent = (x.near if isinstance(x, Ratio) else x for x in (base, exponent))
    return power(base, exponent)


WITH_RATIOS: Mapping[str, Callable[..., Any]] = {
    **{name: _of_ratios(function) for name, function in FUNCTIONS.items()},
    **{"abs": abs, "max": max, "min": min},
    **{"sqrt": _root, "power": _power},
}
"""The primitives of an arithmetic that keeps fractions."""
