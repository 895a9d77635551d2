"""An epoch of one unit as a table: a row for each sample, the weights before and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracer.derive.entries import Entry, entry_at
from tracer.derive.program import Program
from tracer.derive.run import Segment
from tracer.derive.stopping import Epoch
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat, Shown
from tracer.phrase import Phrase
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.quantity import (
    CHANGE,
    ERROR,
    INPUT,
    MISS,
    NET,
    OUT,
    SAMPLE_CHANGE,
    TARGET,
    UPDATED,
    WRONG,
    Kind,
    Quantity,
)
from tracer.sheet.page import Column, Grid
from tracer.sheet.telling import ROUNDED, shown_entry
from tracer.spec.network import Layer, Network
from tracer.spec.training.learning import has_classes

ALL = Phrase("all")
"""The label of the row in which the samples' changes are put together."""

Cells = Mapping[Quantity, str]
"""What stands in a row, by quantities without sample and step; what is not there is empty."""


class Row(NamedTuple):
    """A row of the table: of one sample, or of a whole batch."""

    label: Phrase | str
    cells: Cells


class Unit(NamedTuple):
    """A unit with its inputs and its parameters, by name."""

    name: str
    inputs: Sequence[str]
    parameters: Sequence[str]
    trained: Sequence[str]


Write = Callable[[Entry], str]
"""How an entry's value is written."""


def marked(trace: Trace, asked: NumberFormat) -> Write:
    """Values as a page shows them, marked where they are rounded; letters stay letters."""

    def write(entry: Entry) -> str:
        shown = shown_entry(entry, asked)
        if isinstance(shown, Shown):
            return shown.text if shown.exact else f"{ROUNDED}{shown.text}"
        return trace.name(shown) if isinstance(shown, Quantity) else shown

    return write


def grid(trace: Trace, epoch: Epoch, layer: Layer, k: int, write: Write) -> Grid:
    """The table of an epoch.

    Args:
        trace: the trace.
        epoch: the epoch.
        layer: the layer that learns.
        k: the place of the unit in the layer.
        write: how values are written.
    """
    assert isinstance(trace.spec, Network)
    unit = _unit(trace.spec, layer, k)
    rows = [row for segment in epoch.segments for row in _Rows(trace, segment, unit, write).all()]
    label = Column(Phrase("sample"), tuple(row.label for row in rows))
    groups = (
        tuple(_column(head, quantity, rows) for head, quantity in group)
        for group in _groups(unit, trace.spec)
    )
    return Grid(label, tuple(group for group in groups if group))


def alike(grids: Sequence[Grid]) -> list[Grid]:
    """Grids of the same columns, each of which is as wide in all of them."""
    columns = [[column for group in table.groups for column in group] for table in grids]
    widths = [
        max(len(cell) for one in many for cell in one.cells) for many in zip(*columns, strict=True)
    ]
    found = []
    for table in grids:
        places = iter(widths)
        groups = tuple(
            tuple(column._replace(width=next(places)) for column in group) for group in table.groups
        )
        found.append(table._replace(groups=groups))
    return found


def _unit(network: Network, layer: Layer, k: int) -> Unit:
    edges, bias = list(layer.wiring.into(k)), layer.biases[k]
    numbers = dict.fromkeys([parameter for _, parameter in edges])
    if bias is not None:
        numbers[bias] = None
    used = [network.parameters[number] for number in numbers]
    return Unit(
        layer.units[k],
        tuple(dict.fromkeys(network.units[source] for source, _ in edges)),
        tuple(parameter.name for parameter in used),
        tuple(parameter.name for parameter in used if parameter.trainable),
    )


def _groups(unit: Unit, network: Network) -> Iterator[tuple[tuple[str | Quantity, Quantity], ...]]:
    """The columns in groups: a head, and the quantity whose values stand under it."""
    learns = LEARNING_RULES[network.training.learning_rule]
    me = unit.name
    yield tuple((name, Quantity(INPUT, name)) for name in unit.inputs)
    if learns.needs_target:
        yield (("target", Quantity(TARGET, me)),)
    yield tuple((name, Quantity(BEFORE, name)) for name in unit.parameters)
    answer = [("net", Quantity(NET, me)), ("out", Quantity(OUT, me))]
    if learns.has_miss:
        answer.append(("error", Quantity(MISS, me)))
    if learns.has_loss:
        answer.append(("E", Quantity(ERROR, me)))
        if has_classes(network):
            answer.append(("wrong", Quantity(WRONG, me)))
    yield tuple(answer)
    yield tuple((Quantity(CHANGE, name), Quantity(CHANGE, name)) for name in unit.trained)
    yield tuple((Quantity(UPDATED, name), Quantity(UPDATED, name)) for name in unit.trained)


BEFORE = Kind("parameter before an update", "{unit}")


def _column(head: str | Quantity, quantity: Quantity, rows: Sequence[Row]) -> Column:
    return Column(head, tuple(row.cells.get(quantity, "") for row in rows))


class _Rows:
    """The rows of one update."""

    def __init__(self, trace: Trace, segment: Segment, unit: Unit, write: Write) -> None:
        self.trace, self.segment, self.unit, self.write = trace, segment, unit, write
        self.program: Program = segment.program
        self.several = len(self.program.samples) > 1

    def all(self) -> Iterator[Row]:
        """A row for each sample; in a batch of several, one more for what comes of them."""
        kinds = {INPUT, TARGET, NET, OUT, MISS, ERROR, WRONG}
        for sample in sorted(self.program.samples):
            cells = self._cells(kinds | {SAMPLE_CHANGE}, sample) | self._before()
            yield Row(str(sample), cells if self.several else cells | self._after())
        if self.several:
            yield Row(ALL, self._after())

    def _before(self) -> dict[Quantity, str]:
        numbers = {name: number for number, name in enumerate(self._parameters())}
        return {
            Quantity(BEFORE, name): self._cell(self.program.starts[numbers[name]])
            for name in self.unit.parameters
        }

    def _parameters(self) -> Iterator[str]:
        for address in self.program.starts:
            yield self.program.quantity(address).unit

    def _after(self) -> dict[Quantity, str]:
        return self._cells({CHANGE, UPDATED}, 0)

    def _cells(self, kinds: set[Kind], sample: int) -> dict[Quantity, str]:
        """The values of some kinds that belong to a sample, or to none."""
        return {
            Quantity(CHANGE if block.kind is SAMPLE_CHANGE else block.kind, name): self._cell(at)
            for block in self.program.blocks
            if block.kind in kinds and block.sample == sample
            for name, at in zip(block.units, block.addresses, strict=True)
        }

    def _cell(self, address: int) -> str:
        return self.write(entry_at(self.trace, self.segment, address))
