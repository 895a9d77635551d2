"""What can be said of a network's formulas without evaluating them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracer.maths.expression import Call, Cases, walk
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import Everywhere, Kept, Out, Place
from tracer.proof.network.unit import Unit
from tracer.proof.trees import BETTER, PIECES

PIECEWISE = frozenset((*BETTER, *PIECES, "step", "sign"))


def reached(graph: Graph, place: Place) -> set[int]:
    """The units whose values depend on a place."""
    match place:
        case Everywhere(parameter):
            found = _together(graph, (unit for unit, _ in graph.uses.get(parameter, ())))
        case Out(unit) | Kept(unit):
            found = {unit}
        case _:
            found = _together(graph, (place.unit,))
    for number, fed in enumerate(graph.feeds):
        if number in found:
            found |= _together(graph, fed)
    return found


def _together(graph: Graph, units: Iterable[int]) -> set[int]:
    """Units whose net input changes, and all whose output changes with it."""
    found = set[int]()
    for number in units:
        found.update(graph.unit(number).mates or (number,))
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
    for layer in graph.by_layer:
        inner = [_size_of_net(unit, sizes) for unit in layer]
        for unit, own in zip(layer, inner, strict=True):
            sizes.append(
                (sum(inner) if unit.mates else own) + sum(1 for _ in walk(unit.activation))
            )
    loss = sum(1 for _ in walk(graph.loss))
    return sum(sizes[unit.number] + loss for unit in graph.outputs)


def _size_of_net(unit: Unit, sizes: Sequence[int]) -> int:
    """About how many operations a net input has, where those of all outputs before are known."""
    joined = [
        sum(1 for _ in walk(join.formula)) + sum(sizes[at] for at in join.operands.values())
        for join in unit.joins
    ]
    fed = (*(source for source, _ in unit.edges), *unit.gathers)
    return sum(joined) + sum(sizes[source] + 2 for source in fed)
