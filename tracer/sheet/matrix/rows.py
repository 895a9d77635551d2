"""One sample at a time: its rows, its own gradient, and the sum of the samples' gradients."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tracer.notation.matrices import MatrixName
from tracer.phrase import phrase
from tracer.rules.quantity import GRADIENT, KEPT, SAMPLE_GRADIENT, TARGET, Kind
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.entrywise import one_over
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import addresses, output_layers, signed
from tracer.sheet.matrix.gradients import delta_kind, parts
from tracer.sheet.matrix.pairs import Pair
from tracer.sheet.matrix.reading import Reading


def row_of_sample(reading: Reading, kind: Kind, layer: int, sample: int) -> Matrix:
    """The row of one sample of a batch; the whole matrix where it has no other."""
    units = reading.layers[layer]
    find = reading.sent if kind is KEPT else partial(reading.address, kind)
    grid = [[find(unit, sample) for unit in units]]
    said = sample if len(reading.samples) > 1 else 0
    alone = kind is TARGET and len(output_layers(reading)) == 1
    name = MatrixName(kind, layer="" if alone else str(layer), sample=said)
    return reading.matrix(name, grid, (phrase("sample {number}", number=sample),), units)


def by_sample(reading: Reading, pair: Pair) -> Iterator[Equation]:
    """∂E/∂W of each sample, its input's column times its delta's row; then their sum or mean."""
    if pair.below is None or len(reading.samples) == 1:
        return
    for sample in reading.samples:
        yield _outer(reading, pair, sample)
    yield _sum(reading, pair)


def _of_sample(pair: Pair, sample: int) -> Matrix:
    name = MatrixName(GRADIENT, pair.frame.letter, pair.frame.layer, sample)
    reading, grid = pair.frame.reading, pair.grid(SAMPLE_GRADIENT, sample)
    return reading.matrix(name, grid, pair.frame.rows, pair.frame.columns)


def _outer(reading: Reading, pair: Pair, sample: int) -> Equation:
    assert pair.below is not None, "biases have no column of inputs"
    factors = (
        Factor(row_of_sample(reading, reading.out(pair.below), pair.below, sample), True),
        Factor(row_of_sample(reading, delta_kind(reading), pair.above, sample)),
    )
    term = Term(factors, reading.network.training.negative_delta)
    used = list(addresses(pair.grid(SAMPLE_GRADIENT, sample)))
    return signed(Equation(_of_sample(pair, sample), (term,)), reading, used)


def _sum(reading: Reading, pair: Pair) -> Equation:
    made = parts(reading, next(iter(pair.names)))
    divisor = made.divisor if made else None
    terms = []
    for sample in reading.samples:
        matrix = _of_sample(pair, sample)
        if divisor is None:
            terms.append(Term((Factor(matrix),)))
        else:
            scaled = Factor(matrix, joint=Joint.SCALED)
            terms.append(Term((Factor(one_over(divisor)), scaled)))
    target = pair.frame.matrix(pair.summed, pair.grid(pair.summed))
    used = list(addresses(pair.grid(pair.summed)))
    return signed(Equation(target, tuple(terms)), reading, used)
