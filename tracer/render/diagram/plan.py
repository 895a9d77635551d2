"""Nodes at their heights, and for each gap between columns the places of the labels in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tracer.render.diagram.columns import Cell, Wire, heights, passes
from tracer.render.diagram.labels import UNDER, Found, Line, labelled, listed
from tracer.render.pictures.layers import Size

NARROWEST, STEEPEST, MOST_ROOM = 28.0, 0.45, 170.0
"""A gap's least width; how wide it is for the height that its edges climb, and at most."""
PORTS = 0.5
"""The part of a node's side at which edges end."""
NEXT_PORT = 8.0
MOST_FREE = 8
"""So many labels may stand anywhere between two columns; more are listed."""


class Plan:
    """Cells at their heights, and the hops of the wires from column to column.

    Attributes:
        cells: the nodes; those with a list of labels beside them are as high as the list.
        wires: the edges.
        lists: the gaps in which labels are listed, each by the column before it.
        hiding: so many points of width it is worth that a label hides no other line.
        heights: how far below the drawing's middle line each cell stands.
        slots: where each wire passes the columns that it skips.
        leaves: the height at which each wire leaves its tail.
        enters: the height at which each wire enters its head.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        wires: Sequence[Wire],
        spread: float,
        lists: frozenset[int],
        hiding: float,
    ) -> None:
        self.wires, self.lists, self.hiding = wires, lists, hiding
        self.cells = [self._tall(cell, number) for number, cell in enumerate(cells)]
        self.heights = heights(self.cells, spread)
        self.slots = passes(self.cells, wires, self.heights)
        self.count = 1 + max((cell.column for cell in cells), default=-1)
        self.leaves = self._ports([wire.tail for wire in wires], 0)
        self.enters = self._ports([wire.head for wire in wires], -1)

    def _tall(self, cell: Cell, number: int) -> Cell:
        """A cell as high as the list of labels beside it."""
        if cell.column - 1 not in self.lists:
            return cell
        rows = sum(self._row(k) for k, wire in enumerate(self.wires) if wire.head == number)
        return cell._replace(size=Size(cell.size.width, max(cell.size.height, rows)))

    def _row(self, number: int) -> float:
        """The height of a listed label."""
        label = self.wires[number].label
        return label.height + UNDER if label else NEXT_PORT

    def _ports(self, ends: Sequence[int], side: int) -> list[float]:
        """At which height each wire touches its cell, beside the others in the order they come."""
        sides: dict[int, list[int]] = {}
        for number, cell in enumerate(ends):
            sides.setdefault(cell, []).append(number)
        found = [0.0] * len(ends)
        for cell, numbers in sides.items():
            numbers.sort(key=lambda number: self._next(number, side))
            rows = self._rows(cell, numbers, side)
            y = self.heights[cell] - sum(rows) / 2
            for number, row in zip(numbers, rows, strict=True):
                found[number] = y + row / 2
                y += row
        return found

    def _rows(self, cell: int, numbers: Sequence[int], side: int) -> list[float]:
        """How much of a cell's side each of its wires gets."""
        if side and self.cells[cell].column - 1 in self.lists:
            return [self._row(number) for number in numbers]
        step = min(NEXT_PORT, self.cells[cell].size.height * PORTS / len(numbers))
        return [step] * len(numbers)

    def _next(self, number: int, side: int) -> float:
        """The height to which a wire goes from its tail (0), or from which it comes (-1)."""
        if self.slots[number]:
            return self.slots[number][side].y
        wire = self.wires[number]
        return self.heights[wire.tail if side else wire.head]

    @cached_property
    def gaps(self) -> list[tuple[list[int], Found | None]]:
        """For the gap after each column its labelled wires, and where their labels stand."""
        return [self._gap(column) for column in range(self.count - 1)]

    @property
    def crowded(self) -> frozenset[int]:
        """The gaps in which some label finds no place."""
        return frozenset(column for column, (_, found) in enumerate(self.gaps) if found is None)

    def _gap(self, column: int) -> tuple[list[int], Found | None]:
        numbers, climb = list[int](), 0.0
        for number, wire in enumerate(self.wires):
            first, last = self.cells[wire.tail].column, self.cells[wire.head].column
            if first <= column < last:
                before, after = self._heights(number)[column - first : column - first + 2]
                climb = max(climb, abs(after - before))
                if wire.label and last == first + 1:
                    numbers.append(number)
        lines = [
            Line(self.leaves[k], self.enters[k], label)
            for k in numbers
            if (label := self.wires[k].label)
        ]
        if lines and column in self.lists:
            return numbers, listed(lines)
        if len(lines) > MOST_FREE:
            return numbers, None
        return numbers, labelled(
            lines, max(NARROWEST, min(climb * STEEPEST, MOST_ROOM)), self.hiding
        )

    def _heights(self, number: int) -> list[float]:
        """The heights of a wire at its tail, in each column that it passes, and at its head."""
        passed = [slot.y for slot in self.slots[number]]
        return [self.leaves[number], *passed, self.enters[number]]

    def boxes(self) -> list[tuple[int, float, Size]]:
        """(column, height, size) of all that stands in a column."""
        found = [
            (cell.column, y, cell.size) for cell, y in zip(self.cells, self.heights, strict=True)
        ]
        return found + [(s.column, s.y, s.size) for slots in self.slots for s in slots]
