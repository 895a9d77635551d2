"""How inputs move along the derivative of the error, while every parameter stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tracer.maths.expression import Call, Expression, Number, Symbol, number, substitute
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule

ASCENT, DESCENT = DIRECTIONS = ("ascent", "descent")
ZERO = number(0)


class InputMove(Struct, frozen=True):
    """How inputs move.

    Attributes:
        ascent: the error is to grow, where False lets it fall.
        sign: only the sign of the derivative counts.
        sign_at_zero: what sign(0) is.
        clip: the least and the largest value of an input; empty: no limits.
        shape: the inputs' shape; empty where they have none.
    """

    ascent: bool = False
    sign: bool = False
    sign_at_zero: Number = ZERO
    clip: tuple[Number, ...] = ()
    shape: tuple[int, ...] = ()


RULES: Mapping[tuple[bool, bool], Rule] = {
    (True, False): Rule(
        "gradient ascent on the input",
        "old + learning_rate*gradient",
        "a step along the gradient: the error grows",
    ),
    (False, False): Rule(
        "gradient descent on the input",
        "old - learning_rate*gradient",
        "a step against the gradient: the error falls",
    ),
    (True, True): Rule(
        "ascent by the sign of the gradient",
        "old + learning_rate*jump",
        "a step of one size along the gradient: the error grows",
    ),
    (False, True): Rule(
        "descent by the sign of the gradient",
        "old - learning_rate*jump",
        "a step of one size against the gradient: the error falls",
    ),
}
"""By whether it goes up, and by the sign alone; ``jump`` is the sign of ``gradient``."""


def formula(move: InputMove, rule: Rule) -> Expression:
    """A rule's formula, with what sign(0) is, and the limits around it."""
    jump = Call("sign", (Symbol("gradient"), move.sign_at_zero))
    moved = substitute(parse(rule.formula), {"jump": jump})
    if not move.clip:
        return moved
    least, largest = move.clip
    return Call("min", (largest, Call("max", (least, moved))))
