"""Difference quotients of a derivative at many steps, and how far each of them is off."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from tracer.derive.differences import Difference, Moving, Slope, slopes
from tracer.derive.trace import Trace
from tracer.errors import TracerError, UnknownQuantityError, suggestion
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Number
from tracer.rules.differences import RULES
from tracer.rules.quantity import typed

SMALLEST = 16
STEPS = tuple(Number(Fraction(1, 10**power), f"1e-{power}") for power in range(1, SMALLEST + 1))
"""1e-1, 1e-2, ..., 1e-16."""


class Point(NamedTuple):
    """A difference quotient at one step, and how far it is off.

    Attributes:
        step: the step.
        difference: the quotient.
        error: its distance from the derivative; None where it has no value.
    """

    step: Number
    difference: Difference
    error: Fraction | None


class Curve(NamedTuple):
    """A difference quotient at many steps.

    Attributes:
        rule: the quotient's name.
        arithmetic: in which it was calculated.
        points: from the largest step to the smallest.
    """

    rule: str
    arithmetic: Arithmetic
    points: tuple[Point, ...]

    @property
    def best(self) -> Point | None:
        """The point with the smallest error, of several the first one."""
        known = [point for point in self.points if point.error is not None]
        return min(known, key=lambda point: point.error or Fraction(0), default=None)


def slope_of(trace: Trace, name: str) -> Slope:
    """The derivative of a name that differences can check; a given number's name stands for it.

    Raises:
        UnknownQuantityError: there is none of that name.
    """
    found = {slope.entry.name: slope for slope in slopes(trace)}
    listed = trace.names(trace.segments[0].program).listed
    asked = typed(name, trace.several_samples)
    for slope in found.values():
        if asked in (slope.entry.name, slope.entry.name.removesuffix("@1"), listed[slope.by]):
            return slope
    hint = suggestion(asked, found) or f"; there are {', '.join(list(found)[:8])}"
    raise UnknownQuantityError(
        f"'{name}' is no derivative by a given number, which differences could check{hint}"
    )


def curves(trace: Trace, true: Trace, slope: Slope) -> tuple[Curve, ...]:
    """Both difference quotients of a derivative at every step.

    Args:
        trace: in whose arithmetic they are calculated.
        true: has the derivative that they are compared with.
        slope: the derivative.
    """
    moving = Moving(trace, 2 * len(RULES) * len(STEPS))
    exact = _fraction(true, slope)
    return tuple(
        Curve(
            rule.name,
            trace.arithmetic,
            tuple(
                _point(trace, moving.difference(rule, slope, step), step, exact) for step in STEPS
            ),
        )
        for rule in RULES
    )


def _point(trace: Trace, found: Difference, step: Number, exact: Fraction) -> Point:
    value = None if found.value is None else trace.arithmetic.fraction(found.value)
    return Point(step, found, None if value is None else abs(value - exact))


def _fraction(trace: Trace, slope: Slope) -> Fraction:
    value = trace.segments[0].values[slope.entry.address]
    found = trace.arithmetic.fraction(value)
    if found is None:
        raise TracerError(f"{slope.entry.name} is too large or too small to be compared")
    return found


def relative_error(arithmetic: Arithmetic, one: Any, other: Any) -> Fraction | None:
    """``|a - n| / max(|a|, |n|)``, exactly; 0 where both are 0, None where one has no value."""
    a, n = arithmetic.fraction(one), arithmetic.fraction(other)
    if a is None or n is None:
        return None
    largest = max(abs(a), abs(n))
    return abs(a - n) / largest if largest else Fraction(0)
