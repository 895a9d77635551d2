"""What a trace says, as plain data, and how closely a witness has to agree with it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracer.maths.expression import Expression
from tracer.proof.reals import MP, Real
from tracer.rules.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that a trace states.

    Attributes:
        quantity: what it is the value of.
        name: the quantity's plain name in that trace.
        value: the number that was carried.
    """

    quantity: Quantity
    name: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Definition:
    """What a trace calls an intermediate result of an expression program.

    Attributes:
        name: the name, which is the trace's own choice.
        formula: over names of variables and of earlier results.
    """

    name: str
    formula: Expression


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a claim may be from what a witness finds.

    Attributes:
        relative: as a part of the larger of both.
        absolute: for what should be 0, or loses its digits by cancellation, in a calculation
            whose largest number is 1; it grows with the largest number.
    """

    relative: Fraction = Fraction(0)
    absolute: Fraction = Fraction(0)

    def widened(self, accuracy: Fraction) -> Tolerance:
        """For a witness whose own values may be off."""
        if not accuracy:
            return self
        return Tolerance(max(self.relative, accuracy), max(self.absolute, accuracy / SMALLER))

    def allows(self, claimed: Fraction, found: Real, largest: Fraction) -> bool:
        """Whether both are the same number, as far as one can tell.

        Args:
            claimed: what the trace says.
            found: what the witness says; exact numbers must be met exactly if nothing is allowed.
            largest: the size of the largest number in the calculation.
        """
        if not self.relative and found.exact is not None:
            return claimed == found.exact
        claim, other = MP.convert(claimed), found.rounded
        relative = MP.convert(self.relative or ROUNDED) * max(abs(claim), abs(other))
        absolute = MP.convert(self.absolute) * MP.convert(max(largest, Fraction(1)))
        return bool(abs(claim - other) <= max(relative, absolute))


ROUNDED = Fraction(1, 10**60)
"""How closely an exact fraction must be met by a witness whose numbers are rounded."""

SMALLER = 10**15
"""A witness's absolute inaccuracy is so many times smaller than its relative one."""

FLOAT = Tolerance(Fraction(1, 10**9), Fraction(1, 10**12))
LOST = 26
"""As many of its digits a decimal calculation may lose where numbers cancel."""

NOISE = 12
"""As many digits above its last one a calculation may be off where it should be 0."""

DEFAULT_DIGITS = 50


def tolerance(arithmetic: str) -> Tolerance | None:
    """How closely the numbers of an arithmetic can be met.

    Args:
        arithmetic: its name, such as ``decimal:50``.

    Returns:
        None for one whose numbers are not the calculation's own (rounded by hand, or intervals):
        then the trace in decimals is the one to prove.
    """
    kind, _, digits = arithmetic.partition(":")
    if kind == "exact":
        return Tolerance()
    if kind == "float":
        return FLOAT
    if kind != "decimal":
        return None
    carried = min(int(digits), DEFAULT_DIGITS) if digits else DEFAULT_DIGITS
    most = carried * 3 // 5
    relative, absolute = (carried - min(lost, most) for lost in (LOST, NOISE))
    return Tolerance(Fraction(1, 10**relative), Fraction(1, 10**absolute))
