"""A place for numbers of one shape: which rows and columns, whatever the kind of the entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import BIAS, TARGET, THRESHOLD, WEIGHT, Kind
from tracer.sheet.matrix.blocks import Label, Matrix
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.reading import Grid, Reading
from tracer.sheet.matrix.signs import sign_before, sign_of_result
from tracer.spec.network import Layer, ParameterKind

LETTERS = {WEIGHT: "W", BIAS: "b", THRESHOLD: "θ"}

SHARED = {"b": "B", "θ": "Θ"}
"""Several offsets of a layer that units share, each once; a row for the units has each for each."""

KINDS = {letter: kind for kind, letter in LETTERS.items()} | {"B": BIAS, "Θ": THRESHOLD}
"""What a matrix of parameters holds, by its letter."""


class Frame(NamedTuple):
    """Rows and columns that several kinds of quantities share.

    Attributes:
        reading: the training step.
        letter: what a matrix of parameters is called; empty for units.
        layer: the number of the layer, or the two that it connects.
        rows: what the rows belong to.
        columns: what the columns belong to.
    """

    reading: Reading
    letter: str
    layer: str
    rows: Sequence[Label]
    columns: Sequence[Label]

    def matrix(self, kind: Kind, grid: Grid) -> Matrix:
        """The matrix of quantities of one kind at some addresses."""
        one_target = kind is TARGET and len(output_layers(self.reading)) == 1
        name = MatrixName(kind, self.letter, "" if one_target else self.layer)
        return self.reading.matrix(name, grid, self.rows, self.columns)


def of_layer(reading: Reading, layer: int) -> Frame:
    """A row for each sample, a column for each unit."""
    return Frame(reading, "", str(layer), reading.sample_names, reading.layers[layer])


def of_weights(reading: Reading, below: int, above: int) -> Frame:
    """A row for each unit of the layer below, a column for each of the layer above."""
    index = weight_index(reading, below, above)
    return Frame(reading, "W", index, reading.layers[below], reading.layers[above])


def of_offsets(reading: Reading, layer: int) -> Frame:
    """One row, with a column for each unit."""
    letter = LETTERS[THRESHOLD if has_thresholds(reading, layer) else BIAS]
    return Frame(reading, letter, str(layer), ("",), reading.layers[layer])


def weight_index(reading: Reading, below: int, above: int) -> str:
    """``2`` where only the layer before feeds layer 2; else both layers, ``1→3``."""
    return str(above) if sources(reading, above) == [above - 1] else f"{below}→{above}"


def sources(reading: Reading, layer: int) -> list[int]:
    """The layers that feed a layer, by number; the inputs are 0."""
    units, wiring = reading.network.units, reading.network.layers[layer - 1].wiring
    return sorted({reading.places[units[source]][0] for source in wiring.sources})


def output_layers(reading: Reading) -> list[int]:
    """The layers whose units have targets."""
    names = reading.network.output_names
    return sorted({reading.places[name][0] for name in names})


def has_thresholds(reading: Reading, layer: int) -> bool:
    """Whether a layer has thresholds and no biases."""
    parameters = reading.network.parameters
    kinds = {parameters[bias].kind for bias in offset_numbers(reading, layer)}
    return kinds == {ParameterKind.THRESHOLD}


def offset_numbers(reading: Reading, layer: int) -> list[int]:
    """The numbers of a layer's biases or thresholds, each once."""
    found = layer_of(reading, layer).biases
    return list(dict.fromkeys(bias for bias in found if bias is not None))


def layer_of(reading: Reading, layer: int) -> Layer:
    """The layer of a number, from 1."""
    return reading.network.layers[layer - 1]


def weight_numbers(reading: Reading, below: int, above: int) -> list[list[int | None]]:
    """The number of the parameter from each unit of a layer to each of another; None: no edge."""
    units, layer = reading.network.units, layer_of(reading, above)
    numbers: list[list[int | None]] = [[None] * len(layer.units) for _ in reading.layers[below]]
    for column in range(len(layer.units)):
        for source, parameter in layer.wiring.into(column):
            place, row = reading.places[units[source]]
            if place == below:
                numbers[row][column] = parameter
    return numbers


def addresses(grid: Grid) -> Iterator[int]:
    """The addresses in a grid, row by row."""
    return (address for row in grid for address in row if address is not None)


def signed(equation: Equation, reading: Reading, used: Sequence[int]) -> Equation:
    """The equation with its relation signs.

    Args:
        equation: without them.
        reading: the training step.
        used: the addresses of every scalar step between factors and result.
    """
    if reading.bare:
        return equation
    before = sign_before(factor.matrix for term in equation.terms for factor in term.factors)
    after = sign_of_result(equation.target, before, reading.steps(used))
    return replace(equation, put_in=before, relation=after, most=reading.most)
