"""What rounding can have made of each number of a trace: the same calculation in intervals."""

from __future__ import annotations

from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from tracer.derive.entries import Part, Step
from tracer.derive.epochs import Total
from tracer.derive.run import run
from tracer.derive.trace import Trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic, arithmetic

MOST_VALUES = 200_000
"""Larger traces are not calculated once more."""

WIDTH = Context(prec=6, rounding=ROUND_CEILING, Emin=-(10**7), Emax=10**7)
FEWEST, MOST = -9_999, 9_999
"""Powers of ten between which a width is told."""
BEYOND = Fraction(10) ** MOST


class Rounding(NamedTuple):
    """A trace's numbers as intervals.

    Attributes:
        enclosed: the same trace in intervals that contain the true values and the trace's own;
            None where there is nothing to say.
        reason: why there is none, where there should be one.
        has_bounds: whether the intervals would end somewhere, if there were any.
    """

    enclosed: Trace | None = None
    reason: str = ""
    has_bounds: bool = True

    def slack(self, step: Step) -> Fraction:
        """The width of a number's interval; 0 where none is known."""
        if self.enclosed is None:
            return Fraction(0) if self.has_bounds else BEYOND
        try:
            value = _within(self.enclosed, step).value
        except CalculationError:
            return Fraction(0)
        return Fraction(0) if value is None else _width(value.lo, value.hi)


NONE = Rounding()


def _within(trace: Trace, step: Step) -> Step:
    """A step, or a part of one, in another trace of the same."""
    if isinstance(step, Total):
        return step.within(trace)
    segment = trace.segments[step.segment.step - 1]
    if isinstance(step, Part):
        return Part(trace, segment, step.address, step.line)
    return Step(trace, segment, step.address)


def rounding(trace: Trace) -> Rounding:
    """What rounding can have made of the numbers of a trace; nothing in fractions."""
    how = _intervals(trace.arithmetic)
    if how is None:
        return NONE
    if trace.size > MOST_VALUES:
        return Rounding(reason=f"it has {trace.size:,} values")
    try:
        return Rounding(Trace(trace.spec, how, run(trace.segments, how)))
    except CalculationError as error:
        return Rounding(reason=f"in intervals, {error}", has_bounds=False)


def _intervals(carried: Arithmetic) -> Arithmetic | None:
    """The intervals that contain what an arithmetic makes; None where it does not round."""
    kind, _, digits = carried.name.partition(":")
    if kind == "float":
        from tracer.maths.arithmetic.float_intervals import FloatIntervals

        return FloatIntervals()
    return arithmetic(f"interval:{digits}") if kind == "decimal" else None


def _width(low: Decimal, high: Decimal) -> Fraction:
    width = WIDTH.subtract(high, low)
    if not width:
        return Fraction(0)
    if FEWEST < width.adjusted() < MOST:
        return Fraction(width)
    return BEYOND if width.adjusted() > 0 else Fraction(10) ** FEWEST
