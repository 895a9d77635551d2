"""Windows that move over a grid: which places of the grid each position of a window covers.

Positions, places and the places within a window are counted row by row. What a window covers
outside of the grid is padding: there is nothing, so nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from msgspec import Struct


class Axis(Struct, frozen=True):
    """One direction in which windows move.

    Attributes:
        size: how many places the grid has.
        window: how many a window has.
        stride: how far it moves from one position to the next.
        before: how much padding stands before the first place.
        count: how many positions there are.
    """

    size: int
    window: int
    stride: int
    before: int
    count: int

    def covered(self, position: int) -> list[tuple[int, int]]:
        """(place in the window, place in the grid) of all that a position covers."""
        start = position * self.stride - self.before
        return [(k, start + k) for k in range(self.window) if 0 <= start + k < self.size]

    def covering(self, place: int) -> list[tuple[int, int]]:
        """(position, place in the window) of all positions that cover a place in the grid."""
        padded = place + self.before
        first = max(0, -((self.window - 1 - padded) // self.stride))
        last = min(self.count - 1, padded // self.stride)
        return [(at, padded - at * self.stride) for at in range(first, last + 1)]


Axes = tuple[Axis, ...]


def covered(axes: Axes, position: int) -> list[tuple[int, int]]:
    """(place in the window, place in the grid) of all that a position covers, row by row."""
    found = product(*map(Axis.covered, axes, split(position, [axis.count for axis in axes])))
    windows, sizes = [axis.window for axis in axes], [axis.size for axis in axes]
    return [(joined(inner, windows), joined(place, sizes)) for inner, place in _apart(found)]


def covering(axes: Axes, place: int) -> list[tuple[int, int]]:
    """(position, place in the window) of all positions that cover a place in the grid."""
    found = product(*map(Axis.covering, axes, split(place, [axis.size for axis in axes])))
    counts, windows = [axis.count for axis in axes], [axis.window for axis in axes]
    return [(joined(position, counts), joined(inner, windows)) for position, inner in _apart(found)]


def positions(axes: Axes) -> int:
    """How many positions a window has."""
    return prod(axis.count for axis in axes)


def split(number: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """The coordinates, from 0, of a place in a grid whose places are counted row by row."""
    found = []
    for size in reversed(sizes):
        number, coordinate = divmod(number, size)
        found.append(coordinate)
    return tuple(reversed(found))


def joined(coordinates: Sequence[int], sizes: Sequence[int]) -> int:
    """The number of a place in a grid."""
    number = 0
    for coordinate, size in zip(coordinates, sizes, strict=True):
        number = number * size + coordinate
    return number


def _apart(
    found: product[tuple[tuple[int, int], ...]],
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Pairs for each axis as a pair of coordinates over all axes."""
    return [(tuple(one for one, _ in pairs), tuple(other for _, other in pairs)) for pairs in found]
