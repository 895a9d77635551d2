"""A whole training, run by the witnesses themselves: the weights of each step are their own."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.proof.network.data import Data
from tracer.proof.network.penalised import step_of
from tracer.proof.network.recursion import Step
from tracer.proof.reals import Real
from tracer.spec.unrolled import carried

DEEP = 20
"""Networks of more layers are gone through in order first."""

KEPT = 3
"""As many steps are remembered; of all others, only the weights."""


class Training:
    """All steps of a training, each when it is asked for.

    The latest ones are kept; a step's parameters are kept for all.
    """

    def __init__(self, data: Data) -> None:
        self.data = data
        self._parameters: list[Sequence[Real]] = [data.parameters]
        self._memories = [data.optimisation.start]
        self._latest: dict[int, Step] = {}

    def step(self, number: int) -> Step:
        """A training step, from 1.

        Raises:
            CalculationError: a value on the way there does not exist.
        """
        number = max(number, 1)
        found = self._latest.get(number)
        if found is None:
            while len(self._parameters) < number:
                self._advance()
            found = self._kept(self._new(number))
        return found

    def _new(self, number: int) -> Step:
        before = self._parameters[number - 1], self._memories[number - 1]
        return step_of(self.data, number, *before)

    def _advance(self) -> None:
        last = self.step(len(self._parameters))
        count = len(last.parameters)
        self._parameters.append([last.updated(number) for number in range(count)])
        self._memories.append(last.update.after())
        if self.data.graph.network.training.move_inputs:
            self._move_inputs(last)
        if carried(self.data.graph.network.time):
            self._carry(last)

    def _move_inputs(self, last: Step) -> None:
        """Notes the inputs of the step after."""
        inputs = range(self.data.graph.inputs)
        for sample in last.samples:
            moved = [last.moved_input(number, sample) for number in inputs]
            self.data.moved[last.number + 1, sample] = moved

    def _carry(self, last: Step) -> None:
        """Notes the state with which the sample after starts, unless a new pass starts with it."""
        graph = self.data.graph
        (sample,) = graph.batch(last.number + 1)
        units = [graph.numbers[unit] for _, unit in carried(graph.network.time)]
        if sample > 0:
            state = [last.out(unit, last.samples[-1]) for unit in units]
            given = self.data.inputs(sample)[: -len(units)]
            self.data.moved[last.number + 1, sample] = [*given, *state]

    def _kept(self, step: Step) -> Step:
        if len(self._latest) >= KEPT:
            del self._latest[min(self._latest)]
        self._latest[step.number] = step
        if len(self.data.graph.by_layer) > DEEP:
            step.prepare()
        return step
