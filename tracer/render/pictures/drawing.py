"""A diagram drawn by Matplotlib: boxes of two parts, and curved arrows with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tracer.render.pictures.diagram import Arrow, Box, Diagram, Look
from tracer.render.pictures.layers import Layout, Size, Spot, layout
from tracer.render.pictures.ports import shares

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT, LABEL_FONT, TITLE_FONT = 9.0, 8.0, 11.0
LINE = 1.4
"""The distance of two lines of text, in sizes of the font."""
INSIDE, MARGIN, HEADING = 6.0, 16.0, 26.0
POINTS = 72.0
EDGES = {Look.GIVEN: 0.8, Look.MADE: 1.0, Look.RESULT: 2.2}
FILLS = {Look.GIVEN: "#f1f1f1", Look.MADE: "white", Look.RESULT: "white"}
BACK = "#1f3b73"
"""Derivatives are dark blue, and so dark in black and white."""


def drawn(diagram: Diagram) -> Figure:
    """A figure of the size that the diagram needs."""
    from matplotlib.figure import Figure

    sizes = [
        _size((*box.upper, *box.lower), FONT, bool(box.lower and box.upper))
        for box in diagram.boxes
    ]
    labels = [_size(arrow.label, LABEL_FONT) if arrow.label else None for arrow in diagram.arrows]
    found = layout(sizes, [(arrow.tail, arrow.head) for arrow in diagram.arrows], labels)
    words = max(_width(diagram.title, TITLE_FONT), _width(diagram.legend, LABEL_FONT))
    total = Size(
        max(found.total.width, words) + 2 * MARGIN,
        found.total.height + 2 * MARGIN + HEADING + (HEADING if diagram.legend else 0),
    )
    figure = Figure(figsize=(total.width / POINTS, total.height / POINTS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, total.width)
    axes.set_ylim(total.height, 0)
    axes.set_axis_off()
    _words(axes, diagram, total)
    shift = Spot((total.width - found.total.width) / 2, MARGIN + HEADING)
    _Canvas(axes, found, shift).draw(diagram)
    return figure


def _words(axes: Axes, diagram: Diagram, total: Size) -> None:
    place = {"ha": "center", "va": "center"}
    axes.text(total.width / 2, MARGIN, diagram.title, fontsize=TITLE_FONT, weight="bold", **place)
    low = total.height - MARGIN
    axes.text(total.width / 2, low, diagram.legend, fontsize=LABEL_FONT, style="italic", **place)


def _width(text: str, font: float) -> float:
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text, size=font).get_extents().width) if text.strip() else 0.0


def _size(lines: Sequence[str], font: float, parted: bool = False) -> Size:
    """What lines of text need, with room around them."""
    wide = max(_width(line, font) for line in lines)
    high = len(lines) * font * LINE + (INSIDE if parted else 0)
    return Size(wide * 1.06 + 2 * INSIDE, high + INSIDE)


class _Canvas:
    """A diagram being drawn where its layout says."""

    def __init__(self, axes: Axes, found: Layout, shift: Spot) -> None:
        self.axes, self.layout = axes, found
        self.spots = [Spot(spot.x + shift.x, spot.y + shift.y) for spot in found.spots]

    def draw(self, diagram: Diagram) -> None:
        """Arrows first, so that boxes and labels stand on top of them."""
        ways = [way.items for way in self.layout.ways]
        enters = shares([(items[-1], items[-2]) for items in ways], self.spots)
        leaves = shares([(items[0], items[1]) for items in ways], self.spots)
        for number, arrow in enumerate(diagram.arrows):
            self._arrow(number, leaves[number], enters[number])
            self._label(number, arrow)
        for number, box in enumerate(diagram.boxes):
            self._box(number, box)

    def _port(self, item: int, share: float, side: int) -> Spot:
        """Where an arrow touches a side of a box."""
        spot, size = self.spots[item], self.layout.sizes[item]
        room = max(size.height - 2 * INSIDE, 0.0) * 0.7
        return Spot(spot.x + side * size.width / 2, spot.y + (share - 0.5) * room)

    def _arrow(self, number: int, leaves: float, enters: float) -> None:
        from matplotlib.patches import FancyArrowPatch
        from matplotlib.path import Path

        items = self.layout.ways[number].items
        points = [self._port(items[0], leaves, 1)]
        for item in items[1:-1]:
            spot, half = self.spots[item], self.layout.sizes[item].width / 2
            if not half:
                continue
            points += [Spot(spot.x - half, spot.y), Spot(spot.x + half, spot.y)]
        points.append(self._port(items[-1], enters, -1))
        corners: list[tuple[float, float]] = [points[0]]
        codes = [Path.MOVETO]
        for one, other in pairwise(points):
            bend = (other.x - one.x) / 2
            corners += [(one.x + bend, one.y), (other.x - bend, other.y), (other.x, other.y)]
            codes += [Path.CURVE4] * 3
        path = Path(corners, codes)
        look = {"arrowstyle": "-|>", "mutation_scale": 9, "lw": 0.9, "color": "#333333"}
        self.axes.add_patch(FancyArrowPatch(path=path, shrinkA=0, shrinkB=0, **look))

    def _label(self, number: int, arrow: Arrow) -> None:
        item = self.layout.ways[number].label
        if item is None:
            return
        spot, size = self.spots[item], self.layout.sizes[item]
        self._frame(spot, size, fill="white", line=0.0)
        start = spot.y - (len(arrow.label) - 1) / 2 * LABEL_FONT * LINE
        for k, line in enumerate(arrow.label):
            colour = BACK if line.startswith("∂") else "black"
            self._text(spot.x, start + k * LABEL_FONT * LINE, line, LABEL_FONT, colour)

    def _box(self, number: int, box: Box) -> None:
        spot, size = self.spots[number], self.layout.sizes[number]
        self._frame(spot, size, FILLS[box.look], EDGES[box.look], box.look is Look.GIVEN)
        y = spot.y - size.height / 2 + INSIDE / 2 + FONT * LINE / 2
        for k, line in enumerate(box.upper):
            self._text(spot.x, y + k * FONT * LINE, line, FONT)
        y += len(box.upper) * FONT * LINE
        if box.lower and box.upper:
            middle = y - FONT * LINE / 2 + INSIDE / 2
            half = size.width / 2
            self.axes.plot(
                [spot.x - half, spot.x + half], [middle, middle], color="#333333", lw=0.6, zorder=4
            )
        for k, line in enumerate(box.lower):
            below = INSIDE if box.upper else 0.0
            self._text(spot.x, y + below + k * FONT * LINE, line, FONT, BACK)

    def _frame(
        self, spot: Spot, size: Size, fill: str, line: float, is_round: bool = False
    ) -> None:
        from matplotlib.patches import FancyBboxPatch

        corner = (spot.x - size.width / 2, spot.y - size.height / 2)
        style = f"round,pad=0,rounding_size={7 if is_round else 1.5}"
        look = {"boxstyle": style, "fc": fill, "ec": "black", "lw": line, "zorder": 3}
        self.axes.add_patch(FancyBboxPatch(corner, size.width, size.height, **look))

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        font: float,
        colour: str = "black",
        weight: str = "normal",
    ) -> None:
        look = {"ha": "center", "va": "center", "fontsize": font, "color": colour, "zorder": 5}
        self.axes.text(x, y, text, weight=weight, **look)
