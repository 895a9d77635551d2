"""Joint activations: one row each, whose outputs depend on all net inputs of their layer.

A row is told in stages, such as softmax's exponentials and their sum, from which each output is
made. Its slopes go by two units: how the output of one changes with the net input of the same unit
(i = j), and with that of another one (i is not j).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache

from msgspec import Struct

from tracer.errors import FormulaError
from tracer.maths.expression import (
    Add,
    Div,
    Expression,
    Neg,
    Number,
    rebuild,
    substitute,
)
from tracer.maths.parse import parse
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import EXPONENTIAL, LARGEST, LAYER_SUM, Kind

Settings = tuple[tuple[str, Expression], ...]


class Stage(Struct, frozen=True):
    """What can be made on the way from the net inputs of a layer to its outputs.

    Attributes:
        kind: what kind of quantity it is.
        joined: how the terms of all units are joined, ``max`` or ``sum``; empty where each unit
            has its own.
    """

    kind: Kind
    joined: str = ""


STAGES: Mapping[str, Stage] = {
    "largest": Stage(LARGEST, "max"),
    "exponential": Stage(EXPONENTIAL),
    "layer_sum": Stage(LAYER_SUM, "sum"),
}
"""Every stage by its role in formulas, which is the name of its rule too."""


class JointRow(Struct, frozen=True):
    """A row of the table, as text.

    Attributes:
        name: as a spec calls it.
        stages: (role, formula or term) in the order in which they are made; ``shift`` is what is
            subtracted from every net input, the largest one unless the spec says otherwise.
        value: out of a unit, in ``net`` and the stages.
        own: dout_i/dnet_j where i = j, in ``out``.
        other: dout_i/dnet_j where i is not j, in ``out`` (of i) and ``other`` (out of j).
        parameters: their names, with the text of what they are unless the spec says otherwise.
        positive: the parameters that must be positive.
        convention: what it does, in words, with ``{shift}`` for what is subtracted.
    """

    name: str
    stages: tuple[tuple[str, str], ...]
    value: str
    own: str
    other: str
    parameters: tuple[tuple[str, str], ...] = ()
    positive: tuple[str, ...] = ()
    convention: str = ""


NOTHING = Phrase("")


class Joint(Struct, frozen=True):
    """A row with its parameters put in: what a layer of a network has.

    Attributes:
        name: the row's name.
        stages: (role, formula or term) in the order in which they are made.
        value: out of a unit.
        own: dout_i/dnet_j where i = j.
        other: dout_i/dnet_j where i is not j.
        settings: the parameters that the spec sets.
        convention: what it does, in words.
    """

    name: str
    stages: tuple[tuple[str, Expression], ...]
    value: Expression
    own: Expression
    other: Expression
    settings: Settings = ()
    convention: Phrase = NOTHING


EXPONENTIALS = (
    ("largest", "net"),
    ("exponential", "exp((net - shift)/temperature)"),
    ("layer_sum", "exponential"),
)
PARAMETERS = (("temperature", "1"), ("shift", "largest"))

TABLE = (
    JointRow(
        "softmax",
        EXPONENTIALS,
        value="exponential/layer_sum",
        own="out*(1 - out)/temperature",
        other="-out*other/temperature",
        parameters=PARAMETERS,
        positive=("temperature",),
        convention="out_i = exp(net_i)/Σ exp(net_j) over the units of its layer",
    ),
    JointRow(
        "log_softmax",
        EXPONENTIALS,
        value="(net - shift)/temperature - ln(layer_sum)",
        own="(1 - exp(out))/temperature",
        other="-exp(other)/temperature",
        parameters=PARAMETERS,
        positive=("temperature",),
        convention="out_i = ln(exp(net_i)/Σ exp(net_j)) over the units of its layer",
    ),
)

ROWS: Mapping[str, JointRow] = {row.name: row for row in TABLE}

ALIASES: Mapping[str, str] = {"logsoftmax": "log_softmax"}


@cache
def joint(name: str, settings: Settings = ()) -> Joint:
    """The row of that name, with its parameters put in.

    Args:
        name: a row's name or an alias.
        settings: parameters that differ from the row's own, as (name, number).

    Raises:
        KeyError: no row has that name.
        FormulaError: a setting that the row does not have, or one that it cannot have.
    """
    row = ROWS[ALIASES.get(name, name)]
    for key, value in settings:
        complain_of_setting(row, key, value)
    put_in: dict[Hashable, Expression] = {
        **{key: parse(text) for key, text in row.parameters},
        **dict(settings),
    }

    def made(text: str) -> Expression:
        return _tidied(substitute(parse(text), put_in))

    shifted = any(key == "shift" for key, _ in settings)
    stages = tuple((role, made(text)) for role, text in row.stages)
    return Joint(
        row.name,
        tuple(stage for stage in stages if not (shifted and stage[0] == "largest")),
        made(row.value),
        made(row.own),
        made(row.other),
        settings,
        _said(Phrase(row.convention), dict(settings)),
    )


def complain_of_setting(row: JointRow, key: str, value: Expression) -> None:
    """Refuses a setting that a row cannot have.

    Raises:
        FormulaError: the row has no such parameter, or the number is out of its range.
    """
    known = [name for name, _ in row.parameters]
    if key not in known:
        raise FormulaError(f"{row.name} has no parameter '{key}' (it has: {', '.join(known)})")
    if key in row.positive and not (isinstance(value, Number) and value.value > 0):
        text = value.text if isinstance(value, Number) else "no number"
        raise FormulaError(f"{key} must be a positive number, found {text}")


def _said(told: Phrase, settings: Mapping[str, Expression]) -> Phrase:
    """What an activation does, and what the settings change."""
    shift, temperature = settings.get("shift"), settings.get("temperature")
    if not isinstance(shift, Number):
        text = "{told}; the largest net is subtracted from all first, which changes no output"
        told = phrase(text, told=told)
    elif shift.value:
        text = "{told}; {shift} is subtracted from every net first, which changes no output"
        told = phrase(text, told=told, shift=shift.text)
    if temperature:
        text = "{told}; every net is divided by the temperature {temperature}"
        told = phrase(text, told=told, temperature=_text(temperature))
    return told


def _text(value: Expression | None) -> str:
    return value.text if isinstance(value, Number) else ""


def _tidied(expression: Expression) -> Expression:
    """The formula without divisions by 1 and without a 0 that is subtracted."""
    match rebuild(expression, _tidied):
        case Div(numerator, Number(value)) if value == 1:
            return numerator
        case Add((first, Neg(Number(value)))) if value == 0:
            return first
        case tidied:
            return tidied
