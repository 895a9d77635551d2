"""Decimal arithmetic, with mpmath as the witness of its functions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.maths.strategies import shown, value
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.decimal_functions import FUNCTIONS, brief
from tracer.maths.expression import Number, number
from tracer.maths.parse import parse_value

DECIMAL = arithmetic("decimal")
WITNESSES = {
    "exp": mpmath.exp,
    "ln": mpmath.log,
    "log10": mpmath.log10,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "atan": mpmath.atan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
}
POSITIVE = {"ln", "log10", "sqrt"}
LARGEST = {"exp": 5, "sinh": 5, "cosh": 5}
"""The largest power of ten that the argument may have, where the value would overflow."""

magnitudes = st.one_of(st.integers(-3, 2), st.integers(-200, 200))
arguments = st.builds(
    lambda digits, sign, magnitude: Decimal((sign, (1,), magnitude)) * digits / 10**18,
    st.integers(10**17, 10**19 - 1),
    st.sampled_from([0, 1]),
    magnitudes,
)
PI = "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899"


@pytest.mark.parametrize("name", WITNESSES)
@given(x=arguments, digits=st.sampled_from([5, 50, 120]))
@example(x=Decimal(PI), digits=50)
@example(x=Decimal(PI) / 2, digits=50)
@example(x=Decimal(PI) * 10**9, digits=50)
@example(x=Decimal("1e-400"), digits=50)
@example(x=Decimal("1e400"), digits=50)
@example(x=Decimal("1.0000000000000000000000001"), digits=50)
@example(x=Decimal("0.78"), digits=50)
@example(x=Decimal(1), digits=1)
def test_functions_are_right_to_the_last_digit(name: str, x: Decimal, digits: int) -> None:
    """Each function differs from the true value by less than one unit of its last digit."""
    if name in POSITIVE:
        x = abs(x)
    if x.adjusted() > LARGEST.get(name, 400):
        x = x.scaleb(-x.adjusted())
    with arithmetic(f"decimal:{digits}").scope():
        found = FUNCTIONS[name](x)
    with mpmath.workdps(digits + 1_000):
        true = WITNESSES[name](mpmath.mpf(str(x)))
        error = abs(mpmath.mpf(str(found)) - true)
        assert error <= abs(true) * mpmath.mpf(10) ** (1 - digits)


@pytest.mark.parametrize("name", [name for name in WITNESSES if name not in POSITIVE])
def test_functions_of_zero(name: str) -> None:
    """At zero the value is exact."""
    with DECIMAL.scope():
        assert FUNCTIONS[name](Decimal(0)) == (1 if name in {"exp", "cos", "cosh"} else 0)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("tanh(1e300)", "1"),
        ("tanh(-1e300)", "-1"),
        ("atan(exp(1e9)) - atan(1e900)", "0"),
        ("sinh(1e-900)", "1E-900"),
        ("1/(1 + exp(1e9))", "0"),
    ],
)
def test_extreme_arguments(formula: str, text: str) -> None:
    """Saturated, infinite and tiny arguments give the limit to all digits."""
    assert shown(formula, "decimal") == text


@pytest.mark.parametrize("formula", ["sin(1e1001)", "cos(exp(1e9))", "tan(1e4000)"])
def test_angles_without_a_meaningful_rest_are_refused(formula: str) -> None:
    """An angle with more than a thousand digits before its point is too large."""
    with pytest.raises(CalculationError, match="radians is too large"):
        value(formula, "decimal")


@given(
    st.decimals(0, 1000, places=6).filter(bool),
    st.decimals(-20, 20, places=3),
)
def test_powers_agree_with_mpmath(base: Decimal, exponent: Decimal) -> None:
    """Powers are right to the last digit, with whole and with other exponents."""
    with DECIMAL.scope():
        found = FUNCTIONS["power"](base, exponent)
    with mpmath.workdps(80):
        true = mpmath.power(mpmath.mpf(str(base)), mpmath.mpf(str(exponent)))
        assert abs(mpmath.mpf(str(found)) - true) <= abs(true) * mpmath.mpf(10) ** -49


@pytest.mark.parametrize(
    ("formula", "text"),
    [("0**0", "1"), ("0**3", "0"), ("(-2)**3", "-8"), ("(-2)**(-3)", "-0.125"), ("1.5**2", "2.25")],
)
def test_powers_of_zero_and_of_negatives(formula: str, text: str) -> None:
    """Nothing to the power nothing is 1, and whole powers of negatives exist."""
    assert shown(formula, "decimal") == text


def test_exponents_beyond_reason_are_refused() -> None:
    """An exponent of thousands of digits is an error at once."""
    with pytest.raises(CalculationError, match=r"exponent 1e\+4000 is too large"):
        value("2**1e4000", "decimal")


def test_givens_keep_their_digits() -> None:
    """A decimal literal is itself; a fraction without an end stays one."""
    assert str(DECIMAL.literal(Number(Fraction(1, 5), "0.20"))) == "0.20"
    third = DECIMAL.literal(number(Fraction(1, 3)))
    assert third == Fraction(1, 3)
    assert str(DECIMAL.literal(number(Fraction(7, 4)))) == "1.75"
    assert DECIMAL.literal(Number(Fraction(1, 1000), "10^-3")) == Decimal("0.001")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=30))
def test_text_is_read_back_as_the_same_decimal(given_value: Decimal) -> None:
    """A decimal is written and read with all its digits."""
    text = DECIMAL.text(given_value)
    assert DECIMAL.text(DECIMAL.read(text)) == text


@pytest.mark.parametrize("text", ["", "NaN", "Infinity", "1_0", "1/x", "1/0", "x"])
def test_other_texts_are_no_decimals(text: str) -> None:
    """What `text` does not write, `read` refuses."""
    with pytest.raises(CalculationError, match=r"is no (decimal|fraction)"):
        DECIMAL.read(text)


def test_numbers_beyond_the_range_are_not_read() -> None:
    """A number that could not be computed is not read either."""
    with pytest.raises(CalculationError, match="too large"):
        DECIMAL.read("1e9999999999999999999999")


def test_fraction_is_the_exact_value() -> None:
    """A decimal is a fraction; one of thousands of zeros is not worked out."""
    assert DECIMAL.fraction(Decimal("0.125")) == Fraction(1, 8)
    assert DECIMAL.fraction(Decimal("1e200000")) is None


def test_minus_zero_is_zero() -> None:
    """No page shows -0."""
    assert shown("-0*5", "decimal") == "0"
    assert shown("-x*0.00", "decimal", {"x": "3"}) == "0"


def test_steps_carry_no_more_digits_than_stated() -> None:
    """A step's result is rounded to the digits that are carried."""
    long = parse_value("1." + "0123456789" * 6)
    assert isinstance(long, Number)
    assert shown("x", "decimal:5", {"x": long}) == "1.0123"


@pytest.mark.parametrize(
    ("value_", "text"),
    [("0.30000", "0.3"), ("1000", "1000"), ("-1E+20", "-1e+20"), ("1E-12", "1e-12"), ("0", "0")],
)
def test_messages_show_the_first_digits(value_: str, text: str) -> None:
    """A number in a message is short, and in plain digits where these are few."""
    assert brief(Decimal(value_)) == text
