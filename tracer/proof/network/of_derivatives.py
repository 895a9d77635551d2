"""What two witnesses have in common: they differentiate each sample's error, and combine these."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from tracer.proof.network.in_place import is_gradient
from tracer.proof.network.meaning import Derivative, derivative
from tracer.proof.network.training import Training
from tracer.proof.reals import ZERO, Real
from tracer.proof.witness import GIVEN, IN_PLACE, SilentError, testimony
from tracer.rules.quantity import GRADIENT, UPDATED, Quantity


class OfDerivatives(ABC):
    """A witness that takes every derivative straight from its definition.

    Attributes:
        training: where the weights of each step come from.
    """

    def __init__(self, training: Training) -> None:
        self.training = training
        self.data = training.data
        self.graph = training.data.graph

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The quantity's value, where it is a derivative or made from one."""
        meaning = derivative(quantity, self.graph)
        if meaning is None:
            return self.of_forward_pass(quantity)
        if not is_gradient(quantity, self.graph):
            raise SilentError(IN_PLACE)
        if quantity.step <= 1 and self.data.gives_derivatives:
            raise SilentError(GIVEN)
        if quantity.kind not in (GRADIENT, UPDATED):
            return self.of_sample(meaning, quantity.sample - 1, quantity.step)
        gradient = self.over_batch(
            [
                self.of_sample(meaning, sample, quantity.step)
                for sample in self.graph.batch(quantity.step)
            ]
        )
        return gradient if quantity.kind is GRADIENT else self._updated(quantity, gradient)

    def over_batch(self, values: list[Real]) -> Real:
        """The samples' values, added up or averaged."""
        total = sum(values, ZERO)
        averaged = self.graph.network.training.mean
        return total * Real(Fraction(1, len(values))) if averaged else total

    def _updated(self, quantity: Quantity, gradient: Real) -> Real:
        before = self.training.step(quantity.step).parameters
        return before[self.graph.parameters[quantity.unit]] - self.data.learning_rate * gradient

    @abstractmethod
    def of_forward_pass(self, quantity: Quantity) -> Real:
        """A value that is no derivative.

        Raises:
            SilentError: this witness does not know such values.
        """

    @abstractmethod
    def of_sample(self, meaning: Derivative, sample: int, step: int) -> Real:
        """A derivative in one sample, from 0, at one training step.

        Raises:
            SilentError: this witness cannot tell.
        """
