"""The witnesses' numbers: exact as long as they can be, and never on and on."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.errors import CalculationError
from tracer.proof.functions import applied, raised
from tracer.proof.precision import MP
from tracer.proof.reals import (
    MOST_BITS,
    ONE,
    ZERO,
    Real,
    TooCloseError,
    are_alike,
    compared,
    rational,
)

HALF = Real(Fraction(1, 2))
E = applied("exp", ONE)


def test_rational_arithmetic_is_exact() -> None:
    """Sums, products and quotients of fractions are fractions."""
    third = Real(Fraction(1, 3))
    assert (third + HALF).exact == Fraction(5, 6)
    assert (third - HALF).exact == Fraction(-1, 6)
    assert (third * HALF).exact == Fraction(1, 6)
    assert (third / HALF).exact == Fraction(2, 3)
    assert (-third).exact == Fraction(-1, 3)


def test_irrational_numbers_have_a_hundred_digits() -> None:
    """A function whose value is no fraction gives it to a hundred digits."""
    digits = "2.71828182845904523536028747135266249775724709369995957496696762772407663035354759"
    assert MP.nstr(E.rounded, 90).startswith(digits)
    assert E.exact is None
    assert (E * HALF).exact is None


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [("exp", 0, 1), ("ln", 1, 0), ("sqrt", 4, 2), ("sin", 0, 0), ("log10", 1000, 3)],
)
def test_functions_are_exact_where_they_are_rational(name: str, at: int, value: int) -> None:
    """A function gives a fraction at the points where it has one."""
    assert applied(name, Real(Fraction(at))).exact == value


def test_fractions_stop_growing() -> None:
    """A fraction that has become too long goes on as a rounded number."""
    long = rational(Fraction(1, 3**MOST_BITS))
    assert long.exact is None
    assert are_alike(long * Real(Fraction(3)), rational(Fraction(1, 3 ** (MOST_BITS - 1))))


def test_comparison_of_fractions_is_exact() -> None:
    """0.3 - 0.1 is 0.2, and the smallest difference counts."""
    difference = Real(Fraction("0.3")) - Real(Fraction("0.1"))
    assert compared(difference, Real(Fraction("0.2"))) == 0
    assert compared(HALF, HALF + Real(Fraction(1, 10**400))) == -1


def test_rounding_decides_no_comparison() -> None:
    """Rounded numbers that differ in their last digits only are alike, and not compared."""
    square = applied("exp", Real(Fraction(2)))
    assert are_alike(E * E, square)
    with pytest.raises(TooCloseError, match="the same in all digits"):
        compared(E * E, square)
    assert compared(E, HALF) == 1
    assert compared(ZERO - E, HALF) == -1
    assert not are_alike(E, HALF)


def test_a_number_is_itself() -> None:
    """What is subtracted from itself, or multiplied by 0, is exactly 0."""
    assert (E - E).exact == 0
    assert compared(E, E) == 0
    assert (E * ZERO).exact == (ZERO / E).exact == 0
    assert (E + ZERO) is E


def test_powers() -> None:
    """Powers and roots are exact where they can be, and real or refused."""
    assert raised(Real(Fraction(2, 3)), Real(Fraction(-2))).exact == Fraction(9, 4)
    assert raised(Real(Fraction(9, 4)), HALF).exact == Fraction(3, 2)
    assert are_alike(raised(Real(Fraction(2)), HALF), applied("sqrt", Real(Fraction(2))))
    assert are_alike(raised(-E, Real(Fraction(2))), E * E)
    assert raised(ZERO, ZERO).exact == 1


@pytest.mark.parametrize(
    ("base", "exponent"),
    [(Fraction(-2), Fraction(1, 3)), (Fraction(0), Fraction(-1))],
)
def test_powers_that_do_not_exist_are_refused(base: Fraction, exponent: Fraction) -> None:
    """There is no root of a negative number, and no reciprocal of 0."""
    with pytest.raises((CalculationError, ZeroDivisionError)):
        raised(Real(base), Real(exponent))


def test_root_of_a_negative_rounded_number_is_refused() -> None:
    """Nor is there one of a number that is not rational."""
    with pytest.raises(CalculationError, match="negative"):
        raised(-E, HALF)


@pytest.mark.parametrize(("name", "at"), [("ln", 0), ("ln", -1), ("sqrt", -2), ("log10", 0)])
def test_functions_that_do_not_exist_are_refused(name: str, at: int) -> None:
    """There are no logarithms and roots outside their domain, rational or not."""
    with pytest.raises(CalculationError):
        applied(name, Real(Fraction(at)))
    with pytest.raises(CalculationError):
        applied(name, Real(Fraction(at)) - E + E if at else E - E)


def test_towers_are_refused() -> None:
    """What would take forever is refused at once; what has a limit reaches it."""
    large = Real(Fraction(10**101))
    assert applied("exp", -large).rounded == 0
    assert applied("tanh", -large).rounded == -1
    assert applied("tanh", large).rounded == 1
    for name in ("exp", "cosh", "sinh"):
        with pytest.raises(CalculationError, match="too large"):
            applied(name, large)
    with pytest.raises(CalculationError, match="too large"):
        applied("sin", applied("exp", Real(Fraction(10**90))))
    with pytest.raises(CalculationError, match="too large"):
        raised(applied("exp", Real(Fraction(10**99))), Real(Fraction(10**99)))


def test_numbers_are_shown_short() -> None:
    """A fraction as it is, a rounded number to twenty digits, a giant by its size."""
    assert repr(HALF) == "1/2"
    assert repr(E) == "2.7182818284590452354"
    assert repr(applied("exp", Real(Fraction(10**50)))).startswith("about 2**14426950408889634")
