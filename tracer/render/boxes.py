"""Matrices as boxes of text: aligned rows in brackets, with their shape under them.

A matrix that is too wide is broken into blocks of columns, each with its own caption; a large one
is shown in part, with dots for what is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.notation.notation import Notation
from tracer.notation.numbers import Shown
from tracer.notation.said import on_page
from tracer.phrase import Phrase, phrase
from tracer.sheet.matrix.blocks import Cell, Matrix

GAP, BRACKETS = "  ", "[  ]"
NO_ENTRY, LEFT_OUT, DOWN = ".", "…", "⋮"
DECIMAL = re.compile(r"-?\d+(\.\d+)?\*?|\.")
MARK = "*"
"""Behind a number, to point at it."""
OMITTED = -1
"""In place of a row or column: some are left out here."""


class Box(NamedTuple):
    """Lines of one width.

    Attributes:
        lines: the rows of a matrix, or a text alone.
        caption: what stands under them.
    """

    lines: tuple[str, ...]
    caption: str = ""

    @property
    def width(self) -> int:
        """Columns of text."""
        return max(map(len, (*self.lines, self.caption)))

    @property
    def middle(self) -> int:
        """The line beside which a sign stands."""
        return (len(self.lines) - 1) // 2


def visible(count: int, most: int) -> list[int]:
    """The rows or columns that are shown, with a mark where some are left out."""
    if count <= most:
        return list(range(count))
    last = most // 2 - 1
    return [*range(most - last - 1), OMITTED, *range(count - last, count)]


def boxes(matrix: Matrix, notation: Notation, most: int, width: int) -> Iterator[Box]:
    """A matrix as boxes: one, or several blocks of columns where one would be too wide.

    Args:
        matrix: the matrix.
        notation: the symbols.
        most: as many rows and columns as are shown.
        width: columns of text at most.
    """
    rows, columns = matrix.shape
    if matrix.is_scalar:
        yield Box((text_of(matrix.cell(0, 0), notation),))
        return
    shown_rows, shown_columns = visible(rows, most), visible(columns, most)
    texts = [aligned([_text(matrix, i, j, notation) for i in shown_rows]) for j in shown_columns]
    caption = phrase("{rows}×{columns}", rows=rows, columns=columns)
    if OMITTED in (*shown_rows, *shown_columns):
        caption = phrase("{shape}, in part", shape=caption)
    blocks = blocks_of([len(column[0]) for column in texts], width)
    for first, last in blocks:
        lines = tuple(f"[ {GAP.join(cells)} ]" for cells in zip(*texts[first:last], strict=True))
        some = columns_said(caption, shown_columns[first:last]) if len(blocks) > 1 else caption
        yield _captioned(lines, on_page(some, notation))


def _captioned(lines: tuple[str, ...], caption: str) -> Box:
    return Box(lines, caption.center(len(lines[0])).rstrip())


def columns_said(shape: Phrase, shown: Sequence[int]) -> Phrase:
    """The shape of a matrix, and which of its columns a block has."""
    there = [column + 1 for column in shown if column != OMITTED]
    if not there:
        return phrase("{shape}, columns left out", shape=shape)
    if len(there) == 1:
        return phrase("{shape}, column {number}", shape=shape, number=there[0])
    return phrase("{shape}, columns {first} to {last}", shape=shape, first=there[0], last=there[-1])


def blocks_of(widths: Sequence[int], width: int) -> list[tuple[int, int]]:
    """(first, last + 1) of as few blocks as fit, and those as equally wide as they can be."""
    found = _packed(widths, width)
    narrowest = max(widths, default=0) + len(BRACKETS)
    while len(found) > 1 and width > narrowest:
        width -= 1
        closer = _packed(widths, width)
        if len(closer) > len(found):
            break
        found = closer
    return found


def _packed(widths: Sequence[int], width: int) -> list[tuple[int, int]]:
    """(first, last + 1) of as many columns as fit beside each other."""
    found, first, used = list[tuple[int, int]](), 0, len(BRACKETS)
    for number, wide in enumerate(widths):
        if number > first and used + wide > width:
            found.append((first, number))
            first, used = number, len(BRACKETS)
        used += wide + len(GAP)
    return [*found, (first, len(widths))]


def _text(matrix: Matrix, i: int, j: int, notation: Notation) -> str:
    if i == OMITTED:
        return DOWN
    return LEFT_OUT if j == OMITTED else text_of(matrix.cell(i, j), notation)


def text_of(cell: Cell, notation: Notation) -> str:
    """An entry as it stands in a matrix."""
    if cell.shown is None:
        return NO_ENTRY
    if isinstance(cell.shown, Shown):
        return notation.figures.text(cell.shown.text) + cell.mark
    text = cell.shown if isinstance(cell.shown, str) else notation.symbol(cell.shown)
    return text + cell.mark


def aligned(texts: Sequence[str]) -> list[str]:
    """The texts of a column in one width, numbers with their points below each other."""
    if not all(DECIMAL.fullmatch(text) for text in texts if text != DOWN):
        widest = max(map(len, texts))
        return [text.rjust(widest) for text in texts]
    parts = [_parted(text) for text in texts]
    before = max(len(whole) for whole, _ in parts)
    padded = [whole.rjust(before) + rest for whole, rest in parts]
    widest = max(map(len, padded))
    return [text.ljust(widest) for text in padded]


def _parted(text: str) -> tuple[str, str]:
    """What stands before the point, and the rest; a mark is of the rest."""
    if text in (NO_ENTRY, DOWN):
        return text, ""
    number = text.rstrip(MARK)
    whole, point, rest = number.partition(".")
    return whole, point + rest + text[len(number) :]


class Flow:
    """Boxes and signs beside each other, as many as fit; then the next ones below.

    Attributes:
        indent: blanks before each line.
        width: columns of text at most.
    """

    def __init__(self, indent: int, width: int) -> None:
        self.indent = indent
        self.width = width
        self.row: list[Box] = []
        self.rows: list[list[Box]] = []

    def add(self, *pieces: Box) -> None:
        """Appends pieces that stay together."""
        used = sum(piece.width + 1 for piece in (*self.row, *pieces)) - 1
        if self.row and self.indent + used > self.width:
            self.end()
        self.row += pieces

    def end(self) -> None:
        """Ends a row."""
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def lines(self) -> Iterator[str]:
        """Everything that was added."""
        self.end()
        for row in self.rows:
            yield from (" " * self.indent + line for line in _joined(row))


def _joined(row: Sequence[Box]) -> Iterator[str]:
    """The lines of boxes beside each other, their middles on one line, captions below them."""
    above = max(box.middle for box in row)
    below = max(len(box.lines) - box.middle for box in row)
    captioned = any(box.caption for box in row)
    columns = []
    for box in row:
        top = above - box.middle
        lines = [""] * top + list(box.lines)
        lines += [box.caption] if box.caption else []
        lines += [""] * (above + below + captioned - len(lines))
        columns.append([line.ljust(box.width) for line in lines])
    yield from (" ".join(parts).rstrip() for parts in zip(*columns, strict=True))
