"""Arithmetic as by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.maths.strategies import rational_trees, shown, value
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES
from tracer.maths.expression import Expression, Number


@pytest.mark.parametrize(
    ("how", "value_", "text"),
    [
        ("by-hand:4", "0.12345", "0.1235"),
        ("by-hand:4", "-0.12345", "-0.1235"),
        ("by-hand:4", "2", "2.0000"),
        ("by-hand:4", "-0.00001", "0.0000"),
        ("by-hand:4", "1e60", "1" + "0" * 60),
        ("by-hand:4:half-even", "0.12345", "0.1234"),
        ("by-hand:4:half-even", "0.12355", "0.1236"),
        ("by-hand:4:cut", "0.12349", "0.1234"),
        ("by-hand:4:cut", "-0.12349", "-0.1234"),
        ("by-hand:4sig", "0.00123456", "0.001235"),
        ("by-hand:4sig", "99996", "1.000E+5"),
        ("by-hand:4sig", "2", "2"),
        ("by-hand:4sig:cut", "-99999", "-9.999E+4"),
        ("by-hand:2sig:half-even", "2.25", "2.2"),
        ("by-hand:1", "0.25", "0.3"),
    ],
)
def test_a_step_is_rounded_as_stated(how: str, value_: str, text: str) -> None:
    """Decimals or significant digits are kept, half up, half to even or cut off."""
    chosen = arithmetic(how)
    assert chosen.finish(Decimal(value_)) == Decimal(text)
    if "e" not in value_:
        assert chosen.text(chosen.finish(Decimal(value_))) == text


def rounded(value_: Fraction, places: int, mode: str) -> Fraction:
    """The value rounded to decimals, by the definition of each way to round."""
    scaled, sign = abs(value_) * 10**places, -1 if value_ < 0 else 1
    whole, rest = floor(scaled), scaled - floor(scaled)
    up = {
        "half-up": rest >= Fraction(1, 2),
        "half-even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
        "cut": False,
    }
    return sign * Fraction(whole + up[mode], 10**places)


@given(rational_trees, st.integers(1, 9), st.sampled_from(["half-up", "half-even", "cut"]))
def test_a_step_is_its_exact_value_rounded_once(tree: Expression, places: int, mode: str) -> None:
    """Inside a step nothing is rounded that could be seen: 1/3*3 cut off is 1, not 0.9999."""
    try:
        true = value(tree, "exact")
        found = arithmetic("exact").read("0")
        how = f"by-hand:{places}:{mode}"
        found = arithmetic(how).fraction(value(tree, how))
    except FAILURES:
        assume(False)
    assume(abs(true) < 10**20)
    assert found == rounded(true, places, mode)


def test_givens_are_not_rounded() -> None:
    """A given has the digits it was written with; the step that uses it is rounded."""
    chosen = arithmetic("by-hand:2")
    assert str(chosen.literal(Number(Fraction(12345, 100_000), "0.12345"))) == "0.12345"
    assert shown("x*2", "by-hand:2", {"x": "0.12345"}) == "0.25"


def test_functions_carry_many_digits_inside_a_step() -> None:
    """Only the result of the step is rounded, not the exp inside the sigmoid."""
    assert shown("1/(1 + exp(-x))", "by-hand:4", {"x": "0.3775"}) == "0.5933"
    assert shown("10000*exp(x)", "by-hand:4", {"x": "1"}) == "27182.8183"


def test_text_is_read_back_with_its_zeros() -> None:
    """The zeros that rounding leaves are part of the value."""
    chosen = arithmetic("by-hand:4")
    half = chosen.finish(Decimal("0.5"))
    assert chosen.text(half) == "0.5000"
    assert chosen.text(chosen.read("0.5000")) == "0.5000"


def test_a_number_too_large_is_refused() -> None:
    """Infinity is no result."""
    with pytest.raises(CalculationError, match="too large"):
        value("exp(1e9)", "by-hand:4")
