"""Frozen data as JSON and back: the spec inside a saved trace.

Only the classes in the table are written and read; a file can name no other.
"""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from fractions import Fraction
from typing import Any

from tracer.errors import TracerError
from tracer.maths import expression
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


def encode(value: Any) -> Any:
    """A value as what JSON knows."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Fraction):
        return {KIND: "Fraction", "value": str(value)}
    if isinstance(value, range):
        return {KIND: "range", "start": value.start, "stop": value.stop}
    if isinstance(value, Enum):
        return {KIND: type(value).__name__, "value": value.value}
    data: dict[str, Any] = {KIND: type(value).__name__}
    for name in MEMBERS[type(value).__name__]:
        data[name] = encode(getattr(value, name))
    return data


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
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise TracerError(f"this is no saved spec: found {data.get(KIND)!r}") from None


_BUILDERS: dict[str, Any] = {
    **CLASSES,
    "Fraction": lambda value: Fraction(value),
    "range": lambda start, stop: range(start, stop),
    "ParameterKind": lambda value: network.ParameterKind(value),
}
