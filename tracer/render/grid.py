"""A grid as lines of text: columns side by side, closer together or broken where it is too wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.notation.notation import Notation
from tracer.notation.said import on_page
from tracer.phrase import Phrase
from tracer.rules.quantity import Quantity
from tracer.sheet.page import Column, Grid

Printed = tuple[str, ...]
"""A column's head and cells, all of one width."""

Group = Sequence[Printed]


class Spacing(NamedTuple):
    """What stands between columns of a group, and between groups."""

    columns: str
    groups: str

    def width(self, group: Group) -> int:
        """How wide a group is, with what stands before it."""
        gaps = len(self.columns) * (len(group) - 1)
        return len(self.groups) + gaps + sum(len(column[0]) for column in group)

    def line(self, label: Printed, table: Sequence[Group], row: int) -> str:
        """A row of a table."""
        parts = [self.columns.join(column[row] for column in group) for group in table]
        return self.groups.join((label[row], *parts)).rstrip()


WIDE, CLOSE = Spacing("  ", " | "), Spacing(" ", "  ")


def grid_lines(grid: Grid, notation: Notation, width: int) -> Iterator[str]:
    """The lines of a grid; where it has to be broken, its label is repeated.

    Args:
        grid: the grid.
        notation: how its heads are written.
        width: of a line.
    """
    label = _printed(grid.label, notation)
    groups = [[_printed(column, notation) for column in group] for group in grid.groups]
    left = width - len(label[0])
    fitting = (space for space in (WIDE, CLOSE) if sum(map(space.width, groups)) <= left)
    spacing = next(fitting, WIDE)
    for number, table in enumerate(_tables(groups, left, spacing)):
        if number:
            yield ""
        yield from (spacing.line(label, table, row) for row in range(len(label)))


def _printed(column: Column, notation: Notation) -> Printed:
    texts = [_text(part, notation) for part in (column.head, *column.cells)]
    width = max(column.width, *map(len, texts))
    return tuple(text.rjust(width) for text in texts)


def _text(part: Quantity | Phrase | str, notation: Notation) -> str:
    if isinstance(part, Phrase):
        return on_page(part, notation)
    if isinstance(part, Quantity):
        return notation.symbol(part)
    return notation.figures.value(part)


def _tables(groups: Sequence[Group], width: int, spacing: Spacing) -> Iterator[list[Group]]:
    """The groups, as many beside each other as there is room for."""
    table: list[Group] = []
    for group in groups:
        for piece in _pieces(group, width, spacing):
            if table and sum(map(spacing.width, (*table, piece))) > width:
                yield table
                table = []
            table.append(piece)
    if table:
        yield table


def _pieces(group: Group, width: int, spacing: Spacing) -> Iterator[Group]:
    """A group, cut where it is wider than a line."""
    piece: list[Printed] = []
    for column in group:
        if piece and spacing.width([*piece, column]) > width:
            yield piece
            piece = []
        piece.append(column)
    if piece:
        yield piece
