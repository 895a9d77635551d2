"""A recurrent network as a feed-forward one: the layers of one time step, copied for each.

Copies share their parameters, so that backpropagation through time is the sum over uses that any
shared parameter has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.spec.recurrent.cells import GATED
from tracer.spec.recurrent.checks import check
from tracer.spec.recurrent.copies import copies
from tracer.spec.recurrent.dropouts import of_inputs
from tracer.spec.recurrent.made import items, words
from tracer.spec.recurrent.names import at
from tracer.spec.recurrent.parts import Part
from tracer.spec.recurrent.resolved import resolved
from tracer.spec.recurrent.sequences import EVERY, Ends, Flattening, steps_of
from tracer.spec.recurrent.starts import Start, starts
from tracer.spec.recurrent.written import WrittenTime
from tracer.spec.scope import Scope, scope
from tracer.spec.tree.limits import MAX_EDGES, MAX_UNITS
from tracer.spec.tree.nodes import Scalar
from tracer.spec.tree.problems import Problems
from tracer.spec.unrolled import Time
from tracer.spec.written import WrittenNetwork, WrittenSample, WrittenTraining


class Unrolled(NamedTuple):
    """A network without recurrent layers, and how it came about."""

    written: WrittenNetwork
    time: Time


class _Plan(NamedTuple):
    """All that is known before anything is copied."""

    names: Scope
    time: WrittenTime
    parts: Sequence[Part]
    starts: Sequence[Start]
    steps: int

    @property
    def ends(self) -> Ends:
        outputs = [unit for part in self.parts if part.is_output for unit in part.units]
        return Ends(self.names.groups[0], outputs)


def is_recurrent(written: WrittenNetwork) -> bool:
    """Whether a file speaks of time steps."""
    layers = written.layers.items if written.layers else ()
    fields = ("cell", "recurrent_weights", "recurrent_from", "gates", "start", "start_cell")
    return written.time is not None or any(
        getattr(layer, field) is not None for layer in layers for field in fields
    )


def unroll(written: WrittenNetwork, problems: Problems) -> Unrolled | None:
    """The layers of every time step; None where there are problems."""
    names = scope(written, problems)
    if names is None or problems or written.layers is None:
        return None
    layers, time = written.layers.items, written.time or WrittenTime(written.node)
    check(layers, time, written.time is not None, problems)
    parts = resolved(layers, names, problems)
    found = starts(layers, parts, names, problems)
    plan = _Plan(names, time, parts, found, 1)
    plan = plan._replace(steps=steps_of(written, time, problems))
    _complain_of_size(written, plan, problems)
    _complain_of_truncation(plan, problems)
    if problems:
        return None
    given = [entry for _, entry in found]
    flattening = Flattening(plan.steps, time.loss == EVERY, plan.ends, given, problems)
    samples = tuple(flattening.samples(written))
    return Unrolled(_flat(written, plan, samples, problems), _time(plan))


def _complain_of_size(written: WrittenNetwork, plan: _Plan, problems: Problems) -> None:
    """So many copies must not be too many."""
    units = plan.steps * sum(len(part.units) for part in plan.parts)
    edges = plan.steps * sum(len(part.edges) for part in plan.parts)
    for count, most, what in ((units, MAX_UNITS, "units"), (edges, MAX_EDGES, "edges")):
        if count > most:
            found = f"{count:,} {what} in {plan.steps:,} time steps; there can be {most:,}"
            problems.add(written.node, found)


def _complain_of_truncation(plan: _Plan, problems: Problems) -> None:
    most, node = plan.time.truncate, plan.time.node
    if most is not None and most >= plan.steps and not problems:
        found = f"{plan.steps} time steps are no more than this, so nothing would be cut"
        problems.add(node.content("truncate") or node, found)


def _flat(
    written: WrittenNetwork, plan: _Plan, samples: Sequence[WrittenSample], problems: Problems
) -> WrittenNetwork:
    """The network with a copy of each layer for every time step."""
    every = range(1, plan.steps + 1)
    inputs = (at(name, step) for step in every for name in plan.names.groups[0])
    before = (at(unit, 0) for unit, _ in plan.starts)
    return written._replace(
        inputs=words(written.node, (*inputs, *before)),
        layers=items(written.node, copies(plan.parts, plan.steps, plan.time, problems)),
        input_dropout=None,
        input_dropouts=of_inputs(written.input_dropout, plan.names.groups[0], plan.steps, problems),
        samples=items(written.node, samples),
        training=written.training and _training(written.training, plan),
        time=None,
    )


def _training(training: WrittenTraining, plan: _Plan) -> WrittenTraining:
    """Settings in which the name of a frozen layer has become the names of its parameters."""
    if training.frozen is None:
        return training
    own: dict[str, list[str]] = {}
    for part in plan.parts:
        name = part.layer.name
        if name is not None:
            own.setdefault(name.text, []).extend(part.parameters)
    frozen = training.frozen
    found = [
        Scalar(name, node.line, node.column)
        for node in ((frozen,) if isinstance(frozen, Scalar) else frozen.items)
        for word in map(str.strip, node.text.split(","))
        for name in own.get(word, (word,))
    ]
    return training._replace(frozen=items(training.node, found))


def _time(plan: _Plan) -> Time:
    """How the network was unrolled, for whoever tells it."""
    pairs = tuple((at(unit, 0), at(unit, plan.steps)) for unit, _ in plan.starts)
    return Time(
        plan.steps,
        plan.time.loss == EVERY,
        plan.time.truncate,
        plan.time.carry_state,
        tuple(_cells(plan)),
        pairs,
    )


def _cells(plan: _Plan) -> Iterator[tuple[str, str]]:
    """Each kind of cell with gates, and how it is calculated."""
    known: set[tuple[str, str]] = set()
    for part in plan.parts:
        cell = GATED.get(part.layer.cell or "")
        if (
            cell is not None
            and (told := (cell.name, cell.told(part.layer.update_gate))) not in known
        ):
            known.add(told)
            yield told
