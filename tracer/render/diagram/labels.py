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

END, APART, UNDER = 10.0, 4.0, 1.5
"""From a node to the nearest label; between two labels beside and under each other."""
COLUMNS = (1, 2)
SLACKS = (0.0, 0.4, 0.9)
"""Room to the left or right of the columns of labels, in widths of a label."""
SHIFTS = (1.0, 0.0, 0.75, 0.25, 0.5)
"""How much of that room is on the left: labels stand where lines fan out, not where they cross."""
CLEAR, BEST = 5.0, 12.0
"""How far other lines keep from a label's middle, and when they are far enough."""
FAN, STEEPEST, MOST_FAN = 60.0, 0.3, 190.0
"""Room for lines before listed labels: at least, for the height that they climb, and at most."""


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


def labelled(lines: Sequence[Line], narrowest: float, hiding: float) -> Found | None:
    """The gap in which labels hide fewest other lines, and a narrow one; None if there is none.

    Args:
        lines: the lines with labels.
        narrowest: how wide the gap has to be in any case.
        hiding: so many points of width it is worth that a label hides no other line.
    """
    if not lines:
        return Found(narrowest, ())
    tried = (_tried(lines, narrowest, *how) for how in product(COLUMNS, SLACKS, SHIFTS))
    found = [each for each in tried if each is not None]
    return min(found, key=lambda each: each.width + hiding * _hidden(lines, each), default=None)


def _tried(
    lines: Sequence[Line], narrowest: float, count: int, slack: float, shift: float
) -> Found | None:
    """A gap with some columns of labels, and room beside them."""
    wide = max(line.label.width for line in lines) + APART
    bare = 2 * END + count * wide
    room = max(slack * wide, narrowest - bare)
    left = END + wide / 2 + shift * room
    places = _placed(lines, [left + k * wide for k in range(count)], bare + room)
    return None if places is None else Found(bare + room, places)


def _hidden(lines: Sequence[Line], found: Found) -> int:
    """How many times a line passes behind the label of another one."""
    count = 0
    for number, (x, y) in enumerate(found.places):
        size = lines[number].label
        for other, line in enumerate(lines):
            ends = [_height(line, (x + side * size.width / 2) / found.width) for side in (-1, 1)]
            meets = min(ends) < y + size.height / 2 and max(ends) > y - size.height / 2
            count += other != number and meets
    return count


def _height(line: Line, share: float) -> float:
    """The height of a line at a part of its way."""
    return line.start + (line.end - line.start) * share


def listed(lines: Sequence[Line]) -> Found:
    """A gap whose labels stand beside the nodes that the lines enter, each at its line's end."""
    wide = max(line.label.width for line in lines)
    climb = max(abs(line.end - line.start) for line in lines)
    bend = min(max(climb * STEEPEST, FAN), MOST_FAN)
    width = bend + wide + END
    places = tuple((width - END - line.label.width / 2, line.end) for line in lines)
    return Found(width, places, bend)


def _placed(
    lines: Sequence[Line], middles: Sequence[float], width: float
) -> tuple[tuple[float, float], ...] | None:
    """A place for every label at one of some distances from the left; None if one finds none."""
    heights = [[_height(line, x / width) for line in lines] for x in middles]
    wishes = []
    for column, found in enumerate(heights):
        for number, distance in enumerate(_clearances(found)):
            if distance >= CLEAR:
                wishes.append((-min(distance, BEST), column, number))
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
