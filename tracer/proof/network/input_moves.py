"""Inputs that move along the derivative of the error, as the witnesses know them."""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.network.data import Data
from tracer.proof.reals import ZERO, Real, compared
from tracer.proof.witness import NOT_KNOWN, SilentError


def moved_input(data: Data, old: Real, gradient: Real) -> Real:
    """The new value of an input.

    Raises:
        SilentError: inputs do not move.
        CalculationError: which way one moves is not known.
    """
    move = data.graph.network.training.move_inputs
    if move is None:
        raise SilentError(NOT_KNOWN)
    along = gradient
    if move.sign:
        way = compared(gradient, ZERO)
        along = Real(Fraction(way)) if way else Real(move.sign_at_zero.value)
    step = data.learning_rate * along
    new = old + step if move.ascent else old - step
    if not move.clip:
        return new
    least, largest = (Real(limit.value) for limit in move.clip)
    if compared(new, least) < 0:
        return least
    return largest if compared(new, largest) > 0 else new
