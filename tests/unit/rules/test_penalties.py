"""Every row of the penalties' table before SymPy: its slope is the derivative of its value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.maths.expression import Mul, number
from tracer.proof.bridge import Pieces, Point, symbol
from tracer.proof.reals import Real, are_alike
from tracer.proof.trees import walked
from tracer.rules.penalties import FORMS, HALF, L1, TABLE, formula, row


@pytest.mark.parametrize("at", ["-7/3", "-1/2", "1/9", "4"])
@pytest.mark.parametrize("key", TABLE)
def test_slope_is_the_derivative(key: tuple[str, str], at: str) -> None:
    """SymPy's derivative of factor times term has the slope's value, on both sides of 0."""
    found = TABLE[key]
    factor, term, slope = (
        formula(text, 5, number(0)) for text in (found.factor, found.term, found.slope)
    )
    letters = {name: symbol(name) for name in ("strength", "weight")}
    numbers = {letters["strength"]: Real(Fraction(3, 7)), letters["weight"]: Real(Fraction(at))}
    point = Point(numbers)
    derived = walked(Mul((factor, term)), letters, Pieces(point)).diff(letters["weight"])
    assert are_alike(point.value(derived), point.value(walked(slope, letters, Pieces(point))))


def test_every_penalty_has_every_form() -> None:
    """Half a square is a form of squares: absolute values have it in full."""
    assert all(row(name, form) for name in ("l1", "l2") for form in FORMS)
    assert row(L1, HALF) is TABLE[L1, "full"]
