"""The picture of a network as its readers draw it: units in columns, weights on the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracer.derive.trace import Trace
from tracer.notation.notation import Notation
from tracer.spec.network import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def has_network(trace: Trace) -> bool:
    """Whether a trace is that of a network; of large layers the diagram has a box each."""
    return isinstance(trace.spec, Network)


def draw(trace: Trace, notation: Notation | None = None) -> Figure:
    """The diagram of the first sample, as a figure."""
    from tracer.render.diagram.diagram import Wish, diagram_of
    from tracer.render.diagram.figure import figure

    return figure(diagram_of(trace, wish=Wish(notation=notation)))


def markup(trace: Trace, notation: Notation | None = None) -> str:
    """The diagram of the first sample, as a file of SVG."""
    from tracer.render.diagram.diagram import Wish, diagram_of
    from tracer.render.diagram.svg import svg

    return svg(diagram_of(trace, wish=Wish(notation=notation)), standalone=True)
