"""Say in a reader's words why an evaluation failed."""

from __future__ import annotations

from decimal import InvalidOperation

from tracer.errors import CalculationError

FAILURES = (ArithmeticError, ValueError, CalculationError)
"""What an evaluation may raise; `explain` turns each into a `CalculationError`."""


def explain(error: Exception) -> CalculationError:
    """The failure of an evaluation as an error of this program; the caller adds the step's name."""
    if isinstance(error, CalculationError):
        return error
    if isinstance(error, ZeroDivisionError) or _is_zero_over_zero(error):
        return CalculationError("division by zero")
    if isinstance(error, OverflowError | InvalidOperation):
        return CalculationError("an intermediate value is too large")
    return CalculationError(f"the value does not exist ({error})")


def _is_zero_over_zero(error: Exception) -> bool:
    """`decimal` reports 0/0 as an invalid operation, with the reason in a list."""
    return isinstance(error, InvalidOperation) and "DivisionUndefined" in str(error)
