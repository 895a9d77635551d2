"""One training step by the textbook's recursion, each value when it is asked for and only once.

Delta of a unit is the slope of its activation times the sum over the units that it feeds, of
weight times delta; an output's sum has the slope of the loss besides. Updated in place, a weight
that belongs to a higher layer is already the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

from tracer.errors import CalculationError
from tracer.proof import numeric
from tracer.proof.dual import slope
from tracer.proof.network.data import Data
from tracer.proof.network.graph import BIAS, Unit
from tracer.proof.network.inverse import net_that_makes
from tracer.proof.reals import ONE, ZERO, Real, are_alike, rational
from tracer.proof.witness import CONTESTED, SilentError
from tracer.rules.quantity import (
    BY_INPUT,
    BY_OUT,
    DELTA,
    ERROR,
    GRADIENT,
    NET,
    OUT,
    SAMPLE_ERROR,
    SAMPLE_GRADIENT,
    SLOPE,
    TOTAL,
    UPDATED,
    Kind,
    Quantity,
)

FAILURES = (CalculationError, ZeroDivisionError, SilentError)
Failure = CalculationError | ZeroDivisionError | SilentError


class Step:
    """One training step; units and parameters go by number, samples from 0.

    Attributes:
        data: the network's numbers.
        number: which step, from 1.
        parameters: the parameters' values before it.
        samples: the samples that take part.
    """

    def __init__(self, data: Data, number: int, parameters: Sequence[Real]) -> None:
        self.data = data
        self.graph = data.graph
        self.number = number
        self.parameters = parameters
        self.samples = self.graph.batch(number)
        self._found: dict[tuple[Any, ...], Real | Failure] = {}

    def prepare(self) -> None:
        """Goes through the layers in order, so that no value needs a deep recursion later."""
        order = [(unit.number, sample) for unit in self.graph.units for sample in self.samples]
        for visit, places in ((self.out, order), (self.delta, reversed(order))):
            for unit, sample in places:
                with suppress(*FAILURES):
                    visit(unit, sample)

    def _once(self, quantity: Quantity, compute: Callable[[], Real]) -> Real:
        """The value that the author gives, else the one found before, else a new one."""
        key = (quantity.kind, quantity.unit, quantity.sample)
        found = self._found.get(key)
        if found is None:
            try:
                given = self.data.given.get(quantity) if self.number == 1 else None
                found = compute() if given is None else given
            except FAILURES as error:
                found = error
            self._found[key] = found
        if isinstance(found, Real):
            return found
        raise found

    def _of_unit(self, kind: Kind, unit: int, sample: int) -> Quantity:
        return Quantity(kind, self.graph.network.units[unit], sample=sample + 1)

    def out(self, unit: int, sample: int) -> Real:
        """The output of a unit, or an input."""
        if unit < self.graph.inputs:
            return self.data.inputs(sample)[unit]
        activation = self.graph.unit(unit).activation
        return self._once(
            self._of_unit(OUT, unit, sample),
            lambda: numeric.number(activation, {"net": self.net(unit, sample)}),
        )

    def net(self, unit: int, sample: int) -> Real:
        """The net input of a unit."""
        return self._once(
            self._of_unit(NET, unit, sample), lambda: self._weighted_sum(unit, sample)
        )

    def _weighted_sum(self, unit: int, sample: int) -> Real:
        total = ZERO
        for source, parameter in self.graph.unit(unit).uses:
            total = total + self.parameters[parameter] * self.received(unit, source, sample)
        return total

    def received(self, unit: int, source: int, sample: int) -> Real:
        """What a parameter is multiplied by: an output, an input, 1 or -1."""
        if source == BIAS:
            return ONE if self.graph.unit(unit).sign > 0 else -ONE
        return self.out(source, sample)

    def error(self, unit: int, sample: int) -> Real:
        """The error of one output."""
        return self._once(
            self._of_unit(ERROR, unit, sample),
            lambda: numeric.number(self.graph.loss, self._roles(unit, sample)),
        )

    def _roles(self, unit: int, sample: int) -> dict[str, Real]:
        target = self.data.targets(sample)[self.graph.output_places[unit]]
        return {"out": self.out(unit, sample), "target": target}

    def sample_error(self, sample: int) -> Real:
        """The error of a sample."""
        if len(self.samples) == 1:
            return self.total()
        return self._once(Quantity(SAMPLE_ERROR, sample=sample + 1), lambda: self._errors(sample))

    def _errors(self, sample: int) -> Real:
        return sum((self.error(unit.number, sample) for unit in self.graph.outputs), ZERO)

    def total(self) -> Real:
        """The error of all samples that take part."""
        if len(self.samples) == 1:
            return self._once(Quantity(TOTAL), lambda: self._errors(self.samples[0]))
        return self._once(Quantity(TOTAL), lambda: self._all(map(self.sample_error, self.samples)))

    def _all(self, values: Iterable[Real]) -> Real:
        """Over the samples, added up or averaged."""
        total = sum(values, ZERO)
        averaged = self.graph.network.training.mean
        return total * rational(Fraction(1, len(self.samples))) if averaged else total

    def by_out(self, unit: int, sample: int) -> Real:
        """dE/dout of a unit, or the derivative by an input."""
        kind = BY_OUT if unit >= self.graph.inputs else BY_INPUT
        return self._once(self._of_unit(kind, unit, sample), lambda: self._by_out(unit, sample))

    def _by_out(self, unit: int, sample: int) -> Real:
        is_output = unit in self.graph.output_places
        own = self.slope_of_error(unit, sample) if is_output else ZERO
        layer = self.graph.unit(unit).layer if unit >= self.graph.inputs else -1
        fed = self.graph.fed[unit]
        return sum((self.part(to, parameter, layer, sample) for to, parameter in fed), own)

    def slope_of_error(self, unit: int, sample: int) -> Real:
        """How an output's own error changes with its out."""
        return slope(self.graph.loss, "out", self._roles(unit, sample))

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
        if not are_alike(numeric.number(activation, {"net": net}), given):
            raise SilentError(CONTESTED)
        return net

    def delta(self, unit: int, sample: int) -> Real:
        """dE/dnet of a unit."""
        return self._once(
            self._of_unit(DELTA, unit, sample),
            lambda: self.by_out(unit, sample) * self.slope(unit, sample),
        )

    def use(self, unit: int, source: int, sample: int) -> Real:
        """The part of a parameter's derivative that comes from one use."""
        return self.delta(unit, sample) * self.received(unit, source, sample)

    def sample_gradient(self, parameter: int, sample: int) -> Real:
        """The derivative of a sample's error by a parameter."""
        if len(self.samples) == 1:
            return self.gradient(parameter)
        name = self.graph.network.parameters[parameter].name
        return self._once(
            Quantity(SAMPLE_GRADIENT, name, sample=sample + 1),
            lambda: self._uses(parameter, sample),
        )

    def _uses(self, parameter: int, sample: int) -> Real:
        uses = self.graph.uses.get(parameter, ())
        return sum((self.use(unit, source, sample) for unit, source in uses), ZERO)

    def gradient(self, parameter: int) -> Real:
        """The derivative of the error of all samples by a parameter."""
        name = self.graph.network.parameters[parameter].name
        return self._once(Quantity(GRADIENT, name), lambda: self._gradient(parameter))

    def _gradient(self, parameter: int) -> Real:
        if len(self.samples) == 1:
            return self._uses(parameter, self.samples[0])
        return self._all(self.sample_gradient(parameter, sample) for sample in self.samples)

    def updated(self, parameter: int) -> Real:
        """A parameter's new value; a frozen one keeps its own."""
        item = self.graph.network.parameters[parameter]
        if not item.trainable or self.number > self.graph.steps:
            return self.parameters[parameter]
        return self._once(
            Quantity(UPDATED, item.name),
            lambda: self.parameters[parameter] - self.data.learning_rate * self.gradient(parameter),
        )
