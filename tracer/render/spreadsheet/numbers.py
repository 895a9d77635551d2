"""Values as spreadsheets have them: doubles, and a format with the digits that were asked for."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.interval import Interval
from tracer.notation.numbers import LARGEST_PLAIN, SMALLEST_PLAIN, NumberFormat, shown_value

GENERAL = "General"
PLACES = 15
"""No more places are shown than a double has."""

_WIDE = Context(prec=60)


def as_double(value: Any, arithmetic: Arithmetic) -> float | None:
    """The double nearest to a value, of an interval to its middle; None where there is none."""
    if value is None:
        return None
    if isinstance(value, Interval):
        value = _WIDE.divide(_WIDE.add(value.lo, value.hi), Decimal(2))
    number = value if isinstance(value, Decimal) else arithmetic.fraction(value)
    return None if number is None else _double(number)


def _double(number: Decimal | Fraction) -> float | None:
    try:
        found = float(number)
    except OverflowError:
        return None
    return found if isfinite(found) and bool(found) == bool(number) else None


def number_format(value: Any, arithmetic: Arithmetic, asked: NumberFormat) -> str:
    """How a spreadsheet is to show a value: with the digits that a page would show it with."""
    double = as_double(value, arithmetic)
    if double is None:
        return GENERAL
    shown = shown_value(value, arithmetic, asked)
    if shown.exact and len(shown.text) <= PLACES and "e" not in shown.text:
        return GENERAL
    exponent = Decimal(double).adjusted() if double else 0
    significant = min(asked.significant, PLACES)
    if not SMALLEST_PLAIN < exponent < LARGEST_PLAIN:
        return _fixed(significant - 1) + "E+00"
    if asked.decimals is not None and exponent >= -asked.decimals:
        return _fixed(min(asked.decimals, PLACES))
    return _fixed(min(max(significant - 1 - exponent, 0), 2 * PLACES))


def _fixed(places: int) -> str:
    return "0." + "0" * places if places else "0"
