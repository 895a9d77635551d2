"""A graph before it has places: vertices with their lines of text, links with what they tell."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tracer.render.diagram.columns import Cell, Wire
from tracer.render.diagram.layout import first_that_fits
from tracer.render.diagram.lettering import width
from tracer.render.diagram.records import (
    Drawing,
    Edge,
    Label,
    Line,
    Look,
    Node,
    Size,
    Spot,
    Text,
    Way,
)

FONT, LABEL_FONT = 10.0, 8.5
LEADING, BOLD = 1.35, 1.08
INSIDE, DIVIDER, GROUND = 7.0, 4.0, 2.0
"""Room in a node beside its lines, between the two ways, and around what stands on an edge."""
BIAS_SIZE = Size(26.0, 26.0)
TOLD = ("gradients", "values", "names", "none")
"""What edges tell, from most to least."""


class Vertex(Struct, frozen=True):
    """A node before it has a place; see `records.Node`."""

    id: str
    look: Look
    names: tuple[str, ...]
    says: str
    column: int
    texts: tuple[Text, ...]
    quantities: tuple[str, ...] = ()

    @property
    def size(self) -> Size:
        """As large as its lines need."""
        if self.look is Look.BIAS:
            return BIAS_SIZE
        wide = max((_wide(text, FONT) for text in self.texts), default=0.0)
        high = len(self.texts) * FONT * LEADING + (DIVIDER if self.is_divided else 0.0)
        return Size(wide + 2 * INSIDE, high + INSIDE)

    @property
    def is_divided(self) -> bool:
        """Whether it has lines of both ways."""
        ways = {text.way for text in self.texts}
        return Way.BACKWARD in ways and len(ways) > 1


class Link(Struct, frozen=True):
    """An edge before it has a place; see `records.Edge`.

    Attributes:
        tail: the number of the vertex that it leaves.
        head: the number of the vertex that it enters.
        value: the parameter with its value.
        symbol: the parameter alone.
        gradient: the derivative by it.
    """

    id: str
    tail: int
    head: int
    kind: str
    names: tuple[str, ...]
    says: str
    value: Text | None = None
    symbol: Text | None = None
    gradient: Text | None = None
    quantities: tuple[str, ...] = ()

    def told(self, how: str) -> tuple[Text, ...]:
        """What stands on it when so much is told."""
        wanted = {
            "gradients": (self.value, self.gradient),
            "values": (self.value,),
            "names": (self.symbol,),
        }.get(how, ())
        return tuple(text for text in wanted if text)


def drawing(
    kind: str,
    title: str,
    says: str,
    vertices: Sequence[Vertex],
    links: Sequence[Link],
    tellings: Sequence[str],
    room: Size | None = None,
) -> Drawing:
    """A drawing of a graph, with the first of some tellings for which there is room."""
    cells = [Cell(vertex.size, vertex.column, vertex.look is Look.BIAS) for vertex in vertices]
    told = [[link.told(how) for link in links] for how in tellings]
    wires = [
        [Wire(link.tail, link.head, label_size(of)) for link, of in zip(links, texts, strict=True)]
        for texts in told
    ]
    number, found = first_that_fits(cells, wires, room)
    nodes = tuple(
        node(vertex, spot, size)
        for vertex, spot, size in zip(vertices, found.spots, found.sizes, strict=True)
    )
    edges = tuple(
        edge(link, vertices, told[number][k], found.curves[k], found.labels[k])
        for k, link in enumerate(links)
    )
    return Drawing(kind, title, says, found.size, nodes, edges, tellings[number])


def label_size(texts: Sequence[Text]) -> Size | None:
    """What lines of text need on an edge; None for no lines."""
    if not texts:
        return None
    wide = max(width(text.runs, LABEL_FONT) for text in texts)
    return Size(wide + 2 * GROUND, len(texts) * LABEL_FONT * LEADING + GROUND)


def _wide(text: Text, font: float) -> float:
    return width(text.runs, font) * (BOLD if text.heading else 1.0)


def _lines(texts: Sequence[Text], x: float, top: float, font: float) -> list[Line]:
    """Lines under each other around the same middle."""
    return [
        Line(text, Spot(x, top + (k + 0.5) * font * LEADING), _wide(text, font), font)
        for k, text in enumerate(texts)
    ]


def node(vertex: Vertex, spot: Spot, size: Size) -> Node:
    """A node in its place, its lines around its middle."""
    ahead = [text for text in vertex.texts if text.way is not Way.BACKWARD]
    back = [text for text in vertex.texts if text.way is Way.BACKWARD]
    high = len(vertex.texts) * FONT * LEADING + (DIVIDER if vertex.is_divided else 0.0)
    top = spot.y - high / 2
    middle = top + len(ahead) * FONT * LEADING + DIVIDER / 2
    lines = _lines(ahead, spot.x, top, FONT)
    lines += _lines(back, spot.x, middle + (DIVIDER / 2 if ahead else -DIVIDER / 2), FONT)
    return Node(
        vertex.id,
        vertex.look,
        vertex.names,
        vertex.says,
        spot,
        size,
        tuple(lines),
        middle if vertex.is_divided else None,
        vertex.quantities,
    )


def edge(
    link: Link,
    vertices: Sequence[Vertex],
    texts: Sequence[Text],
    curve: tuple[Spot, ...],
    spot: Spot | None,
) -> Edge:
    """An edge along a curve, with its label around a spot."""
    size, label = label_size(texts), None
    if spot is not None and size is not None:
        top = spot.y - size.height / 2 + GROUND / 2
        label = Label(spot, size, tuple(_lines(texts, spot.x, top, LABEL_FONT)))
    ends = vertices[link.tail].id, vertices[link.head].id
    return Edge(link.id, *ends, link.kind, link.names, link.says, curve, label, link.quantities)
