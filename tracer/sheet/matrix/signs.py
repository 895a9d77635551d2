"""Whether an equation in matrices says ``=``: only if every one of its entries does."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.derive.entries import Step
from tracer.notation.numbers import Shown
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.telling import EXACT, ROUNDED, WITHIN, is_interval, rounds


def sign_before(matrices: Iterable[Matrix]) -> str:
    """The sign before factors with their numbers: exact where all that is shown is."""
    found = EXACT
    for cell in (cell for matrix in matrices for cell in matrix.cells):
        sign = _sign(cell)
        if sign == ROUNDED:
            return ROUNDED
        if sign == WITHIN:
            found = WITHIN
    return found


def sign_of_result(target: Matrix, before: str, steps: Iterable[Step]) -> str:
    """The sign before the result.

    Args:
        target: the result.
        before: the sign before its factors.
        steps: every scalar step between them.
    """
    shown = sign_before([target])
    if before != EXACT or shown == ROUNDED:
        return ROUNDED
    if shown == WITHIN:
        return WITHIN
    return ROUNDED if any(rounds(step, step.trace.arithmetic) for step in steps) else EXACT


def _sign(cell: Cell) -> str:
    if not isinstance(cell.shown, Shown) or cell.shown.exact:
        return EXACT
    return WITHIN if is_interval(cell.shown) else ROUNDED
