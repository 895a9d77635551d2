"""A drawing as a figure of Matplotlib, for files of pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracer.render.diagram.lettering import SMALL, ends
from tracer.render.diagram.outlines import octagon
from tracer.render.diagram.records import Drawing, Edge, Line, Look, Node, Run, Size, Spot, Way
from tracer.render.diagram.views import LOWERED, RAISED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72.0
FONTS = ["STIXGeneral", "DejaVu Sans"]
INK, GREY, BACK = "#1b1b1b", "#5c5c5c", "#8c1d40"
FILLS = {Look.INPUT: "#eef3f8", Look.BIAS: "#f3f0e6", Look.ERROR: "#fbeeee"}
DASHES = {"plain": (0, (4, 2.5)), "error": (0, (1.5, 2))}


def figure(drawing: Drawing) -> Figure:
    """A figure of the size of a drawing."""
    from matplotlib.figure import Figure

    size = drawing.size
    made = Figure(figsize=(size.width / POINTS, size.height / POINTS))
    axes = made.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, size.width)
    axes.set_ylim(size.height, 0)
    axes.set_axis_off()
    for edge in drawing.edges:
        _arrow(axes, edge)
    for edge in drawing.edges:
        _label(axes, edge)
    for node in drawing.nodes:
        _node(axes, node)
    return made


def _arrow(axes: Axes, edge: Edge) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    bent = [Path.CURVE4] * (len(edge.curve) - 1)
    codes = [Path.MOVETO, *(bent if len(edge.curve) > 2 else [Path.LINETO])]
    look = {"arrowstyle": "-|>", "mutation_scale": 8, "lw": 0.9, "color": GREY}
    line = DASHES.get(edge.kind, "-")
    path = Path([(spot.x, spot.y) for spot in edge.curve], codes)
    axes.add_patch(FancyArrowPatch(path=path, shrinkA=0, shrinkB=0, linestyle=line, **look))


def _label(axes: Axes, edge: Edge) -> None:
    if edge.label is None:
        return
    _box(axes, edge.label.spot, edge.label.size, 1.0, {"fc": "white", "lw": 0, "zorder": 2})
    for line in edge.label.lines:
        _line(axes, line)


def _node(axes: Axes, node: Node) -> None:
    from matplotlib.patches import Circle, Polygon

    width = 2.2 if node.look is Look.OUTPUT else 1.1
    look = {"fc": FILLS.get(node.look, "white"), "ec": INK, "lw": width, "zorder": 3}
    if node.look is Look.BIAS:
        axes.add_patch(Circle(node.spot, node.size.width / 2, **look))
    elif node.look is Look.ERROR:
        axes.add_patch(Polygon([tuple(spot) for spot in octagon(node)], **look))
    else:
        _box(axes, node.spot, node.size, 1.0 if node.look is Look.INPUT else 11.0, look)
    if node.divider is not None:
        one, other = node.divided
        axes.plot([one.x, other.x], [one.y, other.y], color=GREY, lw=0.6, zorder=4)
    for line in node.lines:
        _line(axes, line)


def _box(axes: Axes, spot: Spot, size: Size, corner: float, look: dict[str, Any]) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={min(corner, size.height / 2)}"
    left, top = spot.x - size.width / 2, spot.y - size.height / 2
    axes.add_patch(FancyBboxPatch((left, top), size.width, size.height, boxstyle=style, **look))


def _line(axes: Axes, line: Line) -> None:
    """The runs of a line side by side, together around its middle."""
    weight = "bold" if line.text.heading else "normal"
    places = ends([_width(run, line.font, weight) for run in line.text.runs], line.text.runs)
    left = line.spot.x - max((end for _, end in places), default=0.0) / 2
    colour = BACK if line.text.way is Way.BACKWARD else INK
    for run, (x, _) in zip(line.text.runs, places, strict=True):
        look = {"color": colour, "ha": "left", "va": "baseline", "zorder": 5}
        y = line.base.y + {0: 0.0, -1: LOWERED, 1: RAISED}[run.level] * line.font
        size = _font(run, line.font)
        axes.text(left + x, y, run.text, fontsize=size, **_face(run, weight), **look)


def _font(run: Run, font: float) -> float:
    return font * SMALL if run.level else font


def _face(run: Run, weight: str) -> dict[str, Any]:
    return {"family": FONTS, "style": "italic" if run.slanted else "normal", "weight": weight}


def _width(run: Run, font: float, weight: str) -> float:
    """How far a run reaches; blanks count too."""
    size, face = _font(run, font), _face(run, weight)
    return _measured(f"|{run.text}|", size, face) - _measured("||", size, face)


def _measured(text: str, size: float, face: dict[str, Any]) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text, size=size, prop=FontProperties(**face)).get_extents().width)
