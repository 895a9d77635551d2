"""The picture of the error over two parameters: contours around the path, and the surface."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isqrt, nan
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

from tracer.derive.trace import Trace
from tracer.notation.said import english
from tracer.render.pictures.aim import ANYWHERE, Aim
from tracer.render.pictures.landscape import Landscape, Point
from tracer.sheet.words import one_line, title_of_spec
from tracer.spec.network import ExpressionProgram

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_WORK = 6_000_000
"""Values that are calculated for one map, at most."""

FINEST, COARSEST = 81, 25
"""Points along each side of a map."""

LEVELS = 11
AROUND = 0.6
"""So much of the path's extent is seen on each side of it."""

WIDE = 2.5
"""The surface reaches at least so far to each side of the path."""

FEW = 12
"""As many points, at most, get their numbers."""

OTHERS = "all other parameters as at the start"
OF_PATH = "the path is that of the training, in which they move too"
OF_BATCHES = "E is of all samples"


class Map(NamedTuple):
    """Heights over a rectangle; nan where there is none."""

    across: list[float]
    up: list[float]
    heights: list[list[float]]

    @property
    def known(self) -> list[float]:
        """The heights that there are, from the lowest."""
        return sorted(height for row in self.heights for height in row if isfinite(height))


def draw(trace: Trace, aim: Aim = ANYWHERE) -> Figure:
    """Contours near the path at the left, the surface further around at the right."""
    from tracer.render.pictures.canvas import figure

    land = Landscape(trace, aim.weights)
    path = land.path or [land.start]
    count = _fineness(trace)
    drawn = figure(10.4, 5.0)
    _contours(drawn.add_subplot(1, 2, 1), land, path, _map(land, _near(path), count))
    _surface(drawn.add_subplot(1, 2, 2, projection="3d"), land, path, _map(land, _far(path), count))
    drawn.suptitle(fill(english(title_of_spec(trace.spec)), 90), fontsize=11)
    drawn.supxlabel(_caption(trace, land), fontsize=8.5)
    return drawn


def _fineness(trace: Trace) -> int:
    """Points along each side of a map: fewer of a large network."""
    size = max(trace.segments[0].program.size, 1)
    return max(COARSEST, min(FINEST, isqrt(MOST_WORK // (2 * size))))


def _caption(trace: Trace, land: Landscape) -> str:
    """What the map holds still, and what the path does not."""
    parts = []
    if land.others:
        parts.append(OTHERS)
        parts += [OF_PATH] if len(land.path) > 1 else []
    if not isinstance(trace.spec, ExpressionProgram) and len(trace.spec.samples) > 1:
        parts.append(OF_BATCHES)
    return "; ".join(parts)


Rectangle = tuple[tuple[float, float], tuple[float, float]]


def _near(path: Sequence[Point]) -> Rectangle:
    """The path, and a little around it; both sides of much the same length."""
    extents = [max(side) - min(side) for side in zip(*path, strict=True)]
    longest = max(extents)
    if not longest:
        return _far(path)
    first, second = zip(*path, strict=True)
    return (
        _around(first, max(AROUND * extents[0], 0.15 * longest)),
        _around(second, max(AROUND * extents[1], 0.15 * longest)),
    )


def _far(path: Sequence[Point]) -> Rectangle:
    """Far enough around to see where the error rises and falls."""
    first, second = zip(*path, strict=True)
    longest = max(max(first) - min(first), max(second) - min(second))
    reach = max(WIDE, longest, *(abs(number) / 2 for number in path[0]))
    return _around(first, reach), _around(second, reach)


def _around(numbers: Sequence[float], room: float) -> tuple[float, float]:
    return min(numbers) - room, max(numbers) + room


def _map(land: Landscape, rectangle: Rectangle, count: int) -> Map:
    across, up = (
        [low + (high - low) * k / (count - 1) for k in range(count)] for low, high in rectangle
    )
    return Map(across, up, [[land.error(x, y) for x in across] for y in up])


def _contours(axes: Any, land: Landscape, path: Sequence[Point], seen: Map) -> None:
    """Contours with their heights written on them, and the path."""
    levels = _levels(seen.known)
    if len(levels) > 1:
        axes.contourf(seen.across, seen.up, seen.heights, levels=40, cmap="Blues", alpha=0.55)
        lines = axes.contour(
            seen.across, seen.up, seen.heights, levels=levels, colors="0.25", linewidths=0.7
        )
        digits = _telling_apart(levels)
        axes.clabel(lines, fontsize=7, fmt=lambda height: f"{height:.{digits}g}")
    xs, ys = zip(*path, strict=True)
    axes.plot(xs, ys, "-", color="#b3541e", linewidth=1.6, zorder=3)
    axes.plot(xs[:1], ys[:1], "o", color="#b3541e", markersize=7, label="start", zorder=4)
    if len(path) > 1:
        few = "." if len(path) <= 10 * FEW else ""
        axes.plot(xs[1:-1], ys[1:-1], few, color="#b3541e", zorder=4)
        steps = f"after {len(path) - 1} step{'s' if len(path) > 2 else ''}"
        axes.plot(xs[-1:], ys[-1:], "*", color="black", markersize=11, label=steps, zorder=5)
    if 2 < len(path) <= FEW:
        for number, place in enumerate(path):
            axes.annotate(str(number), place, (6, 5), textcoords="offset points", fontsize=8)
    axes.set_xlabel(one_line(land.names[0]))
    axes.set_ylabel(one_line(land.names[1]))
    axes.set_title("near the path" if len(path) > 1 else "contours", fontsize=10)
    axes.legend(fontsize=8)


def _surface(axes: Any, land: Landscape, path: Sequence[Point], seen: Map) -> None:
    """The surface, and the path on it."""
    import numpy as np

    x, y = np.meshgrid(seen.across, seen.up)
    heights = np.array(seen.heights)
    look = {"edgecolor": "0.3", "linewidth": 0.2, "alpha": 0.75, "rcount": 36, "ccount": 36}
    axes.plot_surface(x, y, heights, cmap="Blues", **look)
    xs, ys = zip(*path, strict=True)
    zs = [land.error(*point) for point in path]
    axes.plot(xs, ys, zs, "-", color="#b3541e", linewidth=2, zorder=10)
    axes.plot(xs[:1], ys[:1], zs[:1], "o", color="#b3541e", markersize=6, zorder=11)
    axes.plot(xs[-1:], ys[-1:], zs[-1:], "*", color="black", markersize=9, zorder=12)
    axes.set_xlabel(one_line(land.names[0]))
    axes.set_ylabel(one_line(land.names[1]))
    axes.set_zlabel(one_line(land.goal))
    axes.zaxis.labelpad = 9
    axes.view_init(elev=28, azim=-125)
    axes.set_title("further around", fontsize=10)
    axes.set_box_aspect(None, zoom=0.88)


def _telling_apart(levels: Sequence[float]) -> int:
    """As many digits as it takes to tell the heights apart."""
    for digits in range(3, 8):
        if len({f"{level:.{digits}g}" for level in levels}) == len(levels):
            return digits
    return 8


def _levels(ordered: Sequence[float]) -> list[float]:
    """Heights with as much of the map between each and the next."""
    found: list[float] = []
    for k in range(1, LEVELS + 1):
        height = ordered[k * (len(ordered) - 1) // (LEVELS + 1)] if ordered else nan
        if not found or height > found[-1]:
            found.append(height)
    return found
