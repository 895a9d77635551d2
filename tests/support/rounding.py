"""Rounding as by hand, on fractions: what the program's decimals are held against."""

from __future__ import annotations

from fractions import Fraction

INSIDE = 50
"""So many digits a pocket calculator has settled before it rounds: 1/3*3 is 1."""

MODES = ("half-up", "half-even", "cut")


def rounded(value: Fraction, decimals: int, mode: str = "half-up") -> Fraction:
    """A value with so many decimals."""
    scaled = abs(value) * Fraction(10) ** decimals
    whole, rest = divmod(scaled, 1)
    up = mode != "cut" and (
        rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (mode == "half-up" or whole % 2 == 1))
    )
    size = Fraction(int(whole) + up) / Fraction(10) ** decimals
    return -size if value < 0 else size


def magnitude(value: Fraction) -> int:
    """The power of ten of a value's first digit."""
    if not value:
        return 0
    size, power = abs(value), 0
    while size >= 10:
        size, power = size / 10, power + 1
    while size < 1:
        size, power = size * 10, power - 1
    return power


def to_digits(value: Fraction, digits: int, mode: str = "half-up") -> Fraction:
    """A value with so many significant digits."""
    return rounded(value, digits - 1 - magnitude(value), mode)


def by_hand(value: Fraction, digits: int, significant: bool, mode: str) -> Fraction:
    """A step's value as a person writes it down."""
    settled = to_digits(value, INSIDE)
    return (to_digits if significant else rounded)(settled, digits, mode)
