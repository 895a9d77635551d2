"""What rounding can do to a linear network, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import network
from tracer.maths.arithmetic import arithmetic
from tracer.sheet.matrix.slack import Slack, outputs, unit_of


@pytest.mark.parametrize(
    ("numbers", "at_hundred"),
    [
        ("exact", Fraction(0)),
        ("interval:5", Fraction(0)),
        ("decimal:5", Fraction(1, 100)),
        ("by-hand:3sig:cut", Fraction(1)),
        ("float", Fraction(100, 2**52) + Fraction(1, 2**1074)),
        ("by-hand:3", Fraction(1, 1000) + Fraction(100, 10**48)),
    ],
)
def test_the_unit_of_an_arithmetic(numbers: str, at_hundred: Fraction) -> None:
    """One unit in the last place that is kept, of a number of that size."""
    assert unit_of(arithmetic(numbers))(Fraction(100)) == at_hundred


def test_sizes_go_through_the_layers() -> None:
    """Without rounding, sizes are what all numbers without their signs come to."""
    found = network(
        "inputs: [x]\nlayers:\n  - {units: [h], activation: -net/4, weights: [[-8]], bias: 4}\n"
        "  - {units: [o], activation: net + 2*net, weights: [[-5]]}\n"
    )
    assert outputs(found, [Slack(Fraction(3))], unit_of(arithmetic("exact")))[0].size == 105


def test_an_error_grows_with_what_it_is_multiplied_by() -> None:
    """(2 ± 0.1)·(3 ± 0.2) is within 0.3 + 0.4 + 0.02 of 6."""
    one, other = Slack(Fraction(2), Fraction(1, 10)), Slack(Fraction(3), Fraction(1, 5))
    exact = unit_of(arithmetic("exact"))
    assert one.times(other, exact) == Slack(Fraction(6), Fraction(72, 100))
    assert one.plus(other, exact) == Slack(Fraction(5), Fraction(3, 10))
