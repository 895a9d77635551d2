"""Where arrows end on the sides of boxes: beside each other, in the order in which they come."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.render.pictures.layers import Spot


def shares(ends: Sequence[tuple[int, int]], spots: Sequence[Spot]) -> list[float]:
    """For each (box, next place of an arrow): where on the box's side it ends, from 0 to 1.

    Args:
        ends: of each arrow its box, and the place next to it on the arrow's way.
        spots: the middles of boxes and places.
    """
    sides: dict[int, list[int]] = {}
    for number, (box, _) in enumerate(ends):
        sides.setdefault(box, []).append(number)
    found = [0.5] * len(ends)
    for numbers in sides.values():
        numbers.sort(key=lambda number: spots[ends[number][1]].y)
        for place, number in enumerate(numbers):
            found[number] = (place + 0.5) / len(numbers)
    return found
