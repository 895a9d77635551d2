"""Where the entries of matrices stand in a training step: by kind, sample, layer and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from msgspec import Struct

from tracer.derive.entries import Entry, Step
from tracer.derive.program import Block
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import DATA_GRADIENT, GRADIENT, INPUT, KEPT, MASK, OUT, Kind, Quantity
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, Label, Matrix
from tracer.sheet.matrix.sums import Sums
from tracer.sheet.page import Wanted
from tracer.sheet.telling import shown_entry
from tracer.spec.network import Network

ROWS, COLUMNS = "rows", "columns"
"""What the samples of a batch are in a matrix."""

Address = int | None
Grid = Sequence[Sequence[Address]]


class Reading(Struct, frozen=True, dict=True):
    """One training step, asked for its matrices.

    Attributes:
        trace: the trace.
        network: what was traced.
        segment: the training step.
        wanted: what its reader asked to see.
        most: as many rows and columns of a matrix as are shown.
        bare: whether only symbols are wanted, so that no sign before a number is.
    """

    trace: Trace
    network: Network
    segment: Segment
    wanted: Wanted
    most: int
    bare: bool = False

    @cached_property
    def addresses(self) -> Mapping[tuple[Kind, int], Mapping[str, int]]:
        """The address of each name, by kind and sample."""
        found: dict[tuple[Kind, int], dict[str, int]] = {}
        for block in self.segment.program.blocks:
            names = found.setdefault((block.kind, block.sample), {})
            names.update(zip(block.units, block.addresses, strict=True))
        return found

    @cached_property
    def samples(self) -> tuple[int, ...]:
        """The samples of the batch, from 1, in order."""
        blocks = self.segment.program.blocks
        return tuple(dict.fromkeys(block.sample for block in blocks if block.sample))

    @cached_property
    def layers(self) -> tuple[tuple[str, ...], ...]:
        """The units of each layer; the inputs are layer 0."""
        return (self.network.inputs, *(layer.units for layer in self.network.layers))

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """(layer, column) of each unit and input, by name."""
        return {
            unit: (number, column)
            for number, units in enumerate(self.layers)
            for column, unit in enumerate(units)
        }

    @cached_property
    def owners(self) -> Mapping[str, int]:
        """The lowest layer that uses each parameter, by its name."""
        found: dict[str, int] = {}
        for number, layer in enumerate(self.network.layers, 1):
            biases = (bias for bias in layer.biases if bias is not None)
            for parameter in (*layer.wiring.parameters, *biases):
                found.setdefault(self.network.parameters[parameter].name, number)
        return found

    @cached_property
    def sums(self) -> Sums:
        """The formulas of the steps, as sums of products."""
        return Sums(self.segment.program)

    @cached_property
    def pairs(self) -> list[Any]:
        """Where parameters stand, once it has been asked for."""
        return []

    @property
    def sample_names(self) -> tuple[Phrase, ...]:
        """What the rows of a batch belong to."""
        return tuple(phrase("sample {number}", number=number) for number in self.samples)

    def address(self, kind: Kind, unit: str, sample: int = 0) -> Address:
        """Where a quantity stands; None where there is none."""
        return self.addresses.get((kind, sample), {}).get(unit)

    def summed(self, name: str) -> Kind:
        """The kind of a parameter's derivative that is made of the samples', before a penalty."""
        has_penalty = self.address(DATA_GRADIENT, name) is not None
        return DATA_GRADIENT if has_penalty else GRADIENT

    def parameter(self, number: int) -> int:
        """The address of a parameter at the start of the step."""
        return self.segment.program.starts[number]

    def out(self, layer: int) -> Kind:
        """The kind of what a layer sends on: what dropout has kept of it, where there is some."""
        if self.is_dropped(self.layers[layer][0]):
            return KEPT
        return OUT if layer else INPUT

    def sent(self, unit: str, sample: int) -> Address:
        """Where stands what a unit or input sends on: where it is not dropped, its output."""
        own = OUT if self.places[unit][0] else INPUT
        kept = self.address(KEPT, unit, sample)
        return self.address(own, unit, sample) if kept is None else kept

    def kind_of_sent(self, quantity: Quantity) -> Kind:
        """The kind of the matrix in which a quantity stands that another unit gets."""
        kind, (layer, _) = quantity.kind, self.places[quantity.unit]
        is_plain = kind in (INPUT, OUT) and not self.is_dropped(quantity.unit)
        return self.out(layer) if is_plain else kind

    def is_dropped(self, unit: str) -> bool:
        """Whether a unit or input sends on what dropout makes of its output."""
        return self.address(KEPT, unit, self.samples[0]) is not None

    @property
    def masked(self) -> tuple[int, ...]:
        """The layers that have masks of dropout."""
        known = self.addresses.get((MASK, self.samples[0]), {})
        return tuple(number for number, units in enumerate(self.layers) if units[0] in known)

    def rows_of(self, kind: Kind, layer: int) -> Grid:
        """A row for each sample: a quantity of every unit of a layer."""
        units = self.layers[layer]
        find = self.sent if kind is KEPT else partial(self.address, kind)
        return [[find(unit, n) for unit in units] for n in self.samples]

    def entry(self, address: int) -> Entry:
        """The given or step at an address."""
        return self.trace.entry(self.segment, address)

    def steps(self, addresses: Sequence[int]) -> Iterator[Step]:
        """The steps among some entries."""
        yield from (one for one in map(self.entry, addresses) if isinstance(one, Step))

    def block(self, address: int) -> Block:
        """The block in which an address lies."""
        return self.segment.program.block(address)

    def cell(self, address: Address) -> Cell:
        """The entry of a matrix that stands for an address."""
        if address is None:
            return NO_ENTRY
        entry = self.entry(address)
        return Cell(shown_entry(entry, self.wanted.numbers), entry.quantity)

    def matrix(
        self, name: MatrixName, grid: Grid, rows: Sequence[Label], columns: Sequence[Label]
    ) -> Matrix:
        """The matrix of the quantities at some addresses."""
        return Matrix(name, rows, columns, lambda i, j: self.cell(grid[i][j]))

    def of_units(self, kind: Kind, layer: int) -> Matrix:
        """The matrix of one kind of quantity: a row for each sample, a column for each unit."""
        name = MatrixName(kind, layer=str(layer))
        return self.matrix(name, self.rows_of(kind, layer), self.sample_names, self.layers[layer])
