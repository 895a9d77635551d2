"""Weights that several edges share: what each use adds, as a matrix for each sample."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.entries import Entry, Step
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import SAMPLE_GRADIENT, USE
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.gradients import delta_kind
from tracer.sheet.matrix.pairs import Pair
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.rows import row_of_sample
from tracer.sheet.matrix.signs import sign_before, sign_of_result
from tracer.sheet.telling import shown_entry

PARTS = Phrase("what each use adds; the derivative by a shared weight is the sum over its uses")


def uses(reading: Reading, pair: Pair) -> Iterator[Equation]:
    """G = aᵀ δ for each sample: the part of each use, entry by entry.

    A shared parameter's derivative is the sum of its parts.
    """
    if pair.below is None:
        return
    for sample in reading.samples:
        equation = _of_sample(reading, pair, sample)
        if equation is not None:
            yield equation


def _of_sample(reading: Reading, pair: Pair, sample: int) -> Equation | None:
    assert pair.below is not None, "biases have no uses by sources"
    found = [[_part(reading, pair, i, j, sample) for j in _columns(pair)] for i in _rows(pair)]
    there = [one for row in found for one in row if one is not None]
    wanted = sum(number is not None for row in pair.numbers for number in row)
    if len(there) != wanted:
        return None
    name = MatrixName(USE, layer=pair.frame.layer, sample=sample if _several(reading) else 0)
    cells = [[_cell(reading, one) for one in row] for row in found]
    target = Matrix(name, pair.frame.rows, pair.frame.columns, lambda i, j: cells[i][j])
    factors = (
        Factor(row_of_sample(reading, reading.out(pair.below), pair.below, sample), True),
        Factor(row_of_sample(reading, delta_kind(reading), pair.above, sample)),
    )
    term = Term(factors, reading.network.training.negative_delta)
    before = sign_before(factor.matrix for factor in factors)
    steps = [one for one in there if isinstance(one, Step)]
    after = sign_of_result(target, before, steps)
    return Equation(target, (term,), None, before, after, (PARTS,), most=reading.most)


def _rows(pair: Pair) -> range:
    return range(len(pair.numbers))


def _columns(pair: Pair) -> range:
    return range(len(pair.numbers[0]))


def _several(reading: Reading) -> bool:
    return len(reading.samples) > 1


def _cell(reading: Reading, entry: Entry | None) -> Cell:
    if entry is None:
        return NO_ENTRY
    return Cell(shown_entry(entry, reading.wanted.numbers), entry.quantity)


def _part(reading: Reading, pair: Pair, i: int, j: int, sample: int) -> Entry | None:
    """What the edge from a unit to another adds to its parameter's derivative."""
    number = pair.numbers[i][j]
    if number is None:
        return None
    name = reading.network.parameters[number].name
    several = _several(reading)
    kind = SAMPLE_GRADIENT if several else reading.summed(name)
    address = reading.address(kind, name, sample if several else 0)
    untold = reading.segment.program.untold
    step = None if address is None or address in untold else reading.entry(address)
    if not isinstance(step, Step):
        return None
    wanted = f"{pair.frame.columns[j]}:{pair.frame.rows[i]}"
    parts = [part for part in step.substeps if part.quantity.kind is USE]
    if not parts:
        return step
    return next((part for part in parts if part.quantity.source == wanted), None)
