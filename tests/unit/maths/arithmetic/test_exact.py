"""Exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.maths.strategies import shown, value
from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.exact import MAX_BITS

EXACT = arithmetic("exact")
HUGE = Fraction(7**20_000, 3**10_000)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("exp(0)", "1"),
        ("ln(1)", "0"),
        ("sqrt(9/4)", "3/2"),
        ("sin(0) + cos(0) + tan(0)", "1"),
        ("sinh(0) + cosh(0) + tanh(0) + atan(0)", "1"),
        ("sigmoid(0)", "1/2"),
        ("sigmoid(x - x)", "1/2"),
        ("log10(1000)", "3"),
        ("log10(0.001)", "-3"),
        ("log10(1)", "0"),
        ("4**1.5", "8"),
        ("8**(-2/3)", "1/4"),
        ("0.1 + 0.2", "3/10"),
    ],
)
def test_functions_are_exact_where_they_give_a_fraction(formula: str, text: str) -> None:
    """At the points where a function is rational, exact arithmetic goes on."""
    assert shown(formula, "exact", {"x": "1"}) == text


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("exp(0.3775)", r"exp\(0.3775\) is irrational"),
        ("ln(2)", r"ln\(2\) is irrational"),
        ("sin(1/3)", r"sin\(1/3\) is irrational"),
        ("cos(1)", r"cos\(1\) is irrational"),
        ("sqrt(2)", r"sqrt\(2\) is irrational"),
        ("tanh(-1)", r"tanh\(-1\) is irrational"),
        ("log10(2)", r"log10\(2\) is irrational"),
        ("log10(20)", r"log10\(20\) is irrational"),
        ("sigmoid(0.5)", r"exp\(-0.5\) is irrational"),
        ("softplus(0)", r"ln\(2\) is irrational"),
        ("2**0.5", r"2\*\*0.5 is irrational"),
    ],
)
def test_irrational_values_are_refused_with_the_function(formula: str, message: str) -> None:
    """Elsewhere the error names the function and its argument."""
    with pytest.raises(IrrationalError, match=message):
        value(formula, "exact")


@given(st.fractions())
def test_text_is_read_back_as_the_same_fraction(fraction: Fraction) -> None:
    """A fraction is written and read without loss."""
    assert EXACT.read(EXACT.text(fraction)) == fraction


def test_fractions_of_thousands_of_digits_are_written_too() -> None:
    """The text has every digit, beyond what `str` of an int allows."""
    text = EXACT.text(HUGE)
    assert len(text) > 20_000
    assert EXACT.read(text) == HUGE


@pytest.mark.parametrize(
    "text", ["", "1.5", "1e9", "1/0", "x", "1/2/3", "--1", "inf", "1e999999999"]
)
def test_other_texts_are_no_fractions(text: str) -> None:
    """What `text` does not write, `read` refuses at once."""
    with pytest.raises(CalculationError, match="is no fraction"):
        EXACT.read(text)


def test_a_fraction_that_grows_is_refused() -> None:
    """A step's result beyond the limit is an error that names the size and the way out."""
    grown = Fraction(1, 2**MAX_BITS)
    with pytest.raises(CalculationError, match=r"50,003 bits \(at most 50,000\); use decimal"):
        EXACT.finish(grown / 2)
    assert EXACT.finish(grown * 8) == grown * 8


@pytest.mark.parametrize(
    "formula",
    [
        "2**3**4**5**6",
        "(2**12345)**12345",
        "*".join(["3**25000"] * 100),
        "/".join(["1/3**25000"] * 20),
        " + ".join(f"1/{k}**2000" for k in range(3, 300)),
        "where(3**25000*3**25000*3**25000 > 1, 1, 2)",
    ],
)
def test_a_fraction_that_grows_inside_a_step_is_refused(formula: str) -> None:
    """No formula makes the calculation hang on ever longer fractions."""
    with pytest.raises(CalculationError, match="bits"):
        value(formula, "exact")
