"""Dropout as the witnesses read it: the number that each output is sent on with."""

from __future__ import annotations

from tracer.proof.network.data import Data
from tracer.proof.reals import ONE, Real
from tracer.proof.witness import GIVEN, SilentError
from tracer.rules.quantity import BY_KEPT, KEPT, MASK, Quantity
from tracer.spec.dropout.masks import Dropout

BETWEEN = frozenset((KEPT, BY_KEPT))


def is_test(data: Data, step: int) -> bool:
    """Whether a step is the forward pass after the last update, in which nothing is dropped."""
    return step > max(data.graph.steps, 1)


def mask(data: Data, unit: int, sample: int, step: int) -> Real:
    """The mask of a unit in a training step; samples count from 0."""
    found = data.graph.dropouts[unit]
    place = list(data.graph.batch(step)).index(sample)
    value = found.mask(step, sample, place)[unit - found.units.start]
    name = data.graph.network.units[unit]
    if step > 1:
        return Real(value.value)
    return data.number(value, Quantity(MASK, name, sample=sample + 1))


def factor(data: Data, unit: int, sample: int, step: int) -> Real:
    """What a unit's output is multiplied by on its way to the units that it feeds."""
    found = data.graph.dropouts[unit]
    if is_test(data, step):
        return ONE if found.inverted else Real(found.keep.value)
    return mask(data, unit, sample, step) * _scale(found)


def _scale(found: Dropout) -> Real:
    return Real(1 / found.keep.value) if found.inverted else ONE


def factors(data: Data, sample: int, step: int) -> dict[int, Real]:
    """The factor of each unit with dropout.

    Raises:
        SilentError: something is given between an output and what is sent on.
    """
    if step <= 1 and any(
        quantity.kind in BETWEEN and quantity.sample == sample + 1 for quantity in data.given
    ):
        raise SilentError(GIVEN)
    return {unit: factor(data, unit, sample, step) for unit in data.graph.dropouts}
