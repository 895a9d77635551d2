"""A drawing in Typst's own shapes, by the template ``templates/typst/diagram.typ``."""

from __future__ import annotations

from collections.abc import Sequence

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


def words(runs: Sequence[Run]) -> str:
    """A line of text, all of it in quotation marks."""
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = f"italic({quoted(run.text)})" if run.slanted else quoted(run.text)
    return f"#{LEVELS[run.level]}({text});" if run.level else f"#{text};"


LEVELS = {-1: "lowered", 1: "raised"}

TOOLS = {
    "at": at,
    "n": number,
    "path": path,
    "polygon": polygon,
    "corners": corners,
    "octagon": octagon,
    "words": words,
}
"""What the template can call."""
