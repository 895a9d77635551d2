"""Powers and roots of fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracer.errors import CalculationError, IrrationalError
from tracer.maths.powers import bits, power, rational_root, shown, shown_power

fractions = st.fractions(max_denominator=10**6)


@given(fractions, st.integers(-20, 20))
def test_whole_powers_are_those_of_python(base: Fraction, exponent: int) -> None:
    """With a whole exponent the result is the exact product."""
    assume(base or exponent >= 0)
    assert power(base, Fraction(exponent), 10_000) == base**exponent


@given(st.fractions(0, 10**6), st.integers(1, 9), st.integers(-5, 5))
def test_a_root_of_a_power_is_found(root: Fraction, degree: int, times: int) -> None:
    """(r**n)**(k/n) is r**k, exactly."""
    assume(root)
    assert power(root**degree, Fraction(times, degree), 10_000) == root**times


@given(st.fractions(0, 1000, max_denominator=1000), st.integers(2, 7))
def test_a_root_is_a_root_or_irrational(value: Fraction, degree: int) -> None:
    """Where a root is given, its power is the value; where none is, a neighbour's power is not."""
    root = rational_root(value, degree)
    if root is not None:
        assert root**degree == value
    else:
        near = Fraction(float(value) ** (1 / degree)).limit_denominator(1000)
        assert near**degree != value


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [(-1, 10**30, 1), (-1, 10**30 + 1, -1), (1, -(10**40), 1), (0, 0, 1), (0, 5, 0), (5, 0, 1)],
)
def test_powers_that_stay_small(base: int, exponent: int, value: int) -> None:
    """Huge exponents are no trouble where the value is not huge."""
    assert power(Fraction(base), Fraction(exponent), 100) == value


@pytest.mark.parametrize(
    ("base", "exponent", "kind", "message"),
    [
        ("0", "-1", CalculationError, r"division by zero: 0\*\*\(-1\)"),
        ("-8", "1/3", CalculationError, r"\(-8\)\*\*\(1/3\) does not exist"),
        ("2", "1/2", IrrationalError, r"2\*\*0.5 is irrational"),
        ("2", "1e40", CalculationError, "more than 1,000 bits"),
        ("3/2", "-1000", CalculationError, "more than 1,000 bits"),
        ("2", "1/1" + "0" * 40, IrrationalError, "is irrational"),
    ],
)
def test_powers_that_do_not_exist(
    base: str, exponent: str, kind: type[CalculationError], message: str
) -> None:
    """Zero's reciprocal, roots of negatives, irrational and huge powers are told apart."""
    with pytest.raises(kind, match=message):
        power(Fraction(base), Fraction(exponent), 1000)


@given(fractions)
def test_messages_show_the_value(value: Fraction) -> None:
    """A short fraction is shown in full, as digits or as a quotient."""
    assert Fraction(shown(value)) == value


def test_messages_stay_short() -> None:
    """A long fraction is shown roughly, and a power brackets what needs it."""
    assert shown(Fraction(1, 3**1000)) == "about 7.56389E-478"
    assert shown_power(Fraction(-1, 4), Fraction(1, 3)) == "(-0.25)**(1/3)"


def test_bits_count_both_parts() -> None:
    """A fraction is as long as its numerator and denominator together."""
    assert bits(Fraction(8, 9)) == 8
