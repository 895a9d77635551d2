"""Decimal arithmetic: n significant digits, so that every digit shown is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    localcontext,
)
from fractions import Fraction
from functools import cache
from typing import Any

from msgspec import Struct

from tracer.errors import CalculationError, TooLargeError
from tracer.maths.arithmetic.decimal_functions import WITH_RATIOS
from tracer.maths.arithmetic.protocol import FinishMany
from tracer.maths.arithmetic.ratio import Ratio, kept, quotient
from tracer.maths.expression import Number
from tracer.maths.literals import is_decimal
from tracer.maths.powers import read_fraction
from tracer.phrase import Phrase, counted

DEFAULT_DIGITS = 50
LARGEST_EXPONENT = 999_999
"""Numbers reach to 1e999999; beyond is infinity, which may only stand inside a formula."""

_MAX_FRACTION = 10_000


@cache
def working_context(digits: int, rounding: str = ROUND_HALF_EVEN) -> Context:
    """A context of so many digits in which overflow is infinity and nonsense an error."""
    return Context(
        prec=digits,
        rounding=rounding,
        Emin=-LARGEST_EXPONENT,
        Emax=LARGEST_EXPONENT,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[DivisionByZero, InvalidOperation],
    )


WIDE = working_context(LARGEST_EXPONENT)
"""So many digits that nothing is rounded."""


def given(number: Number, context: Context) -> Decimal:
    """A literal, with its own digits where it was written in decimals."""
    if is_decimal(number.text):
        return Decimal(number.text)
    return context.divide(Decimal(number.value.numerator), Decimal(number.value.denominator))


def finite(value: Decimal) -> Decimal:
    """The value, unless it is infinite.

    Raises:
        TooLargeError: it is.
    """
    if not value.is_finite():
        raise TooLargeError(f"the result is too large (beyond 1e{LARGEST_EXPONENT})")
    return value


def read(text: str) -> Decimal:
    """The finite decimal that `text` writes.

    Raises:
        CalculationError: it writes none.
    """
    if not is_decimal(text):
        raise CalculationError(f"'{text[:40]}' is no decimal number")
    return finite(WIDE.create_decimal(text))


def fraction(value: Decimal) -> Fraction | None:
    """The exact value, unless it would have thousands of zeros."""
    return Fraction(value) if abs(value.adjusted()) < _MAX_FRACTION else None


@cache
def _finisher(digits: int) -> Callable[[Decimal | Ratio], Decimal | Ratio]:
    """Rounds to so many digits; made once, because every value of a trace comes through it."""
    rounded, zero = working_context(digits).plus, Decimal(0)

    def finish(value: Decimal | Ratio) -> Decimal | Ratio:
        if type(value) is not Decimal:
            return value
        kept = rounded(value)
        return (kept if kept.is_finite() else finite(kept)) or zero

    return finish


@cache
def _finisher_of_many(digits: int) -> FinishMany:
    rounded = working_context(digits).plus

    def finish_many(values: Sequence[Any]) -> Sequence[Any] | None:
        if Ratio in map(type, values):
            return None
        found = list(map(rounded, values))
        return found if all(found) and all(map(Decimal.is_finite, found)) else None

    return finish_many


class Decimals(Struct, frozen=True):
    """Decimal numbers of a fixed number of significant digits, and fractions while exact."""

    digits: int = DEFAULT_DIGITS

    functions = WITH_RATIOS
    choose = None
    guard = None
    tells_carried = False
    is_rigorous = False
    is_machine = False
    check = None
    quotient = staticmethod(quotient)
    finish_all = None

    @property
    def name(self) -> str:
        """``decimal:50``."""
        return f"decimal:{self.digits}"

    @property
    def sentence(self) -> Phrase:
        """How many digits are carried."""
        one = "every number is carried to {count} significant digit"
        return counted(self.digits, one, "every number is carried to {count} significant digits")

    def literal(self, number: Number) -> Decimal | Ratio:
        """The literal with the digits that it was written with; a fraction, if it has no end."""
        if is_decimal(number.text):
            return Decimal(number.text)
        with self.scope():
            return kept(number.value)

    @property
    def finish_many(self) -> FinishMany:
        """What rounds many values of which none is a fraction, zero, or too large."""
        return _finisher_of_many(self.digits)

    @property
    def finish(self) -> Callable[[Decimal | Ratio], Decimal | Ratio]:
        """What rounds a value to the digits that are carried."""
        return _finisher(self.digits)

    def text(self, value: Decimal | Ratio) -> str:
        """All digits, or the fraction."""
        return str(value)

    def read(self, text: str) -> Decimal | Ratio:
        """The decimal or fraction that `text` wrote."""
        return Ratio(read_fraction(text)) if "/" in text else read(text)

    def fraction(self, value: Decimal | Ratio) -> Fraction | None:
        """The exact value, unless it would have thousands of zeros."""
        return value.fraction if isinstance(value, Ratio) else fraction(value)

    def scope(self) -> AbstractContextManager[object]:
        """The precision, for this thread."""
        return localcontext(self._context)

    @property
    def _context(self) -> Context:
        return working_context(self.digits)
