"""What the re-derivation says of dropout: masks, what is kept, and the way back through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracer.proof.network.dropped import mask
from tracer.proof.network.recursion import Step
from tracer.proof.reals import Real
from tracer.rules.quantity import (
    BY_KEPT,
    KEPT,
    KEPT_BY_INPUT,
    KEPT_BY_OUT,
    MASK,
    Kind,
    Quantity,
)


def _unit(step: Step, quantity: Quantity) -> tuple[int, int]:
    return step.graph.numbers[quantity.unit], quantity.sample - 1


def _mask(step: Step, quantity: Quantity) -> Real:
    unit, sample = _unit(step, quantity)
    return mask(step.data, unit, sample, step.number)


def _factor(step: Step, quantity: Quantity) -> Real:
    return step.factor(*_unit(step, quantity))


DROPOUTS: Mapping[Kind, Callable[[Step, Quantity], Real]] = {
    MASK: _mask,
    KEPT: lambda step, quantity: step.sent(*_unit(step, quantity)),
    BY_KEPT: lambda step, quantity: step.by_kept(*_unit(step, quantity)),
    KEPT_BY_OUT: _factor,
    KEPT_BY_INPUT: _factor,
}
