"""The backward pass: the derivatives by every out and every net, cached for the weights."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.program import Layout, Phase, Plain, Program, Stretch, SubStep
from tracer.derive.template import (
    Template,
    activation_slope,
    fixed,
    loss_slope,
    loss_worked,
    repeated,
    used,
)
from tracer.maths.expression import Add, Expression, Mul, Neg, Symbol
from tracer.rules.backprop import Rule
from tracer.rules.quantity import (
    BY_INPUT,
    ERROR_BY_OUT,
    INPUT_PATH,
    NET_BY_INPUT,
    NET_BY_OUT,
    SLOPE,
    Quantity,
)
from tracer.spec.network import Layer


@dataclass(frozen=True, slots=True, eq=False)
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
        return loss_slope(network.loss, len(network.outputs), self.rule(k).formula)

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


@dataclass(frozen=True, slots=True, eq=False)
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
        return list(self.places.uses.of_unit(self.first + k))

    def _each_path(self, k: int) -> Rule:
        """The rule whose formula is the term of one path."""
        rules = self.places.rules
        return rules.paths if self._is_unit(k) else rules.input_paths

    def rule(self, k: int) -> Rule:
        """The sum over paths, or that there is none."""
        return self._each_path(k) if self._paths(k) else self.places.rules.no_path

    def template(self, k: int) -> Template:
        """One product for each path."""
        return repeated(self._each_path(k).formula, len(self._paths(k)))

    def operands(self, k: int) -> Sequence[int]:
        """What each path's term asks for: of the unit fed, or the weight on the way to it."""
        roles = fixed(self._each_path(k).formula).roles
        columns = [self._column(role, self._paths(k)) for role in roles]
        return [address for operands in zip(*columns, strict=True) for address in operands]

    def stretches(self, count: int) -> Iterator[Stretch]:
        """As `Plain` has it, with the paths of each unit looked up once."""
        paths = [self._paths(k) for k in range(count)]
        for _, members in groupby(range(count), lambda k: len(paths[k])):
            places = list(members)
            rule, template = self.rule(places[0]), self.template(places[0])
            roles = fixed(self._each_path(places[0]).formula).roles
            side_by_side = zip(*(paths[k] for k in places), strict=True)
            columns = [self._column(role, edges) for edges in side_by_side for role in roles]
            yield Stretch(rule, template, columns, len(places))

    def _column(self, role: Hashable, edges: Sequence[tuple[int, int]]) -> list[int]:
        """What stands in one role of the terms of some edges, (unit fed, parameter)."""
        if role == "weight":
            return [self.weights[parameter] for _, parameter in edges]
        found = {
            "delta": self.sample.delta,
            "slope": self.sample.slope,
            "by_out": self.sample.by_out,
        }[str(role)]
        return [found[unit] for unit, _ in edges]

    def chain(self, k: int, program: Program) -> Expression | None:
        """The sum of delta * dnet/dout over the units fed."""
        names, me, sample = self.places.network.units, self._name(k), self.sample.sample
        kind = NET_BY_OUT if self._is_unit(k) else NET_BY_INPUT
        outer = self.places.rules.delta
        products = (
            Mul(
                (
                    Symbol(Quantity(outer, names[unit], "", sample)),
                    Symbol(Quantity(kind, names[unit], me, sample)),
                )
            )
            for unit, _ in self._paths(k)
        )
        opposite = isinstance(fixed(self._each_path(k).formula).shown, Neg)
        terms = tuple(Neg(product) if opposite else product for product in products)
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else Add(terms)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """Each path's own part, where there are several."""
        paths = self._paths(k)
        if len(paths) < 2:
            return ()
        names, me = self.places.network.units, self._name(k)
        kind = self.places.rules.signal_path if self._is_unit(k) else INPUT_PATH
        rule = self._each_path(k)
        term = repeated(rule.formula, 1)
        roles = fixed(rule.formula).roles
        return tuple(
            SubStep(
                Quantity(kind, me, names[edge[0]], self.sample.sample),
                rule,
                term,
                tuple(self._column(role, [edge])[0] for role in roles),
            )
            for edge in paths
        )

    def _name(self, k: int) -> str:
        return self.places.network.units[self.first + k]

    def _is_unit(self, k: int) -> bool:
        return self.first + k >= len(self.places.network.inputs)


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
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
    by_out = (
        LossSlopes(places, sample) if is_output else PathSums(places, sample, first, places.weights)
    )
    rows = (
        (places.rules.signal, by_out, sample.by_out),
        (SLOPE, Slopes(places, sample, layer), sample.slope),
        (places.rules.delta, Deltas(places, sample, layer), sample.delta),
    )
    for kind, recipe, into in rows:
        addresses = layout.add(kind, Phase.BACKWARD, layer.units, recipe, sample.sample)
        into[first : first + len(layer.units)] = addresses


def write_inputs(layout: Layout, places: Places, sample: SamplePlaces) -> None:
    """Appends the derivatives by the inputs, for one sample."""
    recipe = PathSums(places, sample, 0, places.weights)
    layout.add(BY_INPUT, Phase.INPUTS, places.network.inputs, recipe, sample.sample)
