"""What two witnesses have in common: they differentiate each sample's error, and combine these."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from msgspec.structs import replace

from tracer.proof.network.in_place import is_gradient
from tracer.proof.network.input_moves import moved_input
from tracer.proof.network.meaning import Derivative, derivative
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.training import Training
from tracer.proof.reals import ZERO, Real
from tracer.proof.witness import CONTESTED, GIVEN, IN_PLACE, NOT_KNOWN, SilentError, testimony
from tracer.rules.optimisers import MADE
from tracer.rules.quantity import (
    BY_INPUT,
    CHANGE,
    DATA_GRADIENT,
    GRADIENT,
    MOVED_INPUT,
    OUT_BY_INPUT,
    OUT_BY_KEPT,
    OUT_BY_OUT,
    PENALTY_SLOPE,
    SAMPLE_CHANGE,
    SAMPLE_GRADIENT,
    UPDATED,
    Kind,
    Quantity,
)

LEARNT = (CHANGE, SAMPLE_CHANGE, UPDATED)

FACTORS: Mapping[str, Callable[[int], Fraction]] = {
    "half_squared_error": lambda _: Fraction(1),
    "squared_error": lambda _: Fraction(1, 2),
    "mean_squared_error": lambda outputs: Fraction(outputs, 2),
}
"""What minus learning rate times derivative is multiplied by, to be Adaline's change."""

BY_A_RULE = "learnt by a rule that takes no derivative"


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
        if quantity.kind is PENALTY_SLOPE:
            return self._penalised(quantity)
        if quantity.kind is MOVED_INPUT:
            return self._moved_input(quantity)
        meaning = derivative(quantity, self.graph)
        if meaning is None:
            return self.of_forward_pass(quantity)
        if not is_gradient(quantity, self.graph):
            raise SilentError(IN_PLACE)
        if quantity.step <= 1 and self._shares_are_given:
            raise SilentError(CONTESTED)
        if self.graph.network.training.learning_rule and quantity.kind in LEARNT:
            return self._learnt(meaning, quantity)
        if quantity.kind not in (GRADIENT, DATA_GRADIENT, *MADE):
            return self.of_sample(meaning, quantity.sample - 1, quantity.step)
        if quantity.kind is DATA_GRADIENT:
            return self._of_data(meaning, quantity)
        gradient = self._gradient(meaning, quantity)
        return gradient if quantity.kind is GRADIENT else self._updated(quantity, gradient)

    def _learnt(self, meaning: Derivative, quantity: Quantity) -> Real:
        """A change, or what it has changed, where it is a multiple of a derivative."""
        factor = FACTORS.get(self.graph.network.loss.name)
        if not self.graph.judges_net or factor is None:
            raise SilentError(BY_A_RULE)
        if self.data.given and quantity.step <= 1:
            raise SilentError(GIVEN)
        rate = self.data.learning_rate * Real(-factor(len(self.graph.outputs)))
        if quantity.kind is SAMPLE_CHANGE and quantity.sample:
            return rate * self.of_sample(meaning, quantity.sample - 1, quantity.step)
        batch = self.graph.batch(quantity.step)
        change = rate * self.over_batch(
            [self.of_sample(meaning, sample, quantity.step) for sample in batch]
        )
        if quantity.kind is not UPDATED:
            return change
        before = self.training.step(quantity.step).parameters
        return before[self.graph.parameters[quantity.unit]] + change

    def _gradient(self, meaning: Derivative, quantity: Quantity) -> Real:
        """With the penalties; a derivative by a parameter that is given counts as it is."""
        found = self._given(quantity, GRADIENT)
        if found is not None:
            return found
        data = self._of_data(meaning, quantity)
        is_penalised = self.graph.parameters[quantity.unit] in self.graph.penalised
        return data + self._penalised(quantity) if is_penalised else data

    def _given(self, quantity: Quantity, kind: Kind) -> Real | None:
        """What the author gives as a derivative by the same parameter."""
        given = self.data.given if quantity.step <= 1 else {}
        return given.get(Quantity(kind, quantity.unit))

    def _penalised(self, quantity: Quantity) -> Real:
        """How the penalties change with a parameter."""
        found = None if quantity.source else self._given(quantity, PENALTY_SLOPE)
        if found is not None:
            return found
        penalty = Penalty(self.data, quantity.step)
        marks = (quantity.source,) if quantity.source else penalty.marks
        step = self.training.step(quantity.step)
        weight = step.parameters[self.graph.parameters[quantity.unit]]
        return sum((self.of_penalty(penalty, mark, weight) for mark in marks), ZERO)

    def _moved_input(self, quantity: Quantity) -> Real:
        """An input's new value, by this witness's own derivative."""
        by = replace(quantity, kind=BY_INPUT)
        sample, step = quantity.sample - 1, quantity.step
        self.training.step(step)
        found = self.data.given.get(replace(by, step=0)) if step <= 1 else None
        meaning = derivative(by, self.graph)
        assert meaning is not None
        gradient = self.of_sample(meaning, sample, step) if found is None else found
        old = self.data.inputs(sample, max(step, 1))[self.graph.numbers[quantity.unit]]
        return moved_input(self.data, old, gradient)

    def _of_data(self, meaning: Derivative, quantity: Quantity) -> Real:
        """Over the batch."""
        step, name = quantity.step, quantity.unit
        found = self._given(quantity, DATA_GRADIENT)
        if found is not None:
            return found
        given = self.data.given if step <= 1 else {}
        return self.over_batch(
            [
                given.get(Quantity(SAMPLE_GRADIENT, name, sample=sample + 1))
                or self.of_sample(meaning, sample, step)
                for sample in self.graph.batch(step)
            ]
        )

    def over_batch(self, values: list[Real]) -> Real:
        """The samples' values, added up or averaged."""
        total = sum(values, ZERO)
        averaged = self.graph.network.training.mean
        return total * Real(Fraction(1, len(values))) if averaged else total

    def _updated(self, quantity: Quantity, gradient: Real) -> Real:
        role = self.data.optimisation.role(quantity.kind)
        if role is None:
            raise SilentError(NOT_KNOWN)
        parameter = self.graph.parameters[quantity.unit]
        return self.training.step(quantity.step).update.moved_by(parameter, gradient)[role]

    @cached_property
    def _shares_are_given(self) -> bool:
        """Whether the author says how what units gather changes with what they gather from."""
        return any(
            given.kind in (OUT_BY_OUT, OUT_BY_KEPT, OUT_BY_INPUT) for given in self.data.given
        )

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

    @abstractmethod
    def of_penalty(self, penalty: Penalty, mark: str, weight: Real) -> Real:
        """How one penalty changes with a parameter of a value.

        Raises:
            SilentError: this witness cannot tell.
        """
