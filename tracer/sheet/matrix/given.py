"""What a page in matrices starts from: its conventions, its matrices, and those that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import INPUT, LEARNING_RATE, NET, TARGET
from tracer.sheet.conventions import Row
from tracer.sheet.matrix.blocks import Matrix, scalar
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.frame import LETTERS, addresses, of_layer, output_layers
from tracer.sheet.matrix.pairs import Pair, pairs
from tracer.sheet.matrix.reading import COLUMNS, ROWS, Grid, Reading
from tracer.sheet.matrix.remarks import LegendRow
from tracer.sheet.matrix.signs import sign_before
from tracer.sheet.page import Item, row_of

SAID: Mapping[str, str] = {
    ROWS: "a row for each sample: Z = A·W + b, and W has a row for each source",
    COLUMNS: "a column for each sample: Z = W·A + b, and W has a row for each unit",
}


def matrix_conventions(samples: str) -> tuple[Row, ...]:
    """How to read the matrices."""
    return (
        ("matrices", SAID[samples]),
        (
            "signs",
            "A·W is the matrix product, A ∘ B the Hadamard product (entry by entry), "
            "Aᵀ the transpose; b stands once for every sample; a dot is no entry",
        ),
    )


def legend(reading: Reading, samples: str) -> Iterator[Item]:
    """Each matrix with what its rows and columns belong to, and one entry by name."""
    for matrix in _matrices(reading):
        yield LegendRow(matrix.flipped if samples == COLUMNS else matrix)


def _matrices(reading: Reading) -> Iterator[Matrix]:
    yield reading.of_units(INPUT, 0)
    for pair in pairs(reading):
        yield parameters(pair)
    for layer in range(1, len(reading.layers)):
        yield reading.of_units(NET, layer)
    for layer in output_layers(reading):
        yield targets(reading, layer)


def targets(reading: Reading, layer: int) -> Matrix:
    """The targets of a layer's units."""
    return of_layer(reading, layer).matrix(TARGET, reading.rows_of(TARGET, layer))


def parameters(pair: Pair) -> Matrix:
    """The parameters of a pair at the start of the training step."""
    kind = next(kind for kind, letter in LETTERS.items() if letter == pair.frame.letter)
    return pair.frame.matrix(kind, pair.at_start)


def givens(reading: Reading) -> Iterator[Item]:
    """What the step starts from; what no step changes is given once."""
    program, step = reading.segment.program, reading.segment.step
    rate = reading.address(LEARNING_RATE, "")
    if rate is not None and step == 1:
        yield Equation(scalar(MatrixName(LEARNING_RATE), reading.cell(rate)))
    for matrix, grid in _given(reading):
        told = list(addresses(grid))
        if not program.untold.isdisjoint(told):
            yield from (
                row_of(reading.entry(at), reading.wanted.numbers)
                for at in told
                if at not in program.untold
            )
        else:
            yield _equation(reading, matrix)
    for address in sorted(program.overrides):
        yield row_of(reading.entry(address), reading.wanted.numbers)


def _equation(reading: Reading, matrix: Matrix) -> Equation:
    return Equation(matrix, relation=sign_before([matrix]), most=reading.most)


def _given(reading: Reading) -> Iterator[tuple[Matrix, Grid]]:
    segment = reading.segment
    if any(reading.trace.introduces(segment, sample) for sample in reading.samples):
        yield reading.of_units(INPUT, 0), reading.rows_of(INPUT, 0)
        for layer in output_layers(reading):
            yield targets(reading, layer), reading.rows_of(TARGET, layer)
    for pair in pairs(reading):
        yield parameters(pair), pair.at_start
