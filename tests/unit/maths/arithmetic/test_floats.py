"""Floating point arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.maths.strategies import value
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic

FLOAT = arithmetic("float")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_text_is_read_back_as_the_same_float(number: float) -> None:
    """A float is written with the digits that give it back."""
    assert FLOAT.read(FLOAT.text(number)) == number


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e999", "x"])
def test_other_texts_are_no_floats(text: str) -> None:
    """What `text` does not write, `read` refuses."""
    with pytest.raises(CalculationError, match="is no finite float"):
        FLOAT.read(text)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ln(2)", math.log(2)),
        ("log10(2)", math.log10(2)),
        ("sin(1) + cos(1) + tan(1)", math.sin(1) + math.cos(1) + math.tan(1)),
        ("sinh(1) + cosh(1)", math.sinh(1) + math.cosh(1)),
        ("tanh(1) - atan(1)", math.tanh(1) - math.atan(1)),
        ("2**0.5 - sqrt(3)", math.sqrt(2) - math.sqrt(3)),
        ("max(1, 3, 2) + min(3, 1, 2) + min(1, 3)", 5),
        ("max(3, 1)", 3),
    ],
)
def test_functions_are_those_of_the_machine(formula: str, expected: float) -> None:
    """The machine's own functions are used."""
    assert value(formula, "float") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1/(1 + cosh(1000))", 0),
        ("1/sinh(-1000)", 0),
        ("1/(-10)**401", 0),
        ("where(sinh(-1000) < 0, 1, 2)", 1),
        ("where((-10)**401 < 0, 1, 2)", 1),
        ("where((-10)**402 < 0, 1, 2)", 2),
    ],
)
def test_overflow_inside_a_formula_is_infinity_with_its_sign(formula: str, expected: float) -> None:
    """A value too large is infinite where a formula can go on with it."""
    assert value(formula, "float") == expected


def test_fraction_is_the_exact_value() -> None:
    """A float is a fraction with a power of two below."""
    assert FLOAT.fraction(0.1) == Fraction(0.1)


def test_minus_zero_is_zero() -> None:
    """No page shows -0.0."""
    assert FLOAT.text(value("-0*5", "float")) == "0.0"
