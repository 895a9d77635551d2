"""Every quantity of a network's first training step, from which plain names are made."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.proof.network.graph import Graph
from tracer.proof.network.unit import Unit
from tracer.proof.signs import OPPOSITES
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    DATA_ERROR,
    DATA_GRADIENT,
    DELTA,
    ERROR,
    GRADIENT,
    JACOBIAN,
    KEPT,
    KEPT_SIGNAL,
    KEPT_SIGNAL_PATH,
    NET,
    OUT,
    PENALTY,
    PENALTY_SLOPE,
    SAMPLE_ERROR,
    SAMPLE_GRADIENT,
    SIGNAL,
    SLOPE,
    TOTAL,
    UPDATED,
    Kind,
    Quantity,
)
from tracer.spec.training.method import GRADIENT_DESCENT

OF_UNITS = (NET, OUT, BY_OUT, SLOPE, DELTA)
KEPT_KINDS = (KEPT, BY_KEPT)
OF_DROPOUT = (*KEPT_KINDS, KEPT_SIGNAL, KEPT_SIGNAL_PATH)
OF_GATHERERS = (OUT, BY_OUT, SIGNAL)


def _has(unit: Unit, kind: Kind) -> bool:
    """Whether a unit without dropout has a quantity of its own of a kind."""
    if kind in OF_DROPOUT:
        return False
    return kind in OF_GATHERERS if unit.gathers else not (unit.mates and kind is SLOPE)


def quantities(graph: Graph) -> Iterator[Quantity]:
    """Every value and derivative that has a closed form, the error first.

    What an optimiser makes of several steps' derivatives has none.
    """
    network = graph.network
    samples = [sample + 1 for sample in graph.batch(1)]
    kinds = (*OPPOSITES, *OF_UNITS) if network.training.negative_delta else OF_UNITS
    moves = network.training
    is_plain = moves.optimiser == GRADIENT_DESCENT and moves.decay is None
    yield Quantity(TOTAL)
    if network.training.regularization:
        yield from (Quantity(DATA_ERROR), Quantity(PENALTY))
    for parameter in network.parameters:
        yield Quantity(GRADIENT, parameter.name)
        if graph.parameters[parameter.name] in graph.penalised:
            yield Quantity(DATA_GRADIENT, parameter.name)
            yield Quantity(PENALTY_SLOPE, parameter.name)
        if graph.steps and parameter.trainable and is_plain:
            yield Quantity(UPDATED, parameter.name)
    for sample in samples:
        for unit in graph.units:
            if unit.number in graph.dropouts:
                of_dropout = (KEPT_SIGNAL, *KEPT_KINDS) if KEPT_SIGNAL in kinds else KEPT_KINDS
                yield from (Quantity(kind, unit.name, sample=sample) for kind in of_dropout)
            of_unit = (kind for kind in kinds if _has(unit, kind))
            yield from (Quantity(kind, unit.name, sample=sample) for kind in of_unit)
            mates = (network.units[mate] for mate in unit.mates)
            yield from (Quantity(JACOBIAN, unit.name, mate, sample) for mate in mates)
        yield from (Quantity(ERROR, unit.name, sample=sample) for unit in graph.outputs)
        yield from (Quantity(BY_INPUT, name, sample=sample) for name in network.inputs)
        for name in filter(lambda name: graph.numbers[name] in graph.dropouts, network.inputs):
            yield from (Quantity(kind, name, sample=sample) for kind in KEPT_KINDS)
        if len(samples) > 1:
            yield Quantity(SAMPLE_ERROR, sample=sample)
            for parameter in network.parameters:
                yield Quantity(SAMPLE_GRADIENT, parameter.name, sample=sample)
