"""Which parameters of a network are penalised."""

from __future__ import annotations

from tracer.spec.network import Network, ParameterKind


def penalised(network: Network) -> frozenset[int]:
    """The numbers of the parameters that are in the sum of a penalty."""
    penalties = network.training.regularization
    if penalties is None:
        return frozenset()
    return frozenset(
        number
        for number, parameter in enumerate(network.parameters)
        if penalties.biases or parameter.kind is ParameterKind.WEIGHT
    )
