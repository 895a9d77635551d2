"""What stands on a page in matrices beside the equations: the legend, and an argument."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracer.maths.expression import Expression, Symbol
from tracer.phrase import Listed, Part, Phrase, counted, listed, phrase
from tracer.rules.quantity import Quantity
from tracer.sheet.matrix.blocks import Label, Matrix
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


MOST_NAMED = 6
"""Of more rows or columns than that, those in the middle are not named."""


def legend_of(row: LegendRow) -> Phrase:
    """A matrix with what its rows and columns belong to, and one of its entries."""
    matrix, name = row.matrix, row.matrix.name
    rows, columns = matrix.shape
    told = phrase("{matrix} is {rows}×{columns}", matrix=name, rows=rows, columns=columns)
    if matrix.is_scalar:
        told = phrase("{matrix} is one number", matrix=name)
    if matrix.rows[0]:
        names = _some(matrix.rows)
        told = counted(rows, "{told}; row {names}", "{told}; rows {names}", told=told, names=names)
    if matrix.columns[0]:
        names, one = _some(matrix.columns), "{told}; column {names}"
        told = counted(columns, one, "{told}; columns {names}", told=told, names=names)
    if row.example is None:
        return told
    i, j, quantity = row.example
    text = "{told}; {matrix}[{row},{column}] = {quantity}"
    return phrase(text, told=told, matrix=name, row=i + 1, column=j + 1, quantity=quantity)


def _some(names: Sequence[Label]) -> Listed:
    """The names, those in the middle left out where there are many; the word of samples once."""
    every = [_numbered(name) if place else name for place, name in enumerate(names)]
    return listed(every if len(every) <= MOST_NAMED else [*every[:2], "…", every[-1]])


def _numbered(name: Label) -> Part:
    return dict(name.parts)["number"] if isinstance(name, Phrase) else name


def argument_of(item: Synapse) -> Phrase:
    """The argument of a single synapse, up to its number."""
    parts = {"net": item.net, "product": item.product, "weight": item.weight}
    if item.rest is None:
        return phrase(ALONE, **parts)
    return phrase(AMONG_OTHERS, rest=item.rest, **parts)


ALONE = "a single synapse: {net} = {product}; what is left is what {weight} is multiplied by"
AMONG_OTHERS = (
    "a single synapse: {net} = S + {product}, where S = {rest} does not contain {weight}; what is "
    "left is what {weight} is multiplied by"
)
