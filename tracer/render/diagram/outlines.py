"""Lines, arrows' heads and outlines of nodes, as paths of SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot

from tracer.render.diagram.records import Look, Node, Spot

HEAD, HALF_HEAD = 6.5, 2.6
"""The length of an arrow's head, and half its width."""
CORNER = 6.0


def number(value: float) -> str:
    """A length with a tenth of a point."""
    return f"{round(value, 1):.6g}"


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
