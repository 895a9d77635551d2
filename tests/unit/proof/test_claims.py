"""How closely a witness has to agree with a claim."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.proof.claims import ROUNDED, Tolerance, tolerance
from tracer.proof.reals import ONE, ZERO, Real, applied

E = applied("exp", ONE)
TINY = Fraction(1, 10**200)


@pytest.mark.parametrize("name", ["by-hand:4", "by-hand:3sig:cut", "interval", "interval:30"])
def test_rounded_arithmetics_are_not_proved(name: str) -> None:
    """Numbers that are rounded by hand, and intervals, are not the calculation's own."""
    assert tolerance(name) is None


def test_exact_numbers_must_be_met_exactly() -> None:
    """Nothing is allowed between two fractions."""
    exact = tolerance("exact")
    assert exact is not None
    assert exact.allows(Fraction(1, 3), Real(Fraction(1, 3)), Fraction(1))
    assert not exact.allows(Fraction(1, 3) + TINY, Real(Fraction(1, 3)), Fraction(1))
    assert not exact.allows(TINY, ZERO, Fraction(10**9))


def test_exact_numbers_are_met_by_rounded_ones_to_sixty_digits() -> None:
    """A witness whose fraction has become too long is held to its digits."""
    near = Fraction(int(E.rounded * 10**80), 10**80)
    assert Tolerance().allows(near, E, Fraction(1))
    assert not Tolerance().allows(near * (1 + 10 * ROUNDED), E, Fraction(1))


@pytest.mark.parametrize(
    ("name", "relative"),
    [("float", 9), ("decimal", 24), ("decimal:50", 24), ("decimal:800", 24), ("decimal:20", 8)],
)
def test_more_digits_are_held_to_more(name: str, relative: int) -> None:
    """A claim may be off in its last digits, but not before."""
    allowed = tolerance(name)
    assert allowed is not None
    near, far = (Fraction(7) * (1 + Fraction(factor, 10 * 10**relative)) for factor in (9, 11))
    assert allowed.allows(near, Real(Fraction(7)), Fraction(7))
    assert not allowed.allows(far, Real(Fraction(7)), Fraction(7))


def test_what_should_be_zero_may_be_noise() -> None:
    """What cancels leaves noise in proportion to the largest number."""
    allowed = tolerance("decimal:50")
    assert allowed is not None
    noise = Fraction(1, 10**39)
    assert allowed.allows(noise, ZERO, Fraction(1))
    assert not allowed.allows(noise * 100, ZERO, Fraction(1))
    assert allowed.allows(noise * 100, ZERO, Fraction(1000))


def test_a_witness_that_is_less_accurate_is_allowed_more() -> None:
    """A tolerance is widened by a witness's own inaccuracy, and only by that."""
    assert Tolerance().widened(Fraction(0)) == Tolerance()
    widened = Tolerance(Fraction(1, 10**40)).widened(Fraction(1, 10**28))
    assert widened.relative == Fraction(1, 10**28)
    assert widened.absolute == Fraction(1, 10**43)
    assert Tolerance(Fraction(1, 10)).widened(Fraction(1, 100)).relative == Fraction(1, 10)
