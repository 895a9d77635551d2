"""Which activations answer with a class, and which values these answers can have."""

from __future__ import annotations

from fractions import Fraction

from tracer.errors import FormulaError
from tracer.maths.expression import Call, Expression
from tracer.maths.functions import FUNCTIONS
from tracer.maths.parse import parse
from tracer.maths.rational import rational
from tracer.rules.activations import Activation

SIDES = {"step": (0, 1), "sign": (-1, 1)}
"""What each function says below and above 0."""


def answers(activation: Activation) -> frozenset[Fraction]:
    """The values that a unit answers with; none where its output is no class.

    A formula of the author's gives classes where it is a step or a sign of something.
    """
    value = activation.value
    name = activation.name
    at_zero: Expression | None = dict(activation.parameters).get("at_zero")
    if isinstance(value, Call):
        name = value.function
        at_zero = value.arguments[1] if len(value.arguments) > 1 else None
    if name not in SIDES:
        return frozenset()
    between = parse(FUNCTIONS[name].at_zero) if at_zero is None else at_zero
    try:
        return frozenset((*map(Fraction, SIDES[name]), rational(between)))
    except FormulaError:
        return frozenset(map(Fraction, SIDES[name]))
