"""The slope at a kink is a convention: formulas rewritten so that their own pieces say it.

At the kink the function is replaced by the straight line that touches it there and has the slope
agreed on; everywhere else it stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Expression,
    Mul,
    Neg,
    Symbol,
    number,
    substitute,
)
from tracer.maths.parse import parse
from tracer.proof import numeric
from tracer.proof.dual import slope
from tracer.proof.reals import Real
from tracer.rules.activations import Activation
from tracer.rules.losses import Loss

NET = Symbol("net")

HINGE = "multiclass_hinge"
"""The loss with a kink where a margin is just kept."""

KINKS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "relu": ("at_zero", (0,)),
    "leaky_relu": ("at_zero", (0,)),
    "elu": ("at_zero", (0,)),
    "selu": ("at_zero", (0,)),
    "hard_tanh": ("at_kink", (-1, 1)),
    "hard_sigmoid": ("at_kink", (-3, 3)),
}
"""The setting that is the slope at the kinks, and where those are; a jump has the slope 0."""


@cache
def with_agreed_slopes(activation: Activation) -> Expression:
    """The activation's formula in ``net``, whose pieces have the agreed slope at each kink."""
    setting, points = KINKS.get(activation.name, ("", ()))
    if not points:
        return activation.value
    agreed = dict(activation.parameters)[setting]
    branches = tuple(
        (Compare(NET, "==", number(point)), _line(activation.value, agreed, point))
        for point in points
        if not _has_slope(activation.value, agreed, point)
    )
    return Cases(branches, activation.value) if branches else activation.value


def loss_formula(loss: Loss) -> Expression:
    """The error of one output, with what a convention says where its formula has no value."""
    if loss.name != HINGE:
        return loss.computed
    settings = dict(loss.parameters)
    distance = substitute(parse("out - right + margin"), {"margin": settings["margin"]})
    return Call("relu", (distance, settings["at_zero"]))


def _has_slope(formula: Expression, agreed: Expression, point: int) -> bool:
    found = slope(formula, "net", {"net": Real(Fraction(point))})
    return found.exact == numeric.number(agreed, {}).exact


def _line(formula: Expression, slope: Expression, point: int) -> Expression:
    """``formula(point) + slope*(net - point)``."""
    distance = Add((NET, Neg(number(point)))) if point else NET
    return Add((substitute(formula, {"net": number(point)}), Mul((slope, distance))))
