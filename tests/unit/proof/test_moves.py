"""Central differences, and how closely they know a slope."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from tracer.proof.functions import applied, raised
from tracer.proof.moves import MOVES, central_difference
from tracer.proof.precision import MP
from tracer.proof.reals import ONE, Real

TWO = Real(Fraction(2))


def slope(function: Callable[[Real], Real], at: str) -> Real:
    """The difference quotient of a function at a point."""
    here = Real(Fraction(at))
    return central_difference(function(here), [function(here + move) for move in MOVES])


def test_slopes_of_parabolas_are_exact() -> None:
    """Where nothing bends beyond the second order, rational numbers give the slope itself."""
    assert slope(lambda x: x * x + x, "3").exact == 7
    assert slope(lambda x: x * x, "0").exact == 0


def test_smooth_slopes_are_known_to_fifty_digits() -> None:
    """The slope of a sigmoid is right, and knows how far it may be off."""
    found = slope(lambda x: ONE / (ONE + applied("exp", -x)), "1")
    out = ONE / (ONE + applied("exp", -ONE))
    gap = abs((found - out * (ONE - out)).rounded)
    assert gap <= found.error < MP.mpf(10) ** -50


def test_a_flat_slope_is_known_to_be_small() -> None:
    """At the bottom of a curve that bends in higher orders, the slope is 0 but for its error."""
    found = slope(lambda x: raised(x * x - ONE, TWO), "1")
    assert abs(found.rounded) <= found.error < MP.mpf(10) ** -80


@pytest.mark.parametrize(
    ("function", "at"),
    [
        (lambda x: applied("sqrt", x * x), "0"),
        (lambda x: Real(Fraction(1, 10**30)) * applied("sqrt", x * x), "0"),
        (lambda x: applied("sqrt", x * x), "1e-46"),
        (lambda x: ONE / x, "1e-46"),
        (lambda x: applied("sin", Real(Fraction(10**50)) * x), "1/3"),
    ],
    ids=["kink", "small kink", "beside a kink", "pole", "wave"],
)
def test_where_slopes_change_too_fast_nothing_is_known(
    function: Callable[[Real], Real], at: str
) -> None:
    """Near a kink or a pole of any size, and on waves shorter than the move."""
    assert slope(function, at).error == MP.inf


def test_beside_large_numbers_little_is_known() -> None:
    """Of sin(x) + e**140, which has sixty digits before the point, a small move leaves nothing."""
    large = applied("exp", Real(Fraction(140)))
    found = slope(lambda x: applied("sin", x) + large, "1")
    assert found.error > ONE.rounded
