"""The numbers of a network: samples, parameters, learning rate, and what the author has given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from msgspec.structs import replace

from tracer.maths.expression import Number
from tracer.proof.letters import Given, arbitrary
from tracer.proof.network.graph import Graph
from tracer.proof.network.joint import STAGES
from tracer.proof.optimisers import Optimisation
from tracer.proof.reals import ONE, Real
from tracer.proof.signs import without_sign
from tracer.rules.quantity import (
    BIAS,
    INPUT,
    LEARNING_RATE,
    NET,
    OUT,
    STATE,
    TARGET,
    THRESHOLD,
    WEIGHT,
    Kind,
    Quantity,
)
from tracer.spec.network import Parameter, ParameterKind, Value
from tracer.spec.unrolled import carried

PARAMETER_KINDS: Mapping[ParameterKind, Kind] = {
    ParameterKind.WEIGHT: WEIGHT,
    ParameterKind.BIAS: BIAS,
    ParameterKind.THRESHOLD: THRESHOLD,
}


class Data:
    """The numbers that a network starts from.

    Attributes:
        graph: the network.
        given: what the author has given besides, in the first training step.
        moved: the inputs of (step, sample), where a training has moved them.
    """

    def __init__(self, graph: Graph, given: Given) -> None:
        self.graph = graph
        self.given = dict(_unsigned(*item) for item in given.items())
        self._letters: dict[object, Real] = {}
        self.moved: dict[tuple[int, int], list[Real]] = {}
        self._found: dict[tuple[Kind, int], list[Real]] = {}

    def _once(self, key: tuple[Kind, int], compute: Callable[[], list[Real]]) -> list[Real]:
        if key not in self._found:
            self._found[key] = compute()
        return self._found[key]

    def number(self, value: Value, quantity: Quantity) -> Real:
        """A value of the spec, unless the author gives that very quantity another one."""
        found = self.given.get(quantity)
        if found is not None:
            return found
        return Real(value.value) if isinstance(value, Number) else self._arbitrary(value.of)

    def _arbitrary(self, letter: object) -> Real:
        return self._letters.setdefault(letter, arbitrary(len(self._letters)))

    def inputs(self, sample: int, step: int = 1) -> list[Real]:
        """A sample's inputs at the start of a training step; samples count from 0 here."""
        moved = self.moved.get((step, sample))
        return (
            moved
            if moved is not None
            else self._once((INPUT, sample), lambda: self._inputs(sample))
        )

    def _inputs(self, sample: int) -> list[Real]:
        network = self.graph.network
        states = dict(carried(network.time))
        return [
            self.number(
                value, Quantity(STATE if name in states else INPUT, name, sample=sample + 1)
            )
            for name, value in zip(network.inputs, network.samples[sample].inputs, strict=True)
        ]

    def targets(self, sample: int) -> list[Real]:
        """A sample's targets."""
        return self._once((TARGET, sample), lambda: self._targets(sample))

    def _targets(self, sample: int) -> list[Real]:
        values = self.graph.network.samples[sample].targets
        return [
            self.number(value, Quantity(TARGET, unit.name, sample=sample + 1))
            for unit, value in zip(self.graph.outputs, values, strict=True)
        ]

    @cached_property
    def parameters(self) -> list[Real]:
        """Every parameter at the start."""
        return [self.number(item.value, _named(item)) for item in self.graph.network.parameters]

    @cached_property
    def optimisation(self) -> Optimisation:
        """The optimiser, with its settings and what it remembers at the start."""
        network = self.graph.network
        names = [parameter.name for parameter in network.parameters]
        return Optimisation(network.training, self.number, names)

    @cached_property
    def learning_rate(self) -> Real:
        """The learning rate; it is used only where there is one."""
        rate = self.graph.network.training.learning_rate
        return ONE if rate is None else self.number(rate, Quantity(LEARNING_RATE))

    def gives_stages(self, sample: int) -> bool:
        """Whether something is given on the way from net inputs to joint outputs."""
        return any(
            quantity.kind in STAGES and quantity.sample == sample + 1 for quantity in self.given
        )

    def unknown_nets(self, sample: int) -> frozenset[int]:
        """The units whose net input depends on a letter: where out is given, it says more."""
        unknown = {
            number
            for number, value in enumerate(self.graph.network.samples[sample].inputs)
            if not self._is_known(
                value, Quantity(INPUT, self.graph.network.inputs[number], sample=sample + 1)
            )
        }
        letters = {
            number
            for number, item in enumerate(self.graph.network.parameters)
            if not self._is_known(item.value, _named(item))
        }
        nets = set[int]()
        for unit in self.graph.units:
            out = Quantity(OUT, unit.name, sample=sample + 1)
            if out not in self.given and not unknown.isdisjoint(unit.gathers):
                unknown.add(unit.number)
            net = Quantity(NET, unit.name, sample=sample + 1)
            joined = (number for join in unit.joins for number in join.operands.values())
            sources = {*(source for source, _ in unit.edges), *joined}
            is_open = not (sources.isdisjoint(unknown) and letters.isdisjoint(unit.parameters))
            if net not in self.given and is_open:
                nets.add(unit.number)
                if Quantity(OUT, unit.name, sample=sample + 1) not in self.given:
                    unknown.add(unit.number)
        return frozenset(nets)

    def _is_known(self, value: Value, quantity: Quantity) -> bool:
        return isinstance(value, Number) or quantity in self.given


def _unsigned(quantity: Quantity, value: Fraction) -> tuple[Quantity, Real]:
    """What is given, as the derivative that it is or is minus."""
    asked, is_opposite = without_sign(replace(quantity, step=0))
    return asked, Real(-value if is_opposite else value)


def _named(parameter: Parameter) -> Quantity:
    return Quantity(PARAMETER_KINDS[parameter.kind], parameter.name)
