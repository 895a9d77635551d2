"""Turn the digits of a literal into a `Number`: its exact value beside the text as written."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from tracer.errors import FormulaError
from tracer.maths.expression import Number

MAX_DIGITS = 400
"""The most digits that a literal may have."""

MAX_EXPONENT = 4_000
"""The largest power of ten in a literal, either way."""

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
_SHORT = 20


def decimal_literal(text: str, column: int = 0) -> Number | None:
    """The number that a plain decimal such as ``0.20``, ``-.5`` or ``1e-3`` writes.

    Args:
        text: without space around it.
        column: where the text stands, for the error.

    Returns:
        None where the text is anything else.

    Raises:
        FormulaError: it has too many digits, or too large an exponent.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    exponent = match[1]
    if exponent is not None or len(text) > _SHORT:
        _refuse_beyond_limits(text, exponent, column)
    return Number(Fraction(*Decimal(text).as_integer_ratio()), text)


def is_decimal(text: str) -> bool:
    """Whether the text is a plain decimal, with neither fraction bar nor other operator."""
    return _DECIMAL.fullmatch(text) is not None


def _refuse_beyond_limits(text: str, exponent: str | None, column: int) -> None:
    mantissa = text[: -len(exponent)] if exponent else text
    digits = sum(map(str.isdigit, mantissa))
    if digits > MAX_DIGITS:
        raise FormulaError(
            f"a number may have {MAX_DIGITS} digits, and this has {digits:,}", column
        )
    if exponent and (len(exponent) > _SHORT or abs(int(exponent)) > MAX_EXPONENT):
        raise FormulaError(
            f"powers of ten reach from e-{MAX_EXPONENT} to e{MAX_EXPONENT}, "
            f"and this one is e{exponent[:_SHORT]}",
            column,
        )
