"""The witness that uses no rule of differentiation: central differences, for networks.

A value is moved a little both ways, and what is measured is computed again each time. With a
hundred digits, a small move leaves about fifty right ones.
"""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.moves import ACCURACY, MOVES, VAGUE, central_difference
from tracer.proof.network.forward import Forward, forward
from tracer.proof.network.meaning import MEANINGS, Derivative
from tracer.proof.network.moved import moved
from tracer.proof.network.of_derivatives import OfDerivatives
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.state import NOTHING, state
from tracer.proof.network.training import Training
from tracer.proof.reals import Real
from tracer.proof.signs import OPPOSITES
from tracer.proof.witness import AT_A_KINK, CONTESTED, NO_DERIVATIVE, SilentError
from tracer.rules.quantity import MOVED_INPUT, PENALTY_SLOPE, Quantity

EDGE, FORMULA = 25, 200
"""About how many microseconds an edge and an activation take, in all moves together."""


class Differences(OfDerivatives):
    """Central differences of the forward pass."""

    name = "differences"
    accuracy: Fraction = ACCURACY
    vague = VAGUE

    def __init__(self, training: Training) -> None:
        super().__init__(training)
        self._passes: dict[tuple[int, int], Forward] = {}

    @property
    def work(self) -> int:
        """As if all of the network were computed again."""
        return sum(EDGE * len(unit.uses) + FORMULA for unit in self.graph.units)

    def knows(self, quantity: Quantity) -> bool:
        """Derivatives, and what they have changed."""
        return quantity.kind in (*MEANINGS, *OPPOSITES, PENALTY_SLOPE, MOVED_INPUT)

    def of_forward_pass(self, quantity: Quantity) -> Real:
        """Nothing: there is nothing to take a difference of."""
        raise SilentError(NO_DERIVATIVE)

    def of_sample(self, meaning: Derivative, sample: int, step: int) -> Real:
        """The difference quotient of one sample's forward pass."""
        start = self._pass(sample, step)
        if start.is_contested(meaning):
            raise SilentError(CONTESTED)
        here = start.value(meaning.of)
        runs = [moved(start, meaning.by, by) for by in MOVES]
        if any(run.algebra.decisions != runs[0].algebra.decisions for run in runs):
            raise SilentError(AT_A_KINK)
        return central_difference(here, [run.value(meaning.of) for run in runs])

    def of_penalty(self, penalty: Penalty, mark: str, weight: Real) -> Real:
        """The difference quotient of the penalty."""
        return penalty.quotient(mark, weight)

    def _pass(self, sample: int, step: int) -> Forward:
        key = (sample, step)
        if key not in self._passes:
            if len(self._passes) > len(self.graph.network.samples):
                self._passes.clear()
            at = self.training.step(step)
            given = state(self.data, sample) if step <= 1 else NOTHING
            self._passes[key] = forward(self.data, sample, at.parameters, given, step)
        return self._passes[key]
