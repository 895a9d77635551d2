"""From written dropout to masks: their shapes and numbers, and what dropout cannot stand beside."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from tracer.maths.expression import Number, number
from tracer.spec.dropout.fields import ONE as ONE_MASK
from tracer.spec.dropout.fields import PLAIN
from tracer.spec.dropout.masks import EVERYWHERE, OF_SAMPLE, OF_STEP, Dropout, Mask
from tracer.spec.dropout.written import WrittenDropout
from tracer.spec.network import Network
from tracer.spec.scope import Scope
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.unrolled import carried
from tracer.spec.written import Entry, Nested, WrittenNetwork

ONE = number(1)
Read = tuple[int, tuple[tuple[Mask, ...], ...]]
NO_MASKS: Read = (EVERYWHERE, ())
LEARNING = "a learning rule has no training and test, and no derivative that goes back"
CARRIED = (
    "'carry_state' hands outputs on as they are; dropout would drop them on their way: it belongs "
    "to layers that do not come back"
)

Complaint = tuple[Node, str]


def written_dropouts(
    written: WrittenNetwork, scope: Scope
) -> Iterator[tuple[WrittenDropout, range]]:
    """What was written of the inputs, then of each layer, with the units that it is of."""
    if written.input_dropout is not None:
        yield written.input_dropout, scope.members(0)
    for said in written.input_dropouts:
        first = scope.numbers[said.units[0]]
        yield said, range(first, first + len(said.units))
    for group, layer in enumerate(written.layers.items if written.layers else (), 1):
        if layer.dropout is not None:
            yield layer.dropout, scope.members(group)


def dropouts(
    written: WrittenNetwork,
    network: Network,
    scope: Scope,
    parameters: Container[str],
    problems: Problems,
) -> tuple[Dropout, ...]:
    """What is dropped; whatever cannot be meant becomes a problem.

    Args:
        written: the file.
        network: what it says, still without dropout.
        scope: the network's names.
        parameters: the parameters' names.
        problems: where contradictions go.
    """
    found = list(written_dropouts(written, scope))
    for node, problem in _each_once(
        complaint
        for said, units in found
        for complaint in (
            *_contradictions(said),
            *_beside(said, network, scope, units),
            *_taken(said, scope, parameters, units),
        )
    ):
        problems.add(node, problem)
    read: dict[int, Read] = {}
    firsts: dict[int, int] = {}
    for said, units in found:
        firsts.setdefault(id(said.node), units.start)
        if said.mask and id(said.mask) not in read:
            read[id(said.mask)] = _Masks(network, len(units), problems).read(said.mask)
    return tuple(
        _dropout(said, units, read.get(id(said.mask), NO_MASKS), firsts[id(said.node)])
        for said, units in found
    )


def _each_once(complaints: Iterable[Complaint]) -> Iterator[Complaint]:
    """Complaints of the copies of a layer, each as often as it was written."""
    told: set[tuple[int, str]] = set()
    for node, text in complaints:
        if (id(node), text) not in told:
            told.add((id(node), text))
            yield node, text


def _dropout(said: WrittenDropout, units: range, read: Read, first: int) -> Dropout:
    """Dropout as it was written.

    Args:
        said: what was written.
        units: what it is of.
        read: how its masks go on, and these.
        first: the number of the first unit of the first layer that it was written for.
    """
    keep = said.keep.value if said.keep else ONE
    is_drawn_once = said.seed is not None and said.through_time == ONE_MASK
    return Dropout(
        units,
        keep if isinstance(keep, Number) else ONE,
        said.form != PLAIN,
        *read,
        seed=said.seed,
        drawn_as=first if is_drawn_once and first != units.start else None,
    )


def _contradictions(said: WrittenDropout) -> Iterator[Complaint]:
    """What cannot be meant, each with its place."""
    if said.keep and isinstance(said.keep.value, Number) and not 0 < said.keep.value.value <= 1:
        yield said.keep.node, "the share that is kept is above 0 and at most 1"
    if said.mask is None and said.seed is None:
        yield said.node, "expected a mask, or a seed that masks are drawn from"
    if said.mask is not None and said.seed is not None:
        yield said.node.content("seed") or said.node, "a mask is given, so none is drawn; give one"


def _handed_on(network: Network) -> set[str]:
    """The units whose outputs a sample hands on to the next one."""
    return {unit for _, unit in carried(network.time)}


def _beside(
    said: WrittenDropout, network: Network, scope: Scope, units: range
) -> Iterator[Complaint]:
    """What dropout cannot stand beside."""
    if not set(units).isdisjoint(network.outputs):
        yield said.node, "outputs with targets are not dropped; dropout belongs to layers below"
    if network.training.learning_rule:
        yield said.node, LEARNING
    if said.through_time and network.time is None:
        where = said.node.content("through_time") or said.node
        yield where, "'through_time' belongs to a network with time steps"
    if any(scope.units[unit] in _handed_on(network) for unit in units):
        yield said.node, CARRIED


def _taken(
    said: WrittenDropout, scope: Scope, parameters: Container[str], units: range
) -> Iterator[Complaint]:
    """Names that the quantities of dropout have."""
    for unit in units:
        for name in (f"{word}_{scope.units[unit]}" for word in ("kept", "mask")):
            if name in scope.numbers or name in parameters:
                yield said.node, f"'{name}' is a quantity of dropout: rename your own"


def complain_of_masks(network: Network, node: Node, problems: Problems) -> None:
    """Adds a problem for each dropout that other settings of the training do not fit."""
    for found in network.dropouts:
        name = network.units[found.units.start]
        if network.training.learning_rule:
            problems.add(node, f"dropout of {name}: {LEARNING}")
        if found.depth == OF_STEP:
            masks = _Masks(network, len(found.units), problems)
            counts = [len(masks_of_step) for masks_of_step in found.masks]
            if counts[: masks.steps] != [masks.updated(step) for step in range(masks.steps)]:
                problems.add(node, f"the file has no masks of {name} for these training steps")


class _Masks:
    """Reads masks, whose shape follows from the network."""

    def __init__(self, network: Network, units: int, problems: Problems) -> None:
        self.problems = problems
        self.units = units
        self.samples = len(network.samples)
        training = network.training
        self.steps = max(training.steps, 1) if training.learning_rate is not None else 1
        self.batch = training.batch or self.samples

    def read(self, said: Nested) -> Read:
        """How the masks go on, and the masks by training step and sample."""
        if not isinstance(said, Items):
            self.problems.add(said.node, f"expected {self.units} numbers in brackets, 0 or 1")
            return EVERYWHERE, ()
        depth = _depth(said)
        if depth == EVERYWHERE:
            return depth, ((self._mask(said),),)
        if depth == OF_SAMPLE:
            return depth, (self._of_samples(said, self.samples, "samples"),)
        self._complain(said, self.steps, "training steps")
        return OF_STEP, tuple(
            self._of_samples(item, self.updated(step), f"samples in training step {step + 1}")
            for step, item in enumerate(said.items)
        )

    def updated(self, step: int) -> int:
        """How many samples are in an update, the steps counted from 0."""
        updates = -(-self.samples // self.batch)
        is_last = (step + 1) % updates == 0
        return self.samples - (updates - 1) * self.batch if is_last else self.batch

    def _of_samples(self, said: Nested, count: int, of: str) -> tuple[Mask, ...]:
        if not isinstance(said, Items):
            self.problems.add(said.node, "found a number, expected a list of masks")
            return ()
        self._complain(said, count, of)
        return tuple(map(self._mask, said.items))

    def _complain(self, said: Items[Nested], count: int, of: str) -> None:
        if len(said.items) != count:
            found = f"found {len(said.items)} for {count} {of}"
            self.problems.add(said.node, f"{found}, expected one mask for each")

    def _mask(self, said: Nested) -> Mask:
        if not isinstance(said, Items):
            self.problems.add(said.node, "found a number, expected a mask in brackets")
            return ()
        if len(said.items) != self.units:
            found = f"found {len(said.items)} numbers for {self.units} units"
            self.problems.add(said.node, f"{found}, expected one for each")
        return tuple(number for item in said.items for number in self._digit(item))

    def _digit(self, item: Nested) -> Iterator[Number]:
        value = item.value if isinstance(item, Entry) else None
        if isinstance(value, Number) and value.value in (0, 1):
            yield value
        else:
            self.problems.add(item.node, "a mask is made of 0 and 1")


def _depth(said: Items[Nested]) -> int:
    """How the masks go on: as deep as the first lists are."""
    depth = EVERYWHERE
    items: Sequence[Nested] = said.items
    while items and isinstance(items[0], Items) and depth < OF_STEP:
        depth, items = depth + 1, items[0].items
    return depth
