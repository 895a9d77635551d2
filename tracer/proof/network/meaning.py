"""What each derivative is a derivative of, and by what: the definitions that witnesses check.

A derivative by something inside the network is taken with everything before it cut off: what it
is differentiated by is a place, at which the value can be moved on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from tracer.proof.network.graph import Graph
from tracer.proof.network.unit import BIAS
from tracer.rules.optimisers import MADE
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    CHANGE,
    DATA_GRADIENT,
    DELTA,
    ERROR,
    ERROR_BY_OUT,
    GRADIENT,
    INPUT_PATH,
    JACOBIAN,
    KEPT,
    KEPT_BY_INPUT,
    KEPT_BY_OUT,
    KEPT_PATH,
    NET,
    NET_BY_INPUT,
    NET_BY_KEPT,
    NET_BY_OUT,
    NET_BY_PARAMETER,
    OUT,
    OUT_BY_INPUT,
    OUT_BY_KEPT,
    OUT_BY_OUT,
    PATH,
    SAMPLE_CHANGE,
    SAMPLE_GRADIENT,
    SLOPE,
    USE,
    Kind,
    Quantity,
)


class Out(Struct, frozen=True):
    """The output of a unit, or an input."""

    unit: int


class Net(Struct, frozen=True):
    """The net input of a unit."""

    unit: int


class Kept(Struct, frozen=True):
    """What a unit or input with dropout sends on."""

    unit: int


class Error(Struct, frozen=True):
    """The error of one output."""

    unit: int


class SampleError(Struct, frozen=True):
    """The error of a sample."""


class Everywhere(Struct, frozen=True):
    """A parameter, wherever it is used."""

    parameter: int


class InUnit(Struct, frozen=True):
    """A parameter, as one unit uses it."""

    parameter: int
    unit: int


class InUse(Struct, frozen=True):
    """A parameter, as one edge uses it; the source of a bias is `BIAS`."""

    parameter: int
    unit: int
    source: int


class Along(Struct, frozen=True):
    """The output of a unit, or an input, as one other unit receives it."""

    source: int
    unit: int


Measured = Out | Net | Kept | Error | SampleError
Place = Out | Net | Kept | Everywhere | InUnit | InUse | Along


class Derivative(Struct, frozen=True):
    """How fast something changes with something else.

    Attributes:
        of: what is measured.
        by: where the value is moved.
    """

    of: Measured
    by: Place


MEASURED: Mapping[Kind, type[Net] | type[Out] | type[Kept] | type[Error]] = {
    NET: Net,
    OUT: Out,
    KEPT: Kept,
    ERROR: Error,
}
"""Which values of the forward pass belong to one unit."""


def derivative(quantity: Quantity, graph: Graph) -> Derivative | None:
    """What a quantity is a derivative of, and by what; None where it is no derivative.

    For a derivative of the error of a whole batch, for an updated parameter, and for a change that
    is a multiple of a derivative, it is the derivative of each sample's error.
    """
    meaning = MEANINGS.get(quantity.kind)
    return None if meaning is None else meaning(quantity, graph)


def _by_out(quantity: Quantity, graph: Graph) -> Derivative:
    return Derivative(SampleError(), Out(graph.numbers[quantity.unit]))


def _by_kept(quantity: Quantity, graph: Graph) -> Derivative:
    return Derivative(SampleError(), Kept(graph.numbers[quantity.unit]))


def _kept_by_out(quantity: Quantity, graph: Graph) -> Derivative:
    unit = graph.numbers[quantity.unit]
    return Derivative(Kept(unit), Out(unit))


def _delta(quantity: Quantity, graph: Graph) -> Derivative:
    return Derivative(SampleError(), Net(graph.numbers[quantity.unit]))


def _slope(quantity: Quantity, graph: Graph) -> Derivative:
    unit = graph.numbers[quantity.unit]
    return Derivative(Out(unit), Net(unit))


def _jacobian(quantity: Quantity, graph: Graph) -> Derivative:
    unit, source = graph.numbers[quantity.unit], graph.numbers[quantity.source]
    return Derivative(Out(unit), Net(source))


def _gradient(quantity: Quantity, graph: Graph) -> Derivative:
    return Derivative(SampleError(), Everywhere(graph.parameters[quantity.unit]))


def _path(quantity: Quantity, graph: Graph) -> Derivative:
    along = Along(graph.numbers[quantity.unit], graph.numbers[quantity.source])
    return Derivative(SampleError(), along)


def _use(quantity: Quantity, graph: Graph) -> Derivative:
    unit, _, source = quantity.source.partition(":")
    number = graph.numbers[source] if source else BIAS
    use = InUse(graph.parameters[quantity.unit], graph.numbers[unit], number)
    return Derivative(SampleError(), use)


def _net_by_parameter(quantity: Quantity, graph: Graph) -> Derivative:
    unit = graph.numbers[quantity.unit]
    return Derivative(Net(unit), InUnit(graph.parameters[quantity.source], unit))


def _net_by_source(quantity: Quantity, graph: Graph) -> Derivative:
    unit, source = graph.numbers[quantity.unit], graph.numbers[quantity.source]
    return Derivative(Net(unit), Along(source, unit))


def _share(quantity: Quantity, graph: Graph) -> Derivative:
    unit, source = graph.numbers[quantity.unit], graph.numbers[quantity.source]
    return Derivative(Out(unit), Along(source, unit))


def _error_by_out(quantity: Quantity, graph: Graph) -> Derivative:
    return Derivative(Error(graph.numbers[quantity.unit]), Out(graph.numbers[quantity.source]))


MEANINGS: Mapping[Kind, Callable[[Quantity, Graph], Derivative]] = {
    BY_OUT: _by_out,
    BY_INPUT: _by_out,
    BY_KEPT: _by_kept,
    KEPT_BY_OUT: _kept_by_out,
    KEPT_BY_INPUT: _kept_by_out,
    DELTA: _delta,
    SLOPE: _slope,
    JACOBIAN: _jacobian,
    SAMPLE_GRADIENT: _gradient,
    GRADIENT: _gradient,
    DATA_GRADIENT: _gradient,
    **dict.fromkeys(MADE, _gradient),
    SAMPLE_CHANGE: _gradient,
    CHANGE: _gradient,
    PATH: _path,
    INPUT_PATH: _path,
    KEPT_PATH: _path,
    USE: _use,
    NET_BY_PARAMETER: _net_by_parameter,
    NET_BY_OUT: _net_by_source,
    NET_BY_INPUT: _net_by_source,
    NET_BY_KEPT: _net_by_source,
    ERROR_BY_OUT: _error_by_out,
    OUT_BY_OUT: _share,
    OUT_BY_KEPT: _share,
    OUT_BY_INPUT: _share,
}
