"""The primitive functions on intervals, rounded outward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact, localcontext
from functools import partial
from typing import Any, NamedTuple

from tracer.errors import CalculationError
from tracer.maths.arithmetic import decimal_functions, series
from tracer.maths.arithmetic.interval import Interval, Rounding

_MAX_FOLDED = 64
"""Powers up to this one are products, each rounded outward; larger ones are widened."""

_ONE = Decimal(1)
_INFINITY = Decimal("Infinity")


class Increasing(NamedTuple):
    """A function that grows with its argument.

    Attributes:
        name: its name.
        least: a bound of its values.
        most: a bound of its values.
        flagged: `decimal` says of its results whether they are exact.
    """

    name: str
    least: Decimal = -_INFINITY
    most: Decimal = _INFINITY
    flagged: bool = False


_INCREASING = (
    Increasing("exp", least=Decimal(0), flagged=True),
    Increasing("ln", flagged=True),
    Increasing("log10", flagged=True),
    Increasing("sqrt", least=Decimal(0), flagged=True),
    Increasing("sinh"),
    Increasing("tanh", least=-_ONE, most=_ONE),
    Increasing("atan"),
)


def _enclosed(
    function: Callable[[Decimal], Decimal], x: Decimal, rounding: Rounding, flagged: bool
) -> tuple[Decimal, Decimal]:
    """Two numbers of the interval's precision, between which the function's value lies."""
    with localcontext(rounding.near) as context:
        context.clear_flags()
        value = function(x)
        exact = not context.flags[Inexact] if flagged else not x and not value
        below, above = (value, value) if exact else (value.next_minus(), value.next_plus())
    return rounding.floor.plus(below), rounding.ceiling.plus(above)


def _increasing(row: Increasing) -> Callable[[Interval], Interval]:
    function = decimal_functions.FUNCTIONS[row.name]

    def call(x: Interval) -> Interval:
        try:
            low, _ = _enclosed(function, x.lo, x.rounding, row.flagged)
            _, high = _enclosed(function, x.hi, x.rounding, row.flagged)
        except CalculationError:
            raise _undecided(row.name, x) from None
        return Interval(max(low, row.least), min(high, row.most), x.rounding)

    return call


def _undecided(function: str, x: Interval) -> CalculationError:
    """Why a function has no value somewhere in an interval, though it may have one elsewhere."""
    low, high = map(decimal_functions.brief, (x.lo, x.hi))
    if x.hi > 0:
        return CalculationError(f"{function}([{low}, {high}]) does not exist everywhere")
    return CalculationError(f"{function}({low}) does not exist")


def _cosh(x: Interval) -> Interval:
    size = absolute(x)
    low, _ = _enclosed(series.cosh, size.lo, x.rounding, False)
    _, high = _enclosed(series.cosh, size.hi, x.rounding, False)
    return Interval(max(low, _ONE), high, x.rounding)


def absolute(x: Interval) -> Interval:
    """The sizes of the interval's numbers."""
    if x.lo >= 0:
        return x
    return -x if x.hi <= 0 else Interval(Decimal(0), max(-x.lo, x.hi), x.rounding)


def _wave(function: Callable[[Decimal], Decimal], top: int) -> Callable[[Interval], Interval]:
    """Sine or cosine, given after how many quarter turns its first top stands."""

    def call(x: Interval) -> Interval:
        if not x.hi.is_finite() or x.hi.adjusted() > series.MAX_MAGNITUDE:
            return Interval(-_ONE, _ONE, x.rounding)
        ends = [_enclosed(function, end, x.rounding, False) for end in (x.lo, x.hi)]
        low = -_ONE if _passes(x, top + 2, 4) else min(low for low, _ in ends)
        high = _ONE if _passes(x, top, 4) else max(high for _, high in ends)
        return Interval(max(low, -_ONE), min(high, _ONE), x.rounding)

    return call


