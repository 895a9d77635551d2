"""Powers and roots of fractions, exactly, and never larger than a stated size."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from tracer.errors import CalculationError, IrrationalError

_FRACTION = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")


def read_fraction(text: str) -> Fraction:
    """The fraction that `text` writes, ``3/4`` or ``-2``.

    Raises:
        CalculationError: it writes none.
    """
    match = _FRACTION.fullmatch(text)
    denominator = Decimal(match[2] or 1) if match else Decimal(0)
    if match is None or not denominator:
        raise CalculationError(f"'{text[:40]}' is no fraction such as 3/4")
    return Fraction(int(Decimal(match[1])), int(denominator))


def bits(value: Fraction) -> int:
    """How long a fraction is: the bits of its numerator and its denominator together."""
    return value.numerator.bit_length() + value.denominator.bit_length()


def power(base: Fraction, exponent: Fraction, most_bits: int) -> Fraction:
    """`base` to `exponent`, where that is a fraction.

    The size is estimated before anything is multiplied, so a tower of powers is refused at once.

    Raises:
        IrrationalError: the power is irrational.
        CalculationError: it does not exist, or has more than `most_bits` bits.
    """
    if exponent.denominator == 1:
        return _whole_power(base, exponent.numerator, most_bits)
    if base < 0:
        raise CalculationError(f"{shown_power(base, exponent)} does not exist among real numbers")
    root = rational_root(base, exponent.denominator)
    if root is None:
        raise IrrationalError(f"{shown_power(base, exponent)} is irrational")
    return _whole_power(root, exponent.numerator, most_bits)


def rational_root(value: Fraction, degree: int) -> Fraction | None:
    """The root of a value that is not negative; None where it is irrational."""
    numerator = _integer_root(value.numerator, degree)
    denominator = _integer_root(value.denominator, degree)
    if numerator is None or denominator is None:
        return None
    return Fraction(numerator, denominator)


def shown(value: Fraction, most: int = 24) -> str:
    """A fraction as messages show it: digits where they end soon, else a quotient."""
    if bits(value) > 8 * most:
        return _shown_roughly(value)
    denominator = value.denominator
    places = max(_times(denominator, 2), _times(denominator, 5))
    if 10**places % denominator:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def shown_power(base: Fraction, exponent: Fraction) -> str:
    """``(-2)**(1/3)``, as messages show a power."""
    return f"{_bracketed(base)}**{_bracketed(exponent)}"


def _bracketed(value: Fraction) -> str:
    text = shown(value)
    return text if value >= 0 and "/" not in text else f"({text})"


def _shown_roughly(value: Fraction) -> str:
    from decimal import Context

    context = Context(prec=6, Emax=10**9, Emin=-(10**9))
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"about {quotient}"


def _times(number: int, prime: int) -> int:
    count = 0
    while number % prime == 0:
        number //= prime
        count += 1
    return count


def _whole_power(base: Fraction, exponent: int, most_bits: int) -> Fraction:
    if base == 0 and exponent < 0:
        raise CalculationError(f"division by zero: {shown_power(base, Fraction(exponent))}")
    if base in (-1, 0, 1):
        return _small_power(base, exponent)
    if (bits(base) - 2) * abs(exponent) > most_bits:
        raise CalculationError(
            f"{shown_power(base, Fraction(exponent))} has more than {most_bits:,} bits"
        )
    return base**exponent


def _small_power(base: Fraction, exponent: int) -> Fraction:
    if exponent == 0 or (base == -1 and exponent % 2 == 0):
        return Fraction(1)
    return base


def _integer_root(value: int, degree: int) -> int | None:
    if value < 2:
        return value
    if degree >= value.bit_length():
        return None
    root = isqrt(value) if degree == 2 else _floor_root(value, degree)
    return root if root**degree == value else None


def _floor_root(value: int, degree: int) -> int:
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
