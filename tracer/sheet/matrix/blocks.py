"""What a page in matrices is made of: entries and matrices; no markup, no layout.

A matrix knows its entries by row and column, and makes them when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.phrase import Phrase
from tracer.rules.quantity import Quantity

MOST = 8
"""Matrices with more rows or columns than this are shown in part, unless they are asked for."""


Label = Phrase | str
"""What a row or column belongs to: words, or a unit's name."""


class Cell(NamedTuple):
    """An entry of a matrix.

    Attributes:
        shown: its number, or the letter or symbol in its place; None: there is no such entry.
        quantity: what it is; None for a constant of the equation, such as a 1.
        mark: what stands behind it to point at it; empty for nothing.
    """

    shown: Shown | Quantity | str | None
    quantity: Quantity | None = None
    mark: str = ""


NO_ENTRY = Cell(None)
ONE = Cell(Shown("1", True))


class Matrix(Struct, frozen=True, eq=False):
    """Numbers in rows and columns; two of one name and the same rows and columns are equal.

    Attributes:
        name: its symbol.
        rows: what each row belongs to: samples, or units; empty for a scalar.
        columns: what each column belongs to.
        cell: the entry in a row and a column, both from 0.
    """

    name: MatrixName
    rows: Sequence[Label]
    columns: Sequence[Label]
    cell: Callable[[int, int], Cell]

    def __eq__(self, other: object) -> bool:
        """Whether name, rows and columns are the same."""
        return isinstance(other, Matrix) and self._head() == other._head()

    def __hash__(self) -> int:
        """One hash for all that are equal."""
        return hash(self._head())

    def _head(self) -> tuple[MatrixName, Sequence[Label], Sequence[Label]]:
        return self.name, self.rows, self.columns

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows), len(self.columns)

    @property
    def cells(self) -> Iterator[Cell]:
        """Every entry, row by row."""
        for i in range(len(self.rows)):
            for j in range(len(self.columns)):
                yield self.cell(i, j)

    @property
    def is_scalar(self) -> bool:
        """Whether it is one number, which has no row and no column to belong to."""
        return self.shape == (1, 1) and not self.rows[0] and not self.columns[0]

    @property
    def flipped(self) -> Matrix:
        """The same numbers under the other convention: rows as columns, under the same name."""
        return Matrix(self.name, self.columns, self.rows, lambda i, j: self.cell(j, i))


def matrix_of(
    name: MatrixName,
    cells: Sequence[Sequence[Cell]],
    rows: Sequence[Label] = (),
    columns: Sequence[Label] = (),
) -> Matrix:
    """A matrix of entries that are all there already.

    Args:
        name: its symbol.
        cells: its rows.
        rows: what each row belongs to; left out: numbers from 1.
        columns: what each column belongs to; left out: numbers from 1.
    """
    across = len(cells[0]) if cells else 0
    return Matrix(
        name,
        rows or [str(number) for number in range(1, len(cells) + 1)],
        columns or [str(number) for number in range(1, across + 1)],
        lambda i, j: cells[i][j],
    )


def scalar(name: MatrixName, cell: Cell) -> Matrix:
    """One number, such as the learning rate."""
    return Matrix(name, ("",), ("",), lambda _i, _j: cell)


def ones(name: MatrixName, rows: Sequence[Label]) -> Matrix:
    """A column of ones: a product with it adds up."""
    return Matrix(name, rows, ("1",), lambda _i, _j: ONE)
