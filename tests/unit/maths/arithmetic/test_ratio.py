"""Fractions among decimals: kept while exact, decimals as soon as they end or meet rounded ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import add, ge, gt, le, lt, mul, sub, truediv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.ratio import MAX_BITS, Ratio, exactly, kept, quotient
from tracer.maths.compiled import compiled
from tracer.maths.parse import parse

DECIMALS = arithmetic("decimal:50")
THIRD = Ratio(Fraction(1, 3))
ROUNDED = Decimal("0.33333333333333333333333333333333333333333333333333")
SMALL = st.fractions(-1000, 1000, max_denominator=1000)


def value(formula: str, **at: str) -> Any:
    """A formula's value in decimals."""
    numbers = {
        name: DECIMALS.finish(compiled(parse(text), [], DECIMALS)()) for name, text in at.items()
    }
    with DECIMALS.scope():
        return DECIMALS.finish(compiled(parse(formula), list(numbers), DECIMALS)(*numbers.values()))


@given(SMALL, SMALL, st.sampled_from([add, sub, mul, truediv]))
def test_exact_numbers_stay_exact(left: Fraction, right: Fraction, operation: Any) -> None:
    """Sums, products and quotients of decimals that end and fractions are the fractions' own."""
    with DECIMALS.scope():
        operands = kept(left), kept(right)
        divides = operation is truediv
        if divides and not right:
            return
        found = quotient(*operands) if divides else operation(*operands)
    assert DECIMALS.fraction(found) == operation(left, right)


@given(SMALL, SMALL, st.sampled_from([lt, le, gt, ge]))
def test_comparisons_are_exact(left: Fraction, right: Fraction, relation: Any) -> None:
    """Fractions and decimals are compared as the numbers that they are."""
    with DECIMALS.scope():
        assert relation(kept(left), kept(right)) == relation(left, right)
        assert (kept(left) == kept(right)) == (left == right)


@pytest.mark.parametrize(
    ("formula", "at", "expected"),
    [
        ("1/3*3 - 1", {}, "0"),
        ("x/3*6", {"x": "0.1"}, "0.2"),
        ("-x + x", {"x": "1/7"}, "0"),
        ("x - 1", {"x": "1/3"}, "-2/3"),
        ("1 - x", {"x": "1/3"}, "2/3"),
        ("1/x", {"x": "1/3"}, "3"),
        ("x**2", {"x": "1/3"}, "1/9"),
        ("x**-2", {"x": "2/3"}, "2.25"),
        ("sqrt(x)", {"x": "4/9"}, "2/3"),
        ("abs(x) + max(x, -1) + min(x, 5)", {"x": "-1/3"}, "-1/3"),
    ],
)
def test_formulas(formula: str, at: dict[str, str], expected: str) -> None:
    """What is rational is not rounded on the way."""
    assert str(value(formula, **at)) == expected


@pytest.mark.parametrize("function", ["exp", "sin", "sqrt", "tanh", "sigmoid", "ln"])
def test_functions_take_the_nearest_decimal(function: str) -> None:
    """A function of a fraction is that of the number, to the digits that are carried."""
    found, near = value(f"{function}(x)", x="1/3"), value(f"{function}(x)", x=f"{ROUNDED}33333333")
    assert abs(found / near - 1) < Decimal("1e-48")


def test_a_rounded_number_makes_a_decimal() -> None:
    """Beside a number that fills its digits a fraction is one more rounded number."""
    with DECIMALS.scope():
        root = Decimal(2).sqrt()
        assert isinstance(THIRD * root, Decimal)
        assert THIRD * root == root * THIRD == ROUNDED * root
        assert isinstance(quotient(root, Decimal(3)), Decimal)


def test_long_fractions_are_rounded() -> None:
    """A fraction that has grown beyond use becomes a decimal."""
    with DECIMALS.scope():
        assert isinstance(kept(Fraction(1, 3**500)), Ratio)
        assert isinstance(kept(Fraction(1, 3**MAX_BITS)), Decimal)


def test_the_remainder_of_a_cancellation_is_not_exact() -> None:
    """A number at the far end of the digits is what rounding has left."""
    assert exactly(Decimal("1e-49"), 50) is None
    assert exactly(Decimal("0.25"), 50) == Fraction(1, 4)
    assert exactly(ROUNDED, 50) is None


def test_a_fraction_is_a_number_like_others() -> None:
    """It compares, counts and converts as Python's numbers do."""
    assert (float(THIRD), str(THIRD), repr(THIRD)) == (1 / 3, "1/3", "Ratio('1/3')")
    assert THIRD + 1 == 1 + THIRD == Fraction(4, 3)
    assert THIRD * Fraction(3) == 1
    assert hash(THIRD) == hash(Fraction(1, 3))
    assert Fraction(THIRD) == Fraction(1, 3)  # type: ignore[call-overload]
    assert Fraction(-1, 3) == -THIRD
    with pytest.raises(TypeError):
        THIRD + "1"
