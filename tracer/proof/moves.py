"""Central differences: how far values are moved, and how closely the result is known.

The error of a central difference grows with the square of the move, and a hundred digits less the
forty-five of the move leave fifty-five. A second difference, over twice the move, tells the error:
where the slope changes smoothly it is three times as far off; where there is a kink, the slopes to
both sides keep their distance instead of coming closer.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

from tracer.proof import doubt
from tracer.proof.reals import Real

MOVE = Real(Fraction(1, 2**150))
TWICE = MOVE + MOVE
MOVES = (-TWICE, -MOVE, MOVE, TWICE)
"""How far a value is moved, each time."""

ACCURACY = Fraction(1, 10**28)
"""How far a difference may be off, relatively."""

SMOOTH = 10
"""By so many bits a change of the slope is smaller than the slope, and its own change than that."""

VAGUE = "a small move changes too little here to tell, or comes too close to where no slope is"
"""Why a difference may not tell enough."""


def central_difference(here: Real, moved: Sequence[Real]) -> Real:
    """The slope at a point; what it may be off is part of the number.

    Args:
        here: the value at the point.
        moved: the value after each of `MOVES`.
    """
    far_behind, behind, ahead, far_ahead = moved
    slope, wide = (ahead - behind) / (MOVE + MOVE), (far_ahead - far_behind) / (TWICE + TWICE)
    bend = (ahead - here - (here - behind)) / MOVE
    wide_bend = (far_ahead - here - (here - far_behind)) / TWICE
    misfits = [off for off in (wide - slope, wide_bend - bend - bend) if off.exact != 0]
    if not misfits:
        return slope
    largest = max(slope.size, bend.size) - SMOOTH * doubt.UNIT
    if any(off.size > max(off.bound, largest) for off in misfits):
        return Real(None, slope.rounded, inf)
    bounds = [bound for off in misfits for bound in (off.size, off.bound)]
    return Real(None, slope.rounded, doubt.together(slope.bound, *bounds))