def _tan(x: Interval) -> Interval:
    if not x.hi.is_finite() or _passes(x, 1, 2):
        raise CalculationError(f"tan({x}) does not exist: the interval contains a pole")
    low, _ = _enclosed(series.tan, x.lo, x.rounding, False)
    _, high = _enclosed(series.tan, x.hi, x.rounding, False)
    return Interval(low, high, x.rounding)


def _passes(x: Interval, first: int, every: int) -> bool:
    """Whether the interval may contain an angle of ``first + k*every`` quarter turns."""
    with localcontext(x.rounding.near) as context:
        context.prec += max(x.lo.adjusted(), x.hi.adjusted(), 0)
        doubt = Decimal(1).scaleb(series.GUARD // 2 - x.rounding.near.prec)
        quarter = series.pi() / 2
        low, high = ((end / quarter - first) / every for end in (x.lo, x.hi))
        return _whole(high + doubt, x.rounding.floor) >= _whole(low - doubt, x.rounding.ceiling)


def _whole(value: Decimal, direction: Context) -> Decimal:
    return value.to_integral_value(direction.rounding)


def power(base: Interval, exponent: Interval) -> Interval:
    """`base` to `exponent`; even powers are tight."""
    if exponent.is_point and exponent.lo == exponent.lo.to_integral_value():
        return _whole_power(base, exponent.lo)
    if base.lo < 0:
        raise CalculationError(f"({base})**{exponent} does not exist among real numbers")
    if base.lo == 0 and exponent.lo <= 0:
        raise CalculationError(f"division by zero: {base}**{exponent}")
    pairs = [(x, y) for x in (base.lo, base.hi) for y in (exponent.lo, exponent.hi)]
    ends = [_enclosed_power(x, y, base.rounding) for x, y in pairs]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return Interval(max(low, Decimal(0)), high, base.rounding)


def _whole_power(base: Interval, exponent: Decimal) -> Interval:
    if exponent < 0:
        return Interval(_ONE, _ONE, base.rounding) / _whole_power(base, -exponent)
    if exponent.adjusted() > decimal_functions.MAX_EXPONENT_DIGITS:
        raise CalculationError(f"the exponent {decimal_functions.brief(exponent)} is too large")
    even = int(exponent) % 2 == 0
    if even:
        base = absolute(base)
    low, _ = _enclosed_power(base.lo, exponent, base.rounding)
    _, high = _enclosed_power(base.hi, exponent, base.rounding)
    return Interval(max(low, Decimal(0)) if even else low, high, base.rounding)


def _enclosed_power(x: Decimal, exponent: Decimal, rounding: Rounding) -> tuple[Decimal, Decimal]:
    if exponent <= _MAX_FOLDED and exponent == exponent.to_integral_value() and exponent >= 0:
        low, high = _folded(abs(x), int(exponent), rounding)
        return (-high, -low) if x < 0 and int(exponent) % 2 else (low, high)
    return _enclosed(partial(decimal_functions.power, exponent=exponent), x, rounding, False)


def _folded(size: Decimal, exponent: int, rounding: Rounding) -> tuple[Decimal, Decimal]:
    low = high = _ONE
    for _ in range(exponent):
        low, high = rounding.floor.multiply(low, size), rounding.ceiling.multiply(high, size)
    return low, high


def _largest(first: Interval, *others: Interval) -> Interval:
    every = (first, *others)
    return Interval(max(x.lo for x in every), max(x.hi for x in every), first.rounding)


def _smallest(first: Interval, *others: Interval) -> Interval:
    every = (first, *others)
    return Interval(min(x.lo for x in every), min(x.hi for x in every), first.rounding)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{row.name: _increasing(row) for row in _INCREASING},
    "cosh": _cosh,
    "sin": _wave(series.sin, 1),
    "cos": _wave(series.cos, 0),
    "tan": _tan,
    "abs": absolute,
    "max": _largest,
    "min": _smallest,
    "power": power,
}
