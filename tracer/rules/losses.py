"""Losses: one row each, the error of one output in ``out`` and ``target``, and its slope.

A sample's error is the sum over its outputs. ``n`` is the number of outputs, for losses that take
the mean over them. A pairwise loss compares each output with that of the right class, ``right``,
whose own error is 0; so its row has a slope by each of the two.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache

from msgspec import Struct

from tracer.errors import FormulaError
from tracer.maths.expression import (
    Call,
    Cases,
    Div,
    Expression,
    Neg,
    Number,
    rebuild,
    substitute,
    symbols,
)
from tracer.maths.parse import parse
from tracer.rules.calculus import derivative
from tracer.rules.loss_rows import TABLE, LossRow

ROLES = ("out", "target", "n")

Settings = tuple[tuple[str, Expression], ...]


class Loss(Struct, frozen=True):
    """A row, parsed, with its parameters put in: what a network has.

    Attributes:
        name: the row's name, or the user's formula as written.
        value: the error of one output.
        slope: its derivative by ``out``.
        worked: the slope as the chain rule gives it, before it is tidied up.
        stable: what the value is computed by, where that is not the value.
        stable_slope: what the slope is computed by, where that is not the slope.
        right_slope: of a pairwise loss, its derivative by ``right``.
        parameters: the parameters' names and values, those of the row among them.
        form: ``short`` or ``long``, where the spec says how slopes are told; else empty.
        convention: what the row decides, in words.
    """

    name: str
    value: Expression
    slope: Expression
    worked: Expression
    stable: Expression | None = None
    stable_slope: Expression | None = None
    right_slope: Expression | None = None
    parameters: Settings = ()
    form: str = ""
    convention: str = ""

    @property
    def computed(self) -> Expression:
        """What the value is computed by."""
        return self.stable or self.value

    @property
    def computed_slope(self) -> Expression:
        """What the slope is computed by."""
        return self.stable_slope or self.slope

    @property
    def is_pairwise(self) -> bool:
        """Whether each output is compared with that of the right class."""
        return self.right_slope is not None


ROWS: Mapping[str, LossRow] = {row.name: row for row in TABLE}

ALIASES: Mapping[str, str] = {
    "half_mse": "half_squared_error",
    "sse": "squared_error",
    "mse": "mean_squared_error",
    "bce": "binary_cross_entropy",
    "categorical_cross_entropy": "cross_entropy",
    "nll": "negative_log_likelihood",
}

FORMS = ("short", "long")


@cache
def loss(name: str, settings: Settings = (), form: str = "") -> Loss:
    """The row of that name, with its parameters put in.

    Args:
        name: a row's name or an alias.
        settings: parameters that differ from the row's own, as (name, number).
        form: ``short`` or ``long``; empty: the standard.

    Raises:
        KeyError: no row has that name.
        FormulaError: a setting that the row does not have, or one that it cannot have.
    """
    row = ROWS[ALIASES.get(name, name)]
    for key, value in settings:
        complain_of_setting(row, key, value)
    values: dict[Hashable, Expression] = {
        **{key: parse(text) for key, text in row.parameters if text},
        **dict(settings),
    }
    base = values.get("base")

    def made(text: str) -> Expression:
        found = _tidied(substitute(parse(text), values))
        return in_base(found, base) if base else found

    return Loss(
        name=row.name,
        value=made(row.value),
        slope=made(row.slope),
        worked=made(row.worked),
        stable=made(row.stable) if row.stable else None,
        stable_slope=made(row.stable_slope) if row.stable_slope else None,
        right_slope=made(row.right_slope) if row.right_slope else None,
        parameters=tuple((str(key), value) for key, value in values.items()),
        form=form,
        convention=row.convention,
    )


def in_base(formula: Expression, base: Expression) -> Expression:
    """A formula with natural logarithms, as with logarithms to another base."""
    if isinstance(formula, Neg):
        return Neg(in_base(formula.operand, base))
    return Div(formula, Call("ln", (base,)))


def _tidied(formula: Expression) -> Expression:
    """The formula without minus signs before 0 and cases that are as all others.

    The minus sign of a dividend stands before the whole quotient.
    """
    match rebuild(formula, _tidied):
        case Neg(Number(value) as zero) if not value:
            return zero
        case Div(Neg(dividend), divisor):
            return Neg(Div(dividend, divisor))
        case Cases((*before, (_, value)), otherwise) if before and value == otherwise:
            return _tidied(Cases(tuple(before), otherwise))
        case tidied:
            return tidied


def complain_of_setting(row: LossRow, key: str, value: Expression) -> None:
    """Refuses a setting that a row cannot have.

    Raises:
        FormulaError: the row has no such parameter, or the number is out of its range.
    """
    known = [name for name, _ in row.parameters]
    if key not in known:
        raise FormulaError(
            f"{row.name} has no parameter '{key}' (it has: {', '.join(known) or 'none'})"
        )
    if key == "base" and not (isinstance(value, Number) and value.value > 1):
        raise FormulaError("the base of logarithms is a number above 1, so that E is not negative")


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
