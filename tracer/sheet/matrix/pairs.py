"""Where parameters stand: the weights between two layers, a layer's biases or thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from tracer.rules.quantity import (
    Kind,
)
from tracer.sheet.matrix.frame import (
    SHARED,
    Frame,
    addresses,
    of_offsets,
    of_weights,
    offset_numbers,
    sources,
    weight_numbers,
)
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.reading import Grid, Reading


class Pair(Struct, frozen=True, dict=True):
    """A layer's weights from another layer, or its biases or thresholds.

    Attributes:
        frame: rows and columns.
        numbers: the parameters' numbers.
        below: the layer that they come from; None for biases and thresholds.
        above: the layer.
    """

    frame: Frame
    numbers: Sequence[Sequence[int | None]]
    below: int | None
    above: int

    @cached_property
    def names(self) -> dict[str, None]:
        """The parameters' names, each once."""
        parameters = self.frame.reading.network.parameters
        return {parameters[number].name: None for number in addresses(self.numbers)}

    @property
    def summed(self) -> Kind:
        """The kind of their derivatives that are made of the samples', before a penalty."""
        parameters = self.frame.reading.network.parameters
        first = next(addresses(self.numbers))
        return self.frame.reading.summed(parameters[first].name)

    @property
    def at_start(self) -> Grid:
        """The addresses of the parameters at the start of the training step."""
        reading = self.frame.reading
        return [
            [None if number is None else reading.parameter(number) for number in row]
            for row in self.numbers
        ]

    def grid(self, kind: Kind, sample: int = 0) -> Grid:
        """The addresses of what each parameter has of one kind."""
        reading, parameters = self.frame.reading, self.frame.reading.network.parameters
        return [
            [
                None if number is None else reading.address(kind, parameters[number].name, sample)
                for number in row
            ]
            for row in self.numbers
        ]


def pairs(reading: Reading) -> Sequence[Pair]:
    """Every matrix of weights and row of biases or thresholds, layer after layer."""
    if not reading.pairs:
        reading.pairs.extend(_pairs(reading))
    return reading.pairs


def _pairs(reading: Reading) -> Iterator[Pair]:
    for above, layer in enumerate(reading.network.layers, 1):
        for below in sources(reading, above) if layer.wiring.parameters else ():
            numbers = weight_numbers(reading, below, above)
            yield Pair(of_weights(reading, below, above), numbers, below, above)
        if own := offset_numbers(reading, above):
            yield _offset_pair(reading, above, layer.biases, own)


def _offset_pair(
    reading: Reading, above: int, biases: Sequence[int | None], own: Sequence[int]
) -> Pair:
    """A layer's biases or thresholds, each once where units share one."""
    frame = of_offsets(reading, above)
    if are_own(biases, own):
        return Pair(frame, (biases,), None, above)
    names = [reading.network.parameters[number].name for number in own]
    if len(names) == 1:
        return Pair(frame._replace(columns=("",)), (own,), None, above)
    letter = SHARED[frame.letter]
    return Pair(frame._replace(letter=letter, columns=names), (own,), None, above)


def are_own(biases: Sequence[int | None], own: Sequence[int]) -> bool:
    """Whether no two units share a bias."""
    return len(own) == sum(bias is not None for bias in biases)


def pairs_of(reading: Reading, group: Group) -> list[Pair]:
    """The pairs that are told where a group is: those whose lowest owner has the group."""
    owner = reading.owners.get(group.units[0])
    return [
        pair
        for pair in pairs(reading)
        if pair.names and min(reading.owners[name] for name in pair.names) == owner
    ]
