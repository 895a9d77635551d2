"""Central differences: how far values are moved, and when the result can be trusted.

The error of a central difference grows with the square of the move, and a hundred digits less the
forty-five of the move leave fifty-five.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tracer.proof.reals import DIGITS, MP, ONE, Real
from tracer.proof.witness import SilentError

MOVE = Real(Fraction(1, 10**45))
TWICE = MOVE + MOVE
ACCURACY = Fraction(1, 10**28)
"""How far a difference may be off, relatively."""

BENT = MP.mpf(10) ** -14
"""How far the slopes to both sides may differ; the error is about the square of that."""


LOST = MP.mpf(10) ** -(DIGITS - 2)
"""What rounding makes of a number, relatively, in a few operations."""


def central_difference(behind: Real, here: Real, ahead: Real, among: Iterable[Real] = ()) -> Real:
    """The slope between two values on both sides of a third.

    Args:
        behind: the value after a move back.
        here: the value where nothing was moved.
        ahead: the value after a move ahead.
        among: all numbers of the calculation; beside large ones a small move is lost.

    Raises:
        SilentError: that need not be the slope here.
    """
    slope = (ahead - behind) / TWICE
    size = max(abs(slope.rounded), ONE.rounded)
    if ahead.exact is None or behind.exact is None:
        largest = max((abs(number.rounded) for number in among), default=0)
        if largest * LOST > MOVE.rounded * MP.convert(ACCURACY) * size:
            raise SilentError("beside numbers so large, a small move is lost")
    bend = (ahead - here - (here - behind)) / MOVE
    if abs(bend.rounded) > BENT * size:
        raise SilentError("too close to a point where the slope does not exist")
    return slope
