"""Short forms: pairs of activation and loss whose slopes, multiplied out, leave next to nothing.

Softmax with cross-entropy leaves output minus target, wherever the targets add up to 1; a sigmoid
with binary cross-entropy always does. With half the squared error nothing cancels, but many books
tell delta in one formula all the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tracer.maths.expression import Div, Expression
from tracer.maths.parse import parse
from tracer.rules.losses import in_base


class Pair(Struct, frozen=True):
    """A row of the table.

    Attributes:
        activation: the name of its row.
        loss: the name of its row.
        slope: dE/dnet, in ``out`` and ``target``.
        is_standard: whether the short form is told unless the spec says otherwise.
        adds_up: whether it holds only where the targets of the layer add up to 1.
        is_expected: whether readers expect it, so that a page says why it is not there.
    """

    activation: str
    loss: str
    slope: str
    is_standard: bool = True
    adds_up: bool = True
    is_expected: bool = True


def _of_books(activation: str, slope: str) -> Pair:
    """A product that some books write in one formula, with half the squared error."""
    return Pair(
        activation,
        "half_squared_error",
        slope,
        is_standard=False,
        adds_up=False,
        is_expected=False,
    )


TABLE = (
    Pair("softmax", "cross_entropy", "out - target"),
    Pair("log_softmax", "negative_log_likelihood", "exp(out) - target"),
    Pair(
        "sigmoid",
        "binary_cross_entropy",
        "out - target",
        is_standard=False,
        adds_up=False,
    ),
    _of_books("sigmoid", "out*(1 - out)*(out - target)"),
    _of_books("tanh", "(1 - out**2)*(out - target)"),
    _of_books("identity", "out - target"),
)

PAIRS: Mapping[tuple[str, str], Pair] = {(row.activation, row.loss): row for row in TABLE}


def slope(pair: Pair, parameters: Mapping[str, Expression]) -> Expression:
    """dE/dnet of a pair, with the parameters of activation and loss put in.

    Args:
        pair: the row.
        parameters: the base of logarithms and the temperature, where they are set.
    """
    found = parse(pair.slope)
    if "temperature" in parameters:
        found = Div(found, parameters["temperature"])
    return in_base(found, parameters["base"]) if "base" in parameters else found
