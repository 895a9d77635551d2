"""Layers whose outputs depend on all their net inputs: stages, outputs, Jacobian, deltas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, Edge, itself
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, made_of, repeated
from tracer.maths.expression import Expression
from tracer.rules.backprop import Rule
from tracer.rules.joint import STAGES, Joint
from tracer.rules.quantity import JACOBIAN, OUT
from tracer.spec.network import Layer


class OfJoint(ByRole, frozen=True, eq=False):
    """A recipe for a layer with a joint activation."""

    layer: Layer

    @property
    def joint(self) -> Joint:
        """The layer's activation."""
        assert self.layer.joint is not None, "only joint layers are told so"
        return self.layer.joint

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


class StageValues(OfJoint, frozen=True, eq=False):
    """A stage on the way to the outputs: one value for each unit, or one for the layer.

    Attributes:
        role: the stage.
        formula: of a unit, or the term of each.
    """

    role: str
    formula: Expression

    before: ClassVar[str] = "out"
    in_terms: ClassVar[str] = "out"

    def rule(self, k: int) -> Rule:
        """The stage's own."""
        rule: Rule = getattr(self.places.rules, self.role)
        return rule

    def template(self, k: int) -> Template:
        """The unit's formula, or the terms of all units joined."""
        formula, count = self.rule(k).formula or "value", len(self.layer.units)
        return made_of(formula, self.formula, "value", count, STAGES[self.role].joined)

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit; for what belongs to the layer, each of its units."""
        if STAGES[self.role].joined:
            return [itself(unit) for unit in members(self.layer)]
        return OfJoint.terms(self, k)


class JointOutputs(OfJoint, frozen=True, eq=False):
    """out of each unit of a layer."""

    before: ClassVar[str] = "out"

    def rule(self, k: int) -> Rule:
        """The joint activation."""
        return self.places.rules.joint_activation

    def template(self, k: int) -> Template:
        """What the row makes of net input and stages."""
        return made_of(self.rule(k).formula or "value", self.joint.value, "value")


class JointSlopes(OfJoint, frozen=True, eq=False):
    """dout_i/dnet_j for some pairs of units.

    Attributes:
        pairs: (i, j), by number in the network.
    """

    pairs: Sequence[tuple[int, int]]

    before: ClassVar[str] = "slope"
    in_terms: ClassVar[str] = "slope"

    def _is_own(self, k: int) -> bool:
        unit, source = self.pairs[k]
        return unit == source

    def rule(self, k: int) -> Rule:
        """The slope for i = j, or for another j."""
        rules = self.places.rules
        return rules.own_slope if self._is_own(k) else rules.other_slope

    def template(self, k: int) -> Template:
        """What the row says of it."""
        slope = self.joint.own if self._is_own(k) else self.joint.other
        return made_of(self.rule(k).formula or "slope", slope, "slope")

    def terms(self, k: int) -> Sequence[Edge]:
        """The pair, in place of an edge."""
        unit, source = self.pairs[k]
        return ((unit, source, NONE),)

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """Whether i is j."""
        return self._is_own(k)


class JointDeltas(OfJoint, frozen=True, eq=False):
    """dE/dnet of each unit of a layer: the sum over all its outputs."""

    before: ClassVar[str] = "delta"
    in_terms: ClassVar[str] = "delta"

    def rule(self, k: int) -> Rule:
        """The chain rule over the layer's outputs."""
        return self.places.rules.joint_chain

    def template(self, k: int) -> Template:
        """One product for each output."""
        return repeated(self.rule(k).formula, len(self.layer.units))

    def terms(self, k: int) -> Sequence[Edge]:
        """Each output with the unit, in place of an edge; last the unit itself."""
        me = self.layer.first_unit + k
        return [*((unit, me, NONE) for unit in members(self.layer)), itself(me)]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """They are all alike."""
        return None


def members(layer: Layer) -> range:
    """The numbers of a layer's units."""
    return range(layer.first_unit, layer.first_unit + len(layer.units))


def write_joint_outputs(
    layout: Layout, places: Places, sample: SamplePlaces, layer: Layer, number: int
) -> None:
    """Appends the stages and the outputs of a layer, counted from 1, for one sample."""
    assert layer.joint is not None, "only joint layers are told so"
    units = members(layer)
    for role, formula in layer.joint.stages:
        stage, recipe = STAGES[role], StageValues(places, sample, layer, role, formula)
        names = (name_of(number),) if stage.joined else layer.units
        found = layout.add(stage.kind, Phase.FORWARD, names, recipe, sample.sample)
        each = [found.start] * len(units) if stage.joined else found
        getattr(sample, role)[units.start : units.stop] = each
    outs = JointOutputs(places, sample, layer)
    found = layout.add(OUT, Phase.FORWARD, layer.units, outs, sample.sample)
    sample.out[units.start : units.stop] = found


def write_jacobian(layout: Layout, places: Places, sample: SamplePlaces, layer: Layer) -> None:
    """Appends dout_i/dnet_j of a layer, those with i = j first."""
    units, names = members(layer), places.network.units
    own = [(unit, unit) for unit in units]
    others = [(unit, source) for unit in units for source in units if unit != source]
    for pairs in (own, others):
        recipe = JointSlopes(places, sample, layer, pairs)
        ends = [[names[pair[end]] for pair in pairs] for end in (0, 1)]
        told = (JACOBIAN, Phase.BACKWARD, ends[0], recipe, sample.sample, ends[1])
        sample.jacobian.update(zip(pairs, layout.add(*told), strict=True))


def name_of(number: int) -> str:
    """What quantities of a whole layer, counted from 1, are named after."""
    return f"layer{number}"
