"""What can be said of a network's formulas without evaluating them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial

from tracer.maths.expression import Call, Cases, walk
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import Everywhere, Kept, Out, Place
from tracer.proof.network.unit import Join, Unit
from tracer.proof.size import MOST_OPERATIONS, Size, height
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


def levels(graph: Graph, through_cuts: bool = False) -> int:
    """How many operations stand one inside the other in the closed form of a sample's error.

    Args:
        graph: the network.
        through_cuts: whether outputs that units take as numbers are written out, too.
    """
    depths = [int(number in graph.dropouts) for number in range(graph.inputs)]
    for layer in graph.by_layer:
        nets = {unit.number: _depth_of_net(unit, depths, through_cuts) for unit in layer}
        for unit in layer:
            depth = height(unit.activation, partial(_depth_of_role, unit, nets, depths))
            depths.append(depth + (unit.number in graph.dropouts))
    deepest = max(depths[unit.number] for unit in graph.outputs)
    return height(graph.loss, lambda _: deepest) + 1


def _depth_of_role(
    unit: Unit, nets: Mapping[int, int], depths: Sequence[int], role: Hashable
) -> int:
    """The levels of what stands in an activation's formula: a source, or a net input."""
    if isinstance(role, int):
        return depths[role]
    return nets[role[1] if isinstance(role, tuple) else unit.number]


def _depth_of_net(unit: Unit, depths: Sequence[int], through_cuts: bool) -> int:
    """The levels of a net input, where those of all outputs before are known."""

    def depth(source: int) -> int:
        return depths[source] if through_cuts or source not in unit.cut else 0

    weighted = [depth(source) + 1 for source, _ in unit.edges]
    joined = [_depth_of_join(join, depth) for join in unit.joins]
    is_sum = len(unit.uses) + len(unit.joins) > 1
    return max((*weighted, *joined), default=0) + is_sum


def _depth_of_join(join: Join, depth: Callable[[int], int]) -> int:
    return height(join.formula, lambda name: depth(join.operands[str(name)]))


def size(graph: Graph, samples: int = 1, through_cuts: bool = False) -> Size:
    """What can be said of the closed form of several samples' error, the levels if it matters."""
    count = operations(graph) * samples
    return Size(count, 0 if count > MOST_OPERATIONS else levels(graph, through_cuts))
