"""Intervals that contain what floats make of a calculation."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tests.unit.making import BY_HEAD, network, program
from tracer.derive.run import plan, run
from tracer.derive.trace import Trace, trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.float_intervals import FloatIntervals
from tracer.spec import Spec

FORMULAS = (
    "y = x*z - 0.3/(x + z)",
    "y = exp(x) - exp(z)",
    "y = tanh(x)*sin(z) + ln(2 + cos(x))",
    "y = (x + z) - z - x",
    "y = sqrt(x^2 + z^2)/atan(z) + abs(x - z)^3",
    "y = relu(x - 0.3)*1e300*1e-300 + max(x, z) + sinh(x)/cosh(z)",
    "y = exp(-800*x^2) + 1/(1 + exp(-40*z))",
)


def enclosed(spec: Spec) -> tuple[Trace, Trace]:
    """A trace in floats, and the intervals around it."""
    found, how = trace(spec, arithmetic("float")), FloatIntervals()
    return found, Trace(spec, how, run(found.segments, how))


@pytest.mark.parametrize("formula", FORMULAS)
def test_floats_and_true_values_are_inside(formula: str) -> None:
    """For random numbers, every interval contains the float and the value to 60 digits."""
    random = Random(formula)
    for _ in range(30):
        at = {name: repr(random.choice((1, 10)) * random.uniform(-1, 1)) for name in "xz"}
        spec = program(formula, **at)
        floats, intervals = enclosed(spec)
        true = trace(spec, arithmetic("decimal:60"))
        for entry, interval, right in zip(floats, intervals, true, strict=True):
            low, high = Fraction(interval.value.lo), Fraction(interval.value.hi)
            assert low <= Fraction(entry.value) <= high, entry.name
            assert low <= Fraction(right.value) <= high, entry.name


def test_what_floats_hold_is_one_point() -> None:
    """Whole numbers, halves and their sums and products are not widened."""
    text = BY_HEAD.replace("learning_rate: 0.1", "learning_rate: 0.125")
    _, intervals = enclosed(network(text))
    assert all(entry.value.is_point for entry in intervals)


def test_what_floats_do_not_hold_is_wider() -> None:
    """A tenth is a little more or less."""
    _, intervals = enclosed(program("y = x + 1", x="0.1"))
    x, y = intervals["x"].value, intervals["y"].value
    assert Fraction(x.lo) < Fraction(1, 10) < Fraction(x.hi)
    assert Fraction(y.hi - y.lo) < Fraction(1, 10**14)


def test_what_may_become_zero_contains_zero() -> None:
    """exp(-800) is 0 in floats, and its interval knows it; 0 times anything stays 0."""
    _, intervals = enclosed(program("u = exp(x)", "y = u*0", x="-800"))
    assert intervals["u"].value.contains_zero
    assert intervals["y"].value.is_point


def test_too_large_values_are_refused() -> None:
    """An interval with an infinite end is no value."""
    with pytest.raises(CalculationError, match="too large"):
        run(tuple(plan(program("y = exp(exp(x))", x="20"))), FloatIntervals())
