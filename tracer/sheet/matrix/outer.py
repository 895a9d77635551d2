"""What each parameter gets from one sample: what comes in, times what stands at its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracer.maths.expression import Number
from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import Kind
from tracer.sheet.matrix.blocks import Matrix, scalar
from tracer.sheet.matrix.entrywise import number_matrix
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import addresses, signed
from tracer.sheet.matrix.pairs import Pair
from tracer.sheet.matrix.reading import Address, Grid, Reading
from tracer.sheet.matrix.rows import row_of_sample


class Shape(NamedTuple):
    """What all entries of an outer product have in common.

    Attributes:
        negative: whether it is subtracted.
        scalars: the numbers in front, by address or as written.
        kind: of what stands at the units.
        starts: whether it is added to the parameter as it was.
    """

    negative: bool
    scalars: tuple[object, ...]
    kind: Kind
    starts: bool


def outer(reading: Reading, kind: Kind, pair: Pair) -> Equation | None:
    """ΔW = η·aᵀ·error or W⁺ = W + η·aᵀ·δ, with one row in the batch; None for anything else."""
    grid = pair.grid(kind)
    if len(reading.samples) != 1 or not list(addresses(grid)):
        return None
    shapes = set(_shapes(reading, pair, grid))
    if len(shapes) != 1 or (shape := shapes.pop()) is None:
        return None
    factors = [Factor(_scalar(reading, one)) for one in shape.scalars]
    sample = reading.samples[0]
    if pair.below is not None:
        incoming = row_of_sample(reading, reading.out(pair.below), pair.below, sample)
        factors.append(Factor(incoming, True, Joint.SCALED if factors else Joint.PRODUCT))
    at_units = row_of_sample(reading, shape.kind, pair.above, sample)
    is_scaled = bool(factors) and pair.below is None
    factors.append(Factor(at_units, joint=Joint.SCALED if is_scaled else Joint.PRODUCT))
    target = pair.frame.matrix(kind, grid)
    start = Term((Factor(_before(pair, grid)),))
    terms = (*((start,) if shape.starts else ()), Term(tuple(factors), shape.negative))
    equation = Equation(target, terms)
    return signed(equation, reading, list(addresses(grid)))


def _before(pair: Pair, grid: Grid) -> Matrix:
    """The parameters as they were, wherever there is an entry."""
    rows = zip(pair.at_start, grid, strict=True)
    found = [[None if new is None else old for old, new in zip(*row, strict=True)] for row in rows]
    kind = pair.frame.reading.block(next(addresses(found))).kind
    return pair.frame.matrix(kind, found)


def _shapes(reading: Reading, pair: Pair, grid: Grid) -> Iterator[Shape | None]:
    for i, row in enumerate(grid):
        for j, address in enumerate(row):
            if address is not None:
                yield _shape(reading, pair, i, j, address)


def _shape(reading: Reading, pair: Pair, i: int, j: int, address: int) -> Shape | None:
    """What is common in one entry: a product of scalars, a quantity of its unit, its source."""
    total, sample = reading.sums.at(address), reading.samples[0]
    units = reading.layers[pair.above]
    if total is None or total.divisor is not None:
        return None
    products = [one for one in total.products if one != (False, (pair.at_start[i][j],))]
    if len(products) != 1 or len(total.products) - len(products) > 1:
        return None
    if len(pair.frame.columns) != len(units):
        return None
    source = _source(reading, pair, i)
    (product,) = products
    factors = list(product.factors)
    if source is not None:
        if source not in factors:
            return None
        factors.remove(source)
    mine = [at for at in factors if isinstance(at, int) and _unit(reading, at) == units[j]]
    rest = [one for one in factors if one not in mine]
    scalars = all(isinstance(one, Number) or _unit(reading, one) == "" for one in rest)
    if len(mine) != 1 or not scalars:
        return None
    kind = reading.block(mine[0]).kind
    if reading.address(kind, units[j], sample) != mine[0]:
        return None
    return Shape(product.negative, tuple(rest), kind, len(total.products) > 1)


def _source(reading: Reading, pair: Pair, i: int) -> Address:
    """The address of what comes in; none for a bias."""
    if pair.below is None:
        return None
    return reading.sent(reading.layers[pair.below][i], reading.samples[0])


def _unit(reading: Reading, address: object) -> str | None:
    if not isinstance(address, int):
        return None
    return reading.segment.program.quantity(address).unit


def _scalar(reading: Reading, one: object) -> Matrix:
    if isinstance(one, Number):
        return number_matrix(one)
    assert isinstance(one, int), "looked at before"
    kind = reading.block(one).kind
    return scalar(MatrixName(kind), reading.cell(one))
