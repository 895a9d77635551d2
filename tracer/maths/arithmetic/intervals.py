"""Interval arithmetic: every value is enclosed, so that all digits both ends share are proved."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import Decimal, localcontext
from fractions import Fraction

from msgspec import Struct

from tracer.errors import CalculationError
from tracer.maths.arithmetic import decimals
from tracer.maths.arithmetic.interval import Interval, Rounding, choose, rounding
from tracer.maths.arithmetic.interval_functions import FUNCTIONS
from tracer.maths.expression import Number
from tracer.maths.literals import is_decimal
from tracer.phrase import Phrase, counted

_ZERO = Decimal(0)
"""Without the sign that rounding may leave a zero."""


class Intervals(Struct, frozen=True):
    """Intervals whose ends have so many significant digits, rounded outward."""

    digits: int = decimals.DEFAULT_DIGITS

    functions = FUNCTIONS
    choose = staticmethod(choose)
    guard = None
    tells_carried = False
    is_rigorous = True
    is_machine = False
    check = None
    quotient = None
    finish_all = None
    finish_many = None

    @property
    def name(self) -> str:
        """``interval:50``."""
        return f"interval:{self.digits}"

    @property
    def sentence(self) -> Phrase:
        """What the two numbers of a value mean."""
        return counted(
            self.digits,
            "every value is an interval that is certain to contain the true one, its ends carried "
            "to {count} significant digit",
            "every value is an interval that is certain to contain the true one, its ends carried "
            "to {count} significant digits",
        )

    def literal(self, number: Number) -> Interval:
        """One point for a decimal, the narrowest interval for a fraction such as 1/3."""
        if is_decimal(number.text):
            point = Decimal(number.text)
            return Interval(point, point, self._rounding)
        return self._quotient(Decimal(number.value.numerator), Decimal(number.value.denominator))

    def finish(self, value: Interval) -> Interval:
        """The value, whose ends must be finite."""
        low, high = decimals.finite(value.lo), decimals.finite(value.hi)
        floor, ceiling = self._rounding.floor, self._rounding.ceiling
        return Interval(floor.plus(low or _ZERO), ceiling.plus(high or _ZERO), self._rounding)

    def text(self, value: Interval) -> str:
        """``[0.1, 0.2]``, all digits."""
        return f"[{value.lo}, {value.hi}]"

    def read(self, text: str) -> Interval:
        """The interval that `text` wrote."""
        parts = text.removeprefix("[").removesuffix("]").split(",")
        if len(parts) == 2 and len(text) > 2 and text[0] == "[" and text[-1] == "]":
            low, high = (decimals.read(part.strip()) for part in parts)
            if low <= high:
                return Interval(low, high, self._rounding)
        raise CalculationError(f"'{text[:40]}' is no interval such as [0.1, 0.2]")

    def fraction(self, value: Interval) -> Fraction | None:
        """The exact value of a single point; None for anything wider."""
        return decimals.fraction(value.lo) if value.is_point else None

    def scope(self) -> AbstractContextManager[object]:
        """Intervals carry their precision; what they use inside needs one for this thread."""
        return localcontext(self._rounding.near)

    def _quotient(self, numerator: Decimal, denominator: Decimal) -> Interval:
        floor, ceiling = self._rounding.floor, self._rounding.ceiling
        return Interval(
            floor.divide(numerator, denominator),
            ceiling.divide(numerator, denominator),
            self._rounding,
        )

    @property
    def _rounding(self) -> Rounding:
        return rounding(self.digits)
