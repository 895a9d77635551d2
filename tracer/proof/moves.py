"""How far values are moved for central differences.

The error of a central difference grows with the square of the move, about 10^-64, while a hundred
digits less the thirty-two of the move leave sixty-eight.
"""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.reals import Real

MOVE = Real(Fraction(1, 10**32))
TWICE = MOVE + MOVE
ACCURACY = Fraction(1, 10**30)
"""How far a difference may be off, relatively; steep functions take their share."""
