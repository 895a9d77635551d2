"""Whether a claim is the number that a witness found, as far as both are known.

Three things keep them apart: how closely numbers of an arithmetic can be met at all (a part of the
number itself), what rounding can have made of this very claim (its slack), and how far the
witness's own number may be off. No number's size counts for another's tolerance.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from tracer.proof.claims import Claim, Tolerance
from tracer.proof.precision import MP
from tracer.proof.reals import Real
from tracer.proof.verdicts import Outcome

ROUNDED = Fraction(1, 10**60)
"""How closely an exact fraction must be met by a witness whose numbers are rounded."""

CERTAIN = 100
"""A claim has certain digits if its slack is so many times smaller."""

NO_DIGIT = "rounding on the way to this number may have left no digit of it"
SOME_DIGITS = "to {} digits: rounding on the way to this number has left no more of it"


class Word(NamedTuple):
    """What a witness's number says of a claim, and what there is to say about that."""

    outcome: Outcome
    reason: str = ""


def word(claim: Claim, found: Real, tolerance: Tolerance, vague: str) -> Word:
    """What a witness's number says of a claim.

    Args:
        claim: what the trace says.
        found: what the witness says.
        tolerance: how closely numbers of the trace's arithmetic can be met.
        vague: why the witness may not know its number closely enough.
    """
    if not tolerance.relative and not claim.slack and found.exact is not None:
        return Word(Outcome.AGREES if claim.value == found.exact else Outcome.DISAGREES)
    value, slack = MP.convert(claim.value), MP.convert(claim.slack)
    gap, off = abs(value - found.rounded), found.error
    near = MP.convert(tolerance.relative or ROUNDED) * max(abs(value), abs(found.rounded))
    if gap > max(near, slack) + off:
        return Word(Outcome.DISAGREES)
    if off <= near and gap <= near + off:
        return Word(Outcome.AGREES)
    return _within_slack(abs(value), slack, off, vague)


def _within_slack(size: Any, slack: Any, off: Any, vague: str) -> Word:
    """For a claim that may be right, but not to all the digits that its arithmetic promises."""
    if slack * CERTAIN > size:
        return Word(Outcome.SILENT, NO_DIGIT)
    if off > slack:
        return Word(Outcome.SILENT, vague)
    certain = int(MP.floor(MP.log10(size / slack)))
    return Word(Outcome.AGREES, SOME_DIGITS.format(certain))
