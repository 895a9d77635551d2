"""A training step whose error has penalties besides: the sum, and the slopes, of both parts."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.proof.network.data import Data
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.recursion import Step
from tracer.proof.optimisers import Memory
from tracer.proof.reals import ZERO, Real
from tracer.proof.witness import NOT_KNOWN, SilentError
from tracer.rules.quantity import (
    DATA_ERROR,
    DATA_GRADIENT,
    GRADIENT,
    PENALTY,
    PENALTY_SLOPE,
    TOTAL,
    Kind,
    Quantity,
)


class PenalisedStep(Step):
    """A training step with penalties on the parameters.

    Attributes:
        penalties: what they are.
    """

    def __init__(self, data: Data, number: int, parameters: Sequence[Real], memory: Memory) -> None:
        super().__init__(data, number, parameters, memory)
        self.penalties = Penalty(data, number)

    def data_kind(self, whole: Kind, parameter: int | None = None) -> Kind:
        """The samples' part of the error; of a derivative, if the parameter is penalised."""
        if whole is TOTAL:
            return DATA_ERROR
        return DATA_GRADIENT if parameter in self.graph.penalised else whole

    def total(self) -> Real:
        """The samples' error and the penalties."""
        return self._once(Quantity(TOTAL), lambda: self.data_error() + self.penalty(""))

    def penalty(self, mark: str) -> Real:
        """R: of one penalty, or of all together."""
        return self._once(Quantity(PENALTY, mark), lambda: self._penalty(mark))

    def _penalty(self, mark: str) -> Real:
        if mark in self.penalties.marks:
            return self.penalties.value(mark, self.parameters)
        return sum(map(self.penalty, self.penalties.marks), ZERO)

    def penalty_slope(self, parameter: int, mark: str) -> Real:
        """dR/dw: of one penalty, or of all together."""
        marks = (mark,) if mark else self.penalties.marks
        name, weight = self.graph.network.parameters[parameter].name, self.parameters[parameter]
        return self._once(
            Quantity(PENALTY_SLOPE, name, mark),
            lambda: sum((self.penalties.slope(each, weight) for each in marks), ZERO),
        )

    def gradient(self, parameter: int) -> Real:
        """The derivative of the error by a parameter; by one that is not penalised, the data's."""
        if parameter not in self.graph.penalised:
            return self.data_gradient(parameter)
        name = self.graph.network.parameters[parameter].name
        return self._once(
            Quantity(GRADIENT, name),
            lambda: self.data_gradient(parameter) + self.penalty_slope(parameter, ""),
        )


def penalised(step: Step) -> PenalisedStep:
    """A step as one with penalties.

    Raises:
        SilentError: it has none.
    """
    if not isinstance(step, PenalisedStep):
        raise SilentError(NOT_KNOWN)
    return step


def step_of(data: Data, number: int, parameters: Sequence[Real], memory: Memory) -> Step:
    """A training step, with penalties if the network has some."""
    regularized = data.graph.network.training.regularization is not None
    return (PenalisedStep if regularized else Step)(data, number, parameters, memory)
