"""The passes through a layer as equations: nets, outputs, what comes back, slopes, deltas."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tracer.phrase import Phrase
from tracer.rules.quantity import BIAS, NET, OUT, TARGET, THRESHOLD
from tracer.sheet.matrix.contraction import Contraction, contraction
from tracer.sheet.matrix.entrywise import Function, entrywise
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import (
    Frame,
    has_thresholds,
    layer_of,
    of_layer,
    of_offsets,
    output_layers,
    signed,
)
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.sums import Product

ACTIVATION = Function("σ", (("net", NET),))
COST_SLOPE = Function("C′", (("out", OUT), ("target", TARGET)))


def layer_of_group(reading: Reading, group: Group) -> int | None:
    """The layer whose units the group has, all of them and for every sample; None for none."""
    layer, _ = reading.places.get(group.units[0], (None, 0))
    whole = layer is not None and tuple(reading.layers[layer]) == group.units
    return layer if whole and len(group.blocks) == len(reading.samples) else None


def nets(reading: Reading, group: Group) -> Equation | None:
    """Z = A W + b."""
    layer = layer_of_group(reading, group)
    found = contraction(reading, group.grid) if layer else None
    if layer is None or found is None or True in found.signs:
        return None
    offsets = _offsets(reading, found, layer)
    if offsets is None:
        return None
    products = (
        Term((Factor(reading.of_units(*source)), Factor(matrix)))
        for source, matrix in found.forward(reading, layer).items()
    )
    target = of_layer(reading, layer).matrix(NET, group.grid)
    equation = Equation(target, (*products, *offsets), remarks=_remarks(reading, layer, offsets))
    return signed(equation, reading, list(group.addresses))


def _remarks(reading: Reading, layer: int, offsets: Sequence[Term]) -> tuple[Phrase, ...]:
    """Whether units share a bias."""
    biases = [bias for bias in layer_of(reading, layer).biases if bias is not None]
    shared = offsets and len(set(biases)) < len(biases)
    return (SHARED,) if shared else ()


SHARED = Phrase("units share an offset: here it stands once for each of them")


def _offsets(reading: Reading, found: Contraction, layer: int) -> tuple[Term, ...] | None:
    """The term of biases or thresholds; nothing where there are none, None where they differ."""
    rows = _by_sample(reading, found, layer)
    if any(row != rows[0] for row in rows) or any(len(terms) > 1 for terms in rows[0]):
        return None
    kind = THRESHOLD if has_thresholds(reading, layer) else BIAS
    grid = [_operand(terms[0]) if terms else None for terms in rows[0]]
    there = [at for at in grid if at is not None]
    signs = {terms[0].negative for terms in rows[0] if terms}
    if any(reading.block(at).kind is not kind for at in there) or signs - {kind is THRESHOLD}:
        return None
    matrix = of_offsets(reading, layer).matrix(kind, [grid])
    return (Term((Factor(matrix),), kind is THRESHOLD),) if there else ()


def _by_sample(reading: Reading, found: Contraction, layer: int) -> list[list[tuple[Product, ...]]]:
    """The terms of one factor, a row for each sample."""
    columns = range(len(reading.layers[layer]))
    return [[found.single[sample, column] for column in columns] for sample in reading.samples]


def _operand(product: Product) -> int | None:
    factor = product.factors[0]
    return factor if isinstance(factor, int) else None


def outs(reading: Reading, group: Group) -> Equation | None:
    """A = σ(Z)."""
    layer = layer_of_group(reading, group)
    if not layer:
        return None
    frame = of_layer(reading, layer)
    return entrywise(frame, frame.matrix(OUT, group.grid), group.grid, ACTIVATION)


def kept(reading: Reading, group: Group) -> Equation | None:
    """kept_A = A ∘ M, divided by the share that is kept."""
    layer = layer_of_group(reading, group)
    if layer is None:
        return None
    frame = of_layer(reading, layer)
    return entrywise(frame, frame.matrix(group.kind, group.grid), group.grid)


def signals(reading: Reading, group: Group) -> Equation | None:
    """∂E/∂A: the slope of the loss, and what comes back through each layer that is fed."""
    layer = layer_of_group(reading, group)
    if layer is None:
        return None
    frame = of_layer(reading, layer)
    target = frame.matrix(group.kind, group.grid)
    found = contraction(reading, group.grid)
    if found is None or not found.weights:
        is_lone = layer in output_layers(reading) or reading.is_dropped(group.units[0])
        return entrywise(frame, target, group.grid, COST_SLOPE) if is_lone else None
    own = _own(frame, _by_sample(reading, found, layer))
    if own is None:
        return None
    paths = (
        Term((Factor(reading.of_units(*source)), Factor(matrix, True)), True in found.signs)
        for source, matrix in found.backward(reading, layer).items()
    )
    return signed(Equation(target, (*own, *paths)), reading, list(group.addresses))


def _own(frame: Frame, rows: Sequence[Sequence[tuple[Product, ...]]]) -> tuple[Term, ...] | None:
    """What an output's own error adds, entry by entry; None where the entries differ."""
    reading, first = frame.reading, rows[0][0]
    found = []
    for number, sample in enumerate(first):
        if any(len(terms) != len(first) for row in rows for terms in row):
            return None
        members = [[terms[number] for terms in row] for row in rows]
        grid = [[_operand(one) for one in row] for row in members]
        kinds = {reading.block(at).kind if at is not None else None for row in grid for at in row}
        signs = {one.negative for row in members for one in row}
        if None in kinds or len(kinds) != 1 or len(signs) != 1:
            return None
        kind = next(kind for kind in kinds if kind is not None)
        found.append(Term((Factor(frame.matrix(kind, grid)),), sample.negative))
    lengths = {len(terms) for row in rows for terms in row}
    return tuple(found) if lengths == {len(first)} else None


def slopes(reading: Reading, group: Group) -> Equation | None:
    """σ′(Z)."""
    layer = layer_of_group(reading, group)
    if not layer:
        return None
    frame = of_layer(reading, layer)
    return entrywise(frame, frame.matrix(group.kind, group.grid), group.grid)


def deltas(reading: Reading, group: Group, signal: Equation | None) -> Equation | None:
    """δ = ∂E/∂A ∘ σ′(Z).

    Args:
        reading: the training step.
        group: the deltas of a layer.
        signal: what the backward pass has for the layer's outputs, told before.
    """
    equation = slopes(reading, group)
    if equation is None or not equation.terms:
        return None
    factors = equation.terms[0].factors
    written_out = signal is not None and signal.terms and len(factors) == 2
    if not written_out or signal is None or factors[1].joint is not Joint.HADAMARD:
        return equation
    return replace(equation, longhand=(signal.terms, factors[1]))
