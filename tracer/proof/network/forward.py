"""The forward pass in numbers, one unit after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct, field

from tracer.errors import CalculationError
from tracer.proof.network.data import Data
from tracer.proof.network.dropped import factors
from tracer.proof.network.graph import Graph
from tracer.proof.network.inverse import net_of_slope, net_that_makes
from tracer.proof.network.meaning import Derivative, Error, Kept, Measured, Net, Out, SampleError
from tracer.proof.network.state import State
from tracer.proof.network.unit import BIAS, Join, Unit
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ONE, ZERO, Real, are_alike
from tracer.proof.trees import walked
from tracer.proof.witness import SilentError


class Forward(Struct):
    """One sample's forward pass.

    Attributes:
        graph: the network.
        parameters: their values.
        targets: the sample's.
        state: what is given.
        out: of every input and unit.
        sent: what the units that it feeds get of each output.
        net: of every unit; 0 in the inputs' places.
        errors: of every output.
        offsets: what given values differ by from what is computed.
        right: the output that a pairwise loss compares the others with.
        algebra: with every decision in a piecewise formula.
        total: what derivatives of the error are derivatives of, once it has been added up.
        held: what units that are cut off get instead, where something has been moved.
        factors: what dropout multiplies outputs by on their way.
        shifts: how much farther some activations are taken than at their net input, so that they
            make the given output, by whose number the slope goes.
    """

    graph: Graph
    parameters: Sequence[Real]
    targets: Sequence[Real]
    state: State
    out: list[Real]
    sent: list[Real]
    net: list[Real]
    errors: list[Real]
    right: int | None = None
    offsets: dict[Measured, Real] = field(default_factory=dict)
    algebra: Numeric = field(default_factory=Numeric)
    total: Real | None = None
    held: Sequence[Real] | None = None
    factors: Mapping[int, Real] = field(default_factory=dict)
    shifts: dict[int, Real] = field(default_factory=dict)

    def is_contested(self, meaning: Derivative) -> bool:
        """Whether a derivative needs a slope where net and out, as given, do not fit."""
        return self.state.is_joint or any(
            isinstance(at, Out)
            and "out" in self.graph.unit(at.unit).slope_in
            and at.unit not in self.state.slopes
            and not are_alike(self.out[at.unit] - by, self.out[at.unit])
            and self.state.passes(self.graph, meaning, at.unit)
            for at, by in self.offsets.items()
        )

    @property
    def error(self) -> Real:
        """What derivatives of the error are derivatives of."""
        if self.total is None:
            signals = (
                signal * (self.net[at.unit] if isinstance(at, Net) else self.out[at.unit])
                for at, signal in self.state.signals.items()
            )
            self.total = sum((*self.errors, *signals), self.offsets.get(SampleError(), ZERO))
        return self.total

    def value(self, of: Measured) -> Real:
        """What is measured somewhere."""
        match of:
            case Out(unit):
                return self.out[unit]
            case Net(unit):
                return self.net[unit]
            case Kept(unit):
                return self.sent[unit]
            case Error(unit):
                return self.errors[self.place(unit)]
            case SampleError():
                return self.error

    def send(self, unit: int) -> None:
        """Sends an output on, times what dropout multiplies it by."""
        factor = self.factors.get(unit)
        self.sent[unit] = self.out[unit] if factor is None else self.out[unit] * factor

    def place(self, output: int) -> int:
        """The place of an output among the outputs."""
        return self.graph.output_places[output]

    def weighted_sum(self, unit: Unit) -> Real:
        """The net input that the network makes."""
        total = ZERO
        for source, parameter in unit.uses:
            total = total + self.parameters[parameter] * self.received(unit, source)
        for join in unit.joins:
            total = total + self.joined(unit, join)
        return total

    def joined(self, unit: Unit, join: Join, moved: int = BIAS, by: Real = ZERO) -> Real:
        """What a unit gets without a weight; one of its operands may be moved."""
        roles = {name: self.received(unit, number) for name, number in join.operands.items()}
        for name, number in join.operands.items():
            if number == moved:
                roles[name] = roles[name] + by
        value: Real = walked(join.formula, roles, self.algebra)
        return value

    def received(self, unit: Unit, source: int) -> Real:
        """What a parameter is multiplied by."""
        if source == BIAS:
            return ONE if unit.sign > 0 else -ONE
        if self.held is not None and source in unit.cut:
            return self.held[source]
        return self.sent[source]

    def activated(self, unit: Unit) -> Real:
        """The output that the unit makes of its net input."""
        value: Real = walked(unit.activation, self.roles(unit), self.algebra)
        return value

    def roles(self, unit: Unit) -> dict[Any, Real]:
        """What stands in a unit's formula."""
        return unit.roles(self._argument, self.sent.__getitem__)

    def _argument(self, unit: int) -> Real:
        """The net input at which an activation is taken."""
        net, shift = self.net[unit], self.shifts.get(unit)
        return net if shift is None else net + shift

    def missed(self, unit: Unit) -> Real:
        """The error that an output makes."""
        if unit.number == self.right:
            return ZERO
        judged = self.net if self.graph.judges_net else self.sent
        roles = {"out": judged[unit.number], "target": self.targets[self.place(unit.number)]}
        if self.right is not None:
            roles["right"] = self.sent[self.right]
        value: Real = walked(self.graph.loss, roles, self.algebra)
        return value

    def with_offset(self, at: Measured, value: Real) -> Real:
        """What is computed, with the offset that belongs to its place."""
        return value + self.offsets[at] if at in self.offsets else value


