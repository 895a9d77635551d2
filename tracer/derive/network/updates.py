"""The update: a new value for each parameter that training changes."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.derive.network.places import Places, names_of
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import Edge
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, fixed
from tracer.rules.backprop import Rule
from tracer.rules.quantity import UPDATED
from tracer.spec.network import ParameterKind

BY_DELTA = {
    ParameterKind.WEIGHT: "weight",
    ParameterKind.BIAS: "bias",
    ParameterKind.THRESHOLD: "threshold",
}


class MovedByDelta(ByRole, frozen=True, eq=False):
    """The new values of some parameters, straight from the delta of the unit that uses each."""

    numbers: Sequence[int]

    def rule(self, k: int) -> Rule:
        """The update of a parameter of that kind."""
        kind = self.places.network.parameters[self.numbers[k]].kind
        rule: Rule = getattr(self.places.rules.by_delta, BY_DELTA[kind])
        return rule

    def template(self, k: int) -> Template:
        """The rule's formula."""
        return fixed(self.rule(k).formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """The one use of the parameter."""
        return tuple(self.places.uses.of_parameter(self.numbers[k]))


def write_updates(layout: Layout, places: Places, numbers: Sequence[int]) -> None:
    """Appends the new values of the trainable parameters among some, and what leads to them."""
    parameters = places.network.parameters
    moved = [number for number in numbers if parameters[number].trainable]
    write = _moved_by_delta if places.by_delta else _moved
    for number, address in zip(moved, write(layout, places, moved), strict=True):
        places.updated[number] = address


def _moved(layout: Layout, places: Places, numbers: Sequence[int]) -> Sequence[int]:
    """Appends an optimiser's lines."""
    return places.moves.move(layout, numbers, names_of(places, numbers))


def _moved_by_delta(layout: Layout, places: Places, numbers: Sequence[int]) -> Sequence[int]:
    recipe = MovedByDelta(places, places.samples[0], numbers)
    return layout.add(UPDATED, Phase.UPDATE, names_of(places, numbers), recipe)
