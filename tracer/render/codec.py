"""Frozen data as JSON and back: the spec inside a saved trace.

Only the classes in the table are written and read; a file can name no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from tracer.errors import FormulaError, TracerError
from tracer.maths import expression
from tracer.maths.expression import Number
from tracer.maths.parse import parse_value
from tracer.rules.activations import Activation
from tracer.rules.losses import Loss
from tracer.spec import network, wiring

CLASSES: dict[str, type[Any]] = {
    row.__name__: row
    for row in (
        *(getattr(expression, name) for name in ("Number", "Symbol", "Neg", "Add", "Mul", "Div")),
        *(getattr(expression, name) for name in ("Pow", "Call", "Compare", "Cases")),
        Activation,
        Loss,
        wiring.Dense,
        wiring.Sparse,
        network.Parameter,
        network.Layer,
        network.Sample,
        network.Training,
        network.GivenValue,
        network.Published,
        network.Presentation,
        network.About,
        network.Network,
        network.Line,
        network.ExpressionProgram,
    )
}
MEMBERS = {name: tuple(item.name for item in fields(row)) for name, row in CLASSES.items()}
KIND = "is"
PLAIN = frozenset((type(None), str, int, bool))
SHORT: dict[type[Any], Callable[[Any], dict[str, Any]]] = {
    Number: lambda number: {"text": number.text},
    range: lambda numbers: {"start": numbers.start, "stop": numbers.stop},
    network.ParameterKind: lambda kind: {"value": kind.value},
}
"""What is written as less than its members: a number's text has its value in it."""


def encode(value: Any) -> Any:
    """A value as what JSON knows."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [encode(item) for item in value]
    if kind in SHORT:
        return {KIND: kind.__name__} | SHORT[kind](value)
    return {KIND: kind.__name__} | {
        name: encode(getattr(value, name)) for name in MEMBERS[kind.__name__]
    }


def decode(data: Any) -> Any:
    """What `encode` wrote.

    Raises:
        TracerError: the data are not what `encode` writes.
    """
    if isinstance(data, list):
        return tuple(decode(item) for item in data)
    if not isinstance(data, dict):
        return data
    members = {key: decode(item) for key, item in data.items() if key != KIND}
    try:
        return _BUILDERS[data[KIND]](**members)
    except (KeyError, TypeError, ValueError, AttributeError, FormulaError):
        raise TracerError(f"this is no saved spec: found {data.get(KIND)!r}") from None


def _number(text: str) -> Number:
    """The number that a text writes."""
    value = parse_value(text)
    if not isinstance(value, Number):
        raise ValueError(text)
    return value


_BUILDERS: dict[str, Any] = {
    **CLASSES,
    "Number": _number,
    "range": lambda start, stop: range(start, stop),
    "ParameterKind": lambda value: network.ParameterKind(value),
}
