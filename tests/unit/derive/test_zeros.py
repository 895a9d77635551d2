"""Zeros that are certain, and zeros that only seem so."""

from __future__ import annotations

import pytest

from tests.unit.making import calculated, program, spec
from tracer.derive.settle import settled

TWINS = """
    inputs: [x]
    layers:
      - {units: [s, t], activation: tanh, weights: [[a = 0.3], [a]]}
      - {units: [o], activation: relu, weights: [[1, -1]]}
    samples: [{input: 0.7, target: 0.5}]
    training: {learning_rate: 0.2, steps: 3}
"""


def is_certain(name: str, *lines: str, **at: str) -> bool:
    """Whether a value of a program is certainly 0."""
    trace = calculated(program(*lines, **at), "decimal:50")
    assert not trace[name].value
    return trace[name].is_exact


@pytest.mark.parametrize(
    "lines",
    [
        ("a = exp(x)", "b = exp(x)", "z = a - b"),
        ("a = exp(exp(x))", "z = 2*a - a - a"),
        ("a = sqrt(x)", "z = a*a - a*a"),
        ("a = x*3", "z = a - 6"),
    ],
)
def test_equal_histories_cancel(lines: tuple[str, ...]) -> None:
    """What comes about in the same way is the same, whatever it is."""
    assert is_certain("z", *lines, x="2")


@pytest.mark.parametrize(
    "lines",
    [
        ("a = sqrt(x)", "z = abs(a) - a"),
        ("a = exp(x)", "z = ln(a) - 2"),
        ("a = 1 + exp(-200*x)", "z = a - 1"),
    ],
)
def test_other_zeros_are_not_certain(lines: tuple[str, ...]) -> None:
    """Numbers that are equal for a deeper reason, or too close, are not told to be equal."""
    assert not is_certain("z", *lines, x="2")


def test_twin_units_settle_at_once() -> None:
    """Two units with equal weights have equal outputs in every training step."""
    found = settled(spec(TWINS))
    assert found.arithmetic.name == "decimal:50"
    assert found.unsettled == ""
    assert found["net_o@3"].value == 0
