"""Samples that are sequences, as samples of the unrolled network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.spec.recurrent.made import items
from tracer.spec.recurrent.names import at
from tracer.spec.recurrent.written import WrittenTime
from tracer.spec.samples import values
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry, Nested, Values, WrittenNetwork, WrittenSample

EVERY = "every"


class Ends(NamedTuple):
    """What goes in and comes out at one time step.

    Attributes:
        inputs: the inputs' names.
        outputs: the names of the units that have targets.
    """

    inputs: Sequence[str]
    outputs: Sequence[str]


def steps_of(written: WrittenNetwork, time: WrittenTime, problems: Problems) -> int:
    """How many time steps there are: as `time` says, or as many as the sequences have."""
    lengths = list(_lengths(written, time))
    if time.steps is None and not lengths:
        wanted = "sequences under 'samples', or 'steps' under 'time'"
        problems.add(written.node, f"the number of time steps is missing: {wanted}")
        return 1
    steps = time.steps or lengths[0][1]
    if not steps:
        problems.add(lengths[0][0], "a sequence of no time steps")
    said = f"'time' says {steps}" if time.steps else f"the first sequence has {steps}"
    for node, length in lengths:
        if length != steps:
            problems.add(node, f"found {_counted(length)}; {said}")
    return steps


def _lengths(written: WrittenNetwork, time: WrittenTime) -> Iterator[tuple[Node, int]]:
    """How many time steps each sequence has."""
    for sample in written.samples.items if written.samples else ():
        for field in (sample.input, sample.target if time.loss == EVERY else None):
            if isinstance(field, Items):
                yield field.node, len(field.items)


def _counted(steps: int) -> str:
    return f"{steps} time step{'' if steps == 1 else 's'}"


class Flattening(NamedTuple):
    """How sequences become samples of the unrolled network.

    Attributes:
        steps: how many time steps there are.
        every: whether every time step has targets.
        ends: the inputs and outputs of one time step.
        starts: what comes back from before the first time step.
        problems: where wrong lengths and unknown names go.
    """

    steps: int
    every: bool
    ends: Ends
    starts: Sequence[Entry]
    problems: Problems

    def samples(self, written: WrittenNetwork) -> Iterator[WrittenSample]:
        """Samples with an entry for each input of each time step, and for each state before."""
        found = written.samples.items if written.samples else (WrittenSample(written.node),)
        for number, sample in enumerate(found, 1):
            suffix = f"_{number}" if len(found) > 1 else ""
            inputs = (*self._inputs(sample, suffix), *self.starts)
            yield sample._replace(
                input=items(sample.node, inputs), target=self._targets(sample, sample.target)
            )

    def _inputs(self, sample: WrittenSample, suffix: str) -> Iterator[Entry]:
        names = self.ends.inputs
        for step, part in enumerate(self._parts(sample.input, names), 1):
            found = values(sample, part, names, None, "input", self.problems)
            letters = (Entry(sample.node, at(name, step) + suffix) for name in names)
            yield from found if len(found) == len(names) else letters

    def _targets(self, sample: WrittenSample, field: Values | None) -> Items[Nested] | None:
        """The targets of every time step, or of the last one; none where some are wrong."""
        if field is None:
            return None
        names = self.ends.outputs
        parts = self._parts(field, names) if self.every else (_last(field),)
        found = [values(sample, part, names, None, "target", self.problems) for part in parts]
        if any(len(part) != len(names) for part in found):
            return None
        return items(sample.node, (entry for part in found for entry in part))

    def _parts(self, field: Values | None, names: Sequence[str]) -> Sequence[Values | None]:
        """What a sequence says of each time step; where it was left out, nothing."""
        if isinstance(field, Items):
            return field.items
        if field is not None:
            wanted = f"a list of {_counted(self.steps)}, each with {listed(names)}"
            self.problems.add(field.node, f"expected {wanted}; this is no list")
        return (None,) * self.steps


def _last(field: Values) -> Values:
    """The last time step; brackets around it, as around a whole sequence, do no harm."""
    if not isinstance(field, Items) or len(field.items) != 1:
        return field
    return field.items[0] if isinstance(field.items[0], Items) else field
