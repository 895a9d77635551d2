"""How a number is shown: as many digits as asked for, and whether that is all of it.

Shown digits are not carried digits: a value keeps its full precision, and is rounded here, half
up as by hand. A number that is shown in full is exact; any other is marked by whoever prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from msgspec import Struct

from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.ratio import Ratio
from tracer.maths.powers import bits
from tracer.maths.precedence import ATOM, QUOTIENT, SIGN

DEFAULT_SIGNIFICANT = 9
LONGEST_FRACTION = 24
LARGEST_PLAIN = 15
SMALLEST_PLAIN = -7


class Shown(NamedTuple):
    """A number as it stands on a page.

    Attributes:
        text: its digits.
        exact: whether the text is the whole value.
        binding: how tightly the text holds together, for the printers.
    """

    text: str
    exact: bool
    binding: int = ATOM


class NumberFormat(Struct, frozen=True):
    """How many digits to show.

    Attributes:
        decimals: digits after the point; None where significant digits count instead.
        significant: significant digits; also what a number gets that would be shown as zero, or
            is too large to be written without a power of ten.
        at_least: significant digits that a number has in any case, where decimals are counted.
    """

    decimals: int | None = None
    significant: int = DEFAULT_SIGNIFICANT
    at_least: int = 0

    def with_at_least(self, significant: int) -> NumberFormat:
        """The format that gives every number so many significant digits, if need be more decimals.

        Args:
            significant: how many.
        """
        return NumberFormat(self.decimals, self.significant, significant)

    def shown(self, value: Decimal, is_exact: bool = True) -> Shown:
        """A value as it stands on a page.

        Args:
            value: the carried value.
            is_exact: whether the carried value itself has lost nothing.
        """
        if not value:
            return Shown("0", is_exact)
        sign = SIGN if value.is_signed() else ATOM
        if is_exact and _is_whole(value):
            return Shown(str(int(value)), True, sign)
        if text := self.plainly_rounded(value):
            return Shown(text, False, sign)
        rounded = self.rounded(value)
        exact = is_exact and rounded == value
        return Shown(_written(rounded, exact), exact, sign)

    def plainly_rounded(self, value: Decimal) -> str:
        """What nearly every number comes to, in one go; empty for those that take more care.

        Zero, numbers that are shown in full, and those with a power of ten take more care.
        """
        if self.decimals is not None or value.adjusted() >= LARGEST_PLAIN:
            return ""
        rounded = _to_significant(self.significant).plus(value)
        text = str(rounded)
        return "" if rounded == value or "E" in text else text

    def fits(self, value: Decimal, carried: int) -> bool:
        """Whether a value with so many carried digits has all that are asked for."""
        decimals = self.decimals is None or self.decimals < carried - value.adjusted()
        return decimals and self.significant <= carried

    def within(self, value: Decimal, carried: int) -> NumberFormat:
        """The format without the digits that the arithmetic has not carried."""
        significant = min(self.significant, carried)
        if self.decimals is None:
            return NumberFormat(None, significant)
        decimals = min(self.decimals, carried - value.adjusted() - 1)
        return NumberFormat(decimals, significant, min(self.at_least, carried))

    def rounded(self, value: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
        """Rounded to the digits asked for, unless they would all be zero.

        Args:
            value: any finite number.
            rounding: half up (away from zero), or another of the decimal module's ways.
        """
        if not value:
            return value
        if self.decimals is not None and value.adjusted() < LARGEST_PLAIN:
            last = -self.decimals
            if self.at_least:
                last = min(last, value.adjusted() - self.at_least + 1)
            fixed = value.quantize(_unit(last), rounding, _WIDE)
            if fixed:
                return fixed
        last = value.adjusted() - self.significant + 1
        rounded = value.quantize(_unit(last), rounding, _WIDE)
        if rounded.adjusted() > value.adjusted():
            rounded = rounded.quantize(_unit(last + 1), rounding, _WIDE)
        return rounded


@lru_cache
def _unit(exponent: int) -> Decimal:
    """10 to an exponent."""
    return Decimal((0, (1,), exponent))


@lru_cache
def _to_significant(digits: int) -> Context:
    return Context(prec=digits, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)


def _is_whole(value: Decimal) -> bool:
    """Whether a number other than 0 is an integer of reasonable size."""
    return 0 <= value.adjusted() < LARGEST_PLAIN and value == value.to_integral_value()


def _written(rounded: Decimal, exact: bool) -> str:
    """The digits of a rounded number; an exact one without idle zeros at the end."""
    number = rounded.normalize(_WIDE) if exact else rounded
    exponent = number.adjusted()
    padded = not exact and exponent > 0 and int(number.as_tuple().exponent) > 0
    if SMALLEST_PLAIN < exponent < LARGEST_PLAIN and not padded:
        return format(number, "f")
    return f"{number.scaleb(-exponent, _WIDE):f}e{exponent}"


_WIDE = Context(prec=4_000, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)


def shown_value(value: Any, arithmetic: Arithmetic, asked: NumberFormat) -> Shown:
    """A value of any arithmetic as it stands on a page.

    Args:
        value: a value of the arithmetic.
        arithmetic: the arithmetic.
        asked: how many digits to show.
    """
    return shower(arithmetic, asked)(value)


def shower(arithmetic: Arithmetic, asked: NumberFormat) -> Callable[[Any], Shown]:
    """`shown_value` for many values of one arithmetic."""
    return partial(_shown_value, _working_digits(arithmetic.name), asked)


def plain_texts(arithmetic: Arithmetic, asked: NumberFormat, values: Sequence[Any]) -> list[str]:
    """What nearly every decimal comes to on a page; empty for values that take more care.

    Where it is not empty, it is the text of `shown_value`, which has lost digits.
    """
    if asked.significant > _working_digits(arithmetic.name):
        return [""] * len(values)
    plainly = asked.plainly_rounded
    return [plainly(value) if type(value) is Decimal else "" for value in values]


def _shown_value(carried: int, asked: NumberFormat, value: Any) -> Shown:
    if isinstance(value, Decimal):
        return _decimal(value, carried, asked)
    if isinstance(value, Ratio):
        divided = _divided(value.fraction)
        return (asked.within(divided, carried) if carried else asked).shown(divided, is_exact=False)
    if isinstance(value, float):
        return asked.shown(Decimal(value))
    if isinstance(value, Fraction):
        return _fraction(value, asked)
    return _interval(value.lo, value.hi, asked)


def _decimal(value: Decimal, carried: int, asked: NumberFormat) -> Shown:
    """A decimal of so many carried digits, none of which is shown beyond them; 0 by hand."""
    if asked.significant <= carried and (text := asked.plainly_rounded(value)):
        return Shown(text, False, SIGN if value.is_signed() else ATOM)
    shown = asked.shown(value)
    if not carried:
        return _as_kept(value, shown, asked)
    if shown.exact and not _has_lost_digits(value, carried):
        return shown
    if not shown.exact and asked.fits(value, carried):
        return shown
    return asked.within(value, carried).shown(value, is_exact=False)


def _as_kept(value: Decimal, shown: Shown, asked: NumberFormat) -> Shown:
    """A number rounded by hand with the zeros at its end that were written down: 0.0100."""
    _, digits, exponent = value.as_tuple()
    many = len(digits) > asked.significant
    if asked.decimals is not None:
        many = -int(exponent) > asked.decimals
    if many or not shown.exact or "." not in shown.text or "e" in shown.text:
        return shown
    return shown._replace(text=format(value, "f"))


def _interval(low: Decimal, high: Decimal, asked: NumberFormat) -> Shown:
    """An interval, its ends rounded outwards so that it still contains what it contained."""
    if low == high:
        return asked.shown(low)
    ends = (asked.rounded(low, ROUND_FLOOR), asked.rounded(high, ROUND_CEILING))
    return Shown(f"[{', '.join(_written(end, False) for end in ends)}]", False)


def _fraction(value: Fraction, asked: NumberFormat) -> Shown:
    """An exact fraction: as a decimal where that is short, else as written with a bar."""
    decimal = _divided(value)
    shown = asked.shown(decimal, is_exact=decimal == value)
    if not shown.exact and value.denominator != 1 and bits(value) <= 4 * LONGEST_FRACTION:
        text = str(value)
        if len(text) <= LONGEST_FRACTION:
            return Shown(text, True, SIGN if value < 0 else QUOTIENT)
    return shown


def _divided(value: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _has_lost_digits(value: Decimal, carried: int) -> bool:
    """Whether a decimal fills its working precision: then rounding has cut it off."""
    spare = min(10, carried // 4)
    return len(value.as_tuple().digits) >= carried - spare


@cache
def _working_digits(name: str) -> int:
    kind, _, digits = name.partition(":")
    return int(digits) if kind == "decimal" else 0
