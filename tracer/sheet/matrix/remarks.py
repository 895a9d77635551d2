"""What stands on a page in matrices beside the equations: the legend, and an argument."""

from __future__ import annotations

from typing import NamedTuple

from tracer.maths.expression import Expression, Symbol
from tracer.rules.quantity import Quantity
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.telling import Telling


class LegendRow(NamedTuple):
    """A matrix, to be told with what its rows and columns belong to and what one entry is."""

    matrix: Matrix

    @property
    def example(self) -> tuple[int, int, Quantity] | None:
        """The place of the last entry that is a quantity, and which one."""
        rows, columns = self.matrix.shape
        for i in reversed(range(rows)):
            for j in reversed(range(columns)):
                quantity = self.matrix.cell(i, j).quantity
                if quantity is not None:
                    return i, j, quantity
        return None


class Synapse(NamedTuple):
    """Why ∂net/∂w is the source's output: the rest of the sum does not contain the weight.

    Attributes:
        net: the net input.
        product: the one product that contains the weight.
        rest: everything else; None where there is nothing else.
        weight: the weight.
        telling: the derivative with its number.
    """

    net: Quantity
    product: Expression
    rest: Expression | None
    weight: Symbol
    telling: Telling
