"""Losses against the network's data: what a loss needs that not every network has."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.errors import TracerError
from tracer.phrase import in_english
from tracer.spec.network import Network
from tracer.spec.placed import placed
from tracer.spec.short import SHORT, why_not
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems


def complain_of_loss(network: Network, node: Node, problems: Problems) -> None:
    """Adds a problem for whatever a network's loss needs and does not find.

    Args:
        network: the network.
        node: where its loss is said.
        problems: where they go.
    """
    try:
        network = placed(network)
    except TracerError:
        return
    for text in _wrong(network):
        problems.add(node, text)


def _wrong(network: Network) -> Iterator[str]:
    loss, last = network.loss, network.layers[-1]
    if loss.is_pairwise:
        if len(network.outputs) > len(last.units):
            yield f"{loss.name} compares the outputs of one layer, and here several have targets"
        elif len(network.outputs) < 2:
            yield f"{loss.name} compares outputs with each other; give the last layer two or more"
        elif any(sample.right is None for sample in network.samples):
            yield (
                f"{loss.name} has to know the right class of every sample: one target is 1, "
                f"the others 0 (or class: {last.units[0]})"
            )
    if loss.form == SHORT:
        for layer in network.layers:
            reason = layer.first_unit in network.outputs and why_not(network, layer, True)
            if reason:
                yield f"there is no short form here: {in_english(reason)}"
