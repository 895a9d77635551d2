"""A table of a page whose cells are formulas, quantities or words."""

from __future__ import annotations

from typing import NamedTuple

from tracer.maths.expression import Expression
from tracer.phrase import Phrase
from tracer.rules.quantity import Quantity

Part = Expression | Quantity | Phrase | str
"""A formula, a quantity, words; a name, a number or a sign as it stands."""


class Joined(NamedTuple):
    """Several parts in one cell.

    Attributes:
        parts: formulas and quantities in symbols, words as they stand.
        between: what stands between two of them.
    """

    parts: tuple[Part, ...]
    between: str = ", "


Cell = Part | Joined


class Listing(NamedTuple):
    """Rows under headings; a row is broken into several lines where it is too long.

    Attributes:
        heads: what stands above each column.
        rows: a cell for each column.
    """

    heads: tuple[Phrase, ...]
    rows: tuple[tuple[Cell, ...], ...]


def equation(left: Part, *lines: tuple[str, Part]) -> Joined:
    """``w3 = w1*w2 = 6``: what stands left, then each sign with what follows it."""
    return Joined((left, *(part for line in lines for part in line)), " ")


class Joint(NamedTuple):
    """A line of a chain of equal expressions.

    Attributes:
        expression: what stands in the line.
        sign: how it is joined to the line above; empty for the first one.
    """

    expression: Expression
    sign: str = "="
