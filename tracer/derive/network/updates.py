"""The update: a new value for each parameter that training changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tracer.derive.network.gradients import names_of
from tracer.derive.network.places import Places
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, Edge
from tracer.derive.program import Layout, Phase
from tracer.derive.recipe import Stretch
from tracer.derive.template import Template, fixed
from tracer.rules.backprop import Rule
from tracer.rules.quantity import UPDATED


@dataclass(frozen=True, slots=True, eq=False)
class Updates(ByRole):
    """The new value of each trainable parameter among some.

    Attributes:
        numbers: the parameters'.
    """

    numbers: Sequence[int]

    before: ClassVar[str] = ""

    def rule(self, k: int) -> Rule:
        """The update."""
        return self.places.rules.update

    def template(self, k: int) -> Template:
        """The rule's formula."""
        return fixed(self.rule(k).formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """The parameter."""
        return ((NONE, NONE, self.numbers[k]),)

    def stretches(self, count: int) -> Iterator[Stretch]:
        """All of them: they share rule and template."""
        rule, template = self.rule(0), self.template(0)
        edges = [(NONE, NONE, number) for number in self.numbers]
        yield Stretch(rule, template, self.columns(template, [edges], rule), count)


def write_updates(layout: Layout, places: Places, numbers: Sequence[int]) -> None:
    """Appends the new values of the trainable parameters among some."""
    parameters = places.network.parameters
    moved = [number for number in numbers if parameters[number].trainable]
    recipe = Updates(places, places.no_sample, moved)
    addresses = layout.add(UPDATED, Phase.UPDATE, names_of(places, moved), recipe)
    for number, address in zip(moved, addresses, strict=True):
        places.updated[number] = address
