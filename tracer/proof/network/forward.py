"""The forward pass in numbers, and what becomes of it when one value is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracer.proof.network.data import Data
from tracer.proof.network.graph import BIAS, Graph, Unit
from tracer.proof.network.inverse import net_that_makes
from tracer.proof.network.meaning import (
    Along,
    Error,
    Everywhere,
    InUnit,
    InUse,
    Measured,
    Net,
    Out,
    Place,
    SampleError,
)
from tracer.proof.network.shape import reached
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ONE, ZERO, Real, compared
from tracer.proof.trees import walked
from tracer.rules.quantity import ERROR, NET, OUT, SAMPLE_ERROR, TOTAL, Quantity


@dataclass(frozen=True, slots=True)
class Forward:
    """One sample's forward pass.

    Attributes:
        graph: the network.
        parameters: their values.
        targets: the sample's.
        out: of every input and unit.
        net: of every unit; 0 in the inputs' places.
        errors: of every output.
        decisions: of every comparison in a piecewise formula, in order.
        offsets: what a given value differs by from what the network makes of its inputs.
    """

    graph: Graph
    parameters: Sequence[Real]
    targets: Sequence[Real]
    out: list[Real]
    net: list[Real]
    errors: list[Real]
    decisions: tuple[int, ...] = ()
    offsets: dict[Measured, Real] | None = None

    @property
    def is_consistent(self) -> bool:
        """Whether every given output is what its given net input makes."""
        return not any(
            isinstance(at, Out) and compared(self.out[at.unit] - by, self.out[at.unit])
            for at, by in (self.offsets or {}).items()
        )

    @property
    def error(self) -> Real:
        """The sample's error."""
        total = (self.offsets or {}).get(SampleError(), ZERO)
        for error in self.errors:
            total = total + error
        return total

    def value(self, of: Measured) -> Real:
        """What is measured somewhere."""
        match of:
            case Out(unit):
                return self.out[unit]
            case Net(unit):
                return self.net[unit]
            case Error(unit):
                return self.errors[unit - self.graph.outputs[0].number]
            case SampleError():
                return self.error

    def offset(self, at: Measured, value: Real) -> Real:
        """A value with the offset that belongs to its place."""
        return value + self.offsets[at] if self.offsets and at in self.offsets else value


def forward(data: Data, sample: int, parameters: Sequence[Real], with_given: bool) -> Forward:
    """The forward pass of a sample, from 0.

    Raises:
        CalculationError: a value does not exist.
    """
    graph = data.graph
    out = [*data.inputs(sample), *[ZERO] * len(graph.units)]
    empty = Forward(graph, parameters, data.targets(sample), out, [ZERO] * len(out), [])
    run = _Run(replace(empty, errors=[ZERO] * len(graph.outputs)), None, ZERO)
    if not (with_given and data.given):
        return run.through(graph.units)
    return _with_given(run, data, sample)


def moved(start: Forward, place: Place, by: Real) -> Forward:
    """The forward pass with one value moved; only what depends on it is computed again."""
    copy = replace(start, out=list(start.out), net=list(start.net), errors=list(start.errors))
    return _Run(copy, place, by).moved(place)


