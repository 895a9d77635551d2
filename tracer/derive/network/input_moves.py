"""Inputs that move along the derivative of the error: a new value for each, handed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.network.penalties import Joined
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.program import Layout, Phase, Slot
from tracer.derive.template import Template, fixed
from tracer.rules.input_moves import RULES, InputMove, formula
from tracer.rules.quantity import MOVED_INPUT


class MovedInputs(Joined, frozen=True, eq=False):
    """The new value of each input of a sample."""

    move: InputMove

    def template(self, k: int) -> Template:
        """The rule's formula, within its limits."""
        return fixed(formula(self.move, self.why))


def write_moved_inputs(
    layout: Layout, places: Places, sample: SamplePlaces, by_input: Sequence[int]
) -> None:
    """Appends the new inputs of one sample, where inputs move.

    Args:
        layout: where to.
        places: the network's.
        sample: the sample's.
        by_input: the addresses of the derivatives by the inputs.
    """
    move = places.network.training.move_inputs
    if move is None or not places.has_update:
        return
    count = len(places.network.inputs)
    parts: dict[str, Sequence[int]] = {
        "old": sample.out[:count],
        "learning_rate": [places.learning_rate[0]] * count,
        "gradient": by_input,
    }
    recipe = MovedInputs(RULES[move.ascent, move.sign], parts, move)
    told = (Phase.UPDATE, places.network.inputs, recipe, sample.sample)
    places.moved_inputs[sample.sample] = layout.add(MOVED_INPUT, *told)


def slots_of_inputs(places: Places) -> Iterator[Slot]:
    """What is handed to the next step: the inputs of each sample, where they move."""
    training = places.network.training
    if training.move_inputs is None:
        return
    changes = training.learning_rate is not None
    for sample in places.samples:
        moved = places.moved_inputs.get(sample.sample)
        for k in range(len(places.network.inputs)):
            yield Slot(sample.out[k], moved[k] if moved else None, changes)
