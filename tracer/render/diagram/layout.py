"""The one layout of network diagrams: from sizes in points to places in points, without a medium.

Nodes stand in columns. Edges between neighbouring columns are straight, and their labels stand in
the gap between; where they are many, in a list beside the node that they enter. An edge that skips
a column curves to a free place in it, and its label stands there. So labels can meet neither nodes
nor each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tracer.render.diagram.columns import Cell, Wire
from tracer.render.diagram.plan import Plan
from tracer.render.pictures.layers import Size, Spot

__all__ = ["Cell", "Placement", "Wire", "first_that_fits", "placed"]

SPREADS = (1.0, 1.4)
"""How many times further apart than they have to be nodes may stand to make room for labels."""

HIDING = (60.0, 0.0)
"""So many points of width it is worth that a label hides no other line: at first, then where room
is scarce."""

MARGIN = 6.0


class Placement(NamedTuple):
    """Where everything is.

    Attributes:
        spots: the middle of each cell.
        sizes: of each cell: those around a column's middle are as wide as the column.
        curves: of each wire: two points of a straight line, or a point and three for each curve.
        labels: the middle of each wire's label.
        size: of the whole.
    """

    spots: tuple[Spot, ...]
    sizes: tuple[Size, ...]
    curves: tuple[tuple[Spot, ...], ...]
    labels: tuple[Spot | None, ...]
    size: Size


def first_that_fits(
    cells: Sequence[Cell], tellings: Sequence[Sequence[Wire]], room: Size | None = None
) -> tuple[int, Placement]:
    """The first telling that is small enough, and where everything is.

    Where not even the last one is, the last but one is taken: to tell nothing would gain nothing.

    Args:
        cells: the nodes.
        tellings: the same wires with ever smaller labels.
        room: how large the whole may be; None: as large as it needs.
    """
    if room is None:
        return 0, placed(cells, tellings[0])
    for number, wires in enumerate(tellings):
        for hiding in HIDING:
            found = placed(cells, wires, hiding)
            if _fits(found.size, room):
                return number, found
    number = max(len(tellings) - 2, 0)
    return number, placed(cells, tellings[number], HIDING[-1])


def _fits(size: Size, room: Size) -> bool:
    return size.width <= room.width and size.height <= room.height


def placed(cells: Sequence[Cell], wires: Sequence[Wire], hiding: float = HIDING[0]) -> Placement:
    """Places for nodes, edges and labels.

    Args:
        cells: the nodes.
        wires: the edges.
        hiding: so many points of width it is worth that a label hides no other line.
    """
    lists: frozenset[int] = frozenset()
    while True:
        plans = [Plan(cells, wires, spread, lists, hiding) for spread in SPREADS]
        plan = next((plan for plan in plans if not plan.crowded), plans[0])
        if not plan.crowded:
            return _placement(plan)
        lists |= plan.crowded


def _placement(plan: Plan) -> Placement:
    """Where everything is, in a plan that is not crowded."""
    frame = _Frame(plan)
    numbers = range(len(plan.wires))
    return Placement(
        tuple(frame.spot(cell) for cell in range(len(plan.cells))),
        tuple(frame.size(cell) for cell in range(len(plan.cells))),
        tuple(frame.curve(number) for number in numbers),
        tuple(frame.label(number) for number in numbers),
        frame.total,
    )


class _Frame:
    """A plan with known gaps: heights from the top, and distances from the left."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        gaps, self.places, self.bends = (
            list[float](),
            dict[int, tuple[float, float]](),
            dict[int, float](),
        )
        for numbers, found in plan.gaps:
            assert found is not None, "a crowded plan has no places"
            gaps.append(found.width)
            self.places.update(zip(numbers, found.places, strict=True))
            if found.bend is not None:
                self.bends.update(dict.fromkeys(numbers, found.bend))
        boxes = plan.boxes()
        self.widths = [0.0] * plan.count
        for column, _, size in boxes:
            self.widths[column] = max(self.widths[column], size.width)
        self.top = min((y - size.height / 2 for _, y, size in boxes), default=0.0) - MARGIN
        low = max((y + size.height / 2 for _, y, size in boxes), default=0.0) + MARGIN
        self.lefts = [MARGIN]
        for width, gap in zip(self.widths, (*gaps, MARGIN), strict=True):
            self.lefts.append(self.lefts[-1] + width + gap)
        self.total = Size(self.lefts[-1], low - self.top)

    def size(self, number: int) -> Size:
        """A cell's size: as wide as its column, or as it has to be where it stands below."""
        cell = self.plan.cells[number]
        return cell.size if cell.below else Size(self.widths[cell.column], cell.size.height)

    def spot(self, number: int) -> Spot:
        """The middle of a cell; all end on the right where their column ends."""
        column = self.plan.cells[number].column
        x = self._right(column) - self.size(number).width / 2
        return Spot(x, self.plan.heights[number] - self.top)

    def _right(self, column: int) -> float:
        return self.lefts[column] + self.widths[column]

    def curve(self, number: int) -> tuple[Spot, ...]:
        """A wire's way: straight, or level at each column that it passes."""
        plan, wire = self.plan, self.plan.wires[number]
        start = Spot(self._right(plan.cells[wire.tail].column), plan.leaves[number] - self.top)
        end = Spot(self.lefts[plan.cells[wire.head].column], plan.enters[number] - self.top)
        passed = [
            Spot(x, slot.y - self.top)
            for slot in plan.slots[number]
            for x in (self.lefts[slot.column], self._right(slot.column))
        ]
        if number in self.bends:
            passed = [Spot(start.x + self.bends[number], end.y)]
        return bent((start, *passed, end)) if passed else (start, end)

    def label(self, number: int) -> Spot | None:
        """The middle of a wire's label."""
        wire, slots = self.plan.wires[number], self.plan.slots[number]
        if not wire.label:
            return None
        place = self.places.get(number)
        if place is None:
            column = slots[0].column
            return Spot(self.lefts[column] + self.widths[column] / 2, slots[0].y - self.top)
        return Spot(self._right(self.plan.cells[wire.tail].column) + place[0], place[1] - self.top)


def bent(stops: Sequence[Spot]) -> tuple[Spot, ...]:
    """Curves through some places from left to right, level at each of them."""
    points = [stops[0]]
    for one, other in pairwise(stops):
        half = (other.x - one.x) / 2
        points += [Spot(one.x + half, one.y), Spot(other.x - half, other.y), other]
    return tuple(points)
