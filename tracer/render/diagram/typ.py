"""A drawing in Typst's own shapes, by the template ``templates/typst/diagram.typ``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tracer.render.diagram.outlines import before_head, corners, number, octagon
from tracer.render.diagram.records import Drawing, Run, Spot
from tracer.render.markup.typst import quoted
from tracer.render.pages.delimiters import DELIMITERS
from tracer.render.pages.templates import Target, environment

TARGET = Target("typst", "diagram.typ", DELIMITERS, {})


def typst(drawing: Drawing, own: str = "") -> str:
    """A drawing as content of Typst.

    Args:
        drawing: the drawing.
        own: a folder of the user's, whose templates come before ours; empty: none.
    """
    template = environment(TARGET, own).get_template(TARGET.main)
    return template.render(drawing=drawing, **TOOLS)


def at(spot: Spot) -> str:
    """A place."""
    return f"({number(spot.x)}pt, {number(spot.y)}pt)"


def path(curve: Sequence[Spot]) -> str:
    """A line or curves, up to where the arrow's head begins."""
    points = [at(spot) for spot in (*curve[:-1], before_head(curve))]
    start = f"curve.move({points[0]})"
    if len(points) == 2:
        return f"{start}, curve.line({points[1]})"
    bends = (", ".join(points[k : k + 3]) for k in range(1, len(points), 3))
    return ", ".join((start, *(f"curve.cubic({bend})" for bend in bends)))


def polygon(spots: Sequence[Spot]) -> str:
    """The corners of a shape."""
    return ", ".join(map(at, spots))


def maths(runs: Sequence[Run]) -> str:
    """A line of text as the inside of a formula, all of it in quotation marks."""
    found = []
    for level, group in groupby(runs, key=lambda run: run.level):
        inside = " ".join(map(_run, group))
        found.append(inside if not level else f"{'_' if level < 0 else '^'}({inside})")
    return "".join(found)


def _run(run: Run) -> str:
    """A letter or a number bare, which keeps them close together; anything else quoted."""
    if run.text.isalnum() and run.text.isascii() and (run.text.isdecimal() or len(run.text) == 1):
        return run.text if run.slanted or run.text.isdecimal() else quoted(run.text)
    return f"italic({quoted(run.text)})" if run.slanted else quoted(run.text)


TOOLS = {
    "at": at,
    "n": number,
    "path": path,
    "polygon": polygon,
    "corners": corners,
    "octagon": octagon,
    "maths": maths,
}
"""What the template can call."""
