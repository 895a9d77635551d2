"""The forward part of a training step: each value when it is asked for, and only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from tracer.errors import CalculationError
from tracer.proof import numeric
from tracer.proof.network.data import Data
from tracer.proof.network.dropped import factor
from tracer.proof.network.unit import BIAS, Unit
from tracer.proof.reals import ONE, ZERO, Real, rational
from tracer.proof.witness import GIVEN, SilentError
from tracer.rules.quantity import (
    ERROR,
    KEPT,
    NET,
    OUT,
    SAMPLE_ERROR,
    TOTAL,
    Kind,
    Quantity,
)

FAILURES = (CalculationError, ZeroDivisionError, SilentError)
Failure = CalculationError | ZeroDivisionError | SilentError


class ForwardStep:
    """A training step up to its errors; units and parameters go by number, samples from 0.

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

    def _once(self, quantity: Quantity, compute: Callable[[], Real]) -> Real:
        """The value that the author gives, else the one found before, else a new one."""
        key = (quantity.kind, quantity.unit, quantity.source, quantity.sample)
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
            return self.data.inputs(sample, self.number)[unit]
        found = self.graph.unit(unit)
        return self._once(
            self._of_unit(OUT, unit, sample),
            lambda: numeric.number(found.activation, self.arguments(found, sample)),
        )

    def sent(self, unit: int, sample: int) -> Real:
        """What a unit or an input sends on: its output, or what dropout makes of it."""
        if unit not in self.graph.dropouts:
            return self.out(unit, sample)
        return self._once(
            self._of_unit(KEPT, unit, sample),
            lambda: self.out(unit, sample) * self.factor(unit, sample),
        )

    def factor(self, unit: int, sample: int) -> Real:
        """What dropout multiplies an output by."""
        return factor(self.data, unit, sample, self.number)

    def arguments(self, unit: Unit, sample: int) -> dict[Any, Real]:
        """The net inputs, or the outputs of others, that a unit's activation takes.

        Raises:
            SilentError: something is given on the way from them to a joint output.
        """
        if unit.mates and self.number == 1 and self.data.gives_stages(sample):
            raise SilentError(GIVEN)
        return unit.roles(
            lambda mate: self.net(mate, sample), lambda source: self.sent(source, sample)
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
        for join in self.graph.unit(unit).joins:
            roles = {name: self.sent(number, sample) for name, number in join.operands.items()}
            total = total + numeric.number(join.formula, roles)
        return total

    def received(self, unit: int, source: int, sample: int) -> Real:
        """What a parameter is multiplied by: an output, an input, 1 or -1."""
        if source == BIAS:
            return ONE if self.graph.unit(unit).sign > 0 else -ONE
        return self.sent(source, sample)

    def error(self, unit: int, sample: int) -> Real:
        """The error of one output."""
        return self._once(self._of_unit(ERROR, unit, sample), lambda: self._error(unit, sample))

    def _error(self, unit: int, sample: int) -> Real:
        if unit == self.graph.right(sample):
            return ZERO
        return numeric.number(self.graph.loss, self._roles(unit, sample))

    def _roles(self, unit: int, sample: int) -> dict[str, Real]:
        right = self.graph.right(sample)
        target = {"target": self.target(unit, sample)}
        beside = target if right is None else {"right": self.out(right, sample)}
        judged = self.net if self.graph.judges_net else self.out
        return {"out": judged(unit, sample), **beside}

    def target(self, unit: int, sample: int) -> Real:
        """The target of an output."""
        return self.data.targets(sample)[self.graph.output_places[unit]]

    def sample_error(self, sample: int) -> Real:
        """The error of a sample."""
        if len(self.samples) == 1:
            return self.data_error()
        return self._once(Quantity(SAMPLE_ERROR, sample=sample + 1), lambda: self._errors(sample))

    def _errors(self, sample: int) -> Real:
        return sum((self.error(unit.number, sample) for unit in self.graph.outputs), ZERO)

    def total(self) -> Real:
        """The error of all samples that take part."""
        return self.data_error()

    def data_error(self) -> Real:
        """What the samples that take part add to the error: all of it, if nothing else does."""
        whole = Quantity(self.data_kind(TOTAL))
        if len(self.samples) == 1:
            return self._once(whole, lambda: self._errors(self.samples[0]))
        return self._once(whole, lambda: self._all(map(self.sample_error, self.samples)))

    def data_kind(self, whole: Kind, parameter: int | None = None) -> Kind:
        """What a quantity is called before anything is added to what the samples make of it."""
        return whole

    def _all(self, values: Iterable[Real]) -> Real:
        """Over the samples, added up or averaged."""
        total = sum(values, ZERO)
        averaged = self.graph.network.training.mean
        return total * rational(Fraction(1, len(self.samples))) if averaged else total
