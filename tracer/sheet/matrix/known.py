"""Which matrix an address belongs to, once equations and steps have been given names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tracer.derive.entries import Step
from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import INPUT, TARGET
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, Label, Matrix, scalar
from tracer.sheet.matrix.frame import SHARED, addresses
from tracer.sheet.matrix.given import parameters, targets
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.pairs import Pair, pairs
from tracer.sheet.matrix.reading import Reading


class Known:
    """The names of the matrices of a training step, by address.

    Attributes:
        reading: the training step.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._named: dict[int, list[MatrixName]] = {}

    def add(self, group: Group, name: MatrixName) -> None:
        """A group has a matrix of that name."""
        for block in group.blocks:
            self._named.setdefault(block.start, []).append(name)

    @cached_property
    def _pairs(self) -> dict[str, Pair]:
        """The matrix in which each parameter stands, by its name."""
        found: dict[str, Pair] = {}
        for pair in pairs(self.reading):
            for name in pair.names:
                found.setdefault(name, pair)
        return found

    def pair(self, letter: str, layer: str) -> Pair | None:
        """Where the parameters of a letter and a layer stand."""
        places = ((one.frame.letter, one.frame.layer) for one in pairs(self.reading))
        found = zip(places, pairs(self.reading), strict=True)
        return next((pair for place, pair in found if place == (letter, layer)), None)

    def parameters(self, name: MatrixName) -> Matrix | None:
        """The parameters under the letter of a matrix; None where it has none."""
        pair = self.pair(name.letter, name.layer)
        return None if pair is None else parameters(pair)

    def shared(self, name: MatrixName) -> Matrix | None:
        """The offsets of a layer each once, where units share them; None for anything else."""
        pair = self.pair(SHARED.get(name.letter, ""), name.layer)
        return None if pair is None else parameters(pair)

    def is_frozen(self, name: MatrixName) -> bool:
        """Whether no parameter of a matrix is trained."""
        pair, known = self.pair(name.letter, name.layer), self.reading.network.parameters
        if pair is None:
            return False
        return not any(known[number].trainable for number in addresses(pair.numbers))

    def at(self, address: int) -> Iterator[MatrixName | Matrix]:
        """The names of what stands at an address; of what is given, the matrix itself."""
        block = self.reading.block(address)
        names = self._named.get(block.start, [])
        pair = self._pairs.get(block.units[address - block.start])
        if names:
            of_sample = [name for name in names if name.sample == block.sample]
            of_pair = [name for name in names if pair and _is_of(pair, name)]
            alone = MatrixName(block.kind, block.units[address - block.start])
            yield from [alone] if alone in names else of_pair or of_sample or names
        else:
            yield self._given(address, pair)

    def _given(self, address: int, pair: Pair | None) -> Matrix:
        reading, block = self.reading, self.reading.block(address)
        unit = block.units[address - block.start]
        layer = reading.places[unit][0] if unit in reading.places else None
        if pair is not None:
            return parameters(pair)
        if block.kind is TARGET and layer:
            return targets(reading, layer)
        if layer is not None:
            return reading.of_units(block.kind if layer else INPUT, layer)
        return scalar(MatrixName(block.kind, unit), Cell(None))

    def apart(self, steps: Iterable[Step]) -> Iterator[list[Step]]:
        """The steps of a group in parts, of which each makes one matrix, or one number."""
        found: dict[object, list[Step]] = {}
        for step in steps:
            unit = step.quantity.unit
            pair = self._pairs.get(unit)
            own = None if unit in self.reading.places else unit
            found.setdefault(own if pair is None else pair.frame[1:3], []).append(step)
        yield from found.values()

    def target(self, group: Group, units: Sequence[str]) -> Matrix:
        """A matrix for what a group has of some units or parameters."""
        reading, unit = self.reading, units[0]
        pair, place = self._pairs.get(unit), reading.places.get(unit)
        if pair is not None:
            name = MatrixName(group.kind, pair.frame.letter, pair.frame.layer)
            return Matrix(name, pair.frame.rows, pair.frame.columns, _nothing)
        if place is None:
            return scalar(MatrixName(group.kind, unit), Cell(None))
        if not place[0]:
            return Matrix(MatrixName(group.kind, "X"), ("",), reading.layers[0], _nothing)
        columns, layer = reading.layers[place[0]], str(place[0])
        if not set(units) <= set(columns):
            columns, layer = group.units, ""
        rows: Sequence[Label] = reading.sample_names if len(group.blocks) > 1 else ("",)
        if group.blocks[0].sources:
            rows = reading.layers[place[0]]
        return Matrix(MatrixName(group.kind, layer=layer), rows, columns, _nothing)


def _nothing(_i: int, _j: int) -> Cell:
    return NO_ENTRY


def _is_of(pair: Pair, name: MatrixName) -> bool:
    return (pair.frame.letter, pair.frame.layer) == (name.letter, name.layer)
