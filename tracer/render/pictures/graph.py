"""The picture of a calculation as a graph, with values and derivatives on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracer.derive.entries import Entry, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.maths.printer import written
from tracer.notation.notation import Notation, terminal
from tracer.notation.said import english
from tracer.render.pictures.diagram import Arrow, Box, Diagram, Look
from tracer.render.pictures.numbers import number_of, told
from tracer.render.pictures.units import has_units, units
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, RESULT, TANGENT, VARIABLE, Quantity
from tracer.sheet.words import title_of_spec
from tracer.spec.network import ExpressionProgram

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BOXES = 150
"""A graph of more operations than this is no picture."""

REVERSE = "upper part: operation and value; lower part: derivative of {} by it"
FORWARD = "upper part: operation and value; lower part: its derivatives by the variables"


def has_graph(trace: Trace) -> bool:
    """Whether a trace is small enough to be drawn as a graph."""
    if not isinstance(trace.spec, ExpressionProgram):
        return has_units(trace)
    return 0 < len(_primal(trace)) <= MOST_BOXES


def draw(trace: Trace) -> Figure:
    """The graph: boxes for operations or units, arrows from what is used to what uses it."""
    from tracer.render.pictures.drawing import drawn

    expression = isinstance(trace.spec, ExpressionProgram)
    return drawn(operations(trace) if expression else units(trace))


def operations(trace: Trace) -> Diagram:
    """The operations of an expression, each with its value and its derivative."""
    notation = terminal(samples=False)
    primal = _primal(trace)
    places = {entry.address: number for number, entry in enumerate(primal)}
    derived = {
        entry.quantity.at_step(0): entry
        for entry in trace.entries(trace.segments[0])
        if entry.block.phase in (Phase.BACKWARD, Phase.TANGENTS)
    }
    result = primal[-1].quantity.unit
    boxes = tuple(_box(entry, derived, result, notation) for entry in primal)
    uses = [
        (places[operand.address], number)
        for number, entry in enumerate(primal)
        if isinstance(entry, Step)
        for operand in entry.operands
    ]
    labels = _contributions(primal, uses, derived, notation)
    arrows = tuple(Arrow(*use, label) for use, label in zip(uses, labels, strict=True))
    spec = trace.spec
    forward = isinstance(spec, ExpressionProgram) and spec.forward
    legend = FORWARD if forward else REVERSE.format(result)
    return Diagram(english(title_of_spec(spec)), boxes, arrows, legend)


def _primal(trace: Trace) -> list[Entry]:
    entries = trace.entries(trace.segments[0])
    return [entry for entry in entries if entry.quantity.kind in (VARIABLE, RESULT)]


def _box(entry: Entry, derived: dict[Quantity, Entry], result: str, notation: Notation) -> Box:
    unit = entry.quantity.unit
    upper = [notation.symbol(entry.quantity)]
    if isinstance(entry, Step):
        upper[0] += f" = {written(entry.formula, notation.style())}"
    upper += [text for text in (number_of(entry),) if text]
    adjoint = derived.get(Quantity(ADJOINT, unit, result))
    tangents = [found for key, found in derived.items() if key.kind is TANGENT and key.unit == unit]
    lower = [told(found, notation) for found in ([adjoint] if adjoint else tangents)]
    look = Look.MADE if isinstance(entry, Step) else Look.GIVEN
    look = Look.RESULT if unit == result and isinstance(entry, Step) else look
    return Box(tuple(upper), tuple(lower), look)


def _contributions(
    primal: list[Entry],
    uses: list[tuple[int, int]],
    derived: dict[Quantity, Entry],
    notation: Notation,
) -> list[tuple[str, ...]]:
    """For each use of a value that has several: what comes back through it."""
    left: dict[tuple[str, str], list[Entry]] = {}
    for quantity, entry in derived.items():
        if quantity.kind is CONTRIBUTION and isinstance(entry, Step):
            user = entry.operands[0].quantity.unit
            left.setdefault((quantity.unit.rpartition("^")[0], user), []).append(entry)
    labels: list[tuple[str, ...]] = []
    for tail, head in uses:
        found = left.get((primal[tail].quantity.unit, primal[head].quantity.unit), [])
        labels.append((told(found.pop(0), notation),) if found else ())
    return labels
