"""Who uses a unit's output, and who uses a parameter: looked up without asking every layer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.maths.expression import Expression
from tracer.rules import couplings
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network
from tracer.spec.unrolled import Coupling

NONE = -1
"""In place of a number where there is nothing: a bias has no source."""

Edge = tuple[int, ...]
"""Where a parameter is used: (unit, source, parameter).

Where a unit gets an output without a weight, the other outputs of that coupling follow in place of
the parameter.
"""

UNIT, SOURCE, PARAMETER = range(3)
PARTNER, THIRD = PARAMETER, 3


class Way(NamedTuple):
    """How an output acts on a unit.

    Attributes:
        edge: where.
        weight: what stands in place of the weight, in roles of the edge; None for the weight.
        is_cut: whether no derivative comes back: truncated backpropagation.
    """

    edge: Edge
    weight: Expression | None = None
    is_cut: bool = False


class Uses:
    """The edges of a network, from their lower ends."""

    def __init__(self, network: Network) -> None:
        self._fed: dict[int, list[Layer]] = {}
        self._gatherers: set[int] = set()
        self._last: tuple[int, tuple[Edge, ...]] = (NONE, ())
        self._mixed: set[int] = set()
        self._biased: dict[int, list[int]] = {}
        self._sparse: dict[int, list[Layer]] = {}
        self._dense: list[Layer] = []
        for layer in network.layers:
            self._note(layer)
        self._dense = self._apart(self._dense)
        self._starts = [layer.wiring.parameters[0] for layer in self._dense]

    def _note(self, layer: Layer) -> None:
        if isinstance(layer.wiring, Gathering):
            self._gatherers.update(range(layer.first_unit, layer.first_unit + len(layer.units)))
        operands = [operand for item in layer.couplings for operand in item.operands]
        self._mixed.update(operands, layer.cut)
        for source in dict.fromkeys((*layer.wiring.sources, *operands)):
            self._fed.setdefault(source, []).append(layer)
        for k, bias in enumerate(layer.biases):
            if bias is not None:
                self._biased.setdefault(bias, []).append(layer.first_unit + k)
        parameters = layer.wiring.parameters
        if isinstance(parameters, range) and parameters:
            self._dense.append(layer)
            return
        self._note_each(layer)

    def _note_each(self, layer: Layer) -> None:
        for parameter in layer.wiring.parameters:
            self._sparse.setdefault(parameter, []).append(layer)

    def _apart(self, layers: list[Layer]) -> list[Layer]:
        """Dense layers by their parameters; one that shares some of these is noted for each."""
        kept: list[Layer] = []
        for layer in sorted(layers, key=lambda layer: layer.wiring.parameters[0]):
            if kept and layer.wiring.parameters[0] <= kept[-1].wiring.parameters[-1]:
                self._note_each(layer)
            else:
                kept.append(layer)
        return kept

    def of_unit(self, source: int) -> Sequence[Edge]:
        """Every edge out of a unit, over the whole network; the last answer is kept."""
        if self._last[0] != source:
            self._last = source, tuple(self._out_of(source))
        return self._last[1]

    def _out_of(self, source: int) -> Iterator[Edge]:
        for layer in self._fed.get(source, ()):
            for unit, parameter in layer.wiring.out_of(source):
                yield layer.first_unit + unit, source, parameter
            if isinstance(layer.wiring, Gathering):
                for unit in layer.wiring.gatherers.get(source, ()):
                    yield layer.first_unit + unit, source, NONE

    def gathers(self, unit: int) -> bool:
        """Whether a unit gathers, so that no edge into it has a parameter."""
        return unit in self._gatherers

    def is_mixed(self, source: int) -> bool:
        """Whether there are other ways out of a unit than edges, or some are cut."""
        return source in self._mixed

    def ways(self, source: int) -> Iterator[Way]:
        """Every way out of a unit: edges, and couplings to other units."""
        for layer in self._fed.get(source, ()):
            is_cut = source in layer.cut
            for unit, parameter in layer.wiring.out_of(source):
                yield Way((layer.first_unit + unit, source, parameter), None, is_cut)
            if isinstance(layer.wiring, Gathering):
                for unit in layer.wiring.gatherers.get(source, ()):
                    yield Way((layer.first_unit + unit, source, NONE), None, is_cut)
            for item in layer.couplings:
                if source in item.operands:
                    k = item.operands.index(source)
                    weight = couplings.slope(item.row, k)
                    yield Way(joined(layer, item, k), weight, is_cut)

    def of_parameter(self, parameter: int) -> Iterator[Edge]:
        """Every use of a parameter; a bias is used without a source."""
        for unit in self._biased.get(parameter, ()):
            yield unit, NONE, parameter
        for layer in self._layers(parameter):
            for unit, source in layer.wiring.uses(parameter):
                yield layer.first_unit + unit, source, parameter

    def _layers(self, parameter: int) -> Iterator[Layer]:
        """The layers whose edges may carry a parameter, from the inputs on."""
        found = list(self._sparse.get(parameter, ()))
        place = bisect_right(self._starts, parameter) - 1
        if place >= 0:
            found.append(self._dense[place])
        yield from sorted(found, key=lambda layer: layer.first_unit)


def joined(layer: Layer, item: Coupling, k: int = 0) -> Edge:
    """A coupling as an edge that starts at its operand number `k`."""
    others = (*item.operands[:k], *item.operands[k + 1 :])
    return (layer.first_unit + item.unit, item.operands[k], *(others or (NONE,)))


def itself(unit: int) -> Edge:
    """In place of an edge: a unit, where a formula asks for its own quantities."""
    return unit, NONE, NONE
