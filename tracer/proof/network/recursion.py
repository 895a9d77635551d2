"""One training step by the textbook's recursion, each value when it is asked for and only once.

Delta of a unit is the slope of its activation times the sum over the units that it feeds, of
weight times delta; an output's sum has the slope of the loss besides. Updated in place, a weight
that belongs to a higher layer is already the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

from msgspec.structs import replace

from tracer.proof import numeric
from tracer.proof.dual import slope
from tracer.proof.network.ahead import FAILURES
from tracer.proof.network.data import Data
from tracer.proof.network.input_moves import moved_input
from tracer.proof.network.inverse import net_of_slope, net_that_makes
from tracer.proof.network.lesson import LessonStep
from tracer.proof.network.step_update import StepUpdate
from tracer.proof.network.unit import Unit
from tracer.proof.optimisers import Memory
from tracer.proof.reals import ZERO, Real, are_alike
from tracer.proof.witness import CONTESTED, SilentError
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    DELTA,
    GRADIENT,
    JACOBIAN,
    MOVED_INPUT,
    OUT,
    OUT_BY_INPUT,
    OUT_BY_KEPT,
    OUT_BY_OUT,
    SAMPLE_GRADIENT,
    SLOPE,
    UPDATED,
    Quantity,
)


class Step(LessonStep):
    """One training step, its derivatives and its update among it.

    Attributes:
        memory: what the optimiser remembers before it.
    """

    def __init__(self, data: Data, number: int, parameters: Sequence[Real], memory: Memory) -> None:
        super().__init__(data, number, parameters)
        self.memory = memory

    def prepare(self) -> None:
        """Goes through the layers in order, so that no value needs a deep recursion later."""
        order = [(unit.number, sample) for unit in self.graph.units for sample in self.samples]
        for visit, places in ((self.out, order), (self.delta, reversed(order))):
            for unit, sample in places:
                with suppress(*FAILURES):
                    visit(unit, sample)

    def by_out(self, unit: int, sample: int) -> Real:
        """dE/dout of a unit, or the derivative by an input."""
        kind = BY_OUT if unit >= self.graph.inputs else BY_INPUT
        return self._once(self._of_unit(kind, unit, sample), lambda: self._by_out(unit, sample))

    def by_kept(self, unit: int, sample: int) -> Real:
        """The derivative by what a unit with dropout sends on."""
        return self._once(
            self._of_unit(BY_KEPT, unit, sample), lambda: self._through_paths(unit, sample)
        )

    def _by_out(self, unit: int, sample: int) -> Real:
        if unit in self.graph.dropouts:
            return self.by_kept(unit, sample) * self.factor(unit, sample)
        return self._through_paths(unit, sample)

    def _through_paths(self, unit: int, sample: int) -> Real:
        is_output = unit in self.graph.output_places
        own = self.slope_of_error(unit, sample) if is_output else ZERO
        layer = self.graph.unit(unit).layer if unit >= self.graph.inputs else -1
        parts = [self.part(to, parameter, layer, sample) for to, parameter in self.graph.fed[unit]]
        joined = [self.joined(to, unit, sample) for to in self.graph.joined[unit]]
        gathered = [self.passed_on(to, unit, sample) for to in self.graph.gathered[unit]]
        return sum((*parts, *joined, *gathered), own)

    def joined(self, fed: Unit, source: int, sample: int) -> Real:
        """The part of a derivative that comes from a unit which gets an output without a weight."""
        if not fed.joins:
            return ZERO
        slope = fed.slope_of_joins(source, lambda number: self.sent(number, sample))
        return self.delta(fed.number, sample) * slope

    def passed_on(self, gatherer: Unit, source: int, sample: int) -> Real:
        """The part of a derivative that comes through a unit that gathers."""
        return self.by_out(gatherer.number, sample) * self.share(gatherer, source, sample)

    def share(self, gatherer: Unit, source: int, sample: int) -> Real:
        """How the output of a unit that gathers changes with one of its sources."""
        by_out = OUT_BY_OUT if source >= self.graph.inputs else OUT_BY_INPUT
        kind = OUT_BY_KEPT if source in self.graph.dropouts else by_out
        name = self.graph.network.units[source]
        return self._once(
            replace(self._of_unit(kind, gatherer.number, sample), source=name),
            lambda: slope(gatherer.activation, source, self.arguments(gatherer, sample)),
        )

    def slope_of_error(self, unit: int, sample: int) -> Real:
        """How an output's own error changes with its out; of the right class, how all others do."""
        right = self.graph.right(sample)
        if unit != right:
            return slope(self.graph.loss, "out", self._roles(unit, sample))
        others = (other.number for other in self.graph.outputs if other.number != right)
        return sum((self.slope_by_right(other, sample) for other in others), ZERO)

    def slope_by_right(self, unit: int, sample: int) -> Real:
        """How an output's error changes with the out of the right class."""
        return slope(self.graph.loss, "right", self._roles(unit, sample))

    def part(self, fed: Unit, parameter: int, layer: int, sample: int) -> Real:
        """The part of a derivative that comes through one edge to a unit from a lower layer."""
        return self.delta(fed.number, sample) * self._weight_seen(parameter, layer)

    def _weight_seen(self, parameter: int, layer: int) -> Real:
        """A weight when the derivatives of a layer are taken: in place, perhaps the new one."""
        training = self.graph.network.training
        is_new = (
            training.in_place
            and self.number <= self.graph.steps
            and self.graph.network.parameters[parameter].trainable
            and self.graph.lowest_layer[parameter] > layer
        )
        return self.updated(parameter) if is_new else self.parameters[parameter]

    def slope(self, unit: int, sample: int) -> Real:
        """dout/dnet of a unit."""
        return self._once(self._of_unit(SLOPE, unit, sample), lambda: self._slope(unit, sample))

    def _slope(self, unit: int, sample: int) -> Real:
        activation = self.graph.unit(unit).activation
        return slope(activation, "net", {"net": self._net_of_slope(unit, sample)})

    def _net_of_slope(self, unit: int, sample: int) -> Real:
        """Where the slope is taken; where only the output is given, at what makes it."""
        given = self.data.given.get(self._of_unit(OUT, unit, sample))
        if given is None or self.number > 1:
            return self.net(unit, sample)
        activation = self.graph.unit(unit).activation
        if unit in self.data.unknown_nets(sample):
            return net_that_makes(activation, given)
        net = self.net(unit, sample)
        if are_alike(numeric.number(activation, {"net": net}), given):
            return net
        return net_of_slope(self.graph.unit(unit), net, given)

    def jacobian(self, unit: int, source: int, sample: int) -> Real:
        """How the output of a unit changes with the net input of one of its mates."""
        name = self.graph.network.units[source]
        return self._once(
            replace(self._of_unit(JACOBIAN, unit, sample), source=name),
            lambda: self._joint_slope(self.graph.unit(unit), source, sample),
        )

    def _joint_slope(self, unit: Unit, source: int, sample: int) -> Real:
        nets = self.arguments(unit, sample)
        for mate in unit.mates:
            made = numeric.number(self.graph.unit(mate).activation, nets)
            if not are_alike(made, self.out(mate, sample)):
                raise SilentError(CONTESTED)
        return slope(unit.activation, ("net", source), nets)

    def delta(self, unit: int, sample: int) -> Real:
        """dE/dnet of a unit: through its output, or through those of all its mates."""
        return self._once(self._of_unit(DELTA, unit, sample), lambda: self._delta(unit, sample))

    def _delta(self, unit: int, sample: int) -> Real:
        mates = self.graph.unit(unit).mates
        if not mates:
            return self.by_out(unit, sample) * self.slope(unit, sample)
        through = (self.by_out(mate, sample) * self.jacobian(mate, unit, sample) for mate in mates)
        return sum(through, ZERO)

    def use(self, unit: int, source: int, sample: int) -> Real:
        """The part of a parameter's derivative that comes from one use."""
        return self.delta(unit, sample) * self.received(unit, source, sample)

    def sample_gradient(self, parameter: int, sample: int) -> Real:
        """The derivative of a sample's error by a parameter."""
        if len(self.samples) == 1:
            return self.data_gradient(parameter)
        name = self.graph.network.parameters[parameter].name
        return self._once(
            Quantity(SAMPLE_GRADIENT, name, sample=sample + 1),
            lambda: self._uses(parameter, sample),
        )

    def _uses(self, parameter: int, sample: int) -> Real:
        uses = self.graph.uses.get(parameter, ())
        return sum((self.use(unit, source, sample) for unit, source in uses), ZERO)

    def gradient(self, parameter: int) -> Real:
        """The derivative of the error by a parameter."""
        return self.data_gradient(parameter)

    def data_gradient(self, parameter: int) -> Real:
        """The derivative by a parameter of what the samples add to the error."""
        name = self.graph.network.parameters[parameter].name
        kind = self.data_kind(GRADIENT, parameter)
        return self._once(Quantity(kind, name), lambda: self._gradient(parameter))

    def _gradient(self, parameter: int) -> Real:
        if len(self.samples) == 1:
            return self._uses(parameter, self.samples[0])
        return self._all(self.sample_gradient(parameter, sample) for sample in self.samples)

    def moved_input(self, unit: int, sample: int) -> Real:
        """The new value of an input."""
        return self._once(
            self._of_unit(MOVED_INPUT, unit, sample),
            lambda: moved_input(self.data, self.out(unit, sample), self.by_out(unit, sample)),
        )

    def updated(self, parameter: int) -> Real:
        """A parameter's new value; a frozen one keeps its own."""
        item = self.graph.network.parameters[parameter]
        if not item.trainable or self.number > self.graph.steps:
            return self.parameters[parameter]
        return self._once(Quantity(UPDATED, item.name), lambda: self._moved(parameter))

    def _moved(self, parameter: int) -> Real:
        """A parameter's new value: by its learning rule's change, or by the optimiser."""
        if self.rule:
            return self.parameters[parameter] + self.change(parameter)
        return self.update.moved(parameter)["new"]

    @cached_property
    def update(self) -> StepUpdate:
        """What the optimiser makes of this step."""
        return StepUpdate(self)
