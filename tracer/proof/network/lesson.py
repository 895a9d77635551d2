"""A training step by a learning rule that takes no derivative, worked out once more.

What is multiplied with the input is read off each rule's definition, not off the rows by which
the program runs it.
"""

from __future__ import annotations

from tracer.proof.network.ahead import ForwardStep
from tracer.proof.reals import ONE, ZERO, Real, compared
from tracer.rules.quantity import CHANGE, MISS, SAMPLE_CHANGE, WRONG, Quantity

BY_ERROR = ("perceptron", "adaline")


class LessonStep(ForwardStep):
    """A training step up to what a learning rule makes of it."""

    @property
    def rule(self) -> str:
        """The learning rule's name; empty for gradient descent."""
        return self.graph.network.training.learning_rule

    def miss(self, unit: int, sample: int) -> Real:
        """By how much a unit misses its target."""
        found = self.net if self.graph.judges_net else self.out
        return self._once(
            self._of_unit(MISS, unit, sample),
            lambda: self.target(unit, sample) - found(unit, sample),
        )

    def wrong(self, unit: int, sample: int) -> Real:
        """1 for an answer that is not the target."""
        return self._once(self._of_unit(WRONG, unit, sample), lambda: self._is_wrong(unit, sample))

    def _is_wrong(self, unit: int, sample: int) -> Real:
        return ONE if compared(self.out(unit, sample), self.target(unit, sample)) else ZERO

    def active(self, unit: int, sample: int) -> Real:
        """What the rule multiplies with an input."""
        if self.rule in BY_ERROR:
            return self.miss(unit, sample)
        return (self.target if self.rule == "hebb_supervised" else self.out)(unit, sample)

    def use_change(self, parameter: int, unit: int, source: int, sample: int) -> Real:
        """The part of a parameter's change that comes from one use."""
        received, active = self.received(unit, source, sample), self.active(unit, sample)
        if self.rule == "oja":
            received = received - active * self.parameters[parameter]
        return self.data.learning_rate * active * received

    def direction(self, unit: int, source: int, sample: int) -> Real:
        """The sign of what is multiplied in one use."""
        received = self.received(unit, source, sample)
        signs = compared(self.active(unit, sample), ZERO) * compared(received, ZERO)
        return {-1: -ONE, 0: ZERO, 1: ONE}[signs]

    def sample_change(self, parameter: int, sample: int) -> Real:
        """A parameter's change by one sample."""
        if len(self.samples) == 1:
            return self.change(parameter)
        name = self.graph.network.parameters[parameter].name
        key = Quantity(SAMPLE_CHANGE, name, sample=sample + 1)
        return self._once(key, lambda: self._use_changes(parameter, sample))

    def _use_changes(self, parameter: int, sample: int) -> Real:
        uses = self.graph.uses.get(parameter, ())
        return sum((self.use_change(parameter, *place, sample) for place in uses), ZERO)

    def change(self, parameter: int) -> Real:
        """A parameter's change by all samples that take part."""
        name = self.graph.network.parameters[parameter].name
        return self._once(Quantity(CHANGE, name), lambda: self._change(parameter))

    def _change(self, parameter: int) -> Real:
        if len(self.samples) == 1:
            return self._use_changes(parameter, self.samples[0])
        return self._all(self.sample_change(parameter, sample) for sample in self.samples)
