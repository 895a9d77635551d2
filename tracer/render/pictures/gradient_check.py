"""The picture of a gradient check: the error of differences against their step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracer.derive.differences import Slope
from tracer.derive.trace import Trace
from tracer.notation.said import english
from tracer.sheet.gradient_curves import Curve
from tracer.sheet.words import title_of_spec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARKS = ("o", "s", "^", "D")
LINES = ("-", "-", "--", "--")
GREYS = ("#1f3b73", "#b3541e", "#1f3b73", "#b3541e")
"""The same colour for the same rule; the marks and lines tell all apart without colours."""


def draw(trace: Trace, slope: Slope, curves: Sequence[Curve]) -> Figure:
    """The errors of difference quotients, both axes logarithmic; an error of 0 has no place."""
    from tracer.render.pictures.canvas import figure

    drawn = figure()
    axes = drawn.add_subplot()
    for number, curve in enumerate(curves):
        known = [(point.step.value, point.error) for point in curve.points if point.error]
        steps = [float(step) for step, _ in known]
        errors = [float(error) for _, error in known]
        look = {"marker": MARKS[number % 4], "linestyle": LINES[number % 4], "markersize": 4}
        label = f"{curve.rule}, {curve.arithmetic.name}"
        axes.loglog(steps, errors, color=GREYS[number % 4], label=label, **look)
    axes.invert_xaxis()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:.0e}".replace("e-0", "e-"))
    axes.set_xlabel("step h")
    axes.set_ylabel(f"error of {slope.entry.name}")
    axes.set_title(
        f"{english(title_of_spec(trace.spec))}: {slope.entry.name} by differences", fontsize=10
    )
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    return drawn
