"""Which quantities of an in-place update still are derivatives of the error."""

from __future__ import annotations

from tracer.proof.network.graph import Graph
from tracer.rules.optimisers import MADE
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    DATA_GRADIENT,
    DELTA,
    GRADIENT,
    INPUT_PATH,
    KEPT_PATH,
    PATH,
    SAMPLE_GRADIENT,
    USE,
    Quantity,
)

OF_UNITS = (BY_OUT, DELTA, BY_INPUT, BY_KEPT, PATH, INPUT_PATH, KEPT_PATH)
OF_PARAMETERS = (GRADIENT, DATA_GRADIENT, SAMPLE_GRADIENT, USE, *MADE)


def is_gradient(quantity: Quantity, graph: Graph) -> bool:
    """Whether no updated weight stands between a quantity and the error."""
    if not graph.network.training.in_place or not graph.steps:
        return True
    if quantity.kind in OF_UNITS:
        return graph.numbers[quantity.unit] not in graph.behind_new_weights
    if quantity.kind in OF_PARAMETERS:
        uses = graph.uses.get(graph.parameters[quantity.unit], ())
        return not any(unit in graph.behind_new_weights for unit, _ in uses)
    return True
