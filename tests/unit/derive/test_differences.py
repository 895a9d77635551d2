"""Differences of the forward pass: exact where they can be, off where they must be."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, program, traced
from tracer.derive.differences import KINK, NO_VALUE, Moving, slopes
from tracer.derive.trace import Trace
from tracer.errors import LimitError, TracerError
from tracer.maths.expression import Number
from tracer.rules.backprop import Rule
from tracer.rules.differences import CENTRAL, FORWARD
from tracer.sheet.gradient_curves import curves, relative_error, slope_of

TENTH = Number(Fraction(1, 10), "0.1")


def quotient(trace: Trace, name: str, rule: Rule, step: Number = TENTH) -> object:
    """A difference quotient of a trace."""
    return Moving(trace, 1).difference(rule, slope_of(trace, name), step).value


def test_the_central_difference_of_a_parabola_is_its_slope() -> None:
    """E is quadratic in w: the central difference is exact, the forward one off by the bend."""
    trace = traced(IN_A_ROW)
    slope = trace["dE/dw"].value
    assert quotient(trace, "dE/dw", CENTRAL) == slope
    bend = sum(2 * x * x for x in (1, 2, 3))
    assert quotient(trace, "dE/dw", FORWARD) == slope + Fraction(bend, 2) / 10


def test_a_cubic_is_off_by_the_square_of_the_step() -> None:
    """For x**3 the central difference is off by h*h, the forward one by 3*x*h + h*h."""
    trace = calculated(program("y = x**3", x="2"))
    assert quotient(trace, "dy/dx", CENTRAL) == 12 + Fraction(1, 100)
    assert quotient(trace, "dy/dx", FORWARD) == 12 + Fraction(6, 10) + Fraction(1, 100)


def test_which_derivatives_can_be_checked() -> None:
    """Those by what is given: every parameter, every input of a sample; and each variable."""
    names = [slope.entry.name for slope in slopes(traced(BY_HEAD))]
    assert {"dE/dw1", "dE/db2", "dE/dx1", "dE/dx2"} <= set(names)
    assert not [name for name in names if "net" in name or "out" in name]
    program_names = [slope.entry.name for slope in slopes(calculated(program("y = x*x", x="3")))]
    assert program_names == ["dy/dx"]


@pytest.mark.parametrize("text", [BY_HEAD, IN_A_ROW])
def test_every_derivative_is_that_of_differences(text: str) -> None:
    """In fractions, of networks with several samples too, a tiny step leaves a tiny error."""
    trace = traced(text)
    tiny = Number(Fraction(1, 10**30), "1e-30")
    moving = Moving(trace, 100)
    for slope in slopes(trace):
        found = moving.difference(CENTRAL, slope, tiny).value
        assert abs(found - slope.entry.value) < Fraction(1, 10**20)


def test_the_mean_over_samples_is_checked_as_the_mean() -> None:
    """Where gradients are averaged so is the error, and the check agrees."""
    trace = traced(IN_A_ROW, reduction="mean")
    assert quotient(trace, "w", CENTRAL) == trace["dE/dw"].value


def test_a_step_over_a_kink_is_told() -> None:
    """From 0.05 a step of 0.1 backwards crosses the kink of relu; one of 0.01 does not."""
    trace = calculated(program("y = relu(x)", x="0.05"))
    moving, slope = Moving(trace, 1), slope_of(trace, "x")
    assert moving.difference(CENTRAL, slope, TENTH).remark == KINK
    assert moving.difference(FORWARD, slope, TENTH).remark == ""
    assert moving.difference(CENTRAL, slope, Number(Fraction(1, 100), "0.01")).remark == ""
    assert not moving.at_a_kink
    assert Moving(calculated(program("y = abs(x)", x="0")), 1).at_a_kink


@pytest.mark.parametrize("line", ["y = max(x, 0)", "y = where(x > 0, x, 0)", "y = abs(x)"])
def test_every_kind_of_piece_is_seen(line: str) -> None:
    """Kinks of max, of conditions and of functions are all seen."""
    trace = calculated(program(line, x="0.05"))
    assert Moving(trace, 1).difference(CENTRAL, slope_of(trace, "x"), TENTH).remark == KINK


def test_a_value_that_does_not_exist_is_told() -> None:
    """A step to where the function has no value leaves no quotient, and says so."""
    trace = calculated(program("y = ln(x)", x="0.05"), "float")
    found = Moving(trace, 1).difference(CENTRAL, slope_of(trace, "x"), TENTH)
    assert found == (None, NO_VALUE)


def test_rounding_makes_the_error_grow_again() -> None:
    """In floats the smallest step is not the best one; in fifty digits it is."""
    spec = program("y = sin(x)*exp(x)", x="1.5")
    true = calculated(spec, "decimal:50")
    slope = slope_of(true, "x")
    for curve in curves(calculated(spec, "float"), true, slope):
        assert curve.best is not None
        assert curve.best is not curve.points[-1]
    forward, central = curves(true, true, slope)
    assert forward.best is forward.points[-1]
    errors = [point.error or Fraction(0) for point in central.points[:10]]
    assert all(fine * 99 < coarse < fine * 101 for coarse, fine in pairwise(errors))


def test_relative_errors() -> None:
    """|a - n| over the larger size; 0 where both are 0; 1 where one of them is."""
    exact = traced(BY_HEAD).arithmetic
    assert relative_error(exact, Fraction(0), Fraction(0)) == 0
    assert relative_error(exact, Fraction(0), Fraction(3)) == 1
    assert relative_error(exact, Fraction(-4), Fraction(-3)) == Fraction(1, 4)


def test_what_cannot_be_moved_is_refused() -> None:
    """Letters, a start in the middle, and too much work are refused with the reason."""
    with pytest.raises(TracerError, match="differences need numbers"):
        slopes(calculated(program("y = a*x", x="2")))
    given = (
        "inputs: [x]\nlayers: [{units: [o], weights: [[2]]}]\nsamples: [{input: 1, target: 0}]\n"
    )
    with pytest.raises(TracerError, match="starts in the middle"):
        slopes(traced(given + "given: {net_o: 3}"))
    with pytest.raises(LimitError, match="forward passes over"):
        Moving(traced(BY_HEAD), 10**6)
