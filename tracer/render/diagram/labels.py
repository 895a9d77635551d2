"""Where labels stand on the lines between two columns: each on its own line, none on another.

Labels stand in columns of their own. In one of them labels can meet only above each other, so that
a free place is found by comparing heights. Where lines are too many for a reader to tell which
one a label is on, the labels are listed: each line ends at its own, beside the node that it enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

from tracer.render.pictures.layers import Size

END, APART, UNDER = 12.0, 4.0, 1.5
"""From a node to the nearest label; between two labels beside and under each other."""
COLUMNS = (1, 2, 3)
SLACKS = (0.0, 0.5, 0.9)
"""Room to the left or right of the columns of labels, in widths of a label."""
SHIFTS = (1.0, 0.0, 0.75, 0.25, 0.5)
"""How much of that room is on the left: labels stand where lines fan out, not where they cross."""
FAN, STEEPEST, MOST_FAN = 60.0, 0.3, 190.0
"""Room for lines before listed labels: at least, for the height that they climb, and at most."""
CLEAR = (8.0, 5.0)
"""How far other lines keep from a label's middle, best first."""


class Line(NamedTuple):
    """A straight line across a gap: its heights at both ends, and its label's size."""

    start: float
    end: float
    label: Size


class Found(NamedTuple):
    """A gap with places for labels.

    Attributes:
        width: of the gap.
        places: for each line the distance of its label's middle from the left, and its height.
        bend: how far from the left lines reach the heights of their ends; None: straight lines.
    """

    width: float
    places: tuple[tuple[float, float], ...]
    bend: float | None = None


def labelled(lines: Sequence[Line], narrowest: float) -> Found | None:
    """The narrowest gap in which every line finds a place for its label; None if there is none.

    Args:
        lines: the lines with labels.
        narrowest: how wide the gap has to be in any case.
    """
    if not lines:
        return Found(narrowest, ())
    wide = max(line.label.width for line in lines) + APART
    for clear in CLEAR:
        for count, slack in product(COLUMNS, SLACKS):
            bare = 2 * END + count * wide
            room = max(slack * wide, narrowest - bare)
            for shift in SHIFTS:
                left = END + wide / 2 + shift * room
                middles = [left + k * wide for k in range(count)]
                places = _placed(lines, middles, bare + room, clear)
                if places is not None:
                    return Found(bare + room, places)
    return None


def listed(lines: Sequence[Line]) -> Found:
    """A gap whose labels stand beside the nodes that the lines enter, each at its line's end."""
    wide = max(line.label.width for line in lines)
    climb = max(abs(line.end - line.start) for line in lines)
    bend = min(max(climb * STEEPEST, FAN), MOST_FAN)
    width = bend + wide + END
    places = tuple((width - END - line.label.width / 2, line.end) for line in lines)
    return Found(width, places, bend)


def _placed(
    lines: Sequence[Line], middles: Sequence[float], width: float, clear: float
) -> tuple[tuple[float, float], ...] | None:
    """A place for every label at one of some distances from the left; None if one finds none."""
    heights = [
        [line.start + (line.end - line.start) * x / width for line in lines] for x in middles
    ]
    wishes = []
    for column, found in enumerate(heights):
        for number, distance in enumerate(_clearances(found)):
            if distance >= clear:
                wishes.append((-min(distance, CLEAR[0] * 1.5), column, number))
    places: dict[int, tuple[float, float]] = {}
    taken: list[list[tuple[float, float]]] = [[] for _ in middles]
    for number, column in _assigned(wishes, heights, lines, taken):
        places[number] = (middles[column], heights[column][number])
    if len(places) < len(lines):
        return None
    return tuple(places[number] for number in range(len(lines)))


def _assigned(
    wishes: list[tuple[float, int, int]],
    heights: Sequence[Sequence[float]],
    lines: Sequence[Line],
    taken: list[list[tuple[float, float]]],
) -> list[tuple[int, int]]:
    """(line, column): the clearest wish first, as long as its place is free."""
    found: dict[int, int] = {}
    for _, column, number in sorted(wishes):
        half = lines[number].label.height / 2
        y = heights[column][number]
        if number in found or any(
            abs(y - other) < half + room + UNDER for other, room in taken[column]
        ):
            continue
        found[number] = column
        taken[column].append((y, half))
    return list(found.items())


def _clearances(heights: Sequence[float]) -> list[float]:
    """How far each of some heights is from the nearest other one."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    found = [float("inf")] * len(heights)
    for one, other in pairwise(order):
        distance = heights[other] - heights[one]
        found[one] = min(found[one], distance)
        found[other] = min(found[other], distance)
    return found
