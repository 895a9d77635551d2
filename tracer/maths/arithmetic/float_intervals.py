"""Intervals that contain what floats make of a calculation, beside its true values.

The ends are decimals of more digits than floats have. An end that is no float is moved outward by
more than floats round; one that is a float stays, because no smaller number is rounded beyond it.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache

from tracer.maths.arithmetic import decimals
from tracer.maths.arithmetic.interval import Interval, Rounding
from tracer.maths.arithmetic.intervals import Intervals
from tracer.maths.arithmetic.series import GUARD
from tracer.maths.expression import Number

DIGITS = 20
"""Significant digits of the ends; a float has 17."""

ULPS = Decimal(2) ** -50
"""As a part of a float, four times its last digit: no function is further off."""

SMALLEST = Decimal(2) ** -1074
"""The smallest float: what is smaller may become 0."""

OUTWARD = {ROUND_FLOOR: -1, ROUND_CEILING: 1}


class Outward(Context):
    """A decimal context whose results are moved outward wherever floats round."""

    def plus(self, a: Decimal, /) -> Decimal:  # type: ignore[override]
        """The value of a function."""
        return self._moved(super().plus(a))

    def add(self, a: Decimal, b: Decimal, /) -> Decimal:  # type: ignore[override]
        """A sum."""
        return self._unless_float(super().add(a, b))

    def multiply(self, a: Decimal, b: Decimal, /) -> Decimal:  # type: ignore[override]
        """A product."""
        return self._unless_float(super().multiply(a, b))

    def divide(self, a: Decimal, b: Decimal, /) -> Decimal:  # type: ignore[override]
        """A quotient."""
        return self._unless_float(super().divide(a, b))

    def _unless_float(self, value: Decimal) -> Decimal:
        return value if value == float(value) else self._moved(value)

    def _moved(self, value: Decimal) -> Decimal:
        if not value or not value.is_finite():
            return value
        return super().add(value, OUTWARD[self.rounding] * (abs(value) * ULPS + SMALLEST))


@cache
def _outward() -> Rounding:
    floor, ceiling = (
        Outward(DIGITS, direction, -decimals.LARGEST_EXPONENT, decimals.LARGEST_EXPONENT)
        for direction in OUTWARD
    )
    for context in (floor, ceiling):
        context.traps = decimals.working_context(DIGITS).traps
    return Rounding(floor, ceiling, decimals.working_context(DIGITS + GUARD))


class FloatIntervals(Intervals, frozen=True):
    """Intervals as wide as floating point makes them.

    No user asks for them by name: they tell what is left of a calculation in floats.
    """

    @property
    def name(self) -> str:
        """No arithmetic's text, but what a message may call it."""
        return "interval of floats"

    def literal(self, number: Number) -> Interval:
        """One point for what a float holds, else an interval around it."""
        rounding = self._rounding
        top, bottom = Decimal(number.value.numerator), Decimal(number.value.denominator)
        return Interval(
            rounding.floor.divide(top, bottom), rounding.ceiling.divide(top, bottom), rounding
        )

    def finish(self, value: Interval) -> Interval:
        """The value, whose ends must be finite; they have been moved already."""
        decimals.finite(value.lo), decimals.finite(value.hi)
        return value

    @property
    def _rounding(self) -> Rounding:
        return _outward()
