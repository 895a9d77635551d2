"""The backward pass: the derivatives by every out and every net, cached for the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.program import Layout, Phase, Plain, Program, SubStep
from tracer.derive.template import (
    Template,
    activation_slope,
    fixed,
    loss_slope,
    loss_worked,
    repeated,
    used,
)
from tracer.maths.expression import Add, Expression, Mul, Symbol
from tracer.rules.backprop import Rule
from tracer.rules.quantity import (
    BY_INPUT,
    BY_OUT,
    DELTA,
    ERROR_BY_OUT,
    INPUT_PATH,
    NET_BY_INPUT,
    NET_BY_OUT,
    PATH,
    SLOPE,
    Quantity,
)
from tracer.spec.network import Layer


@dataclass(frozen=True, slots=True)
class LossSlopes(Plain):
    """dE/dout of each output."""

    places: Places
    sample: SamplePlaces

    def rule(self, k: int) -> Rule:
        """The slope of the loss."""
        return self.places.rules.loss_slope

    def template(self, k: int) -> Template:
        """The loss's slope."""
        network = self.places.network
        return loss_slope(network.loss, len(network.outputs))

    def operands(self, k: int) -> Sequence[int]:
        """out and target."""
        return used(self.template(k), self._roles(k))

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """The slope of every output's error: the chain rule for its own, 0 for the others."""
        network, sample = self.places.network, self.sample.sample
        names = network.layers[-1].units
        worked = loss_worked(network.loss, len(network.outputs))
        own = used(worked, self._roles(k))
        parts = []
        for j, name in enumerate(names):
            quantity = Quantity(ERROR_BY_OUT, name, names[k], sample)
            if j == k:
                parts.append(SubStep(quantity, self.rule(k), worked, own))
            else:
                parts.append(SubStep(quantity, self.places.rules.other_output, fixed("0"), ()))
        return tuple(parts)

    def _roles(self, k: int) -> dict[str, int]:
        out = self.sample.out[self.places.network.outputs[k]]
        return {"out": out, "target": self.sample.target[k]}


@dataclass(frozen=True, slots=True)
class PathSums(Plain):
    """dE/dout of units that feed others: the sum over the units that they feed.

    Attributes:
        first: the number of the block's first unit.
        weights: the address of each parameter when the recipe was written, so that an in-place
            update shows here as new weights.
    """

    places: Places
    sample: SamplePlaces
    first: int
    weights: Sequence[int]

    def _paths(self, k: int) -> list[tuple[int, int]]:
        """(unit fed, parameter) of every edge out of a unit."""
        source = self.first + k
        return [
            (layer.first_unit + unit, parameter)
            for layer in self.places.network.layers
            for unit, parameter in layer.wiring.out_of(source)
        ]

    def rule(self, k: int) -> Rule:
        """The sum over paths, or that there is none."""
        rules = self.places.rules
        return rules.paths if self._paths(k) else rules.no_path

    def template(self, k: int) -> Template:
        """One product for each path."""
        return repeated(self.places.rules.paths.formula, len(self._paths(k)))

    def operands(self, k: int) -> Sequence[int]:
        """Each path's delta and weight."""
        found: list[int] = []
        for unit, parameter in self._paths(k):
            found += (self.sample.delta[unit], self.weights[parameter])
        return found

    def chain(self, k: int, program: Program) -> Expression | None:
        """The sum of dE/dnet * dnet/dout over the units fed."""
        names, me = self.places.network.units, self._name(k)
        kind = NET_BY_OUT if self._is_unit(k) else NET_BY_INPUT
        terms = tuple(
            Mul(
                (
                    Symbol(program.quantity(self.sample.delta[unit])),
                    Symbol(Quantity(kind, names[unit], me, self.sample.sample)),
                )
            )
            for unit, _ in self._paths(k)
        )
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else Add(terms)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """Each path's own part, where there are several."""
        paths = self._paths(k)
        if len(paths) < 2:
            return ()
        names, me = self.places.network.units, self._name(k)
        kind = PATH if self._is_unit(k) else INPUT_PATH
        rule, term = self.places.rules.paths, repeated(self.places.rules.paths.formula, 1)
        return tuple(
            SubStep(
                Quantity(kind, me, names[unit], self.sample.sample),
                rule,
                term,
                (self.sample.delta[unit], self.weights[parameter]),
            )
            for unit, parameter in paths
        )

    def _name(self, k: int) -> str:
        return self.places.network.units[self.first + k]

    def _is_unit(self, k: int) -> bool:
        return self.first + k >= len(self.places.network.inputs)


@dataclass(frozen=True, slots=True)
class Slopes(Plain):
    """dout/dnet of each unit of a layer."""

    places: Places
    sample: SamplePlaces
    layer: Layer

    def rule(self, k: int) -> Rule:
        """The slope of the activation."""
        return self.places.rules.activation_slope

    def template(self, k: int) -> Template:
        """The activation's slope."""
        return activation_slope(self.layer.activations[k])

    def operands(self, k: int) -> Sequence[int]:
        """net and out, as far as the slope asks for them."""
        unit = self.layer.first_unit + k
        roles = {"net": self.sample.net[unit], "out": self.sample.out[unit]}
        return used(self.template(k), roles)


@dataclass(frozen=True, slots=True)
class Deltas(Plain):
    """dE/dnet of each unit of a layer."""

    places: Places
    sample: SamplePlaces
    layer: Layer

    def rule(self, k: int) -> Rule:
        """The chain rule."""
        return self.places.rules.chain

    def template(self, k: int) -> Template:
        """The product of both factors."""
        return fixed(self.places.rules.chain.formula)

    def operands(self, k: int) -> Sequence[int]:
        """dE/dout and dout/dnet."""
        unit = self.layer.first_unit + k
        roles = {"by_out": self.sample.by_out[unit], "slope": self.sample.slope[unit]}
        return used(self.template(k), roles)


def write_nodes(layout: Layout, places: Places, sample: SamplePlaces, layer: Layer) -> None:
    """Appends dE/dout, dout/dnet and dE/dnet of one layer, for one sample."""
    first = layer.first_unit
    is_output = layer is places.network.layers[-1]
    by_out = LossSlopes(places, sample) if is_output else path_sums(places, sample, first)
    rows = (
        (BY_OUT, by_out, sample.by_out),
        (SLOPE, Slopes(places, sample, layer), sample.slope),
        (DELTA, Deltas(places, sample, layer), sample.delta),
    )
    for kind, recipe, into in rows:
        addresses = layout.add(kind, Phase.BACKWARD, layer.units, recipe, sample.sample)
        into[first : first + len(layer.units)] = addresses


def write_inputs(layout: Layout, places: Places, sample: SamplePlaces) -> None:
    """Appends the derivatives by the inputs, for one sample."""
    recipe = path_sums(places, sample, 0)
    layout.add(BY_INPUT, Phase.INPUTS, places.network.inputs, recipe, sample.sample)


def path_sums(places: Places, sample: SamplePlaces, first: int) -> PathSums:
    """The recipe over the weights as they are now: in place, the updated ones."""
    if not places.updated:
        return PathSums(places, sample, first, places.parameters)
    weights = list(places.parameters)
    for parameter, address in places.updated.items():
        weights[parameter] = address
    return PathSums(places, sample, first, weights)