@dataclass(slots=True)
class _Run:
    """A pass that is being computed, with one place moved."""

    done: Forward
    place: Place | None
    by: Real

    def through(self, units: Sequence[Unit]) -> Forward:
        algebra = Numeric()
        for unit in units:
            self.net(unit)
            self.out(unit, algebra)
        for unit in self.done.graph.outputs:
            self.error(unit, algebra)
        return replace(self.done, decisions=tuple(algebra.decisions))

    def net(self, unit: Unit) -> None:
        """The weighted sum."""
        done, total = self.done, ZERO
        for source, parameter in unit.uses:
            total = total + done.parameters[parameter] * self._received(unit, source)
        if self.place is not None:
            total = total + self._extra(unit, self.place)
        done.net[unit.number] = done.offset(Net(unit.number), total)

    def _extra(self, unit: Unit, place: Place) -> Real:
        """What moving the place adds to a weighted sum."""
        match place:
            case Everywhere(moved) | InUnit(moved, unit.number):
                factors = [self._received(unit, by) for by, weight in unit.uses if weight == moved]
            case InUse(_, unit.number, source):
                factors = [self._received(unit, source)]
            case Along(source, unit.number):
                factors = [self.done.parameters[w] for by, w in unit.edges if by == source]
            case _:
                return ZERO
        return self.by * sum(factors, ZERO)

    def _received(self, unit: Unit, source: int) -> Real:
        """What a parameter is multiplied by."""
        if source == BIAS:
            return ONE if unit.sign > 0 else -ONE
        return self.done.out[source]

    def out(self, unit: Unit, algebra: Numeric) -> None:
        """The activation."""
        done = self.done
        value = walked(unit.activation, {"net": done.net[unit.number]}, algebra)
        done.out[unit.number] = done.offset(Out(unit.number), value)

    def error(self, unit: Unit, algebra: Numeric) -> None:
        """The loss of one output."""
        done, k = self.done, unit.number - self.done.graph.outputs[0].number
        roles = {"out": done.out[unit.number], "target": done.targets[k]}
        value = walked(done.graph.loss, roles, algebra)
        done.errors[k] = done.offset(Error(unit.number), value)

    def moved(self, place: Place) -> Forward:
        """Recomputes what depends on a place, unit after unit."""
        algebra, graph = Numeric(), self.done.graph
        changed = reached(graph, place)
        if isinstance(place, Out) and place.unit < graph.inputs:
            self.done.out[place.unit] = self.done.out[place.unit] + self.by
        for unit in graph.units:
            if unit.number in changed:
                self._again(unit, place, algebra)
        for unit in graph.outputs:
            if unit.number in changed:
                self.error(unit, algebra)
        return replace(self.done, decisions=tuple(algebra.decisions))

    def _again(self, unit: Unit, place: Place, algebra: Numeric) -> None:
        done, number = self.done, unit.number
        if place == Out(number):
            done.out[number] = done.out[number] + self.by
            return
        if place == Net(number):
            done.net[number] = done.net[number] + self.by
        else:
            self.net(unit)
        self.out(unit, algebra)


def _with_given(run: _Run, data: Data, sample: int) -> Forward:
    """The pass with the author's values, each kept as an offset from what was computed."""
    graph, algebra = data.graph, Numeric()
    offsets: dict[Measured, Real] = {}
    run.done = replace(run.done, offsets=offsets)
    unknown = data.unknown_nets(sample)
    for unit in graph.units:
        given = _given(data, (NET, OUT), unit.name, sample)
        run.net(unit)
        if given[0] is None and given[1] is not None and unit.number in unknown:
            given = (net_that_makes(unit.activation, given[1]), given[1])
        if given[0] is not None:
            offsets[Net(unit.number)] = given[0] - run.done.net[unit.number]
            run.done.net[unit.number] = given[0]
        run.out(unit, algebra)
        if given[1] is not None:
            offsets[Out(unit.number)] = given[1] - run.done.out[unit.number]
            run.done.out[unit.number] = given[1]
    for k, unit in enumerate(graph.outputs):
        run.error(unit, algebra)
        (given_error,) = _given(data, (ERROR,), unit.name, sample)
        if given_error is not None:
            offsets[Error(unit.number)] = given_error - run.done.errors[k]
            run.done.errors[k] = given_error
    total = data.given.get(Quantity(SAMPLE_ERROR, sample=sample + 1))
    if total is None and len(graph.batch(1)) == 1:
        total = data.given.get(Quantity(TOTAL))
    if total is not None:
        offsets[SampleError()] = total - run.done.error
    return replace(run.done, decisions=tuple(algebra.decisions))


def _given(data: Data, kinds: Sequence[object], unit: str, sample: int) -> tuple[Real | None, ...]:
    return tuple(
        data.given.get(Quantity(kind, unit, sample=sample + 1))  # type: ignore[arg-type]
        for kind in kinds
    )
