"""What helper cells show before anything is calculated again: parts of formulas, in floats."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Expression
from tracer.render.spreadsheet.lowering import Helper


def evaluated(
    helpers: Sequence[Expression], roles: Sequence[Hashable], operands: Sequence[float | None]
) -> list[float | None]:
    """The values of helper cells, each over the operands and those before it.

    Args:
        helpers: their formulas.
        roles: what the operands are called in them.
        operands: None for one that has no value.
    """
    known = list(operands)
    names = list(roles)
    for number, helper in enumerate(helpers):
        known.append(_value(helper, names, known))
        names.append(Helper(number))
    return known[len(operands) :]


def _value(
    helper: Expression, names: Sequence[Hashable], known: Sequence[float | None]
) -> float | None:
    floats = arithmetic("float")
    try:
        with floats.scope():
            found: float = floats.finish(compiled(helper, names, floats)(*known))
    except (*FAILURES, CalculationError, TypeError):
        return None
    return found
