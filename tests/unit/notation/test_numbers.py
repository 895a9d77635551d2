"""Numbers on a page: how many digits, which sign before them, and when they are exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tracer.maths.arithmetic import arithmetic
from tracer.maths.precedence import ATOM, QUOTIENT, SIGN
from tracer.notation.numbers import NumberFormat, Shown, shown_value


def shown(value: str, decimals: int | None = None, significant: int = 9) -> Shown:
    """An exact decimal as it stands on a page."""
    return NumberFormat(decimals, significant).shown(Decimal(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.5932699921071871", "0.593269992"),
        ("0.3775", "0.3775"),
        ("12.5", "12.5"),
        ("-0.0380982365165562", "-0.0380982365"),
        ("1.2345678949", "1.23456789"),
        ("1.2345678950", "1.23456790"),
        ("1.2345678850", "1.23456789"),
        ("-1.2345678850", "-1.23456789"),
        ("0.99999999951", "1.00000000"),
        ("9.9999999949", "9.99999999"),
        ("99.99999999", "100.000000"),
        ("0.0000012345678949", "0.00000123456789"),
        ("0.00000012345678949", "1.23456789e-7"),
        ("123456789012345.6", "1.23456789e14"),
        ("1234567890123456.7", "1.23456789e15"),
        ("1e-400", "1e-400"),
        ("1.5e-400", "1.5e-400"),
        ("-2e30", "-2e30"),
        ("1e999999", "1e999999"),
    ],
)
def test_significant_digits(value: str, text: str) -> None:
    """Nine significant digits, half up, as a plain decimal where that is not too long."""
    assert shown(value).text == text


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("0.593269992", True),
        ("0.5932699920", True),
        ("0.59326999200", True),
        ("0.5932699921", False),
        ("1e-12", True),
        ("123456789.5", False),
        ("2.00000000000000000000", True),
    ],
)
def test_whether_all_of_a_number_is_shown(value: str, exact: bool) -> None:
    """A number is exact where its digits on the page are all that it has."""
    assert shown(value).exact is exact


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.00", "2"),
        ("-34", "-34"),
        ("0", "0"),
        ("-0", "0"),
        ("0.00", "0"),
        ("123456789012345", "123456789012345"),
        ("100", "100"),
        ("1e3", "1000"),
        ("1234567890123456", "1.23456789e15"),
        ("0.1250", "0.125"),
        ("20.50", "20.5"),
    ],
)
def test_short_numbers_are_shown_whole(value: str, text: str) -> None:
    """Whole numbers keep all their digits, exact ones lose idle zeros, and zero has no sign."""
    assert shown(value).text == text


@pytest.mark.parametrize(
    ("value", "decimals", "text", "exact"),
    [
        ("0.12345", 4, "0.1235", False),
        ("0.12344999", 4, "0.1234", False),
        ("-0.12345", 4, "-0.1235", False),
        ("2.5", 0, "3", False),
        ("-2.5", 0, "-3", False),
        ("0.1", 4, "0.1", True),
        ("12345.678949", 3, "12345.679", False),
        ("0.00004", 4, "0.00004", True),
        ("0.000041234567894", 4, "0.0000412345679", False),
        ("0.00005", 4, "0.0001", False),
        ("1e-9", 4, "1e-9", True),
        ("7", 2, "7", True),
        ("1.234567891234e20", 2, "1.23456789e20", False),
        ("1e5000", 2, "1e5000", True),
        ("1.23456789123e5000", 2, "1.23456789e5000", False),
    ],
)
def test_decimals(value: str, decimals: int, text: str, exact: bool) -> None:
    """So many decimals; what would be zero, or is huge, has significant digits instead."""
    found = shown(value, decimals)
    assert (found.text, found.exact) == (text, exact)


@pytest.mark.parametrize(
    ("significant", "text"), [(1, "0.7"), (2, "0.67"), (4, "0.6667"), (30, "0." + "6" * 29 + "7")]
)
def test_other_significant_digits(significant: int, text: str) -> None:
    """As many significant digits as asked for."""
    assert shown("0." + "6" * 50, significant=significant).text == text


def test_rounding_up_to_one_more_digit() -> None:
    """A number that rounds up to a power of ten keeps its number of significant digits."""
    assert shown("9.996", significant=3).text == "10.0"
    assert shown("0.9996", significant=3).text == "1.00"
    assert shown("999.96", significant=3).text == "1.00e3"


def test_signs_bind_as_they_must() -> None:
    """A negative number is grouped where a sign must not stand bare, a fraction as a quotient."""
    exact = arithmetic("exact")
    assert shown("-2").binding == shown("-2.5").binding == SIGN
    assert shown("2").binding == shown("0").binding == ATOM
    assert shown_value(Fraction(1, 3), exact, NumberFormat()).binding == QUOTIENT
    assert shown_value(Fraction(-1, 3), exact, NumberFormat()).binding == SIGN


@pytest.mark.parametrize(
    ("value", "text", "exact"),
    [
        (Fraction(1, 2), "0.5", True),
        (Fraction(3), "3", True),
        (Fraction(1, 3), "1/3", True),
        (Fraction(-22, 7), "-22/7", True),
        (Fraction(1, 1024), "0.0009765625", True),
        (Fraction(1, 2**40), "1/1099511627776", True),
        (Fraction(51409489529, 61035156250), "51409489529/61035156250", True),
        (Fraction(514094895291, 610351562501), "0.842293076", False),
        (Fraction(10**30 + 1, 3), "3.33333333e29", False),
        (Fraction(2**100), "1.26765060e30", False),
        (Fraction(1, 3**9000), "8.10415097e-4295", False),
        (Fraction(1, 3**9500), "2.22884652e-4533", False),
        (Fraction(0), "0", True),
    ],
)
def test_fractions(value: Fraction, text: str, exact: bool) -> None:
    """An exact fraction is a short decimal or has a bar; a long one is rounded, of any length."""
    found = shown_value(value, arithmetic("exact"), NumberFormat())
    assert (found.text, found.exact) == (text, exact)


def test_decimals_that_were_cut_off_are_not_exact() -> None:
    """A carried value that fills its precision has been rounded, whatever its digits look like."""
    numbers = arithmetic("decimal:10")
    with numbers.scope():
        root = numbers.finish(Decimal(2).sqrt())
        two = numbers.finish(root * root)
        whole = numbers.finish(Decimal("1.000000000") * 5)
    assert not shown_value(root, numbers, NumberFormat(significant=20)).exact
    assert not shown_value(two, numbers, NumberFormat(significant=20)).exact
    found = shown_value(whole, numbers, NumberFormat(significant=4))
    assert (found.text, found.exact) == ("5.000", False)


def test_decimals_that_were_not_cut_off_are_exact() -> None:
    """A value with fewer digits than the arithmetic carries is all there."""
    assert shown_value(Decimal("0.25"), arithmetic("decimal:10"), NumberFormat()).exact
    assert shown_value(Decimal("0.1235"), arithmetic("by-hand:4"), NumberFormat()).exact


def test_floats_show_what_they_are() -> None:
    """A float is exact only where its binary value ends within the digits shown."""
    numbers = arithmetic("float")
    assert shown_value(0.5, numbers, NumberFormat()) == Shown("0.5", True)
    assert shown_value(0.1, numbers, NumberFormat()) == Shown("0.100000000", False)
    assert shown_value(-2.0, numbers, NumberFormat()) == Shown("-2", True, SIGN)
    assert shown_value(1e300, numbers, NumberFormat()).text == "1.00000000e300"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("0.5932699921", "0.5932699922", "[0.593269992, 0.593269993]"),
        ("-0.21707153468", "-0.21707153467", "[-0.217071535, -0.217071534]"),
        ("-1e-12", "1e-12", "[-1.00000000e-12, 1.00000000e-12]"),
        ("0.5", "0.5", "0.5"),
    ],
)
def test_intervals_are_rounded_outwards(low: str, high: str, text: str) -> None:
    """The ends of an interval are rounded so that it still contains the true value."""
    numbers = arithmetic("interval:20")
    value = numbers.read(f"[{low}, {high}]")
    assert shown_value(value, numbers, NumberFormat()).text == text


@pytest.mark.parametrize(
    ("value", "asked", "text"),
    [
        ("0.6666666667", NumberFormat(significant=30), "0.6666666667"),
        ("6.666666667", NumberFormat(decimals=30), "6.666666667"),
        ("6.666666667", NumberFormat(decimals=4), "6.6667"),
        ("1.234567891e14", NumberFormat(decimals=2), "1.234567891e14"),
        ("0.0000006666666667", NumberFormat(decimals=3, significant=20), "6.666666667e-7"),
    ],
)
def test_no_digit_is_shown_that_was_not_carried(value: str, asked: NumberFormat, text: str) -> None:
    """A rounded value has no more digits on a page than the arithmetic has carried."""
    found = shown_value(Decimal(value), arithmetic("decimal:10"), asked)
    assert (found.text, found.exact) == (text, False)


@pytest.mark.parametrize(
    ("name", "value", "asked", "text"),
    [
        ("by-hand:4", "0.0100", NumberFormat(decimals=4), "0.0100"),
        ("by-hand:4", "2.5000", NumberFormat(decimals=4), "2.5000"),
        ("by-hand:3sig", "0.250", NumberFormat(significant=3), "0.250"),
        ("by-hand:4", "2.0000", NumberFormat(decimals=4), "2"),
        ("by-hand:4", "0.1235", NumberFormat(decimals=2), "0.12"),
        ("by-hand:4", "0.1200", NumberFormat(decimals=2), "0.12"),
        ("by-hand:4", "0.0000", NumberFormat(decimals=4), "0"),
    ],
)
def test_by_hand_zeros_at_the_end_are_kept(
    name: str, value: str, asked: NumberFormat, text: str
) -> None:
    """A number that was rounded by hand stands with the zeros that were written down."""
    assert shown_value(Decimal(value), arithmetic(name), asked).text == text


def test_an_interval_may_end_at_zero() -> None:
    """An end that is zero is 0."""
    numbers = arithmetic("interval:12")
    found = shown_value(numbers.read("[0, 0.25]"), numbers, NumberFormat(significant=3))
    assert found.text == "[0, 0.250]"
