"""Which values are all of the numbers that they stand for."""

from __future__ import annotations

import pytest

from tests.unit.making import BY_HEAD, SIGMOID, calculated, program, spec, step, traced
from tracer.derive.settle import settled
from tracer.derive.trace import Trace


def exact(trace: Trace) -> set[str]:
    """The names of the exact values."""
    return {entry.name for entry in trace if entry.is_exact}


def test_rational_numbers_are_exact() -> None:
    """In decimals every value of a rational network is, as far as its digits reach."""
    trace = traced(BY_HEAD, "decimal:50")
    assert exact(trace) == {entry.name for entry in trace}


def test_irrational_numbers_are_not() -> None:
    """From a sigmoid on nothing is, but what does not depend on it."""
    trace = traced(SIGMOID, "decimal:50")
    assert "net_o" in exact(trace)
    assert "dnet_o/dw1" not in {entry.name for entry in trace}
    assert exact(trace).isdisjoint({"out_o", "E", "dE/dnet_o", "dE/dw1", "w1+"})


def test_short_decimals_may_be_rounded_all_the_same() -> None:
    """What cancellation leaves of a rounded number is not exact, however short it is."""
    trace = calculated(program("a = exp(x)", "b = a - 1", "c = 2*b", x="1e-30"), "decimal:50")
    assert len(str(trace["b"].value)) < 40
    assert exact(trace).isdisjoint({"a", "b", "c"})


def test_a_factor_of_zero() -> None:
    """0 times a rounded number is exactly 0; so is what only decides between two cases."""
    trace = calculated(program("a = exp(x)", "b = a*0", "c = relu(a)", x="2"), "decimal:50")
    assert "b" in exact(trace)
    assert "c" not in exact(trace)
    assert "da/dx" not in exact(trace)
    slopes = calculated(program("y = where(x > 0, 3, 4)*exp(x)", x="2"), "decimal:50")
    assert "v1" in exact(slopes)


@pytest.mark.parametrize("numbers", ["float", "by-hand:3"])
def test_rounded_arithmetics(numbers: str) -> None:
    """In floats and by hand a value is exact where nothing was rounded on the way to it."""
    trace = calculated(program("a = x/4", "b = x/3", "c = b*3", x="3.5"), numbers)
    assert {"x", "a"} <= exact(trace)
    assert exact(trace).isdisjoint({"b", "c"})


def test_carried_parameters() -> None:
    """A parameter is exact in a later step where the update before was."""
    trace = traced(BY_HEAD, "decimal:50", steps="2")
    assert {"w5@2", "dE/dw5@2"} <= exact(trace)
    assert "w1@2" not in exact(traced(SIGMOID, "decimal:50", steps="2"))


def test_parts_of_a_longer_telling() -> None:
    """The lines of a longer telling are judged like steps."""
    parts = step(traced(BY_HEAD, "decimal:50"), "dE/dout_h1").substeps
    assert all(part.is_exact for part in parts)
    irrational = SIGMOID.replace("[[0.5]]", "[[w = 0.5]]")
    [part] = step(traced(irrational, "decimal:50"), "dE/dw").substeps
    assert part.is_exact, "dnet/dw is the input itself"


def test_letters_are_not_exact() -> None:
    """What has no value is none."""
    assert exact(calculated(program("y = a*x", x="2"))) == {"x", "dy/dy", "dy/da"}


def test_fractions_meet_kinks_exactly() -> None:
    """A third times three less one is 0: the units at their kinks have the values agreed upon."""
    text = """
        inputs: [x]
        layers:
          - {units: [a, b, c], activation: [step, relu, sign], weights: [[1/3], [1/3], [1/3]],
             bias: [-1, -1, -1]}
          - {units: [y], weights: [[1, 1, 1]]}
        samples: [{input: 3, target: 2}]
        training: {learning_rate: 1/3}
    """
    found, right = settled(spec(text)), traced(text)
    for entry in found:
        assert found.arithmetic.fraction(entry.value) == right[entry.name].value, entry.name


@pytest.mark.parametrize("numbers", ["float", "decimal:5"])
def test_nobody_knows_how_far_a_rounded_number_is_off(numbers: str) -> None:
    """A choice by a rounded number is certain only where a longer calculation agrees with it."""
    lines = program("a = x/3 - 0.3333333", "b = step(a - 1e-9)", "c = 2*b", x="1")
    assert exact(calculated(lines, numbers)).isdisjoint({"a", "b", "c"})
    assert {"b", "c"} <= exact(settled(lines))
