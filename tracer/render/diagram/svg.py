"""A drawing as SVG, by the template ``templates/html/diagram.svg``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import hypot
from typing import TYPE_CHECKING

from tracer.render.diagram.records import Drawing, Look, Node, Run, Spot
from tracer.render.pages.templates import Target, environment

if TYPE_CHECKING:
    from jinja2 import Template

HEAD, HALF_HEAD = 6.5, 2.6
"""The length of an arrow's head, and half its width."""
LOWERED, RAISED = 0.22, -0.35
"""How far an index stands below or above the line, in sizes of the font."""
CORNER = 6.0


TARGET = Target("html", "diagram.svg", {}, {}, autoescape=True)


def svg(drawing: Drawing, standalone: bool = False, own: str = "") -> str:
    """A drawing as an ``<svg>`` element.

    Args:
        drawing: the drawing.
        standalone: whether it is a file by itself, with a style of its own, where False means a
            part of a page that has ``templates/html/diagram.css`` in its style.
        own: a folder of the user's, whose templates come before ours; empty: none.
    """
    return _template(TARGET.main, own).render(drawing=drawing, standalone=standalone, **TOOLS)


def style() -> str:
    """The style sheet of diagrams, for pages that hold some."""
    return _template("diagram.css", "").render()


@cache
def _template(name: str, own: str) -> Template:
    return environment(TARGET, own).get_template(name)


def number(value: float) -> str:
    """A length with a tenth of a point."""
    return f"{round(value, 1):g}" if abs(value) < 1e5 else f"{value:.0f}"


def path(curve: Sequence[Spot]) -> str:
    """A line or curves, up to where the arrow's head begins."""
    points = [*curve[:-1], _before_head(curve)]
    start, rest = points[0], points[1:]
    command = "L" if len(curve) == 2 else "C"
    told = " ".join(f"{number(spot.x)} {number(spot.y)}" for spot in rest)
    return f"M{number(start.x)} {number(start.y)}{command}{told}"


def head(curve: Sequence[Spot]) -> str:
    """The arrow's head."""
    end, base = curve[-1], _before_head(curve)
    x, y = (end.x - base.x) / HEAD * HALF_HEAD, (end.y - base.y) / HEAD * HALF_HEAD
    corners = (end, Spot(base.x - y, base.y + x), Spot(base.x + y, base.y - x))
    return "M" + "L".join(f"{number(spot.x)} {number(spot.y)}" for spot in corners) + "z"


def _before_head(curve: Sequence[Spot]) -> Spot:
    before, end = curve[-2], curve[-1]
    long = hypot(end.x - before.x, end.y - before.y) or 1.0
    return Spot(end.x - (end.x - before.x) / long * HEAD, end.y - (end.y - before.y) / long * HEAD)


def shape(node: Node) -> str:
    """The outline of a node: each kind has its own, so that colours are not needed."""
    return _SHAPES[node.look](node)


def _rounded(node: Node, corner: float) -> str:
    left, top, right, low = _sides(node)
    r = min(corner, (low - top) / 2, (right - left) / 2)
    arc = f"a{number(r)} {number(r)} 0 0 1 "
    a, n = number(r), number
    return (
        f"M{n(left + r)} {n(top)}H{n(right - r)}{arc}{a} {a}V{n(low - r)}{arc}-{a} {a}"
        f"H{n(left + r)}{arc}-{a} -{a}V{n(top + r)}{arc}{a} -{a}z"
    )


def octagon(node: Node) -> list[Spot]:
    """The corners of a rectangle that is cut at its own corners."""
    left, top, right, low = _sides(node)
    c = min(CORNER, (low - top) / 3)
    xs = (left + c, right - c, right, right, right - c, left + c, left, left)
    ys = (top, top, top + c, low - c, low, low, low - c, top + c)
    return [Spot(x, y) for x, y in zip(xs, ys, strict=True)]


def _cut(node: Node) -> str:
    return "M" + "L".join(f"{number(spot.x)} {number(spot.y)}" for spot in octagon(node)) + "z"


def _sides(node: Node) -> tuple[float, float, float, float]:
    x, y = node.size.width / 2, node.size.height / 2
    return node.spot.x - x, node.spot.y - y, node.spot.x + x, node.spot.y + y


_SHAPES = {
    Look.INPUT: lambda node: _rounded(node, 1.0),
    Look.HIDDEN: lambda node: _rounded(node, 12.0),
    Look.OUTPUT: lambda node: _rounded(node, 12.0),
    Look.BIAS: lambda node: _rounded(node, 99.0),
    Look.ERROR: _cut,
}


def shifts(runs: Sequence[Run], font: float) -> list[tuple[Run, str]]:
    """Each run, and how far its line lies below that of the run before."""
    found, level = [], 0.0
    for run in runs:
        wanted = {0: 0.0, -1: LOWERED, 1: RAISED}[run.level] * font
        found.append((run, number(wanted - level) if wanted != level else ""))
        level = wanted
    return found


TOOLS = {"path": path, "head": head, "shape": shape, "shifts": shifts, "n": number}
"""What the template can call."""
