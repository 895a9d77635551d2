"""The picture of a network by layers: operations on matrices, and the gradient as new nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.matrices import matrix_symbol
from tracer.notation.notation import Notation, terminal
from tracer.notation.said import english
from tracer.render.pictures.diagram import Arrow, Box, Diagram, Look
from tracer.rules import quantity as kinds
from tracer.sheet.matrix.graph_page import nodes_of, shape_of
from tracer.sheet.matrix.operations import MatrixNode, word_of
from tracer.sheet.matrix.page import STANDARD, Asked, has_matrix_form
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_LAYERS, MOST_BOXES = 8, 120
"""More layers, or more nodes, than this are no picture."""

BACK = (Phase.BACKWARD, Phase.WEIGHTS, Phase.INPUTS)
LEGEND = "black: the calculation; blue (∂, δ, σ′): the gradient, new nodes of the same graph"
TRANSPOSE = ("transpose",)


def has_layers(trace: Trace) -> bool:
    """Whether a trace is that of a network with a matrix form and few layers."""
    spec = trace.spec
    return isinstance(spec, Network) and has_matrix_form(spec) and len(spec.layers) <= MOST_LAYERS


def draw(trace: Trace) -> Figure:
    """The graph: a box for each operation on matrices, arrows from operands to what uses them.

    Raises:
        OutputError: it has too many nodes to be a picture.
    """
    from tracer.render.pictures.drawing import drawn

    return drawn(layers(trace))


def layers(trace: Trace) -> Diagram:
    """The nodes of the calculation and of its gradient, without those of the update.

    Raises:
        OutputError: these are too many to be a picture.
    """
    said = trace.spec.about.presentation.samples_as
    found = nodes_of(trace, Asked(said) if said else STANDARD)
    nodes = [node for node in found if node.phase not in (Phase.UPDATE, Phase.CHANGES)]
    used = {operand.name for node in nodes for operand in node.operands}
    nodes = [node for node in nodes if node.operands or node.name in used]
    if len(nodes) > MOST_BOXES:
        raise OutputError(f"the graph has {len(nodes):,} nodes; up to {MOST_BOXES} are drawn")
    notation = terminal(trace.several_samples)
    places = {node.name: number for number, node in enumerate(nodes)}
    arrows = [
        Arrow(places[operand.name], number, TRANSPOSE if operand.transposed else ())
        for number, node in enumerate(nodes)
        for operand in dict.fromkeys(node.operands)
    ]
    boxes = tuple(_box(node, notation) for node in nodes)
    return Diagram(english(title_of_spec(trace.spec)), boxes, tuple(arrows), LEGEND)


def _box(node: MatrixNode, notation: Notation) -> Box:
    symbol = matrix_symbol(node.name, notation)
    inner = node.name.kind is None and bool(node.operands)
    operation, shape = english(word_of(node)), shape_of(node)
    first = operation if inner else f"{symbol}: {operation}"
    lines = (first, shape if isinstance(shape, str) else english(shape))
    if node.phase in BACK:
        return Box((), lines)
    look = Look.MADE if node.operands else Look.GIVEN
    return Box(lines, (), Look.RESULT if node.name.kind is kinds.TOTAL else look)
