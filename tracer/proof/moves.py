"""Central differences: how far values are moved, and when the result can be trusted.

The error of a central difference grows with the square of the move, and a hundred digits less the
forty-five of the move leave fifty-five.
"""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.reals import MP, ONE, Real
from tracer.proof.witness import SilentError

MOVE = Real(Fraction(1, 10**45))
TWICE = MOVE + MOVE
ACCURACY = Fraction(1, 10**28)
"""How far a difference may be off, relatively."""

BENT = MP.mpf(10) ** -14
"""How far the slopes to both sides may differ; the error is about the square of that."""


def moved(value: Real, by: Real) -> Real:
    """A value a little further on.

    Raises:
        SilentError: the value is so large that the move is lost in its last digits.
    """
    there = value + by
    if abs((there - value - by).rounded) > abs(by.rounded) * MP.mpf(ACCURACY.numerator) / (
        ACCURACY.denominator
    ):
        raise SilentError("too large a number to be moved by so little")
    return there


def central_difference(behind: Real, here: Real, ahead: Real) -> Real:
    """The slope between two values on both sides of a third.

    Raises:
        SilentError: the slopes to both sides are too different for that to be the slope here.
    """
    slope = (ahead - behind) / TWICE
    bend = (ahead - here - (here - behind)) / MOVE
    if abs(bend.rounded) > BENT * max(abs(slope.rounded), ONE.rounded):
        raise SilentError("too close to a point where the slope does not exist")
    return slope
