"""The picture of a descent: its path on the function's curve, or on its contours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, isfinite, nan
from typing import TYPE_CHECKING, Any

from tracer.derive.trace import Trace
from tracer.errors import CalculationError
from tracer.maths.compiled import FAILURES
from tracer.notation.said import english
from tracer.sheet.words import title_of_spec
from tracer.spec.expressions.descent import placed_program
from tracer.spec.network import ExpressionProgram

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FINE, COARSE = 400, 120
"""Points of a curve, and along each side of a map."""

LEVELS = 24
"""Contours."""

AROUND = 0.35
"""So much of the path's extent is shown on each side of it."""

FEW = 12
"""As many points, at most, get their numbers."""

Point = tuple[float, ...]
Function = Callable[..., float]


def has_path(trace: Trace) -> bool:
    """Whether a trace minimises a function by moving one or two variables, all of them numbers."""
    spec = trace.spec
    if not isinstance(spec, ExpressionProgram) or not spec.steps or len(spec.moved) > 2:
        return False
    return all(value is not None for value in trace.segments[0].values)


def path(trace: Trace) -> list[Point]:
    """The point before each step, and the one after the last."""
    spec = trace.spec
    assert isinstance(spec, ExpressionProgram)
    places = [spec.variables.index(name) for name in spec.moved]
    last = [segment for segment in trace.segments if segment.program.has_update][-1]
    ends = [last.program.ends[place] for place in places]
    moving = trace.segments[: last.step]
    return [_numbers(trace, segment.values, places) for segment in moving] + [
        _numbers(trace, last.values, ends)
    ]


def _numbers(trace: Trace, values: Sequence[Any], places: Sequence[int]) -> Point:
    found = (trace.arithmetic.fraction(values[place]) for place in places)
    return tuple(nan if number is None else float(number) for number in found)


def function(trace: Trace) -> Function:
    """What is minimised, as a function of the moved variables in floats; nan if there is none."""
    from tracer.derive.compiled import straight_line
    from tracer.derive.expressions.build import expression_program
    from tracer.maths.arithmetic import arithmetic

    assert isinstance(trace.spec, ExpressionProgram)
    spec = placed_program(trace.spec)
    program, floats = expression_program(spec, backward=False), arithmetic("float")
    calculate = straight_line(program, floats)
    start = list(_numbers(trace, trace.segments[0].values, range(len(spec.variables))))
    places = [spec.variables.index(name) for name in spec.moved]

    def value(*point: float) -> float:
        for place, number in zip(places, point, strict=True):
            start[place] = number
        try:
            with floats.scope():
                return float(calculate(*start)[-1])
        except (*FAILURES, CalculationError):
            return nan

    return value


def draw(trace: Trace) -> Figure:
    """The path of the descent."""
    from tracer.render.pictures.canvas import figure

    assert isinstance(trace.spec, ExpressionProgram)
    points, drawn = path(trace), figure()
    axes = drawn.add_subplot()
    axes.set_title(english(title_of_spec(trace.spec)))
    axes.set_xlabel(trace.spec.moved[0])
    if len(trace.spec.moved) == 1:
        _draw_curve(axes, trace, points)
    else:
        _draw_map(axes, trace, points)
    axes.legend()
    return drawn


def _draw_curve(axes: Any, trace: Trace, points: Sequence[Point]) -> None:
    """A function of one variable, and the points on it."""
    value, name = function(trace), trace.spec.lines[-1].name  # type: ignore[union-attr]
    across = [point[0] for point in points]
    xs = _spread(across, FINE)
    axes.plot(xs, [value(x) for x in xs], color="0.6")
    axes.set_ylabel(name)
    axes.grid(alpha=0.3)
    _draw_path(axes, across, [value(x) for x in across])


def _draw_map(axes: Any, trace: Trace, points: Sequence[Point]) -> None:
    """A function of two variables as contours, and the points among them."""
    value = function(trace)
    across, up = zip(*points, strict=True)
    xs, ys = _spread(across, COARSE), _spread(up, COARSE)
    heights = [[value(x, y) for x in xs] for y in ys]
    levels = _levels([height for row in heights for height in row if isfinite(height)])
    if len(levels) > 1:
        axes.contour(xs, ys, heights, levels=levels, cmap="viridis", linewidths=0.8)
    axes.set_ylabel(trace.spec.moved[1])  # type: ignore[union-attr]
    _draw_path(axes, across, up)


def _draw_path(axes: Any, across: Sequence[float], up: Sequence[float]) -> None:
    """The points in their order, the first and the last marked."""
    axes.plot(across, up, color="tab:red", marker=".", linewidth=1)
    axes.plot(across[:1], up[:1], "o", color="tab:red", label="start")
    axes.plot(across[-1:], up[-1:], "*", color="black", markersize=11, label="last point")
    if len(across) <= FEW:
        for number, place in enumerate(zip(across, up, strict=True)):
            axes.annotate(str(number), place, (5, 5), textcoords="offset points", fontsize=8)


def _spread(numbers: Sequence[float], count: int) -> list[float]:
    """Numbers at equal distances, over all that are given and a little further."""
    finite = [number for number in numbers if isfinite(number)] or [0.0]
    low, high = min(finite), max(finite)
    room = (high - low) * AROUND or max(abs(high), 1.0)
    low, high = low - room, high + room
    return [low + (high - low) * k / (count - 1) for k in range(count)]


def _levels(heights: list[float]) -> list[float]:
    """Heights with as much of the map between each and the next: steep and flat parts alike."""
    ordered, found = sorted(heights), list[float]()
    for k in range(LEVELS):
        height = ordered[k * (len(ordered) - 1) // (LEVELS - 1)] if ordered else inf
        if not found or height > found[-1]:
            found.append(height)
    return found
