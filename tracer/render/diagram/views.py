"""What the SVG template is given: the parts of a drawing, every length and path written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import NamedTuple

from markupsafe import Markup, escape

from tracer.render.diagram.lettering import SMALL
from tracer.render.diagram.records import Drawing, Edge, Line, Look, Node, Run, Spot

HEAD, HALF_HEAD = 6.5, 2.6
"""The length of an arrow's head, and half its width."""
LOWERED, RAISED = 0.22, -0.35
"""How far an index stands below or above the line, in sizes of the font."""
CORNER = 6.0


class LineView(NamedTuple):
    """A line of text: where it comes about, its place, and its signs with their indices."""

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


def number(value: float) -> str:
    """A length with a tenth of a point."""
    return f"{round(value, 1):.6g}"


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
    x, y, wide = number(base.x), number(base.y), number(line.width)
    return LineView(classes, x, y, wide, text.quantity, signs(text.runs, line.font))


def signs(runs: Sequence[Run], font: float) -> Markup:
    """Runs as text; those that lean or stand below or above the line in elements of their own."""
    found, level = Markup(), 0.0
    for run in runs:
        wanted = {0: 0.0, -1: LOWERED, 1: RAISED}[run.level] * font
        shift = f' dy="{number(wanted - level)}"' if wanted != level else ""
        small = f' font-size="{number(font * SMALL)}"' if run.level else ""
        leans = ' font-style="italic"' if run.slanted else ""
        inside = escape(run.text)
        look = Markup(shift + small + leans)
        found += Markup("<tspan{}>{}</tspan>").format(look, inside) if look else inside
        level = wanted
    return found


def path(curve: Sequence[Spot]) -> str:
    """A line or curves, up to where the arrow's head begins."""
    (start, *rest), step = (*curve[:-1], before_head(curve)), 1 if len(curve) == 2 else 3
    told, y = f"M{number(start.x)} {number(start.y)}", start.y
    for k in range(0, len(rest), step):
        part = rest[k : k + step]
        if all(spot.y == y for spot in part):
            told += f"H{number(part[-1].x)}"
        else:
            places = " ".join(f"{number(spot.x)} {number(spot.y)}" for spot in part)
            told += f"{'L' if step == 1 else 'C'}{places}"
        y = part[-1].y
    return told


def head(curve: Sequence[Spot]) -> str:
    """The arrow's head."""
    return _polygon(corners(curve))


def corners(curve: Sequence[Spot]) -> tuple[Spot, Spot, Spot]:
    """The corners of the arrow's head, its point first."""
    end, base = curve[-1], before_head(curve)
    x, y = (end.x - base.x) / HEAD * HALF_HEAD, (end.y - base.y) / HEAD * HALF_HEAD
    return end, Spot(base.x - y, base.y + x), Spot(base.x + y, base.y - x)


def before_head(curve: Sequence[Spot]) -> Spot:
    """Where the arrow's head begins."""
    before, end = curve[-2], curve[-1]
    long = hypot(end.x - before.x, end.y - before.y) or 1.0
    return Spot(end.x - (end.x - before.x) / long * HEAD, end.y - (end.y - before.y) / long * HEAD)


def shape(node: Node) -> str:
    """The outline of a node: each kind has its own, so that colours are not needed."""
    return _SHAPES[node.look](node)


def _rounded(node: Node, corner: float) -> str:
    left, top, right, low = sides(node)
    r = min(corner, (low - top) / 2, (right - left) / 2)
    a, n = number(r), number
    arc = f"a{a} {a} 0 0 1 "
    return (
        f"M{n(left + r)} {n(top)}H{n(right - r)}{arc}{a} {a}V{n(low - r)}{arc}-{a} {a}"
        f"H{n(left + r)}{arc}-{a} -{a}V{n(top + r)}{arc}{a} -{a}z"
    )


def octagon(node: Node) -> list[Spot]:
    """The corners of a rectangle that is cut at its own corners."""
    left, top, right, low = sides(node)
    c = min(CORNER, (low - top) / 3)
    xs = (left + c, right - c, right, right, right - c, left + c, left, left)
    ys = (top, top, top + c, low - c, low, low, low - c, top + c)
    return [Spot(x, y) for x, y in zip(xs, ys, strict=True)]


def _polygon(corners: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{number(spot.x)} {number(spot.y)}" for spot in corners) + "z"


def sides(node: Node) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a node."""
    x, y = node.size.width / 2, node.size.height / 2
    return node.spot.x - x, node.spot.y - y, node.spot.x + x, node.spot.y + y


_SHAPES: dict[Look, Callable[[Node], str]] = {
    Look.INPUT: lambda node: _rounded(node, 1.0),
    Look.HIDDEN: lambda node: _rounded(node, 12.0),
    Look.OUTPUT: lambda node: _rounded(node, 12.0),
    Look.BIAS: lambda node: _rounded(node, 99.0),
    Look.ERROR: lambda node: _polygon(octagon(node)),
}
