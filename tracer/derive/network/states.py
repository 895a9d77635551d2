"""The state that one sample hands to the next, where the samples are one long sequence.

Each sample is a training step. It takes the state as a number, so that no derivative goes back into
the sample before; the first one of each pass starts with what the spec says.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.network.places import Places
from tracer.derive.program import Layout, Phase, Slot
from tracer.rules.quantity import INPUT, STATE
from tracer.spec.network import Network
from tracer.spec.unrolled import carried


def write_inputs_of(layout: Layout, network: Network, sample: int) -> list[int]:
    """Appends a sample's inputs, the state at its end; returns their addresses."""
    count = len(network.inputs) - len(carried(network.time))
    inputs = layout.add(INPUT, Phase.GIVEN, network.inputs[:count], sample=sample)
    states = layout.add(STATE, Phase.GIVEN, network.inputs[count:], sample=sample)
    return [*inputs, *states]


def state_slots(places: Places) -> Iterator[Slot]:
    """What this step takes over of the state, and what it hands on."""
    numbers = {name: number for number, name in enumerate(places.network.units)}
    for before, last in carried(places.network.time):
        sample = places.samples[-1]
        start, new = (sample.out[numbers[name]] for name in (before, last))
        yield Slot(start, new, changes=True, is_taken=sample.sample > 1)
