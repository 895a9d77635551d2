"""How closely an arithmetic's numbers can be met."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.proof.claims import Tolerance, tolerance


@pytest.mark.parametrize("name", ["by-hand:4", "by-hand:3sig:cut", "interval", "interval:30"])
def test_rounded_arithmetics_are_not_proved(name: str) -> None:
    """Numbers that are rounded by hand, and intervals, are not the calculation's own."""
    assert tolerance(name) is None


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("float", 12, 9),
        ("decimal", 24, 24),
        ("decimal:50", 24, 24),
        ("decimal:800", 24, 24),
        ("decimal:20", 17, 12),
        ("decimal:3", 2, 2),
    ],
)
def test_more_digits_are_held_to_more(name: str, known: int, unknown: int) -> None:
    """A number may be off in its last digits; in more where nobody knows what rounding does."""
    assert tolerance(name) == Tolerance(Fraction(1, 10**known))
    assert tolerance(name, is_rounding_known=False) == Tolerance(Fraction(1, 10**unknown))


def test_exact_numbers_must_be_met_exactly() -> None:
    """Nothing is allowed between two fractions."""
    assert tolerance("exact") == Tolerance(Fraction(0))


def test_a_witness_that_is_less_accurate_is_allowed_more() -> None:
    """A tolerance is widened by a witness's own inaccuracy, and only by that."""
    assert Tolerance().widened(Fraction(0)) == Tolerance()
    accuracy = Fraction(1, 10**28)
    assert Tolerance(Fraction(1, 10**40)).widened(accuracy) == Tolerance(accuracy)
    assert Tolerance(Fraction(1, 10)).widened(accuracy).relative == Fraction(1, 10)
