"""What a page in matrices starts from: its conventions, its matrices, and those that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracer.derive.program import Phase
from tracer.maths.arithmetic import Arithmetic
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import INPUT, MASK, NET, TARGET, Kind
from tracer.sheet.matrix.blocks import Cell, Matrix, scalar
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.frame import KINDS, LETTERS, addresses, of_layer, output_layers
from tracer.sheet.matrix.group import groups
from tracer.sheet.matrix.pairs import Pair, pairs
from tracer.sheet.matrix.reading import COLUMNS, ROWS, Grid, Reading
from tracer.sheet.matrix.remarks import LegendRow
from tracer.sheet.matrix.signs import sign_before
from tracer.sheet.page import Item, row_of
from tracer.sheet.rows import Row

SAID: Mapping[str, Phrase] = {
    ROWS: Phrase("a row for each sample: Z = A·W + b, and W has a row for each source"),
    COLUMNS: Phrase("a column for each sample: Z = W·A + b, and W has a row for each unit"),
}


ROUNDED = Phrase(
    "each entry is calculated and rounded as on the page in numbers, also between the factors of "
    "an equation: a product of the printed matrices may differ from it in the last digits"
)


SIGNS = Phrase(
    "A·W is the matrix product, A ∘ B the Hadamard product (entry by entry), Aᵀ the transpose; "
    "b stands once for every sample; a dot is no entry"
)


def matrix_conventions(samples: str, arithmetic: Arithmetic) -> tuple[Row, ...]:
    """How to read the matrices."""
    rounding = ((Phrase("rounding"), ROUNDED),) if arithmetic.tells_carried else ()
    return (
        *rounding,
        (Phrase("matrices"), SAID[samples]),
        (Phrase("signs"), SIGNS),
    )


def legend(reading: Reading, samples: str) -> Iterator[Item]:
    """Each matrix with what its rows and columns belong to, and one entry by name."""
    for matrix in _matrices(reading):
        yield LegendRow(matrix.flipped if samples == COLUMNS else matrix)


def _matrices(reading: Reading) -> Iterator[Matrix]:
    yield reading.of_units(INPUT, 0)
    yield from (reading.of_units(MASK, layer) for layer in reading.masked)
    for pair in pairs(reading):
        yield parameters(pair)
    for layer, its in enumerate(reading.network.layers, 1):
        if its.wiring.parameters:
            yield reading.of_units(NET, layer)
    for layer in output_layers(reading):
        yield targets(reading, layer)


def targets(reading: Reading, layer: int) -> Matrix:
    """The targets of a layer's units."""
    return of_layer(reading, layer).matrix(TARGET, reading.rows_of(TARGET, layer))


def parameters(pair: Pair) -> Matrix:
    """The parameters of a pair at the start of the training step."""
    return pair.frame.matrix(KINDS[pair.frame.letter], pair.at_start)


def givens(reading: Reading) -> Iterator[Item]:
    """What the step starts from; what no step changes is given once."""
    program = reading.segment.program
    found: dict[Kind, list[int]] = {}
    for group in groups(reading):
        if group.phase is Phase.GIVEN:
            found.setdefault(group.kind, []).extend(group.addresses)
    for kind, given in found.items():
        if any(reading.trace.is_news(reading.entry(at)) for at in given):
            for matrix, grid in _matrices_of(reading, kind, given):
                yield from _items(reading, matrix, list(addresses(grid)))
    for address in sorted(program.overrides):
        yield row_of(reading.entry(address), reading.wanted.numbers)


def _matrices_of(
    reading: Reading, kind: Kind, given: Sequence[int]
) -> Iterator[tuple[Matrix, Grid]]:
    """The matrices of what is given of one kind; parameters stand with their layers."""
    first = reading.segment.program.quantity(given[0]).unit
    if kind is INPUT:
        yield reading.of_units(INPUT, 0), reading.rows_of(INPUT, 0)
    elif kind is TARGET:
        for layer in output_layers(reading):
            yield targets(reading, layer), reading.rows_of(TARGET, layer)
    elif kind is MASK:
        for layer in reading.masked:
            yield reading.of_units(MASK, layer), reading.rows_of(MASK, layer)
    elif kind in LETTERS:
        for pair in pairs(reading):
            if KINDS[pair.frame.letter] is kind:
                yield parameters(pair), pair.at_start
    elif first in reading.owners:
        for pair in pairs(reading):
            grid = pair.grid(kind)
            if list(addresses(grid)):
                yield pair.frame.matrix(kind, grid), grid
    else:
        for address in given:
            cell = reading.cell(address)
            yield scalar(MatrixName(kind, cell_unit(cell)), cell), [[address]]


def cell_unit(cell: Cell) -> str:
    """The unit of a scalar's quantity, if it has one."""
    return cell.quantity.unit if cell.quantity else ""


def _items(reading: Reading, matrix: Matrix, at: Sequence[int]) -> Iterator[Item]:
    """The matrix; its entries one by one where some have no numbers."""
    untold = reading.segment.program.untold
    if untold.isdisjoint(at):
        yield Equation(matrix, relation=sign_before([matrix]), most=reading.most)
        return
    for address in at:
        if address not in untold:
            yield row_of(reading.entry(address), reading.wanted.numbers)
