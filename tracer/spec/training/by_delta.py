"""Whether an update is told straight from delta: a weight's change is a rate, its delta, its input.

So it is where delta is minus the gradient, as in the books that add to a weight. Where more than
one product makes a change, it is told by the derivative.
"""

from __future__ import annotations

from collections import Counter

from tracer.spec.network import Network
from tracer.spec.training.method import GRADIENT_DESCENT


def moves_by_delta(network: Network) -> bool:
    """Whether each new parameter is the old one and one product of learning rate, delta, input.

    It is not where the sign of delta is that of the gradient, where an optimiser, a penalty or
    several samples come between, where a parameter has several uses, or where values are given:
    a given derivative must be what the parameter moves by.
    """
    training = network.training
    return (
        training.negative_delta
        and training.optimiser == GRADIENT_DESCENT
        and training.regularization is None
        and (training.batch == 1 or len(network.samples) == 1)
        and not network.given
        and used_once(network)
    )


def used_once(network: Network) -> bool:
    """Whether every parameter that is trained has one use."""
    counts = uses_of(network)
    return all(
        counts[number] == 1
        for number, parameter in enumerate(network.parameters)
        if parameter.trainable
    )


def uses_of(network: Network) -> Counter[int]:
    """How often each parameter is used, by number."""
    counts: Counter[int] = Counter()
    for layer in network.layers:
        for unit, bias in enumerate(layer.biases):
            counts.update(number for _, number in layer.wiring.into(unit))
            counts.update(() if bias is None else (bias,))
    return counts
