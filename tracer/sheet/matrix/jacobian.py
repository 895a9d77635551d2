"""Layers whose outputs depend on all their net inputs: deltas by the Jacobian of each sample."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import BY_OUT, JACOBIAN, SIGNAL, Kind
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.frame import signed
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.layers import layer_of_group
from tracer.sheet.matrix.reading import Address, Grid, Reading
from tracer.sheet.matrix.rows import row_of_sample
from tracer.sheet.matrix.sums import Product

WHAT = Phrase("J has a row for each output and a column for each net input")


def deltas_by_jacobian(reading: Reading, group: Group) -> tuple[Equation, ...]:
    """δ = ∂E/∂A·J for each sample; none where the deltas are made otherwise."""
    layer = layer_of_group(reading, group)
    if layer is None:
        return ()
    rows = zip(reading.samples, group.grid, strict=True)
    found = [_of_sample(reading, group.kind, layer, sample, row) for sample, row in rows]
    made = tuple(one for one in found if one is not None)
    return made if len(made) == len(found) else ()


def _of_sample(
    reading: Reading, kind: Kind, layer: int, sample: int, row: Sequence[Address]
) -> Equation | None:
    signal = SIGNAL if (SIGNAL, sample) in reading.addresses else BY_OUT
    units = reading.layers[layer]
    places = {reading.address(signal, unit, sample): k for k, unit in enumerate(units)}
    grid: list[list[Address]] = [[None] * len(units) for _ in units]
    for column, address in enumerate(row):
        total = None if address is None else reading.sums.at(address)
        if total is None or total.divisor is not None:
            return None
        if not all(_takes(one, grid, column, places) for one in total.products):
            return None
    return _equation(reading, kind, layer, sample, signal, grid)


def _takes(
    product: Product, grid: list[list[Address]], column: int, places: dict[Address, int]
) -> bool:
    """Puts the other factor of a product with a signal into its place; False if it has none."""
    match product.factors:
        case (int(first), int(second)) if first in places and not product.negative:
            free = grid[places[first]][column] is None
            grid[places[first]][column] = second
            return free
    return False


def _equation(
    reading: Reading, kind: Kind, layer: int, sample: int, signal: Kind, grid: Grid
) -> Equation:
    target = row_of_sample(reading, kind, layer, sample)
    factors = (
        Factor(row_of_sample(reading, signal, layer, sample)),
        Factor(_jacobian(reading, layer, sample, grid)),
    )
    used = [reading.address(kind, unit, sample) for unit in reading.layers[layer]]
    equation = Equation(target, (Term(factors),), remarks=(WHAT,))
    return signed(equation, reading, [at for at in used if at is not None])


def _jacobian(reading: Reading, layer: int, sample: int, grid: Grid) -> Matrix:
    said = sample if len(reading.samples) > 1 else 0
    units = reading.layers[layer]
    return reading.matrix(MatrixName(JACOBIAN, layer=str(layer), sample=said), grid, units, units)
