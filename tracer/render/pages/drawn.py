"""The diagram at the head of a page on paper."""

from __future__ import annotations

from tracer.render.diagram.diagram import Wish, diagram_of
from tracer.render.diagram.records import Drawing, Size
from tracer.render.draft import Draft

PAPER = Size(450.0, 560.0)
"""In points: as wide as the text, and not quite as high."""

SMALLEST = 0.72
"""A drawing that has to be made smaller than this tells less on its edges."""


def drawing_of(draft: Draft) -> Drawing | None:
    """The diagram of what a page tells; None for what is told of no trace."""
    room = Size(PAPER.width / SMALLEST, PAPER.height / SMALLEST)
    return (
        None
        if draft.trace is None
        else diagram_of(draft.trace, wish=Wish(notation=draft.notation, room=room))
    )


def scale_of(drawing: Drawing) -> float:
    """By what a drawing is made smaller so that it fits on paper; 1 where it fits."""
    width, height = PAPER.width / drawing.size.width, PAPER.height / drawing.size.height
    return min(1.0, width, height)
