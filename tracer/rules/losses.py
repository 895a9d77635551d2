"""Losses: one row each, the error of one output in ``out`` and ``target``, and its slope.

A sample's error is the sum over its outputs. ``n`` is the number of outputs, for losses that take
the mean over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tracer.errors import FormulaError
from tracer.maths.expression import Expression, symbols
from tracer.maths.parse import parse
from tracer.rules.calculus import derivative

ROLES = ("out", "target", "n")


@dataclass(frozen=True, slots=True)
class LossRow:
    """A row of the table, as text.

    Attributes:
        name: as a spec calls it.
        value: the error of one output.
        slope: its derivative by ``out``, in the form that textbooks print.
        worked: the slope as the chain rule gives it, before it is tidied up.
    """

    name: str
    value: str
    slope: str
    worked: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A row, parsed: what a network has; the attributes are those of the row."""

    name: str
    value: Expression
    slope: Expression
    worked: Expression


TABLE = (
    LossRow(
        "half_squared_error",
        value="1/2*(target - out)**2",
        slope="out - target",
        worked="2*1/2*(target - out)*(-1)",
    ),
    LossRow(
        "squared_error",
        value="(target - out)**2",
        slope="2*(out - target)",
        worked="2*(target - out)*(-1)",
    ),
    LossRow(
        "mean_squared_error",
        value="1/n*(target - out)**2",
        slope="2/n*(out - target)",
        worked="1/n*2*(target - out)*(-1)",
    ),
    LossRow(
        "binary_cross_entropy",
        value="-(target*ln(out) + (1 - target)*ln(1 - out))",
        slope="(out - target)/(out*(1 - out))",
        worked="-(target/out - (1 - target)/(1 - out))",
    ),
)

ROWS: Mapping[str, LossRow] = {row.name: row for row in TABLE}

ALIASES: Mapping[str, str] = {
    "half_mse": "half_squared_error",
    "sse": "squared_error",
    "mse": "mean_squared_error",
    "bce": "binary_cross_entropy",
}


@cache
def loss(name: str) -> Loss:
    """The row of that name.

    Raises:
        KeyError: no row has that name.
    """
    row = ROWS[ALIASES.get(name, name)]
    return Loss(row.name, parse(row.value), parse(row.slope), parse(row.worked))


@cache
def own_loss(text: str) -> Loss:
    """A user's formula in ``out`` and ``target`` (and ``n``) as a row.

    Raises:
        FormulaError: the text is no formula, or uses other names.
    """
    value = parse(text)
    for name in symbols(value):
        if name not in ROLES:
            raise FormulaError(f"a loss is a formula in out and target, this one uses '{name}'")
    slope = derivative(value, "out")
    return Loss(text, value, slope, slope)
