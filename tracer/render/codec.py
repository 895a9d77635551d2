"""Frozen data as JSON and back: the spec inside a saved trace.

Only the classes in the table are written and read; a file can name no other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracer.errors import FormulaError, TracerError
from tracer.maths import expression
from tracer.maths.expression import Number
from tracer.maths.grammar import RELATIONS
from tracer.maths.names import UNARY, VARIADIC
from tracer.maths.parse import parse_value
from tracer.rules.activations import Activation
from tracer.rules.input_moves import InputMove
from tracer.rules.joint import Joint, joint
from tracer.rules.losses import Loss
from tracer.rules.penalties import Regularization
from tracer.spec import gathering, network, unrolled, wiring
from tracer.spec.dropout.masks import OF_STEP, Dropout
from tracer.spec.located import PLACES
from tracer.spec.training.method import Method, is_known
from tracer.spec.training.until import Until
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.windows import convolution, positions

CLASSES: dict[str, type[Any]] = {
    row.__name__: row
    for row in (
        *(getattr(expression, name) for name in ("Number", "Symbol", "Neg", "Add", "Mul", "Div")),
        *(getattr(expression, name) for name in ("Pow", "Call", "Compare", "Cases")),
        Activation,
        Joint,
        Loss,
        Regularization,
        InputMove,
        wiring.Dense,
        wiring.Sparse,
        positions.Axis,
        convolution.Convolution,
        gathering.Gathering,
        network.Parameter,
        network.Layer,
        unrolled.Coupling,
        Dropout,
        unrolled.Time,
        network.Sample,
        Until,
        network.Training,
        Method,
        network.GivenValue,
        network.Published,
        network.Presentation,
        network.About,
        network.Network,
        network.Line,
        network.ExpressionProgram,
    )
}
MEMBERS = {
    name: tuple(item for item in row.__struct_fields__ if item not in PLACES)
    for name, row in CLASSES.items()
}
"""What makes a value what it is; where in a file it stood does not."""
OPTIONAL: dict[type[Any], tuple[str, ...]] = {
    network.Layer: ("couplings", "cut"),
    network.Network: ("time", "dropouts"),
    Dropout: ("drawn_as",),
    network.Presentation: ("notation",),
}
"""What is written only where there is something to say."""

KIND = "is"
PLAIN = frozenset((type(None), str, int, bool))
LARGEST = 10 * MAX_EDGES
"""No count or number of a unit or parameter is larger."""

SHORT: dict[type[Any], Callable[[Any], dict[str, Any]]] = {
    Number: lambda number: {"text": number.text},
    range: lambda numbers: {"start": numbers.start, "stop": numbers.stop},
    Joint: lambda row: {"name": row.name, "settings": row.settings},
    network.Parameter: lambda parameter: {
        "name": parameter.name,
        "kind": parameter.kind.value,
        "value": getattr(parameter.value, "text", parameter.value),
        "trainable": parameter.trainable,
    },
}
"""What is not written member by member: a number's text, for one, has its value in it."""


def encode(value: Any) -> dict[str, Any]:
    """What `json.dumps` is to write for a value that it does not know."""
    kind = type(value)
    if kind in SHORT:
        return {KIND: kind.__name__} | SHORT[kind](value)
    members = {name: getattr(value, name) for name in MEMBERS[kind.__name__]}
    for name in OPTIONAL.get(kind, ()):
        if members[name] in (None, (), ""):
            del members[name]
    return {KIND: kind.__name__} | members


def decode(data: Any) -> Any:
    """What `encode` wrote.

    Raises:
        TracerError: the data are not what `encode` writes.
    """
    if isinstance(data, list):
        return tuple(decode(item) for item in data)
    if not isinstance(data, dict):
        return _plain(data)
    members = {key: decode(item) for key, item in data.items() if key != KIND}
    try:
        return _BUILDERS[data[KIND]](**members)
    except (KeyError, TypeError, ValueError, AttributeError, FormulaError):
        raise _refused(data.get(KIND)) from None


def _refused(found: object) -> TracerError:
    return TracerError(f"this is no saved spec: found {str(found)[:40]!r}")


def _plain(value: Any) -> Any:
    if type(value) not in PLAIN or (isinstance(value, int) and abs(value) > LARGEST):
        raise _refused(value)
    return value


def _number(text: str) -> Number:
    """The number that a text writes."""
    value = parse_value(text)
    if not isinstance(value, Number):
        raise ValueError(text)
    return value


def _call(function: str, arguments: tuple[Any, ...]) -> expression.Call:
    """A call of a function that there is: its name becomes part of a program."""
    if function not in (*UNARY, *VARIADIC):
        raise ValueError(function)
    return expression.Call(function, arguments)


def _compare(left: Any, relation: str, right: Any) -> expression.Compare:
    """A comparison by a relation that there is: its sign becomes part of a program."""
    if relation not in RELATIONS:
        raise ValueError(relation)
    return expression.Compare(left, relation, right)


def _dense(sources: range, units: int, first_parameter: int) -> wiring.Dense:
    """A dense layer of a size that a spec may have."""
    if units * len(sources) > MAX_EDGES:
        raise ValueError(units)
    return wiring.Dense(sources, units, first_parameter)


def _axis(**members: int) -> positions.Axis:
    """How windows move; they have places, and positions."""
    if min(members[name] for name in ("size", "window", "stride", "count")) < 1:
        raise ValueError(members)
    return positions.Axis(**members)


def _convolution(axes: tuple[positions.Axis, ...], **members: Any) -> convolution.Convolution:
    """A convolution of a size that a spec may have."""
    found = convolution.Convolution(axes, **members)
    edges = positions.positions(axes) * len(found.kernels)
    if min(found.channels, found.filters) < 1 or edges > MAX_EDGES:
        raise ValueError(members)
    return found


def _gathering(groups: tuple[tuple[int, ...], ...], **members: Any) -> gathering.Gathering:
    """What units of a layer gather; every one gathers something."""
    if not all(groups) or members["takes"] not in gathering.TAKES:
        raise ValueError(groups)
    return gathering.Gathering(groups=groups, **members)


def _dropout(keep: Number, depth: int, **members: Any) -> Dropout:
    """Dropout that keeps something."""
    if not 0 < keep.value <= 1 or depth not in range(OF_STEP + 1):
        raise ValueError(keep)
    return Dropout(keep=keep, depth=depth, **members)


def _parameter(kind: str, value: Any, **members: Any) -> network.Parameter:
    """The parameter of that kind; its number is its text."""
    read = _number(value) if isinstance(value, str) else value
    return network.Parameter(kind=network.ParameterKind(kind), value=read, **members)


def _method(name: str, settings: tuple[Any, ...], epsilon_inside: bool) -> Method:
    """A method that there is, with the settings that it has."""
    if not is_known(name, settings):
        raise ValueError(name)
    return Method(name, settings, epsilon_inside)


_BUILDERS: dict[str, Any] = {
    **CLASSES,
    "Number": _number,
    "Call": _call,
    "Compare": _compare,
    "Dense": _dense,
    "Axis": _axis,
    "Convolution": _convolution,
    "Method": _method,
    "Gathering": _gathering,
    "Dropout": _dropout,
    "range": lambda start, stop: range(start, stop),
    "Parameter": _parameter,
    "Joint": joint,
}
