"""What a trace says, as plain data, and how closely its numbers can be met."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from tracer.maths.arithmetic.decimals import DEFAULT_DIGITS
from tracer.maths.expression import Expression
from tracer.proof.precision import DIGITS, MORE
from tracer.rules.quantity import Quantity


class Claim(Struct, frozen=True):
    """One number that a trace states.

    Attributes:
        quantity: what it is the value of.
        name: the quantity's plain name in that trace.
        value: the number that was carried.
        slack: what rounding on the way to this very number can have made of it, where more than the
            arithmetic's tolerance; 0 if that cannot be, or is not known.
    """

    quantity: Quantity
    name: str
    value: Fraction
    slack: Fraction = Fraction(0)


class Definition(Struct, frozen=True):
    """What a trace calls an intermediate result of an expression program.

    Attributes:
        name: the name, which is the trace's own choice.
        formula: over names of variables and of earlier results.
    """

    name: str
    formula: Expression


class Tolerance(Struct, frozen=True):
    """How far a claim may be from what a witness finds, whatever the calculation.

    Attributes:
        relative: as a part of the larger of both; 0 for exact numbers.
    """

    relative: Fraction = Fraction(0)

    def widened(self, accuracy: Fraction) -> Tolerance:
        """For a witness whose own values may be off."""
        return Tolerance(max(self.relative, accuracy))


MOST_DIGITS = 24
"""As many digits are asked for at most: so many are right of every number that is settled."""

SPARE = 3
"""As many digits a calculation may lose where nothing cancels; two fifths if that is not known."""

FLOAT_DIGITS = 15


def digits_beside(arithmetic: str) -> int:
    """As many digits as witnesses should carry of numbers in an arithmetic."""
    kind, _, digits = arithmetic.partition(":")
    return max(DIGITS, int(digits or 0) + MORE) if kind == "decimal" else DIGITS


def tolerance(arithmetic: str, is_rounding_known: bool = True) -> Tolerance | None:
    """How closely the numbers of an arithmetic can be met.

    Args:
        arithmetic: its name, such as ``decimal:50``.
        is_rounding_known: whether a number that has lost more digits than usual says so itself.

    Returns:
        None for one whose numbers are not the calculation's own (rounded by hand, or intervals):
        then the trace in decimals is the one to prove.
    """
    kind, _, digits = arithmetic.partition(":")
    if kind == "exact":
        return Tolerance()
    if kind not in ("float", "decimal"):
        return None
    carried = FLOAT_DIGITS if kind == "float" else int(digits or DEFAULT_DIGITS)
    lost = min(SPARE if is_rounding_known else carried, carried * 2 // 5)
    return Tolerance(Fraction(1, 10 ** min(carried - lost, MOST_DIGITS)))
