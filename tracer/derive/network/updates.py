"""The update: a new value for each parameter that training changes."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.derive.network.places import Places, names_of
from tracer.derive.program import Layout


def write_updates(layout: Layout, places: Places, numbers: Sequence[int]) -> None:
    """Appends the new values of the trainable parameters among some, and what leads to them."""
    parameters = places.network.parameters
    moved = [number for number in numbers if parameters[number].trainable]
    addresses = places.moves.move(layout, moved, names_of(places, moved))
    for number, address in zip(moved, addresses, strict=True):
        places.updated[number] = address
