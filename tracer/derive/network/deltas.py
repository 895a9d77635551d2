"""The backward pass through a layer: dE/dout of outputs, dout/dnet, dE/dnet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tracer.derive.network.paths import PathSums
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import Edge, itself
from tracer.derive.program import Layout, Phase, Program, SubStep
from tracer.derive.template import Template, activation_slope, fixed, loss_slope, loss_worked
from tracer.rules.backprop import Rule
from tracer.rules.quantity import ERROR_BY_OUT, SLOPE, Quantity
from tracer.spec.network import Layer


@dataclass(frozen=True, slots=True, eq=False)
class LossSlopes(ByRole):
    """dE/dout of each output."""

    before: ClassVar[str] = "by_out"

    def rule(self, k: int) -> Rule:
        """The slope of the loss."""
        return self.places.rules.loss_slope

    def template(self, k: int) -> Template:
        """The loss's slope."""
        network = self.places.network
        return loss_slope(network.loss, len(network.outputs), self.rule(k).formula or "slope")

    def terms(self, k: int) -> Sequence[Edge]:
        """The output."""
        return (itself(self.places.network.outputs[k]),)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """The slope of every output's error: the chain rule for its own, 0 for the others."""
        network, rules, own = self.places.network, self.places.rules, self.terms(k)
        names = network.layers[-1].units
        worked = loss_worked(network.loss, len(network.outputs))
        parts = []
        for j, name in enumerate(names):
            quantity = Quantity(ERROR_BY_OUT, name, names[k], self.sample.sample)
            rule = self.rule(k) if j == k else rules.other_output
            template = worked if j == k else fixed(rule.formula)
            operands = tuple(self.filled(template, own, rule))
            parts.append(SubStep(quantity, rule, template, operands))
        return tuple(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Slopes(ByRole):
    """dout/dnet of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "slope"

    def rule(self, k: int) -> Rule:
        """The slope of the activation."""
        return self.places.rules.activation_slope

    def template(self, k: int) -> Template:
        """The activation's slope."""
        return activation_slope(self.layer.activations[k], self.rule(k).formula or "slope")

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


@dataclass(frozen=True, slots=True, eq=False)
class Deltas(ByRole):
    """dE/dnet of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "delta"

    def rule(self, k: int) -> Rule:
        """The chain rule."""
        return self.places.rules.chain

    def template(self, k: int) -> Template:
        """The product of both factors."""
        return fixed(self.rule(k).formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


def write_nodes(layout: Layout, places: Places, sample: SamplePlaces, layer: Layer) -> None:
    """Appends dE/dout, dout/dnet and dE/dnet of one layer, for one sample."""
    first = layer.first_unit
    is_output = layer is places.network.layers[-1]
    by_out: ByRole = LossSlopes(places, sample)
    if not is_output:
        by_out = PathSums(places, sample, first, places.seen)
    rows = (
        (places.rules.signal, by_out, sample.by_out),
        (SLOPE, Slopes(places, sample, layer), sample.slope),
        (places.rules.delta, Deltas(places, sample, layer), sample.delta),
    )
    for kind, recipe, into in rows:
        addresses = layout.add(kind, Phase.BACKWARD, layer.units, recipe, sample.sample)
        into[first : first + len(layer.units)] = addresses
