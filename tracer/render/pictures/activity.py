"""The picture of activations at work: value and slope, and the points where units stand on them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite
from textwrap import fill
from typing import TYPE_CHECKING, Any

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.pictures.activations import OUT, SLOPE
from tracer.render.pictures.aim import ANYWHERE, Aim
from tracer.render.pictures.working_points import Activity, Point, activities
from tracer.sheet.words import one_line, title_of_spec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PANELS = 9
MOST_POINTS, IN_A_SMALL_PANEL = 24, 14
"""Of more units on one curve, the first ones get a label each."""

COLUMNS = 2
CLOSE, IN_A_SMALL_ONE = 0.06, 0.1
"""Labels closer than this part of the width are written as one."""

TANGENT = 0.16
"""The tangent reaches so far to both sides, as a part of the width."""

TITLE = 50
DIGITS = NumberFormat(None, 4)


def draw(trace: Trace, aim: Aim = ANYWHERE) -> Figure:
    """Each activation in a panel of its own, or the one of the chosen unit."""
    from tracer.render.pictures.canvas import figure

    found = activities(trace, aim.unit)
    if len(found) > MOST_PANELS:
        raise OutputError(f"{len(found)} different activations are too many; --unit chooses one")
    columns = min(COLUMNS, len(found))
    rows = ceil(len(found) / columns)
    drawn = figure(7.2 if columns == 1 else 5.4 * columns, 4.9 if rows == 1 else 4.2 * rows)
    for number, activity in enumerate(found, 1):
        _panel(drawn.add_subplot(rows, columns, number), activity, is_small=columns > 1)
    drawn.suptitle(fill(english(title_of_spec(trace.spec)), 40 * columns), fontsize=11)
    return drawn


def _panel(axes: Any, activity: Activity, is_small: bool) -> None:
    nets, outs, slopes = activity.curves()
    axes.axhline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.axvline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.plot(nets, outs, OUT.line, color=OUT.colour, linewidth=1.8, label=OUT.label)
    if any(map(isfinite, slopes)):
        axes.plot(nets, slopes, SLOPE.line, color=SLOPE.colour, linewidth=1.4, label=SLOPE.label)
    axes.set_xlim(*activity.span)
    axes.margins(y=0.12)
    if len(activity.points) == 1:
        _mark_one(axes, activity, activity.points[0])
    else:
        _mark_many(axes, activity, is_small)
    axes.set_xlabel("net")
    axes.set_title(fill(one_line(activity.title), TITLE), fontsize=10)
    axes.legend(fontsize=8, loc="upper left")


def _mark_one(axes: Any, activity: Activity, point: Point) -> None:
    """A unit: where it stands, the tangent there, and its numbers on the axes and beside."""
    low, high = activity.span
    axes.plot([point.net, point.net], [0, point.out], ":", color="0.35", linewidth=1.2)
    axes.plot([low, point.net], [point.out, point.out], ":", color="0.35", linewidth=1.2)
    told = [one_line(point.name), f"net {_told(point.net)}", f"out {_told(point.out)}"]
    if point.slope is not None:
        reach = TANGENT * (high - low)
        across = [point.net - reach, point.net + reach]
        up = [point.out + point.slope * (x - point.net) for x in across]
        axes.plot(across, up, "-.", color="#b3541e", linewidth=2.2, label="tangent", zorder=2)
        axes.plot([point.net], [point.slope], SLOPE.mark, color=SLOPE.colour, markersize=6)
        told.append(f"slope {_told(point.slope)}")
    axes.plot([point.net], [point.out], OUT.mark, color=OUT.colour, markersize=7, zorder=4)
    _beside(axes, "\n".join(told))


def _beside(axes: Any, text: str) -> None:
    """Numbers in the margin at the right, where no curve runs."""
    axes.text(
        *(1.02, 0.98, text), transform=axes.transAxes, fontsize=8.5, va="top", linespacing=1.5
    )


def _mark_many(axes: Any, activity: Activity, is_small: bool) -> None:
    """Many units: numbered on the curve, with their numbers beside it."""
    points = sorted(activity.points, key=lambda point: (point.net, point.name))
    look = {"linestyle": "", "markersize": 5, "zorder": 4}
    axes.plot([p.net for p in points], [p.out for p in points], OUT.mark, color="black", **look)
    known = [point for point in points if point.slope is not None]
    nets, slopes = [p.net for p in known], [p.slope for p in known]
    axes.plot(nets, slopes, SLOPE.mark, color=SLOPE.colour, **look)
    most, close = (IN_A_SMALL_PANEL, IN_A_SMALL_ONE) if is_small else (MOST_POINTS, CLOSE)
    numbered = list(enumerate(points[:most], 1))
    low, high = activity.span
    for group in _groups(numbered, close * (high - low)):
        first, last = group[0], group[-1]
        mark = str(first[0]) if first is last else f"{first[0]}–{last[0]}"
        at = (first[1].net + last[1].net) / 2, max(point.out for _, point in group)
        axes.annotate(
            mark, at, (-6, 5), textcoords="offset points", ha="right", fontsize=8, zorder=5
        )
    lines = [
        f"{number}  {one_line(p.name)}: {_told(p.net)} → {_told(p.out)}" for number, p in numbered
    ]
    if len(points) > most:
        lines.append(f"and {len(points) - most} more")
    _beside(axes, "\n".join(["net → out", *lines]))


def _groups(numbered: Sequence[tuple[int, Point]], close: float) -> list[list[tuple[int, Point]]]:
    """Points from left to right, those that are close to each other together."""
    groups: list[list[tuple[int, Point]]] = []
    for one in numbered:
        if groups and one[1].net - groups[-1][0][1].net < close:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _told(number: float) -> str:
    from decimal import Decimal

    return DIGITS.shown(Decimal(number)).text
