"""Whether a claim is what a witness found: by its own digits, its own slack, the witness's own."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.proof.agreement import NO_DIGIT, ROUNDED, word
from tracer.proof.claims import Claim, Tolerance
from tracer.proof.functions import applied
from tracer.proof.reals import ONE, ZERO, Real
from tracer.proof.verdicts import Outcome
from tracer.rules.quantity import RESULT, Quantity

YES, NO, SILENT = Outcome.AGREES, Outcome.DISAGREES, Outcome.SILENT
EXACT, NEAR = Tolerance(), Tolerance(Fraction(1, 10**24))
VAGUE = "too few digits"
E = applied("exp", ONE)
TINY = Fraction(1, 10**200)
SMALL = applied("exp", Real(Fraction(-200)))
DUST = (E + applied("exp", Real(Fraction(-300)))) - E
"""Of a number that is not 0, but smaller than what is left of the digits."""


def said(
    value: Fraction | int, found: Real, tolerance: Tolerance, slack: Fraction | int = 0
) -> Outcome:
    """What a witness's number says of a claim."""
    claim = Claim(Quantity(RESULT, "y"), "y", Fraction(value), Fraction(slack))
    return word(claim, found, tolerance, VAGUE).outcome


def told(value: Fraction | int, found: Real, slack: Fraction | int = 0) -> str:
    """What there is to say about it."""
    claim = Claim(Quantity(RESULT, "y"), "y", Fraction(value), Fraction(slack))
    return word(claim, found, NEAR, VAGUE).reason


def digits_of(number: Real, digits: int) -> Fraction:
    """A rounded number as a fraction with so many decimals."""
    return Fraction(int(number.rounded * 10**digits), 10**digits)


def test_exact_numbers_are_met_exactly() -> None:
    """Nothing is allowed between two fractions."""
    third = Real(Fraction(1, 3))
    assert said(Fraction(1, 3), third, EXACT) is YES
    assert said(Fraction(1, 3) + TINY, third, EXACT) is NO
    assert said(TINY, ZERO, EXACT) is NO
    assert said(0, ZERO, EXACT) is YES


def test_exact_numbers_are_met_by_rounded_ones_to_sixty_digits() -> None:
    """A witness whose fraction has become too long is held to its digits."""
    near = digits_of(E, 80)
    assert said(near, E, EXACT) is YES
    assert said(near * (1 + 10 * ROUNDED), E, EXACT) is NO


@pytest.mark.parametrize("scale", [Fraction(1, 10**90), 1, 10**20, 10**90])
def test_a_number_of_any_size_is_held_to_the_same_digits(scale: Fraction | int) -> None:
    """24 digits have to be right, however large or small the number is."""
    claimed, found = 7 * Fraction(scale), Real(7 * Fraction(scale))
    assert said(claimed * (1 + Fraction(9, 10**25)), found, NEAR) is YES
    assert said(claimed * (1 + Fraction(11, 10**25)), found, NEAR) is NO
    assert said(-claimed, found, NEAR) is NO
    assert said(3 * claimed, found, NEAR) is NO
    assert said(0, found, NEAR) is NO


def test_a_vanished_gradient_is_not_zero() -> None:
    """1.4e-87 is not 0, and 0 is not 1.4e-87."""
    assert said(0, SMALL, NEAR) is NO
    assert said(digits_of(SMALL, 140), ZERO, NEAR) is NO
    assert said(digits_of(SMALL, 140), SMALL, NEAR) is YES


def test_zero_is_proved_by_zero() -> None:
    """What is exactly 0 for a witness proves a claim of 0, whatever rounding could have made."""
    assert said(0, ZERO, NEAR) is YES
    assert said(0, ZERO, NEAR, slack=Fraction(1, 10**50)) is YES
    assert said(0, E * ZERO, NEAR) is YES


def test_a_witness_knows_its_own_dust() -> None:
    """What is left when its digits cancel neither proves a small number nor refutes it."""
    for value in (0, Fraction(1, 10**131), -Fraction(1, 10**131)):
        assert said(value, DUST, NEAR) is SILENT
        assert told(value, DUST) == VAGUE
    assert said(Fraction(1, 10**60), DUST, NEAR) is NO


def test_rounding_is_allowed_as_far_as_it_leaves_digits() -> None:
    """A number that has lost most of its digits agrees in those that it has, and that is said."""
    found = Real(Fraction(7))
    claimed, slack = Fraction(7) + Fraction(1, 10**6), Fraction(2, 10**6)
    assert said(claimed, found, NEAR) is NO
    assert said(claimed, found, NEAR, slack) is YES
    assert told(claimed, found, slack).startswith("to 6 digits: ")
    assert said(3 * claimed, found, NEAR, slack) is NO
    assert said(-claimed, found, NEAR, slack) is NO
    assert told(Fraction(7), found, slack) == ""


@pytest.mark.parametrize("value", [0, 1, -1, 5])
def test_of_a_number_without_certain_digits_nothing_is_said(value: int) -> None:
    """Where rounding has left no digit, a number within its reach is neither right nor wrong."""
    claimed, slack = Fraction(value, 10**50), Fraction(9, 10**50)
    assert said(claimed, SMALL, NEAR, slack) is SILENT
    assert told(claimed, SMALL, slack) == NO_DIGIT
    assert said(claimed, Real(Fraction(1, 10**40)), NEAR, slack) is NO


def test_a_vague_witness_does_not_speak_for_what_rounding_has_left() -> None:
    """A witness has to know its number as closely as the claim is known."""
    claimed, slack = Fraction(1, 10**99), Fraction(1, 10**102)
    assert said(claimed, DUST, NEAR, slack) is SILENT
    assert told(claimed, DUST, slack) == VAGUE
