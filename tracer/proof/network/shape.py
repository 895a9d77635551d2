"""What can be said of a network's formulas without evaluating them."""

from __future__ import annotations

from tracer.maths.expression import Call, Cases, walk
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import Everywhere, Place
from tracer.proof.trees import BETTER, PIECES

PIECEWISE = frozenset((*BETTER, *PIECES, "step", "sign"))


def reached(graph: Graph, place: Place) -> set[int]:
    """The units whose values depend on a place."""
    match place:
        case Everywhere(parameter):
            found = {unit for unit, _ in graph.uses.get(parameter, ())}
        case _:
            found = {place.unit}
    for number in range(len(graph.fed)):
        if number in found:
            found.update(unit.number for unit, _ in graph.fed[number])
    return found


def is_piecewise(graph: Graph) -> bool:
    """Whether the forms of a network depend on where they are looked at."""
    formulas = {unit.activation for unit in graph.units} | {graph.loss}
    return any(
        isinstance(node, Cases) or (isinstance(node, Call) and node.function in PIECEWISE)
        for formula in formulas
        for node in walk(formula)
    )


def operations(graph: Graph) -> int:
    """About how many operations the closed form of a sample's error has, without building it."""
    sizes = [1] * graph.inputs
    for unit in graph.units:
        inner = sum(sizes[source] + 2 for source, _ in unit.edges)
        sizes.append(inner + sum(1 for _ in walk(unit.activation)))
    loss = sum(1 for _ in walk(graph.loss))
    return sum(sizes[unit.number] + loss for unit in graph.outputs)
