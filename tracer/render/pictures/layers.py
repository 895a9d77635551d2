"""Where the boxes of a graph stand: in columns, so that no two of them and no label overlap.

An arrow that passes a column has a place of its own in it, and so has every label; what has a
place of its own is crossed by nothing else. Columns with boxes and columns for arrows and labels
take turns. Within a column the order is that of the neighbours' means, and the heights come as
close to these as they can without touching.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 24
BETWEEN_BOXES = 16.0
BETWEEN_ARROWS = 7.0
BETWEEN_COLUMNS = 18.0
CLIMB, MOST_ROOM = 0.2, 80.0
"""How much of the height that an arrow climbs it gets as room, and how much room at most."""

STIFFNESS = 3.0
"""How much more an arrow's place on its way wants to lie straight than a box does."""


class Size(NamedTuple):
    """Width and height, in points."""

    width: float
    height: float


class Spot(NamedTuple):
    """The middle of a box, a label or an arrow's place on its way, in points."""

    x: float
    y: float


class Way(NamedTuple):
    """An arrow's places from tail to head, both included, and which of them has its label."""

    items: tuple[int, ...]
    label: int | None


class Layout(NamedTuple):
    """Where everything is.

    Attributes:
        spots: the middle of each item: the boxes by number, then the places on arrows' ways.
        sizes: their sizes; an arrow's place on its way is as wide as its column.
        ways: for each arrow.
        total: of the whole graph.
    """

    spots: tuple[Spot, ...]
    sizes: tuple[Size, ...]
    ways: tuple[Way, ...]
    total: Size


def layout(
    sizes: Sequence[Size],
    arrows: Sequence[tuple[int, int]],
    labels: Sequence[Size | None],
) -> Layout:
    """Places for boxes and labels.

    Args:
        sizes: of each box.
        arrows: (tail, head) of each; the head's number is the larger one.
        labels: the size of each arrow's label; None where it has none.
    """
    graph = _Graph(list(sizes), ranks(len(sizes), arrows))
    for (tail, head), label in zip(arrows, labels, strict=True):
        graph.add(tail, head, label)
    graph.order()
    heights, widths = graph.heights(), graph.widths()
    lefts = graph.lefts(heights, widths)
    spots = [
        Spot(lefts[rank] + widths[rank] / 2, heights[item]) for item, rank in enumerate(graph.ranks)
    ]
    passing = set(range(len(sizes), len(spots))) - {way.label for way in graph.ways}
    final = [
        Size(widths[graph.ranks[item]], 1.0) if item in passing else size
        for item, size in enumerate(graph.sizes)
    ]
    total = Size(lefts[-1] + widths[-1], graph.lowest(heights))
    return Layout(tuple(spots), tuple(final), tuple(graph.ways), total)


def ranks(count: int, arrows: Sequence[tuple[int, int]]) -> list[int]:
    """The column of each box, an even number: after all that it uses; givens just before use."""
    found = [0] * count
    for tail, head in sorted(arrows, key=lambda arrow: arrow[1]):
        found[head] = max(found[head], found[tail] + 2)
    uses: dict[int, list[int]] = {}
    fed = {head for _, head in arrows}
    for tail, head in arrows:
        uses.setdefault(tail, []).append(found[head])
    return [
        min(uses[box]) - 2 if box in uses and box not in fed else rank
        for box, rank in enumerate(found)
    ]


