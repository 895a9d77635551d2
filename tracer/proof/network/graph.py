"""A network as the witnesses read it: units with the edges into them, and what those feed.

Only the edges into each unit are asked of the wiring; every other question is answered from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tracer.maths.expression import Expression, Number, number, substitute
from tracer.proof.network import gathered, joint
from tracer.proof.network.kinks import loss_formula, with_agreed_slopes
from tracer.proof.network.unit import Unit, joined, slope_in
from tracer.proof.witness import SilentError
from tracer.spec.dropout.masks import Dropout
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network, ParameterKind
from tracer.spec.placed import placed
from tracer.spec.training.penalised import penalised


class Numbers(dict[str, int]):
    """Numbers by name, with a word for what has no such name."""

    def __init__(self, of: str, numbers: Mapping[str, int]) -> None:
        super().__init__(numbers)
        self._of = of

    def __missing__(self, name: str) -> int:
        raise SilentError(f"the network has no {self._of} '{name}'")


class Graph:
    """A network's units and parameters, by number and by name.

    Attributes:
        network: the network, with what is given for a whole training in its place.
        units: the units of all layers, without the inputs.
    """

    def __init__(self, network: Network) -> None:
        self.network = network = placed(network)
        self.units: list[Unit] = []
        for depth, layer in enumerate(network.layers):
            for k, name in enumerate(layer.units):
                bias = layer.biases[k]
                threshold = (
                    bias is not None and network.parameters[bias].kind is ParameterKind.THRESHOLD
                )
                self.units.append(
                    Unit(
                        layer.first_unit + k,
                        name,
                        depth,
                        tuple(layer.wiring.into(k)),
                        bias,
                        -1 if threshold else 1,
                        _activation(layer, k),
                        _mates(layer),
                        gathered.sources(layer, k),
                        tuple(joined(item) for item in layer.couplings if item.unit == k),
                        frozenset(layer.cut),
                        slope_in(layer, k),
                    )
                )

    @cached_property
    def dropouts(self) -> dict[int, Dropout]:
        """The dropout of each unit or input that has one."""
        return {unit: found for found in self.network.dropouts for unit in found.units}

    @cached_property
    def penalised(self) -> frozenset[int]:
        """The parameters in the sum of a penalty."""
        return penalised(self.network)

    @cached_property
    def inputs(self) -> int:
        """How many inputs there are; a unit's number less this is its place in `units`."""
        return len(self.network.inputs)

    def unit(self, number: int) -> Unit:
        """The unit of a number."""
        return self.units[number - self.inputs]

    @cached_property
    def by_layer(self) -> list[list[Unit]]:
        """The units of each layer."""
        layers: list[list[Unit]] = [[] for _ in self.network.layers]
        for unit in self.units:
            layers[unit.layer].append(unit)
        return layers

    @cached_property
    def outputs(self) -> list[Unit]:
        """The units that have targets."""
        return [self.unit(number) for number in self.network.outputs]

    @cached_property
    def output_places(self) -> dict[int, int]:
        """The place of each output among the outputs, by its number."""
        return {unit.number: place for place, unit in enumerate(self.outputs)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each input and unit."""
        return Numbers("unit", {name: number for number, name in enumerate(self.network.units)})

    @cached_property
    def parameters(self) -> dict[str, int]:
        """The number of each parameter."""
        return Numbers(
            "parameter",
            {item.name: number for number, item in enumerate(self.network.parameters)},
        )

    @cached_property
    def fed(self) -> list[list[tuple[Unit, int]]]:
        """For each input and unit, (unit, parameter) of every edge out of it that is not cut."""
        found: list[list[tuple[Unit, int]]] = [[] for _ in self.network.units]
        for unit in self.units:
            for source, parameter in unit.edges:
                if source not in unit.cut:
                    found[source].append((unit, parameter))
        return found

    @cached_property
    def gathered(self) -> list[list[Unit]]:
        """For each input and unit, the units that gather it."""
        found: list[list[Unit]] = [[] for _ in self.network.units]
        for unit in self.units:
            for source in unit.gathers:
                found[source].append(unit)
        return found

    @cached_property
    def joined(self) -> list[list[Unit]]:
        """For each input and unit, the units that get it without a weight, where it is not cut."""
        found: list[list[Unit]] = [[] for _ in self.network.units]
        for unit in self.units:
            operands = {number for join in unit.joins for number in join.operands.values()}
            for source in operands - unit.cut:
                found[source].append(unit)
        return found

    @cached_property
    def feeds(self) -> list[set[int]]:
        """For each input and unit, the units that it feeds and that hand a derivative back."""
        found: list[set[int]] = [set() for _ in self.network.units]
        for unit in self.units:
            for source in unit.sources:
                found[source].add(unit.number)
        return found

    @cached_property
    def held(self) -> list[int]:
        """The units that some unit takes as a number, without a derivative by it."""
        return sorted({source for unit in self.units for source in unit.cut})

    @cached_property
    def uses(self) -> dict[int, list[tuple[int, int]]]:
        """(unit, source) of every use of each parameter; the source of a bias is `BIAS`."""
        found: dict[int, list[tuple[int, int]]] = {}
        for unit in self.units:
            for source, parameter in unit.uses:
                found.setdefault(parameter, []).append((unit.number, source))
        return found

    @cached_property
    def lowest_layer(self) -> dict[int, int]:
        """The lowest layer in which each parameter is used: where in-place updates change it."""
        return {parameter: self.unit(uses[0][0]).layer for parameter, uses in self.uses.items()}

    @cached_property
    def behind_new_weights(self) -> set[int]:
        """The inputs and units whose derivatives, updated in place, meet a weight that is new."""
        found = set[int]()
        for source in reversed(range(len(self.fed))):
            layer = self.unit(source).layer if source >= self.inputs else -1
            for _, parameter in self.fed[source]:
                trainable = self.network.parameters[parameter].trainable
                if trainable and self.lowest_layer[parameter] > layer:
                    found.add(source)
            if not found.isdisjoint(self.feeds[source]):
                found.add(source)
        return found

    @cached_property
    def judges_net(self) -> bool:
        """Whether errors are those of the net input, as Adaline's are."""
        return self.network.training.learning_rule == "adaline"

    @cached_property
    def loss(self) -> Expression:
        """The error of one output, in ``out`` and ``target``, or in ``out`` and ``right``."""
        outputs: Number = number(len(self.outputs))
        return substitute(loss_formula(self.network.loss), {"n": outputs})

    def right(self, sample: int) -> int | None:
        """The output that a pairwise loss compares the others with, in a sample from 0."""
        if not self.network.loss.is_pairwise:
            return None
        place = self.network.samples[sample].right
        if place is None:
            raise SilentError("which class is right is not known")
        return self.network.outputs[place]

    @cached_property
    def batches(self) -> list[range]:
        """The samples of each update in one pass over the data."""
        count = len(self.network.samples)
        size = self.network.training.batch or count
        return [range(first, min(first + size, count)) for first in range(0, count, size)]

    @cached_property
    def steps(self) -> int:
        """How many updates there are."""
        training = self.network.training
        return training.steps if training.learning_rate is not None else 0

    def batch(self, step: int) -> range:
        """The samples, from 0, that take part in a training step, from 1."""
        if step > max(self.steps, 1):
            return range(len(self.network.samples))
        return self.batches[(step - 1) % len(self.batches)]


def _mates(layer: Layer) -> range:
    """The units that a joint activation takes together."""
    last = layer.first_unit + len(layer.units)
    return range(layer.first_unit, last) if layer.joint else range(0)


def _activation(layer: Layer, k: int) -> Expression:
    """The formula of a unit's output."""
    if isinstance(layer.wiring, Gathering):
        return gathered.formula(layer.wiring, k)
    if layer.joint is None:
        return with_agreed_slopes(layer.activations[k])
    return joint.formula(layer.joint, _mates(layer), layer.first_unit + k)
