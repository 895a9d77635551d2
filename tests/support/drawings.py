"""What a reader of a drawing sees: which parts lie on each other, and where lines run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from tracer.render.diagram.records import Drawing, Edge, Node, Size, Spot

NEAR = 1e-6
POINTS = 12
"""So many points of each curve are looked at."""


def overlap(one: tuple[Spot, Size], other: tuple[Spot, Size]) -> bool:
    """Whether two rectangles share more than an edge."""
    (a, s), (b, t) = one, other
    return (
        abs(a.x - b.x) < (s.width + t.width) / 2 - NEAR
        and abs(a.y - b.y) < (s.height + t.height) / 2 - NEAR
    )


def rectangles(drawing: Drawing) -> list[tuple[str, tuple[Spot, Size]]]:
    """Every node and every label, by the id of what it belongs to."""
    nodes = [(node.id, (node.spot, node.size)) for node in drawing.nodes]
    labels = [(e.id, (e.label.spot, e.label.size)) for e in drawing.edges if e.label]
    return nodes + labels


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    """The pairs of nodes and labels that lie on each other."""
    pairs = combinations(rectangles(drawing), 2)
    return [(one, other) for (one, a), (other, b) in pairs if overlap(a, b)]


def outside(drawing: Drawing) -> list[str]:
    """The nodes and labels that do not lie inside of the drawing."""
    return [
        name
        for name, (spot, size) in rectangles(drawing)
        if not (
            size.width / 2 - NEAR <= spot.x <= drawing.size.width - size.width / 2 + NEAR
            and size.height / 2 - NEAR <= spot.y <= drawing.size.height - size.height / 2 + NEAR
        )
    ]


def points(edge: Edge) -> Iterator[Spot]:
    """Some points of an edge from its tail to its head."""
    curve = edge.curve
    if len(curve) == 2:
        a, b = curve
        yield from (_between(a, b, k / POINTS) for k in range(POINTS + 1))
        return
    for k in range(0, len(curve) - 1, 3):
        yield from (_bezier(curve[k : k + 4], j / POINTS) for j in range(POINTS + 1))


def crossed(drawing: Drawing) -> list[tuple[str, str]]:
    """The edges that run through a node, and the node."""
    runs = [(edge.id, list(points(edge))) for edge in drawing.edges]
    return [
        (name, node.id)
        for name, run in runs
        for node in drawing.nodes
        if run[0].x < node.spot.x < run[-1].x and any(_inside(point, node) for point in run)
    ]


def touches(spot: Spot, node: Node) -> bool:
    """Whether a spot lies on the left or right side of a node."""
    side = abs(abs(spot.x - node.spot.x) - node.size.width / 2) < NEAR
    return side and abs(spot.y - node.spot.y) <= node.size.height / 2 + NEAR


def goes_right(edge: Edge) -> bool:
    """Whether an edge never turns back."""
    return all(one.x <= other.x + NEAR for one, other in pairwise(points(edge)))


def _inside(point: Spot, node: Node) -> bool:
    x, y = abs(point.x - node.spot.x), abs(point.y - node.spot.y)
    return x < node.size.width / 2 - NEAR and y < node.size.height / 2 - NEAR


def _between(a: Spot, b: Spot, share: float) -> Spot:
    return Spot(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def _bezier(corners: tuple[Spot, ...], share: float) -> Spot:
    while len(corners) > 1:
        corners = tuple(_between(a, b, share) for a, b in pairwise(corners))
    return corners[0]
