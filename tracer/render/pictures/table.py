"""The pictures that there are: one row each, with what it shows and which traces have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracer.derive.trace import Trace
from tracer.errors import OutputError, suggestion
from tracer.notation.notation import Notation
from tracer.render.pictures import (
    activity,
    descent,
    errors,
    graph,
    inputs,
    landscape,
    lines,
    maps,
    matrices,
    network,
    surface,
    working_points,
)
from tracer.render.pictures.aim import ANYWHERE, UNIT, WEIGHTS, Aim
from tracer.render.pictures.units import MOST_EDGES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Picture(NamedTuple):
    """A picture of a trace.

    Attributes:
        name: as ``--picture`` calls it.
        shows: what is on it, in a few words.
        fits: whether a trace has what it shows.
        draw: makes it; Matplotlib is imported only then.
        markup: makes it as SVG without Matplotlib; None: from the figure.
        takes: the field of `Aim` that it looks at; empty for none.
        aimed: makes it of what a reader chose; None: there is nothing to choose.
        lettered: makes it in a notation; None: it has no symbols, or those of a terminal.
    """

    name: str
    shows: str
    fits: Callable[[Trace], bool]
    draw: Callable[[Trace], Figure]
    markup: Callable[[Trace, Notation | None], str] | None = None
    takes: str = ""
    aimed: Callable[[Trace, Aim], Figure] | None = None
    lettered: Callable[[Trace, Notation | None], Figure] | None = None

    def figure(self, trace: Trace, aim: Aim = ANYWHERE, notation: Notation | None = None) -> Figure:
        """The picture of what a reader chose, in a notation if it is in any."""
        if self.lettered is not None:
            return self.lettered(trace, notation)
        return self.draw(trace) if self.aimed is None else self.aimed(trace, aim)


PICTURES = (
    Picture(
        "inputs",
        "inputs that moved and the outputs, before and after",
        inputs.has_moved_inputs,
        inputs.draw,
    ),
    Picture(
        "lines",
        "the line between the classes after each epoch",
        lines.has_lines,
        lines.draw,
    ),
    Picture(
        "path",
        "the path of a descent on the function's curve or contours",
        descent.has_path,
        descent.draw,
    ),
    Picture(
        "error",
        "what is minimised, at the start of each step",
        errors.has_errors,
        errors.draw,
    ),
    Picture(
        "graph",
        "the operations or units, with values and derivatives on them",
        graph.has_graph,
        graph.draw,
    ),
    Picture(
        "maps",
        "what convolutions see, their kernels and their outputs, as grids with numbers",
        maps.has_maps,
        maps.draw,
    ),
    Picture(
        "layers",
        "the operations on matrices, layer by layer, and the gradient's own nodes",
        matrices.has_layers,
        matrices.draw,
    ),
    Picture(
        "network",
        "the units with their values, the weights on the edges; of large layers a box each",
        network.has_network,
        network.draw,
        network.markup,
        lettered=network.draw,
    ),
    Picture(
        "activation",
        "each activation and its slope, with the points at which its units work",
        working_points.has_activities,
        activity.draw,
        takes=UNIT,
        aimed=activity.draw,
    ),
    Picture(
        "surface",
        "the error over two parameters, and the path of the training on it",
        landscape.has_landscape,
        surface.draw,
        takes=WEIGHTS,
        aimed=surface.draw,
    ),
)
"""Every picture; where none is named, the first one that fits is drawn."""

NOT_DRAWN = (
    f"graphs are drawn of 1 to {MOST_EDGES} edges, of 1 to {graph.MOST_BOXES} operations, and in "
    f"matrices of up to {matrices.MOST_LAYERS} layers that have such a form"
)

NAMES = tuple(picture.name for picture in PICTURES)


def picture_of(trace: Trace, name: str = "") -> Picture:
    """The picture of a name, or the first one that fits.

    Raises:
        OutputError: there is no such picture, or it does not fit the trace.
    """
    fitting = [picture for picture in PICTURES if picture.fits(trace)]
    found = [picture for picture in fitting if name in ("", picture.name)]
    if found:
        return found[0]
    has = f"this calculation has {_told(fitting)}"
    if name and name not in NAMES:
        raise OutputError(f"there is no picture '{name}'{suggestion(name, NAMES)}; {has}")
    if fitting:
        raise OutputError(f"this calculation has no picture '{name}'; it has {_told(fitting)}")
    raise OutputError(f"{has}: {NOT_DRAWN}")


def _told(found: Sequence[Picture]) -> str:
    """The pictures of a trace, with what they show."""
    named = ", ".join(f"{picture.name} ({picture.shows})" for picture in found)
    return f"the picture{'s' if len(found) > 1 else ''} {named}" if found else "no picture"
