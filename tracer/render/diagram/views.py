"""What the SVG template is given: the parts of a drawing, every length and path written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from tracer.render.diagram.lettering import SMALL, places
from tracer.render.diagram.outlines import head, number, path, shape
from tracer.render.diagram.records import Drawing, Edge, Line, Node, Run

LOWERED, RAISED = 0.25, -0.42
"""How far an index stands below or above the line, in sizes of the font."""

LEAST = 0.05
"""A way back that is shorter than this is none."""


class LineView(NamedTuple):
    """A line of text: where it comes about, its place, and its signs with their indices.

    Its width is left open where indices stand over each other, as their ways back have lengths.
    """

    classes: str
    x: str
    y: str
    width: str
    quantity: str
    signs: Markup


class EdgeView(NamedTuple):
    """An edge: see `records.Edge`; `line` ends where `tip`, the arrow's head, begins."""

    id: str
    kind: str
    tail: str
    head: str
    parameter: str
    quantities: str
    says: str
    line: str
    tip: str


class LabelView(NamedTuple):
    """What stands on an edge, and the rectangle behind it."""

    edge: str
    kind: str
    x: str
    y: str
    width: str
    height: str
    lines: list[LineView]


class NodeView(NamedTuple):
    """A node: see `records.Node`; `divider` is a path, empty where there is none."""

    id: str
    look: str
    unit: str
    quantities: str
    says: str
    shape: str
    divider: str
    lines: list[LineView]


def edge_views(drawing: Drawing) -> list[EdgeView]:
    """Every edge."""
    return [
        EdgeView(
            edge.id,
            edge.kind,
            edge.tail,
            edge.head,
            _only(edge.names),
            " ".join(edge.quantities),
            edge.says,
            path(edge.curve),
            head(edge.curve),
        )
        for edge in drawing.edges
    ]


def label_views(drawing: Drawing) -> list[LabelView]:
    """Every label."""
    return [_label(edge) for edge in drawing.edges if edge.label]


def _label(edge: Edge) -> LabelView:
    assert edge.label is not None, "only edges with labels have a view of them"
    (x, y), (width, height) = edge.label.spot, edge.label.size
    left, top = number(x - width / 2), number(y - height / 2)
    lines = list(map(_line, edge.label.lines))
    return LabelView(edge.id, edge.kind, left, top, number(width), number(height), lines)


def node_views(drawing: Drawing) -> list[NodeView]:
    """Every node."""
    return [
        NodeView(
            node.id,
            node.look.value,
            _only(node.names),
            " ".join(node.quantities),
            node.says,
            shape(node),
            _divider(node),
            list(map(_line, node.lines)),
        )
        for node in drawing.nodes
    ]


def _only(names: Sequence[str]) -> str:
    """The name of what stands for itself; empty for what stands for several or none."""
    return names[0] if len(names) == 1 else ""


def _divider(node: Node) -> str:
    if node.divider is None:
        return ""
    one, other = node.divided
    return f"M{number(one.x)} {number(one.y)}H{number(other.x)}"


def _line(line: Line) -> LineView:
    text, base = line.text, line.base
    classes = f"{text.way.value} heading" if text.heading else text.way.value
    is_stacked = any(run.stacked for run in text.runs)
    x, y, wide = number(base.x), number(base.y), "" if is_stacked else number(line.width)
    return LineView(classes, x, y, wide, text.quantity, signs(text.runs, line.font))


def signs(runs: Sequence[Run], font: float) -> Markup:
    """Runs as text; those that lean or stand below or above the line in elements of their own."""
    found, level, pen = Markup(), 0.0, 0.0
    for run, (start, end) in zip(runs, places(tuple(runs), font), strict=True):
        wanted = {0: 0.0, -1: LOWERED, 1: RAISED}[run.level] * font
        back = f' dx="{number(start - pen)}"' if abs(start - pen) > LEAST else ""
        shift = f' dy="{number(wanted - level)}"' if wanted != level else ""
        small = f' font-size="{number(font * SMALL)}"' if run.level else ""
        leans = ' font-style="italic"' if run.slanted else ""
        look = Markup(back + shift + small + leans)
        inside = escape(run.text)
        found += Markup("<tspan{}>{}</tspan>").format(look, inside) if look else inside
        level, pen = wanted, end
    return found
