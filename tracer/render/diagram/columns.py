"""Where the nodes of each column stand, and where edges pass a column that they skip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracer.render.pictures.layers import Size

BETWEEN, AROUND = 16.0, 6.0
"""Between two nodes of a column; around an edge that passes."""
WIDEST = 2.2
"""How much further apart than they have to be the nodes of a short column may stand."""
FILLED = 0.7
"""How much of the height of the tallest column a short one fills, as far as it may."""


class Cell(NamedTuple):
    """A node that wants a place.

    Attributes:
        size: its size.
        column: the column that it stands in, from 0.
        below: whether it stands below the column's middle, as a bias does.
    """

    size: Size
    column: int
    below: bool = False


class Wire(NamedTuple):
    """An edge that wants a place, from one column to a later one.

    Attributes:
        tail: the number of the cell that it leaves.
        head: the number of the cell that it enters.
        label: the size of what stands on it; None for nothing.
    """

    tail: int
    head: int
    label: Size | None = None


class Slot(NamedTuple):
    """The place at which an edge passes a column."""

    column: int
    y: float
    size: Size


def heights(cells: Sequence[Cell], spread: float) -> list[float]:
    """How far below the drawing's middle line each cell stands.

    Columns are centred on that line. Those with the same number of nodes stand in the same rows.

    Args:
        cells: the nodes.
        spread: how many times further apart than they have to be the nodes stand.
    """
    columns = _columns(cells)
    pitches = [_pitch(cells, column) * spread for column in columns]
    spans = [
        max(len(column) - 1, 0) * pitch for column, pitch in zip(columns, pitches, strict=True)
    ]
    tallest = max(spans, default=0.0)
    widest = max(pitches, default=0.0)
    found = [0.0] * len(cells)
    for column, pitch in zip(columns, pitches, strict=True):
        step = max(pitch, _wished(len(column), tallest, widest))
        for place, cell in enumerate(column):
            found[cell] = (place - (len(column) - 1) / 2) * step
    for cell, (size, column_number, below) in enumerate(cells):
        if below:
            found[cell] = _under(cells, found, cell, column_number) + BETWEEN + size.height / 2
    return found


def _columns(cells: Sequence[Cell]) -> list[list[int]]:
    """The cells of each column that stand around its middle."""
    found: list[list[int]] = [[] for _ in range(1 + max((c.column for c in cells), default=-1))]
    for number, cell in enumerate(cells):
        if not cell.below:
            found[cell.column].append(number)
    return found


def _pitch(cells: Sequence[Cell], column: Sequence[int]) -> float:
    """From one node of a column to the next, so that none touches another."""
    return max((cells[cell].size.height for cell in column), default=0.0) + BETWEEN


def _wished(count: int, tallest: float, widest: float) -> float:
    """How far apart the nodes of a column should stand beside the tallest one."""
    if count < 2:
        return 0.0
    return min(max(tallest * FILLED / (count - 1), widest), widest * WIDEST, tallest / (count - 1))


def _under(cells: Sequence[Cell], found: Sequence[float], last: int, column: int) -> float:
    """Where the lowest of the cells ends that a column has had so far."""
    ends = [
        found[k] + cell.size.height / 2
        for k, cell in enumerate(cells)
        if cell.column == column and (not cell.below or k < last)
    ]
    return max(ends, default=0.0)


def passes(
    cells: Sequence[Cell], wires: Sequence[Wire], found: Sequence[float]
) -> list[tuple[Slot, ...]]:
    """For each wire its places in the columns that it skips, where nothing else stands.

    A label stands at the first of them.
    """
    taken: dict[int, list[tuple[float, float]]] = {}
    for cell, y in zip(cells, found, strict=True):
        half = cell.size.height / 2
        taken.setdefault(cell.column, []).append((y - half, y + half))
    slots: list[tuple[Slot, ...]] = [()] * len(wires)
    spans = [cells[wire.head].column - cells[wire.tail].column for wire in wires]
    for number in sorted(range(len(wires)), key=lambda k: (spans[k], k)):
        if spans[number] > 1:
            slots[number] = tuple(_passing(cells, wires[number], found, taken))
    return slots


def _passing(
    cells: Sequence[Cell],
    wire: Wire,
    found: Sequence[float],
    taken: dict[int, list[tuple[float, float]]],
) -> list[Slot]:
    first, last = cells[wire.tail].column, cells[wire.head].column
    y, end = found[wire.tail], found[wire.head]
    slots: list[Slot] = []
    for column in range(first + 1, last):
        size = wire.label if wire.label and not slots else Size(0.0, 1.0)
        wished = y + (end - y) / (last - column + 1)
        room = size.height / 2 + AROUND
        y = _nearest(wished, room, taken.setdefault(column, []))
        taken[column].append((y - room, y + room))
        slots.append(Slot(column, y, size))
    return slots


def _nearest(wished: float, room: float, taken: Sequence[tuple[float, float]]) -> float:
    """The free place nearest to the one wished, with so much room to both sides."""
    borders = sorted((low - room, high + room) for low, high in taken)
    merged: list[tuple[float, float]] = []
    for low, high in borders:
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    for low, high in merged:
        if low < wished < high:
            return low if wished - low < high - wished else high
    return wished
