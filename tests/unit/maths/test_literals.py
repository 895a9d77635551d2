"""Literals keep their digits and know their value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from tests.unit.maths.strategies import decimal_texts
from tracer.errors import FormulaError
from tracer.maths.expression import Number
from tracer.maths.literals import decimal_literal, is_decimal


@given(decimal_texts)
def test_value_is_exact_and_digits_are_kept(text: str) -> None:
    """A literal is the fraction that its digits say, beside the digits themselves."""
    assert decimal_literal(text) == Number(Fraction(text), text)


@pytest.mark.parametrize("text", ["", "1/3", "x", "1_000", "0x1", "nan", "1e", "--1", "1 ", "٣"])
def test_anything_else_is_no_decimal(text: str) -> None:
    """What Python or `Decimal` might take for a number, but no formula would, is none."""
    assert decimal_literal(text) is None
    assert not is_decimal(text)


@pytest.mark.parametrize("text", ["1" * 400, "-0." + "3" * 399, "1e4000", "-1e-4000"])
def test_largest_literals(text: str) -> None:
    """The limits themselves are allowed."""
    assert decimal_literal(text) is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1" * 401, "400 digits, and this has 401"),
        ("1e4001", "and this one is e4001"),
        ("1e-4001", "and this one is e-4001"),
        ("1e" + "9" * 9_000, "and this one is e99999"),
        ("1" * 9_000 + "e5", "and this has 9,000"),
    ],
)
def test_literals_beyond_the_limits_are_refused(text: str, message: str) -> None:
    """Too many digits or too large an exponent is an error, at the literal's column."""
    with pytest.raises(FormulaError, match=message) as caught:
        decimal_literal(text, 7)
    assert caught.value.column == 7
