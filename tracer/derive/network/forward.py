"""The forward pass: weighted sums, activations, errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.program import Layout, Phase, Plain
from tracer.derive.template import (
    Template,
    activation_value,
    loss_value,
    mean,
    repeated,
    used,
)
from tracer.rules.backprop import Rule
from tracer.rules.quantity import ERROR, NET, OUT, SAMPLE_ERROR, TOTAL
from tracer.spec.network import Layer, ParameterKind


@dataclass(frozen=True, slots=True, eq=False)
class WeightedSums(Plain):
    """net of each unit of a layer."""

    places: Places
    sample: SamplePlaces
    layer: Layer

    def rule(self, k: int) -> Rule:
        """The weighted sum."""
        return self.places.rules.weighted_sum

    def template(self, k: int) -> Template:
        """One product for each edge, then the bias or minus the threshold."""
        bias, ending = self.layer.biases[k], ""
        if bias is not None:
            kind = self.places.network.parameters[bias].kind
            threshold = kind is ParameterKind.THRESHOLD
            ending = self.places.rules.threshold.formula if threshold else "bias"
        term = self.places.rules.weighted_sum.formula
        return repeated(term, len(self.layer.wiring.into(k)), ending)

    def operands(self, k: int) -> Sequence[int]:
        """Each edge's weight and source, then the bias."""
        out, parameters = self.sample.out, self.places.parameters
        found: list[int] = []
        for source, parameter in self.layer.wiring.into(k):
            found += (parameters[parameter], out[source])
        bias = self.layer.biases[k]
        return found if bias is None else [*found, parameters[bias]]


@dataclass(frozen=True, slots=True, eq=False)
class Activated(Plain):
    """out of each unit of a layer."""

    places: Places
    sample: SamplePlaces
    layer: Layer

    def rule(self, k: int) -> Rule:
        """The activation."""
        return self.places.rules.activation

    def template(self, k: int) -> Template:
        """The unit's activation."""
        return activation_value(self.layer.activations[k])

    def operands(self, k: int) -> Sequence[int]:
        """The unit's net input, unless the activation is a constant."""
        net = self.sample.net[self.layer.first_unit + k]
        return used(self.template(k), {"net": net})


@dataclass(frozen=True, slots=True, eq=False)
class Errors(Plain):
    """The error of each output."""

    places: Places
    sample: SamplePlaces

    def rule(self, k: int) -> Rule:
        """The loss."""
        return self.places.rules.loss

    def template(self, k: int) -> Template:
        """The loss of one output."""
        network = self.places.network
        return loss_value(network.loss, len(network.outputs))

    def operands(self, k: int) -> Sequence[int]:
        """out and target."""
        out = self.sample.out[self.places.network.outputs[k]]
        return used(self.template(k), {"out": out, "target": self.sample.target[k]})


@dataclass(frozen=True, slots=True, eq=False)
class Total(Plain):
    """Values added up, or averaged: one number."""

    why: Rule
    parts: Sequence[int]
    averaged: bool = False

    def rule(self, k: int) -> Rule:
        """The rule that was asked for."""
        return self.why

    def template(self, k: int) -> Template:
        """One term for each part."""
        build = mean if self.averaged else repeated
        return build(self.why.formula, len(self.parts))

    def operands(self, k: int) -> Sequence[int]:
        """The parts."""
        return self.parts


def write_forward(layout: Layout, places: Places, sample: SamplePlaces) -> None:
    """Appends one sample's forward pass through every layer."""
    for layer in places.network.layers:
        numbers = range(layer.first_unit, layer.first_unit + len(layer.units))
        nets = WeightedSums(places, sample, layer)
        outs = Activated(places, sample, layer)
        told = (Phase.FORWARD, layer.units)
        for kind, recipe, into in ((NET, nets, sample.net), (OUT, outs, sample.out)):
            addresses = layout.add(kind, *told, recipe, sample.sample)
            into[numbers.start : numbers.stop] = addresses


def write_errors(layout: Layout, places: Places, sample: SamplePlaces) -> int:
    """Appends the errors of one sample's outputs and their sum; returns the sum's address.

    The sum is the total error where the step's batch has one sample only.
    """
    names = places.network.layers[-1].units
    recipe = Errors(places, sample)
    sample.error = layout.add(ERROR, Phase.ERROR, names, recipe, sample.sample)
    total = Total(places.rules.total_error, sample.error)
    if len(places.samples) == 1:
        return layout.add(TOTAL, Phase.ERROR, ("",), total).start
    return layout.add(SAMPLE_ERROR, Phase.ERROR, ("",), total, sample.sample).start


def write_batch_error(layout: Layout, places: Places, errors: Sequence[int]) -> None:
    """Appends the error of the whole batch, where it has more than one sample."""
    if len(errors) > 1:
        averaged = places.network.training.mean
        rule = places.rules.mean_error if averaged else places.rules.batch_error
        layout.add(TOTAL, Phase.ERROR, ("",), Total(rule, errors, averaged))
