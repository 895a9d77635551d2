"""What a drawing consists of, in points, without any medium: nodes, edges, and lines of text."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from tracer.render.pictures.layers import Size, Spot

__all__ = ["Drawing", "Edge", "Line", "Look", "Node", "Run", "Size", "Spot", "Text", "Way"]


BASE = 0.33
"""How far below its middle the letters of a line stand, in sizes of the font."""


class Run(NamedTuple):
    """Signs of a text that are set alike.

    Attributes:
        text: the signs, with nothing escaped.
        level: 0 on the line, -1 below it, 1 above it.
        slanted: whether they lean, as the letters of formulas do.
        stacked: whether they stand over the signs below the line that come before them.
    """

    text: str
    level: int = 0
    slanted: bool = False
    stacked: bool = False


Runs = tuple[Run, ...]


class Way(Enum):
    """On which way through the network a text comes about."""

    GIVEN = "given"
    FORWARD = "forward"
    BACKWARD = "backward"


class Look(Enum):
    """What a node is; each kind has a shape of its own, so that it is seen without colours."""

    INPUT = "input"
    HIDDEN = "hidden"
    OUTPUT = "output"
    BIAS = "bias"
    ERROR = "error"


class Text(Struct, frozen=True):
    """One line of text before it has a place.

    Attributes:
        runs: its signs.
        quantity: the plain name of the quantity whose value it tells; empty for a heading.
        way: when it comes about.
        heading: whether it is a name above values.
        says: the same in plain names, for listeners.
    """

    runs: Runs
    quantity: str = ""
    way: Way = Way.FORWARD
    heading: bool = False
    says: str = ""


class Line(Struct, frozen=True):
    """A line of text in its place.

    Attributes:
        text: what it says.
        spot: its middle.
        width: how much room it has been given.
        font: the size of its signs.
    """

    text: Text
    spot: Spot
    width: float
    font: float

    @property
    def base(self) -> Spot:
        """The middle of the line that its letters stand on."""
        return Spot(self.spot.x, self.spot.y + self.font * BASE)


class Node(Struct, frozen=True):
    """A node of a drawing.

    Attributes:
        id: the same for the same trace, and no other part of the drawing has it.
        look: what it is.
        names: the plain names of the units that it stands for; none for one that is no unit.
        says: the node in words.
        spot: its middle.
        size: of its shape.
        lines: what stands in it.
        divider: how far below the top of the drawing the way back begins in it; None: it has none.
        quantities: the plain names of all that belongs to it.
    """

    id: str
    look: Look
    names: tuple[str, ...]
    says: str
    spot: Spot
    size: Size
    lines: tuple[Line, ...]
    divider: float | None = None
    quantities: tuple[str, ...] = ()

    @property
    def divided(self) -> tuple[Spot, Spot]:
        """The ends of its divider."""
        y = self.spot.y if self.divider is None else self.divider
        half = self.size.width / 2
        return Spot(self.spot.x - half, y), Spot(self.spot.x + half, y)


class Label(Struct, frozen=True):
    """What stands on an edge: lines on a ground that hides what passes behind."""

    spot: Spot
    size: Size
    lines: tuple[Line, ...]


class Edge(Struct, frozen=True):
    """An edge of a drawing, from what is used to what uses it.

    Attributes:
        id: the same for the same trace, and no other part of the drawing has it.
        tail: the id of the node that it leaves.
        head: the id of the node that it enters.
        kind: ``weight``, ``bias``, ``threshold``, ``plain`` (no parameter) or ``error``.
        names: the plain names of the parameters that it carries.
        says: the edge in words.
        curve: two points of a straight line; or a point, and three more for each Bézier curve.
        label: what stands on it; None where there is nothing, or no room.
        quantities: the plain names of all that belongs to it.
    """

    id: str
    tail: str
    head: str
    kind: str
    names: tuple[str, ...]
    says: str
    curve: tuple[Spot, ...]
    label: Label | None = None
    quantities: tuple[str, ...] = ()


class Drawing(Struct, frozen=True):
    """A drawing, ready for any medium.

    Attributes:
        kind: ``network``, ``summary`` or ``expression``.
        title: its title.
        says: the whole in words.
        size: of the whole.
        nodes: in reading order.
        edges: in reading order.
        labels: what the edges tell: ``values``, ``names`` or ``none``, as far as there was room.
    """

    kind: str
    title: str
    says: str
    size: Size
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    labels: str = "values"
