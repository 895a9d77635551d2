"""A partial state: the quantities of one sample at which the author lets the trace start.

A value that is given is kept when something before it is moved: what it differs by from what the
network makes stays the same. A derivative that is given takes the place of everything behind it:
the error then is a sum of such derivatives times what they are derivatives by, and of whatever the
network makes of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tracer.proof.network.data import Data
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import (
    Derivative,
    Error,
    Measured,
    Net,
    Out,
    SampleError,
)
from tracer.proof.network.shape import reached
from tracer.proof.reals import Real
from tracer.proof.witness import GIVEN, SilentError
from tracer.rules.quantity import (
    BY_OUT,
    DATA_ERROR,
    DELTA,
    ERROR,
    JACOBIAN,
    NET,
    OUT,
    SAMPLE_ERROR,
    SLOPE,
    TOTAL,
    Kind,
    Quantity,
)


class State(Struct, frozen=True):
    """What is given of one sample.

    Attributes:
        values: of the forward pass.
        signals: derivatives of the error by a net input or an output.
        slopes: of activations, by the unit's number.
        unknown: the units whose net input depends on a letter.
        is_joint: whether slopes or deltas of a layer with a joint activation are given: its units
            then do not go together as any network's do.
    """

    values: Mapping[Measured, Real] = field(default_factory=dict)
    signals: Mapping[Net | Out, Real] = field(default_factory=dict)
    slopes: Mapping[int, Real] = field(default_factory=dict)
    unknown: frozenset[int] = frozenset()
    is_joint: bool = False

    def keeps(self, unit: int) -> bool:
        """Whether what a unit sends on stays as it is, because its signal is given."""
        return Net(unit) in self.signals or Out(unit) in self.signals

    def passes(self, graph: Graph, meaning: Derivative, unit: int) -> bool:
        """Whether a derivative needs the slope of a unit's activation."""
        if meaning.of == Out(unit) or unit in _mates(graph, meaning.of):
            return True
        is_behind = unit in reached(graph, meaning.by) and meaning.by != Out(unit)
        return is_behind and Net(unit) not in self.signals


NOTHING = State()


def _mates(graph: Graph, of: Measured) -> range:
    """The units that a joint activation makes together with an output."""
    return (
        graph.unit(of.unit).mates if isinstance(of, Out) and of.unit >= graph.inputs else range(0)
    )


def state(data: Data, sample: int) -> State:
    """What is given of a sample, from 0, in the first training step.

    Raises:
        SilentError: something is given on the way from net inputs to joint outputs.
    """
    if not data.given:
        return NOTHING
    if data.gives_stages(sample):
        raise SilentError(GIVEN)
    kinds = {quantity.kind for quantity in data.given if quantity.sample == sample + 1}
    units = data.graph.units

    def given(kind: Kind, unit: str = "") -> Real | None:
        return data.given.get(Quantity(kind, unit, sample=sample + 1))

    values: dict[Measured, Real | None] = {SampleError(): given(SAMPLE_ERROR)}
    if len(data.graph.batch(1)) == 1:
        penalised = data.graph.network.training.regularization is not None
        values[SampleError()] = data.given.get(Quantity(DATA_ERROR if penalised else TOTAL))
    signals: dict[Net | Out, Real | None] = {}
    for unit in units:
        number = unit.number
        values |= {Net(number): given(NET, unit.name), Out(number): given(OUT, unit.name)}
        values[Error(number)] = given(ERROR, unit.name)
        delta, by_out = given(DELTA, unit.name), given(BY_OUT, unit.name)
        signals |= {Net(number): delta} if delta is not None else {Out(number): by_out}
    slopes = {unit.number: given(SLOPE, unit.name) for unit in units}
    return State(
        {at: value for at, value in values.items() if value is not None},
        {at: value for at, value in signals.items() if value is not None},
        {number: value for number, value in slopes.items() if value is not None},
        data.unknown_nets(sample),
        JACOBIAN in kinds or any(unit.mates for unit in units if signals.get(Net(unit.number))),
    )