def forward(
    data: Data, sample: int, parameters: Sequence[Real], state: State, step: int = 1
) -> Forward:
    """The forward pass of a sample, from 0, in a training step.

    Raises:
        CalculationError: a value does not exist.
    """
    graph = data.graph
    out, empty = data.inputs(sample, step), [ZERO] * len(graph.units)
    done = Forward(
        graph,
        parameters,
        data.targets(sample),
        state,
        [*out, *empty],
        [*out, *empty],
        [ZERO] * (len(out) + len(empty)),
        [ZERO] * len(graph.outputs),
        graph.right(sample),
        factors=factors(data, sample, step) if graph.dropouts else {},
    )
    for number in range(graph.inputs):
        done.send(number)
    given = dict(state.values)
    for layer in graph.by_layer:
        for unit in layer:
            _imply_net(unit, given, state)
            net = Net(unit.number)
            done.net[unit.number] = _settled(done, given, net, done.weighted_sum(unit))
        for unit in layer:
            number = unit.number
            _shift(done, unit, given)
            done.out[number] = _settled(done, given, Out(number), done.activated(unit))
            done.send(number)
    for unit in graph.outputs:
        error = _settled(done, given, Error(unit.number), done.missed(unit))
        done.errors[done.place(unit.number)] = error
    if SampleError() in given:
        done.offsets[SampleError()] = given[SampleError()] - sum(done.errors, ZERO)
    return done


def _settled(done: Forward, given: Mapping[Measured, Real], at: Measured, computed: Real) -> Real:
    """The given value, with the offset noted; without one, what was computed."""
    if at not in given:
        return computed
    done.offsets[at] = given[at] - computed
    return given[at]


def _shift(done: Forward, unit: Unit, given: Mapping[Measured, Real]) -> None:
    """Notes how far from the net input an activation makes the output that is given."""
    out, net = given.get(Out(unit.number)), done.net[unit.number]
    if out is None or "out" not in unit.slope_in or are_alike(done.activated(unit), out):
        return
    with suppress(SilentError):
        done.shifts[unit.number] = net_of_slope(unit, net, out) - net


def _imply_net(unit: Unit, given: dict[Measured, Real], state: State) -> None:
    """Where only the output is known, the net input is one that makes it."""
    net, out = Net(unit.number), Out(unit.number)
    if not unit.mates and out in given and net not in given and unit.number in state.unknown:
        with suppress(CalculationError):
            given[net] = net_that_makes(unit.activation, given[out])
