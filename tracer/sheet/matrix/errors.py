"""The errors as equations: of every output and sample, of each sample, of the batch."""

from __future__ import annotations

from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import ERROR, OUT, SAMPLE_ERROR, TARGET, TOTAL
from tracer.sheet.matrix.blocks import Matrix, ones, scalar
from tracer.sheet.matrix.entrywise import Function, entrywise, one_over
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import of_layer, signed
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.layers import layer_of_group
from tracer.sheet.matrix.reading import Grid, Reading
from tracer.sheet.matrix.sums import Product, Sum

COST = Function("C", (("out", OUT), ("target", TARGET)))
SUMMED = MatrixName(None, "u")
ADDS_UP = Phrase("u is a column of ones: it adds up")


def errors(reading: Reading, group: Group) -> Equation | None:
    """L = C(A, T): the error of every output, for every sample."""
    layer = layer_of_group(reading, group)
    if not layer:
        return None
    frame = of_layer(reading, layer)
    return entrywise(frame, frame.matrix(ERROR, group.grid), group.grid, COST)


def sample_errors(reading: Reading, group: Group) -> Equation | None:
    """e = L u: the errors of each sample's outputs, added up."""
    grid = group.grid
    target = reading.matrix(MatrixName(SAMPLE_ERROR), grid, reading.sample_names, ("E",))
    return _summed(reading, group, target)


def total(reading: Reading, group: Group) -> Equation | None:
    """E: the errors of the outputs, or of the samples, added up or averaged."""
    address = group.blocks[0].start
    target = scalar(MatrixName(TOTAL), reading.cell(address))
    if len(reading.samples) == 1:
        return _summed(reading, group, target)
    found = reading.sums.at(address)
    parts = [[reading.address(SAMPLE_ERROR, "", sample)] for sample in reading.samples]
    if found is None or _addends(found) != [at for (at,) in parts]:
        return None
    column = reading.matrix(MatrixName(SAMPLE_ERROR), parts, reading.sample_names, ("E",))
    summed = Factor(ones(SUMMED, reading.sample_names), True)
    before = (Factor(one_over(found.divisor)), scaled(summed)) if found.divisor else (summed,)
    equation = Equation(target, (Term((*before, Factor(column))),), remarks=(ADDS_UP,))
    return signed(equation, reading, [address])


def scaled(factor: Factor) -> Factor:
    """The factor after a scalar."""
    return Factor(factor.matrix, factor.transposed, Joint.SCALED)


def _summed(reading: Reading, group: Group, target: Matrix) -> Equation | None:
    """The errors of the outputs, added up for each sample."""
    names = reading.network.output_names
    layer, _ = reading.places[names[0]]
    if tuple(reading.layers[layer]) != names or len(group.blocks) != len(reading.samples):
        return None
    grid: Grid = [[reading.address(ERROR, name, n) for name in names] for n in reading.samples]
    for address, parts in zip(group.addresses, grid, strict=True):
        found = reading.sums.at(address)
        if found is None or found.divisor is not None or _addends(found) != list(parts):
            return None
    factors: tuple[Factor, ...] = (Factor(of_layer(reading, layer).matrix(ERROR, grid)),)
    if len(names) > 1:
        factors += (Factor(ones(SUMMED, names)),)
    remarks = (ADDS_UP,) if len(names) > 1 else ()
    equation = Equation(target, (Term(factors),), remarks=remarks)
    return signed(equation, reading, list(group.addresses))


def _addends(found: Sum) -> list[object]:
    """The addresses that are added up; nothing where it is another sum."""
    plain = all(one == Product(False, one.factors[:1]) for one in found.products)
    return [one.factors[0] for one in found.products] if plain else []