class _Graph:
    """Items in columns: boxes, and the places of arrows on their way."""

    def __init__(self, sizes: list[Size], found: list[int]) -> None:
        self.sizes, self.ranks, self.boxes = sizes, found, len(sizes)
        self.columns: list[list[int]] = [[] for _ in range(max(found, default=0) + 1)]
        self.ways: list[Way] = []
        self.near: list[list[int]] = [[] for _ in sizes]
        for box, rank in enumerate(found):
            self.columns[rank].append(box)

    def add(self, tail: int, head: int, label: Size | None) -> None:
        """Places for one arrow, in every column that it passes; its label stands at its start."""
        passed = range(self.ranks[tail] + 1, self.ranks[head])
        items = [tail]
        for rank in passed:
            size = label if label and rank == passed.start else Size(0.0, 1.0)
            items.append(self._placed(size, rank))
        items.append(head)
        for one, other in pairwise(items):
            self.near[one].append(other)
            self.near[other].append(one)
        self.ways.append(Way(tuple(items), items[1] if label else None))

    def _placed(self, size: Size, rank: int) -> int:
        item = len(self.sizes)
        self.sizes.append(size)
        self.ranks.append(rank)
        self.near.append([])
        self.columns[rank].append(item)
        return item

    def order(self) -> None:
        """Each column in the order of its neighbours' means; the order with fewest crossings."""
        best, fewest = [list(column) for column in self.columns], self._crossings()
        for sweep in range(SWEEPS):
            forward = sweep % 2 == 0
            numbers = range(len(self.columns))
            for rank in numbers if forward else reversed(numbers):
                self._sort(rank, -1 if forward else 1)
            if (crossings := self._crossings()) < fewest:
                best, fewest = [list(column) for column in self.columns], crossings
        self.columns = best

    def _sort(self, rank: int, side: int) -> None:
        column = self.columns[rank]
        if not 0 <= rank + side < len(self.columns):
            return
        places = {item: place for place, item in enumerate(self.columns[rank + side])}
        means = {}
        for place, item in enumerate(column):
            found = [places[other] for other in self.near[item] if other in places]
            means[item] = sum(found) / len(found) if found else float(place)
        column.sort(key=means.__getitem__)

    def _crossings(self) -> int:
        count = 0
        for left, right in pairwise(self.columns):
            places = {item: place for place, item in enumerate(right)}
            ends = [
                end
                for item in left
                for end in sorted(places[other] for other in self.near[item] if other in places)
            ]
            count += sum(1 for k, end in enumerate(ends) for later in ends[k + 1 :] if later < end)
        return count

    def heights(self) -> list[float]:
        """How far below the top the middle of each item stands."""
        found = [0.0] * len(self.sizes)
        for column in self.columns:
            for item, place in zip(column, self._apart(column), strict=True):
                found[item] = place
        for sweep in range(SWEEPS):
            numbers = range(len(self.columns))
            for rank in numbers if sweep % 2 == 0 else reversed(numbers):
                self._settle(self.columns[rank], found)
        top = min(found[item] - size.height / 2 for item, size in enumerate(self.sizes))
        return [place - top for place in found]

    def widths(self) -> list[float]:
        """The width of each column: that of its widest item."""
        found = [0.0] * len(self.columns)
        for item, rank in enumerate(self.ranks):
            found[rank] = max(found[rank], self.sizes[item].width)
        return found

    def lefts(self, heights: Sequence[float], widths: Sequence[float]) -> list[float]:
        """Where each column begins: the further arrows climb before it, the more room they get."""
        found, left = [], 0.0
        for rank, wide in enumerate(widths):
            found.append(left)
            climbs = [
                abs(heights[item] - heights[other])
                for item in self.columns[rank]
                for other in self.near[item]
                if self.ranks[other] == rank + 1
            ]
            room = min(max(climbs, default=0.0) * CLIMB, MOST_ROOM)
            left += wide + max(BETWEEN_COLUMNS, room)
        return found

    def lowest(self, heights: Sequence[float]) -> float:
        """Where the lowest item ends."""
        return max(heights[item] + size.height / 2 for item, size in enumerate(self.sizes))

    def _settle(self, column: list[int], found: list[float]) -> None:
        wanted, weights = [], []
        for item in column:
            near = [found[other] for other in self.near[item]]
            wanted.append(sum(near) / len(near) if near else found[item])
            weights.append(1.0 if item < self.boxes else STIFFNESS)
        offsets = self._apart(column)
        free = rising([w - o for w, o in zip(wanted, offsets, strict=True)], weights)
        for item, offset, place in zip(column, offsets, free, strict=True):
            found[item] = offset + place

    def _apart(self, column: Sequence[int]) -> list[float]:
        """The items under each other as closely as they may stand."""
        places: list[float] = []
        for k, item in enumerate(column):
            height = self.sizes[item].height
            if not k:
                places.append(height / 2)
                continue
            before = column[k - 1]
            small = max(item, before) >= self.boxes and not self.sizes[max(item, before)].width
            gap = BETWEEN_ARROWS if small else BETWEEN_BOXES
            places.append(places[-1] + self.sizes[before].height / 2 + gap + height / 2)
        return places


def rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The numbers that never fall and are nearest to those wanted, by least squares."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        mean, mass, count = value, weight, 1
        while pools and pools[-1][0] > mean:
            before, heavy, many = pools.pop()
            mean = (before * heavy + mean * mass) / (heavy + mass)
            mass, count = mass + heavy, count + many
        pools.append((mean, mass, count))
    return [mean for mean, _, count in pools for _ in range(count)]
