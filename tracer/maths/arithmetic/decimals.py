"""Decimal arithmetic: n significant digits, so that every digit shown is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    getcontext,
    localcontext,
)
from fractions import Fraction
from functools import cache
from typing import Any

from tracer.errors import CalculationError
from tracer.maths.arithmetic import series
from tracer.maths.arithmetic.ratio import MAX_BITS, Ratio, exactly, kept, quotient
from tracer.maths.expression import Number
from tracer.maths.literals import is_decimal
from tracer.maths.powers import power as exact_power
from tracer.maths.powers import rational_root, read_fraction

DEFAULT_DIGITS = 50
LARGEST_EXPONENT = 999_999
"""Numbers reach to 1e999999; beyond is infinity, which may only stand inside a formula."""

_MAX_FRACTION = 10_000
MAX_EXPONENT_DIGITS = 100
_SHORT = Context(prec=6)


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
        CalculationError: it is.
    """
    if not value.is_finite():
        raise CalculationError(f"the result is too large (beyond 1e{LARGEST_EXPONENT})")
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


def brief(x: Decimal) -> str:
    """The first digits, for a message."""
    rounded = _SHORT.normalize(x)
    return f"{rounded:f}" if not rounded or abs(rounded.adjusted()) < 10 else f"{rounded:e}"


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base` to `exponent`; the power 0 of anything is 1.

    Raises:
        CalculationError: it does not exist among real numbers.
    """
    if exponent == 2:
        return base * base
    if exponent == 0:
        return Decimal(1)
    if base == 0:
        return _power_of_zero(exponent)
    if exponent.adjusted() > MAX_EXPONENT_DIGITS:
        raise CalculationError(f"the exponent {brief(exponent)} is too large")
    if base < 0 and exponent != exponent.to_integral_value():
        raise CalculationError(
            f"({brief(base)})**{brief(exponent)} does not exist among real numbers"
        )
    with localcontext() as context:
        context.prec += series.GUARD
        value = base**exponent
    return +value


def _power_of_zero(exponent: Decimal) -> Decimal:
    if exponent < 0:
        raise CalculationError(f"division by zero: 0**({brief(exponent)})")
    return Decimal(0)


def _sqrt(x: Decimal) -> Decimal:
    if x < 0:
        raise CalculationError(f"sqrt({brief(x)}) does not exist")
    return x.sqrt()


def _ln(x: Decimal) -> Decimal:
    if x <= 0:
        raise CalculationError(f"ln({brief(x)}) does not exist")
    return x.ln()


def _log10(x: Decimal) -> Decimal:
    if x <= 0:
        raise CalculationError(f"log10({brief(x)}) does not exist")
    return x.log10()


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "exp": Decimal.exp,
    "ln": _ln,
    "sqrt": _sqrt,
    "log10": _log10,
    "sin": series.sin,
    "cos": series.cos,
    "tan": series.tan,
    "atan": series.atan,
    "sinh": series.sinh,
    "cosh": series.cosh,
    "tanh": series.tanh,
    "abs": abs,
    "max": max,
    "min": min,
    "power": power,
}
"""The primitives, each to the precision of the current context."""


def _of_ratios(function: Callable[[Decimal], Decimal]) -> Callable[[Decimal | Ratio], Decimal]:
    """A function that takes fractions too, as the nearest decimals."""
    return lambda x: function(x.near if isinstance(x, Ratio) else x)


def _root(x: Decimal | Ratio) -> Decimal | Ratio:
    """A square root; that of a fraction is one, where it is rational."""
    root = rational_root(x.fraction, 2) if isinstance(x, Ratio) and x > 0 else None
    return _of_ratios(_sqrt)(x) if root is None else kept(root)


def _power(base: Decimal | Ratio, exponent: Decimal | Ratio) -> Decimal | Ratio:
    """A power; that of a fraction is one, where it is rational and short."""
    if isinstance(base, Ratio) or isinstance(exponent, Ratio):
        one, other = (exactly(value, getcontext().prec) for value in (base, exponent))
        if one is not None and other is not None:
            with suppress(CalculationError):
                return kept(exact_power(one, other, MAX_BITS))
        base, exponent = (x.near if isinstance(x, Ratio) else x for x in (base, exponent))
    return power(base, exponent)


WITH_RATIOS: Mapping[str, Callable[..., Any]] = {
    **{name: _of_ratios(function) for name, function in FUNCTIONS.items()},
    **{"abs": abs, "max": max, "min": min},
    **{"sqrt": _root, "power": _power},
}
"""The primitives of an arithmetic that keeps fractions."""


@cache
def _finisher(digits: int) -> Callable[[Decimal | Ratio], Decimal | Ratio]:
    """Rounds to so many digits; made once, because every value of a trace comes through it."""
    rounded, zero = working_context(digits).plus, Decimal(0)

    def finish(value: Decimal | Ratio) -> Decimal | Ratio:
        return value if isinstance(value, Ratio) else finite(rounded(value)) or zero

    return finish


@dataclass(frozen=True, slots=True)
class Decimals:
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
    def sentence(self) -> str:
        """How many digits are carried."""
        return f"every number is carried to {self.digits} significant digits"

    def literal(self, number: Number) -> Decimal | Ratio:
        """The literal with the digits that it was written with; a fraction, if it has no end."""
        if is_decimal(number.text):
            return Decimal(number.text)
        with self.scope():
            return kept(number.value)

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
