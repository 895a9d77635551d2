"""The derivatives by the parameters, as equations of matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracer.maths.expression import Number
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import (
    DELTA,
    NEGATIVE_DELTA,
    SAMPLE_GRADIENT,
    Kind,
)
from tracer.sheet.matrix.blocks import NO_ENTRY, ONE, Label, Matrix, matrix_of, ones
from tracer.sheet.matrix.entrywise import one_over
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.errors import ADDS_UP, SUMMED, scaled
from tracer.sheet.matrix.frame import (
    layer_of,
    offset_numbers,
    signed,
)
from tracer.sheet.matrix.pairs import Pair, are_own
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.sums import Product, Sum

USES = MatrixName(None, "U")
WHO_USES = Phrase("U has a row for each unit, and a 1 under the offset that it uses")


def delta_kind(reading: Reading) -> Kind:
    """Which of the two signs of delta there is."""
    kinds = {block.kind for block in reading.segment.program.blocks}
    return NEGATIVE_DELTA if NEGATIVE_DELTA in kinds else DELTA


class Parts(NamedTuple):
    """What a parameter's derivative is made of.

    Attributes:
        sums: each sample's own sum.
        divisor: what the sum over the samples is divided by.
        used: every address between.
    """

    sums: tuple[Sum, ...]
    divisor: Number | None
    used: tuple[int, ...]


def parts(reading: Reading, name: str) -> Parts | None:
    """What a parameter's derivative is made of, sample by sample; None where it is not so made."""
    whole = reading.address(reading.summed(name), name)
    total = None if whole is None else reading.sums.at(whole)
    if total is None or whole is None:
        return None
    if len(reading.samples) == 1:
        return Parts((total,), None, (whole,))
    each = [reading.address(SAMPLE_GRADIENT, name, sample) for sample in reading.samples]
    if list(total.products) != [Product(False, (at,)) for at in each]:
        return None
    found = tuple(reading.sums.at(at) for at in each if at is not None)
    known = tuple(one for one in found if one is not None and one.divisor is None)
    there = tuple(at for at in each if at is not None)
    return Parts(known, total.divisor, (*there, whole)) if len(known) == len(each) else None


def gradient(reading: Reading, pair: Pair) -> Equation | None:
    """∂E/∂W = Aᵀ δ, or ∂E/∂b = uᵀ δ; None where a parameter has uses beyond the pair."""
    found = _of_weights(reading, pair) if pair.below is not None else _of_offsets(reading, pair)
    if found is None:
        return None
    factors, negative, target, made = found
    divisor = made[0].divisor
    if divisor is not None:
        factors = (Factor(one_over(divisor)), scaled(factors[0]), *factors[1:])
    has_ones = any(factor.matrix.name == SUMMED for factor in factors)
    has_uses = any(factor.matrix.name == USES for factor in factors)
    remarks = ((ADDS_UP,) if has_ones else ()) + ((WHO_USES,) if has_uses else ())
    equation = Equation(target, (Term(factors, negative),), remarks=remarks)
    return signed(equation, reading, [at for one in made for at in one.used])


Found = tuple[tuple[Factor, ...], bool, Matrix, list[Parts]]


def _of_weights(reading: Reading, pair: Pair) -> Found | None:
    below, above, kind = pair.below, pair.above, delta_kind(reading)
    assert below is not None, "biases come from no layer"
    made, signs = list[Parts](), set[bool]()
    for i, row in enumerate(pair.numbers):
        for j, number in enumerate(row):
            if number is None:
                continue
            found = parts(reading, reading.network.parameters[number].name)
            wanted = [
                _edge(reading, kind, sample, (below, i), (above, j)) for sample in reading.samples
            ]
            if found is None or not _are(found.sums, wanted, signs):
                return None
            made.append(found)
    target = pair.frame.matrix(pair.summed, pair.grid(pair.summed))
    factors = (
        Factor(reading.of_units(reading.out(below), below), True),
        Factor(reading.of_units(kind, above)),
    )
    return (factors, True in signs, target, made) if len(signs) == 1 else None


def _edge(
    reading: Reading, kind: Kind, sample: int, source: tuple[int, int], unit: tuple[int, int]
) -> list[frozenset[object]]:
    """The one product of an edge: the source's output times the unit's delta."""
    (below, i), (above, j) = source, unit
    out = reading.sent(reading.layers[below][i], sample)
    return [frozenset((out, reading.address(kind, reading.layers[above][j], sample)))]


def _are(
    sums: Sequence[Sum], wanted: Sequence[Sequence[frozenset[object]]], signs: set[bool]
) -> bool:
    """Whether sums have just these products, whose signs are noted."""
    for total, products in zip(sums, wanted, strict=True):
        found = [frozenset(one.factors) for one in total.products]
        if found != list(products) and sorted(map(_key, found)) != sorted(map(_key, products)):
            return False
        signs |= {one.negative for one in total.products}
    return True


def _key(product: frozenset[object]) -> list[str]:
    return sorted(map(str, product))


def _of_offsets(reading: Reading, pair: Pair) -> Found | None:
    kind, units = delta_kind(reading), reading.layers[pair.above]
    biases = layer_of(reading, pair.above).biases
    own = offset_numbers(reading, pair.above)
    made, signs = list[Parts](), set[bool]()
    for number in own:
        name = reading.network.parameters[number].name
        users = [unit for unit, bias in zip(units, biases, strict=True) if bias == number]
        wanted = [
            [frozenset((reading.address(kind, unit, sample),)) for unit in users]
            for sample in reading.samples
        ]
        found = parts(reading, name)
        if found is None or not _are(found.sums, wanted, signs):
            return None
        made.append(found)
    if len(signs) != 1:
        return None
    deltas = Factor(reading.of_units(kind, pair.above))
    before = (Factor(ones(SUMMED, reading.sample_names), True),) * (len(reading.samples) > 1)
    target = pair.frame.matrix(pair.summed, pair.grid(pair.summed))
    if are_own(biases, own):
        return (*before, deltas), True in signs, target, made
    after = Factor(_incidence(biases, own, units, pair.frame.columns))
    return (*before, deltas, after), True in signs, target, made


def _incidence(
    biases: Sequence[int | None], own: Sequence[int], units: Sequence[str], names: Sequence[Label]
) -> Matrix:
    """Which unit uses which offset: a column of ones where all share one."""
    if len(own) == 1 and None not in biases:
        return ones(SUMMED, units)
    cells = [[ONE if bias == number else NO_ENTRY for number in own] for bias in biases]
    return matrix_of(USES, cells, units, names)
