"""An equation in maps is told only where its target is calculated, and no value in it given."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.phrase import Phrase
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.frame import signed
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.signs import sign_before

NOT_CALCULATED = Phrase("some of these values are given, so that no equation says what stands here")


def told(equation: Equation, reading: Reading, used: Sequence[int]) -> Equation:
    """The equation with its relation signs; its target alone where some of it is given.

    Args:
        equation: without signs.
        reading: the training step.
        used: the addresses of every scalar step between factors and result.
    """
    target = equation.target
    if not has_given(target, reading):
        return signed(equation, reading, used)
    sign = sign_before([target])
    return Equation(target, relation=sign, remarks=(NOT_CALCULATED,), most=reading.most)


def has_given(matrix: Matrix, reading: Reading) -> bool:
    """Whether the author gave some entry of a matrix a value in the middle of the calculation."""
    given = reading.segment.program.overrides
    if not given:
        return False
    quantities = (cell.quantity for cell in matrix.cells if cell.quantity is not None)
    return any(reading.address(one.kind, one.unit, one.sample) in given for one in quantities)
