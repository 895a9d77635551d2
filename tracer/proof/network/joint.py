"""Joint activations, stated once more: outputs that depend on all net inputs of a layer.

Here an output is written over the differences of net inputs, so that equal ones give fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tracer.maths.expression import (
    Add,
    Call,
    Div,
    Expression,
    Mul,
    Neg,
    Symbol,
    number,
)
from tracer.proof import numeric
from tracer.proof.reals import Real
from tracer.rules.joint import Joint
from tracer.rules.quantity import EXPONENTIAL, LARGEST, LAYER_SUM

STAGES = frozenset((LARGEST, EXPONENTIAL, LAYER_SUM))
"""What a trace calculates on the way from net inputs to outputs."""

Makes = Callable[[Sequence[Expression], int], Expression]


def net(unit: int) -> Symbol:
    """The net input of a unit, as it stands in the formula of a joint activation."""
    return Symbol(("net", unit))


def formula(joint: Joint, units: Sequence[int], unit: int) -> Expression:
    """The output of a unit over the net inputs of all units of its layer."""
    return FORMULAS[joint.name](_divided(joint, units), units.index(unit))


def shown(joint: Joint, units: Sequence[int], unit: int) -> Expression:
    """The same as textbooks write it."""
    return SHOWN[joint.name](_divided(joint, units), units.index(unit))


def _divided(joint: Joint, units: Sequence[int]) -> list[Expression]:
    """The net inputs, each divided by the temperature if there is one."""
    temperature = dict(joint.settings).get("temperature")
    return [Div(net(unit), temperature) if temperature else net(unit) for unit in units]


def _exp(inner: Expression) -> Expression:
    return Call("exp", (inner,))


def _weights(nets: Sequence[Expression], k: int) -> Expression:
    """The sum of all exponentials, as a multiple of one of them."""
    others = (other for place, other in enumerate(nets) if place != k)
    return Add((number(1), *(_exp(Add((other, Neg(nets[k])))) for other in others)))


def _all(nets: Sequence[Expression]) -> Expression:
    return Add(tuple(map(_exp, nets)))


FORMULAS: Mapping[str, Makes] = {
    "softmax": lambda nets, k: Div(number(1), _weights(nets, k)),
    "log_softmax": lambda nets, k: Neg(Call("ln", (_weights(nets, k),))),
}
SHOWN: Mapping[str, Makes] = {
    "softmax": lambda nets, k: Div(_exp(nets[k]), _all(nets)),
    "log_softmax": lambda nets, k: Add((nets[k], Neg(Call("ln", (_all(nets),))))),
}


def largest(nets: Sequence[Real]) -> Real:
    """The largest net input of a layer."""
    letters = tuple(map(net, range(len(nets))))
    return numeric.number(Call("max", letters), _values(nets))


def exponential(joint: Joint, nets: Sequence[Real], k: int) -> Real:
    """What a unit weighs: the exponential of its net input less the largest, or the shift."""
    settings = dict(joint.settings)
    shift = settings.get("shift")
    less = largest(nets) if shift is None else numeric.number(shift, {})
    factor = Div(number(1), settings.get("temperature", number(1)))
    inner = Mul((Add((net(k), Neg(Symbol("shift")))), factor))
    return numeric.number(_exp(inner), {**_values(nets), "shift": less})


def _values(nets: Sequence[Real]) -> dict[object, Real]:
    return {("net", place): value for place, value in enumerate(nets)}
