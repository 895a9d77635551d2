"""The quantities of learning rules and of epochs, as the re-derivation answers for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracer.proof.network.recursion import Step
from tracer.proof.network.training import Training
from tracer.proof.network.unit import BIAS
from tracer.proof.reals import ZERO, Real
from tracer.rules.quantity import (
    CHANGE,
    CHANGE_OF_USE,
    DIRECTION,
    EPOCH_ERROR,
    EPOCH_WRONG,
    MISS,
    SAMPLE_CHANGE,
    WRONG,
    Kind,
    Quantity,
)


def _unit(step: Step, quantity: Quantity) -> tuple[int, int]:
    return step.graph.numbers[quantity.unit], quantity.sample - 1


def _parameter(step: Step, quantity: Quantity) -> int:
    return step.graph.parameters[quantity.unit]


def _sample(step: Step, quantity: Quantity) -> int:
    """The sample, from 0; that of an only one is not said."""
    return quantity.sample - 1 if quantity.sample else step.samples[0]


def _place(step: Step, quantity: Quantity) -> tuple[int, int]:
    """The unit and the source that ``y:x1`` names; a bias has no source."""
    unit, _, source = quantity.source.partition(":")
    numbers = step.graph.numbers
    return numbers[unit], numbers[source] if source else BIAS


LESSONS: Mapping[Kind, Callable[[Step, Quantity], Real]] = {
    MISS: lambda step, quantity: step.miss(*_unit(step, quantity)),
    WRONG: lambda step, quantity: step.wrong(*_unit(step, quantity)),
    CHANGE: lambda step, quantity: step.change(_parameter(step, quantity)),
    SAMPLE_CHANGE: lambda step, quantity: step.sample_change(
        _parameter(step, quantity), _sample(step, quantity)
    ),
    CHANGE_OF_USE: lambda step, quantity: step.use_change(
        _parameter(step, quantity), *_place(step, quantity), _sample(step, quantity)
    ),
    DIRECTION: lambda step, quantity: step.direction(
        *_place(step, quantity), _sample(step, quantity)
    ),
}


def _steps(training: Training, quantity: Quantity) -> list[Step]:
    """The training steps of an epoch; of the last one perhaps not all."""
    graph = training.data.graph
    length = len(graph.batches)
    first = (int(quantity.unit) - 1) * length + 1
    return [training.step(number) for number in range(first, min(first + length, graph.steps + 1))]


def _wrong(training: Training, quantity: Quantity) -> Real:
    return sum(
        (
            step.wrong(unit.number, sample)
            for step in _steps(training, quantity)
            for sample in step.samples
            for unit in step.graph.outputs
        ),
        ZERO,
    )


OF_EPOCHS: Mapping[Kind, Callable[[Training, Quantity], Real]] = {
    EPOCH_WRONG: _wrong,
    EPOCH_ERROR: lambda training, quantity: sum(
        (step.total() for step in _steps(training, quantity)), ZERO
    ),
}
"""Sums over an epoch, each by training and quantity; the quantity's unit is the epoch's number."""
