"""In which column each input and each layer of a network stands."""

from __future__ import annotations

from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network


def columns_of_layers(spec: Network) -> list[int]:
    """The column of each layer: after all that feed it; inputs come before the first ones."""
    of_units = [0] * len(spec.inputs)
    found = []
    for layer in spec.layers:
        column = 1 + max((of_units[source] for source in feeding(layer)), default=0)
        of_units += [column] * len(layer.units)
        found.append(column)
    return found


def feeding(layer: Layer) -> set[int]:
    """The units and inputs that feed a layer, with or without a weight."""
    sources = set(layer.wiring.sources)
    if isinstance(layer.wiring, Gathering):
        sources.update(source for group in layer.wiring.groups for source in group)
    return sources.union(*(item.operands for item in layer.couplings))


def columns_of_inputs(spec: Network, layers: list[int]) -> list[int]:
    """The column of each input: the first one; in unrolled time, just before it is used."""
    if spec.time is None:
        return [0] * len(spec.inputs)
    used: dict[int, int] = {}
    for layer, column in zip(spec.layers, layers, strict=True):
        for source in feeding(layer):
            used.setdefault(source, column)
    return [used.get(number, 1) - 1 for number in range(len(spec.inputs))]
