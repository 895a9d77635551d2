"""Matrices on a page: entries in brackets with their shape, in blocks where they are too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf

from tracer.notation.numbers import Shown
from tracer.phrase import Phrase, phrase
from tracer.render.boxes import OMITTED, blocks_of, columns_said, text_of, visible
from tracer.render.markup.arrays import ARRAYS
from tracer.render.markup.medium import Writer
from tracer.render.pages.made import BRACKETS, COLUMN, DIGIT, Made
from tracer.sheet.matrix.blocks import Cell, Matrix

TALLEST = 36
"""Rows of a matrix on one page of paper."""


class GridWriter:
    """Writes matrices in a medium.

    Attributes:
        writer: writes numbers and symbols.
        sentence: writes a phrase as a piece of a formula.
        room: ems beside each other; wider matrices are told in blocks of columns.
    """

    def __init__(self, writer: Writer, sentence: Callable[[Phrase], Made], room: float) -> None:
        self.writer, self.sentence, self.room = writer, sentence, room
        self.arrays = ARRAYS[writer.medium.name]

    def told(self, matrix: Matrix, most: int) -> Iterator[Made]:
        """A matrix, in several blocks where it is too wide or too high for a page."""
        if matrix.is_scalar:
            cell = matrix.cell(0, 0)
            text = text_of(cell, self.writer.notation)
            yield Made(self._cell(cell), len(text) * DIGIT, text)
            return
        rows, columns = (visible(count, most) for count in matrix.shape)
        widths = [self._column(matrix, rows, j) for j in columns]
        spans = [(0, len(columns))]
        if sum(widths) + BRACKETS > self.room:
            lengths = [round((wide - COLUMN) / DIGIT) for wide in widths]
            spans = blocks_of(lengths, int(self.room / DIGIT))
        for first, last in spans:
            for top in range(0, len(rows), TALLEST if self.room < inf else len(rows)):
                some = rows[top : top + TALLEST] if self.room < inf else rows
                wide = sum(widths[first:last]) + BRACKETS
                yield self._block(matrix, (some, columns[first:last]), (rows, columns), wide)

    def _column(self, matrix: Matrix, rows: Sequence[int], j: int) -> float:
        texts = [self._text(matrix, i, j) for i in rows]
        return max(map(len, texts)) * DIGIT + COLUMN

    def _text(self, matrix: Matrix, i: int, j: int) -> str:
        if OMITTED in (i, j):
            return "…"
        return text_of(matrix.cell(i, j), self.writer.notation)

    def _block(
        self,
        matrix: Matrix,
        some: tuple[Sequence[int], Sequence[int]],
        every: tuple[Sequence[int], Sequence[int]],
        wide: float,
    ) -> Made:
        rows, columns = some
        cells = [[self._entry(matrix, i, j) for j in columns] for i in rows]
        texts = [" ".join(self._text(matrix, i, j) for j in columns) for i in rows]
        part = OMITTED in (*every[0], *every[1])
        caption = phrase("{rows}×{columns}", rows=matrix.shape[0], columns=matrix.shape[1])
        if part:
            caption = phrase("{shape}, in part", shape=caption)
        if len(columns) < len(every[1]):
            caption = columns_said(caption, columns)
        math = self.arrays.matrix(cells, self.sentence(caption).math)
        return Made(math, wide, "; ".join(texts))

    def _entry(self, matrix: Matrix, i: int, j: int) -> str:
        if i == OMITTED:
            return self.arrays.down
        return self.arrays.across if j == OMITTED else self._cell(matrix.cell(i, j))

    def _cell(self, cell: Cell) -> str:
        if cell.shown is None:
            return self.arrays.absent
        if isinstance(cell.shown, Shown):
            math = self.writer.number(cell.shown.text)
        elif isinstance(cell.shown, str):
            math = self.writer.value(cell.shown)
        else:
            math = self.writer.symbol(cell.shown)
        return self.arrays.marked.format(math) if cell.mark else math
