"""The picture of activations: out and its slope over net, a panel each, kinks marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil, isfinite, nan
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

USUAL = 5.0
"""As far to both sides of 0 a function is drawn, unless a kink lies further out."""

AROUND = 2.0
POINTS = 240
INSET = 1e-6
"""A piece is drawn to just before its ends, as a part of its width."""

MOST_COLUMNS = 3
STEEP = 20.0
"""Values further from the middle than as many quartile distances are cut off."""


MARKED = (("what it is at a kink", "black"), ("what it only comes to", "white"))

TITLE, REMARK = 36, 46
"""As many letters stand in a line above and below a panel."""


class Joint(NamedTuple):
    """What a function comes to at a kink from the left, what it is there, and from the right."""

    left: float
    here: float
    right: float

    @property
    def is_smooth(self) -> bool:
        """Whether all three are the same."""
        return all(abs(one - self.here) < 1e-12 for one in (self.left, self.right))


class Kink(NamedTuple):
    """A place where a function or its slope breaks.

    Attributes:
        at: the net input.
        value: the function there.
        slope: its slope there.
    """

    at: float
    value: Joint
    slope: Joint


class Curve(NamedTuple):
    """An activation to be drawn.

    Attributes:
        title: what stands above it.
        remark: what is agreed on at its kinks; empty where there is none.
        value: out at a net input; not a number where it has none.
        slope: its slope there.
        kinks: from left to right.
    """

    title: str
    remark: str
    value: Callable[[float], float]
    slope: Callable[[float], float]
    kinks: tuple[Kink, ...] = ()


class Look(NamedTuple):
    """How a line looks: told apart without colours."""

    label: str
    line: str
    mark: str
    colour: str


OUT = Look("out", "-", "o", "black")
SLOPE = Look("slope, ∂out/∂net", "--", "s", "#4a7fc1")


def draw(curves: Sequence[Curve]) -> Figure:
    """Each function in a panel of its own, its value solid, its slope dashed."""
    from tracer.render.pictures.canvas import figure

    columns = min(MOST_COLUMNS, len(curves))
    rows = ceil(len(curves) / columns)
    drawn = figure(max(3.6 * columns, 5.2), max(3.2 * rows, 3.8) + 0.4)
    for number, curve in enumerate(curves, 1):
        _panel(drawn.add_subplot(rows, columns, number), curve)
    has_kinks = any(curve.kinks for curve in curves)
    handles = [_handle(look) for look in (OUT, SLOPE)]
    handles += [_handle_of_mark(*mark) for mark in MARKED] if has_kinks else []
    drawn.legend(handles=handles, loc="outside upper center", ncols=2, fontsize=8)
    return drawn


def _handle(look: Look) -> Artist:
    from matplotlib.lines import Line2D

    return Line2D([], [], color=look.colour, linestyle=look.line, label=look.label)


def _handle_of_mark(label: str, face: str) -> Artist:
    from matplotlib.lines import Line2D

    look = {"color": OUT.colour, "marker": OUT.mark, "linestyle": "", "markersize": 5}
    return Line2D([], [], markerfacecolor=face, label=label, **look)


def _panel(axes: Any, curve: Curve) -> None:
    parts, heights = list(_parts(curve)), list[float]()
    for look, function, joints in (
        (OUT, curve.value, [kink.value for kink in curve.kinks]),
        (SLOPE, curve.slope, [kink.slope for kink in curve.kinks]),
    ):
        xs, ys = _line(parts, function)
        width = 1.8 if look is OUT else 1.4
        axes.plot(xs, ys, look.line, color=look.colour, linewidth=width)
        heights += filter(isfinite, ys)
        for kink, joint in zip(curve.kinks, joints, strict=True):
            _mark(axes, look, kink.at, joint)
    _frame(axes, parts, sorted(heights))
    axes.set_title(fill(curve.title, TITLE), fontsize=10)
    axes.set_xlabel(f"net\n{fill(curve.remark, REMARK)}".rstrip(), fontsize=8)


def _parts(curve: Curve) -> Iterator[tuple[float, float]]:
    """From where to where each smooth piece is drawn."""
    places = [kink.at for kink in curve.kinks]
    low = min([-USUAL, *(at - AROUND for at in places)])
    high = max([USUAL, *(at + AROUND for at in places)])
    yield from pairwise((low, *places, high))


def _line(
    parts: Sequence[tuple[float, float]], function: Callable[[float], float]
) -> tuple[list[float], list[float]]:
    """The points of a function, with a gap between two pieces."""
    xs: list[float] = []
    ys: list[float] = []
    for low, high in parts:
        width = high - low
        some = [low + width * (INSET + (1 - 2 * INSET) * k / POINTS) for k in range(POINTS + 1)]
        xs += [*some, high]
        ys += [*map(function, some), nan]
    return xs, ys


def _mark(axes: Any, look: Look, at: float, joint: Joint) -> None:
    """A full mark where the function is, an open one where it only comes to."""
    if joint.is_smooth:
        return
    marks = {"marker": look.mark, "linestyle": "", "color": look.colour, "zorder": 3}
    for side in (joint.left, joint.right):
        if isfinite(side) and side != joint.here:
            axes.plot([at], [side], markerfacecolor="white", markersize=5, **marks)
    if isfinite(joint.here):
        axes.plot([at], [joint.here], markersize=5, **marks)


def _frame(axes: Any, parts: Sequence[tuple[float, float]], known: Sequence[float]) -> None:
    """Axes through 0, and what is far too steep cut off."""
    axes.axhline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.axvline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.set_xlim(parts[0][0], parts[-1][1])
    if not known:
        return
    middle, quarter = known[len(known) // 2], len(known) // 4
    reach = STEEP * (known[-quarter - 1] - known[quarter])
    low, high = max(known[0], middle - reach), min(known[-1], middle + reach)
    if reach and (low > known[0] or high < known[-1]):
        axes.set_ylim(low, high)
