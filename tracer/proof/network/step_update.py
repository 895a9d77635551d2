"""What the witnesses' optimiser makes of one training step."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracer.proof.decays import Shared
from tracer.proof.optimisers import Memory, Roles
from tracer.proof.reals import Real
from tracer.rules.quantity import Kind, Quantity

if TYPE_CHECKING:
    from tracer.proof.network.recursion import Step


class StepUpdate:
    """The update of one training step, each parameter's when it is asked for.

    Attributes:
        step: the training step.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self._optimisation = step.data.optimisation
        self._moved: dict[int, Roles] = {}

    def moved(self, parameter: int) -> Roles:
        """Everything that a parameter's update makes, by role."""
        if parameter not in self._moved:
            self._moved[parameter] = self.moved_by(parameter, self.step.gradient(parameter))
        return self._moved[parameter]

    def moved_by(self, parameter: int, gradient: Real) -> Roles:
        """What an update would make of a derivative by a parameter."""
        old, memory = self.step.parameters[parameter], self.step.memory
        return self._optimisation.update(parameter, memory, self.shared, old, gradient, self._given)

    @cached_property
    def shared(self) -> Shared:
        """What the update has for all parameters."""
        return self._optimisation.shared(self.step.memory, self._given)

    def _given(self, kind: Kind, name: str) -> Real | None:
        return self.step.data.given.get(Quantity(kind, name)) if self.step.number == 1 else None

    def after(self) -> Memory:
        """What the optimiser remembers after the step."""
        graph = self.step.graph
        moves = self.step.number <= graph.steps and not self.step.rule
        updates = [
            self.moved(number) if moves and parameter.trainable else {}
            for number, parameter in enumerate(graph.network.parameters)
        ]
        return self._optimisation.after(self.shared, updates)
